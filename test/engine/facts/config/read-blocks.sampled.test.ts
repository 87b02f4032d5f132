import { globSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { backup } from '../../../../bench/backups.ts';
import { rowOfBackup, rowOfText } from '../../../../src/cli/each/case-row-of.ts';
import { redact } from '../../../../src/engine/evidence/redact.ts';
import { toSections } from '../../../../src/engine/evidence/sections.ts';
import { skipBlocks } from '../../../../src/engine/evidence/skip-blocks.ts';
import { blocksToRead } from '../../../../src/engine/facts/config/read-blocks.ts';
import { readFacts } from '../../../../src/engine/facts/read-facts.ts';
import { RULES } from '../../../../src/engine/rules/all-rules.ts';
import { sampleConfig } from '../../../../src/stand-ins/fortigate/samples.ts';
import { AMOUNT, sampleOf } from '../../../support/amount.ts';

const ROOT = new URL('../../../../', import.meta.url);
const FOLDER = new URL('src/engine/rules/', ROOT);
const HEADER = '#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0:vdom=0:user=admin\n';
const FILLER = `config firewall address
    edit "branches"
        set uuid 00000000-0000-51ef-8f3b-000000000000
        set subnet 10.0.0.0 255.0.0.0
    next
end
config firewall service custom
    edit "own"
        set tcp-portrange 20000-20010
    next
end
config webfilter profile
    edit "own"
        config ftgd-wf
            config filters
                edit 1
                next
            end
        end
    next
end
config firewall policy
    edit 1
        set srcintf "lan"
        set action accept
    next
end
config router static
    edit 1
        set gateway 198.51.100.1
    next
end
`;

/** What few fixtures say of the tables of which only some settings are read. */
const RARE_SETTINGS = `config user fortitoken
    edit "FTKMOB0000000001"
        set status lock
        set license "EFTMTRIAL00000001"
        set activation-expire 1764235669
        set reg-id "simulated-registration"
        set os-ver "18.0"
    next
end
config user local
${['ldap', 'radius', 'tacacs+', 'saml']
  .map(
    (type) => `    edit "${type}"
        set status disable
        set type ${type}
        set ${type}-server "own"
        set username-sensitivity disable
        set username-case-sensitivity disable
        set email-to "a@example.com"
    next
`,
  )
  .join('')}end
config firewall vip
    edit "own"
        set type server-load-balance
        set server-type ip
        set protocol udp
        set src-filter "192.0.2.1"
        set srcintf-filter "lan"
        set status disable
    next
end
`;

/** The configuration of each fixture as a backup of its own, and among the blocks of a large one. */
const BACKUPS: readonly (readonly [name: string, text: string])[] = RULES.flatMap(({ id }) =>
  readdirSync(new URL(`${id}/fixtures/`, FOLDER)).flatMap((file) => {
    const text = readFileSync(new URL(`${id}/fixtures/${file}`, FOLDER), 'utf8');
    if (!/^config /m.test(text)) return [];
    const name = `${id}/${file}`;
    const body = text.replaceAll(/^#.*\n/gm, '').trimEnd();
    const headed = text.startsWith('#config-version') ? text : `${HEADER}${body}\n`;
    if (/^config (?:global|vdom)/m.test(text)) return [[name, headed] as const];
    return [[name, headed] as const, [`${name} in a large backup`, `${HEADER}${body}\n${FILLER}`] as const];
  }),
);

/** The facts about the tables of which only some settings are read. */
const TABLES = ['firewallPolicies', 'vips', 'interfaces', 'tokenConfigs', 'localUsers'] as const;

function shortened(text: string): string | undefined {
  const bytes = Buffer.from(text);
  const latin = bytes.toString('latin1');
  return skipBlocks({ bytes, latin }, blocksToRead(latin))?.join('\n');
}

/** Without the lines that they were read from. */
function valuesIn(text: string): Readonly<Record<(typeof TABLES)[number], string>> {
  const facts = readFacts(toSections({ name: 'x', text })).facts;
  const jsonOf = (key: (typeof TABLES)[number]) =>
    JSON.stringify({ ...facts[key], bounds: undefined }, (name, value) =>
      name === 'quotes' || name === 'portQuotes' || name === 'disabledBy' ? undefined : value,
    );
  return {
    firewallPolicies: jsonOf('firewallPolicies'),
    vips: jsonOf('vips'),
    interfaces: jsonOf('interfaces'),
    tokenConfigs: jsonOf('tokenConfigs'),
    localUsers: jsonOf('localUsers'),
  };
}

const READ_TABLES = [
  'firewall policy',
  'firewall vip',
  'system interface',
  'user fortitoken',
  'user local',
] as const;

/** Every word in quotes that could be the name of a setting. */
function namesIn(folder: string): readonly string[] {
  const files = globSync(`${folder}/**/*.ts`, { cwd: ROOT });
  const words = files.flatMap((file) =>
    Array.from(
      readFileSync(new URL(file, ROOT), 'utf8').matchAll(/'([a-z][a-z\d+-]*)'/g),
      ([, word = '']) => word,
    ),
  );
  return [...new Set(words)];
}

const READ_AT = Date.UTC(2026, 2, 2);

describe('the blocks that facts are read from', () => {
  it('give the same row as the whole backup, for every fixture of a rule', () => {
    // A sample has a sixth of them.
    const rows = sampleOf(BACKUPS, 6, 0)
      .map(([name, whole]) => {
        const bytes = Buffer.from(whole);
        return { name, short: rowOfBackup('x', bytes, { readAt: READ_AT }), bytes };
      })
      .filter(({ short }) => short !== undefined);
    const differing = rows
      .filter(
        ({ short, bytes }) =>
          JSON.stringify(short) !== JSON.stringify(rowOfText('x', bytes, { readAt: READ_AT })),
      )
      .map(({ name }) => name);
    expect(differing).toEqual([]);
    expect(rows.length).toBeGreaterThan(AMOUNT === 'sample' ? 50 : 300);
  });

  it.each([
    ['branch-07', sampleConfig('branch-07')],
    ['campus', sampleConfig('campus')],
    ['a large backup', backup(4)],
  ])('give the same row as the whole of %s', (_, text) => {
    const row = rowOfBackup('x', Buffer.from(text), { readAt: READ_AT });
    expect(row).toBeDefined();
    expect(row).toEqual(rowOfText('x', Buffer.from(text), { readAt: READ_AT }));
  });

  it('leave every table of which only some settings are read as it is, for every fixture of a rule', () => {
    const differing = [...BACKUPS, ['rare settings', `${HEADER}${RARE_SETTINGS}`] as const].flatMap(
      ([name, whole]) => {
        const short = shortened(whole);
        if (short === undefined) return [];
        const [all, some] = [valuesIn(whole), valuesIn(short)];
        return TABLES.filter((key) => some[key] !== all[key]).map((key) => `${name}: ${key}`);
      },
    );
    expect(differing).toEqual([]);
  });

  it.each(READ_TABLES)('hold every setting of `%s` that a fact is read from', (table) => {
    const unread = namesIn('src/engine/facts').filter((name) => {
      const entries = ['enable', '"own"', '1'].map(
        (value, index) => `    edit ${index + 1}\n        set ${name} ${value}\n    next\n`,
      );
      const whole = `${HEADER}config ${table}\n${entries.join('')}end\n`;
      const short = shortened(whole);
      if (short === undefined) throw new Error(`\`set ${name}\` is not read as a plain backup`);
      const [all, some] = [valuesIn(whole), valuesIn(short)];
      return TABLES.some((key) => some[key] !== all[key]);
    });
    expect(unread, `add them to READ_SETTINGS['${table}'] in src/engine/facts/config/read-blocks.ts`).toEqual(
      [],
    );
  });

  it('mask a registration id as the redaction does', () => {
    const [line] = redact([{ name: 'x', text: '        set reg-id "simulated-registration"' }]).items;
    const masks = blocksToRead('').get('user fortitoken')?.masks;
    expect(line?.text).toBe(`        set reg-id ${masks?.get('reg-id')}`);
  });
});
