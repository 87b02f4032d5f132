import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { skipBlocks } from '../../../src/engine/evidence/skip-blocks.ts';
import { RULES } from '../../../src/engine/rules/all-rules.ts';
import { toCaseRow } from '../../../src/report/documents/cases/case-row.ts';
import { createRandom } from '../../fuzz/random.ts';
import { AMOUNT, sampleOf } from '../../support/amount.ts';
import { baseBackups, mutatedBackup } from './mutated-backups.ts';

const READ_AT = Date.UTC(2026, 2, 2);
const COUNT = { sample: 100, 'every case': 3_000, everything: 100_000 }[AMOUNT];
const FOLDER = new URL('../../../src/engine/rules/', import.meta.url);
const REPLACED = /<[a-z-]+#\d+>/;
const HEADER = '#config-version=FGT60F-7.4.8-FW-build2795-250523:opmode=0:vdom=0:user=admin\n';
/** `end` within a value, and blocks inside blocks. */
const UNREAD = `config system replacemsg utm
    edit "blocked"
        set buffer "<p>
end
</p>"
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
config firewall address
    edit "branches"
        set uuid 00000000-0000-51ef-8f3b-000000000000
        set subnet 10.0.0.0 255.0.0.0
    next
end
`;

function row(text: string): string {
  return JSON.stringify(toCaseRow('x.conf', diagnose([{ name: 'x.conf', text }], { readAt: READ_AT })));
}

it('the row of a mutated backup is the same without the blocks that nothing reads', () => {
  const random = createRandom(18);
  const backups = baseBackups();
  const differing: string[] = [];
  let short = 0;
  for (let count = 0; count < COUNT; count += 1) {
    const text = Buffer.from(mutatedBackup(backups, random)).toString();
    const skipped = skipBlocks(text);
    if (skipped === text) continue;
    short += 1;
    const shown = row(skipped);
    if (!REPLACED.test(shown) && shown !== row(text)) differing.push(text);
  }
  expect(differing).toEqual([]);
  expect(short).toBeGreaterThan(COUNT / 20);
});

it('the row of a fixture is the same without them', () => {
  const files = RULES.flatMap(({ id }) =>
    readdirSync(new URL(`${id}/fixtures/`, FOLDER)).map((file) => `${id}/fixtures/${file}`),
  );
  let short = 0;
  for (const file of sampleOf(files, 20, 0)) {
    const text = readFileSync(new URL(file, FOLDER), 'utf8').replace(/^#config-version.*\n/, '');
    if (!text.startsWith('config ')) continue;
    const backup = `${HEADER}${/^config (?:global|vdom)/m.test(text) ? '' : UNREAD}${text}`;
    const skipped = skipBlocks(backup);
    if (skipped === backup) continue;
    short += 1;
    const shown = row(skipped);
    if (!REPLACED.test(shown)) expect(shown, file).toBe(row(backup));
  }
  expect(short).toBeGreaterThan(5);
});

it('leaves each table empty, and the rest as it is', () => {
  expect(skipBlocks(`${HEADER}${UNREAD}config system global\n    set hostname "a"\nend\n`)).toBe(
    `${HEADER}config system replacemsg utm\nend\nconfig webfilter profile\nend\nconfig firewall address\nend\nconfig system global\n    set hostname "a"\nend\n`,
  );
});

it.each(['', '        set role wan\n'])('reads objects that a local-in policy names, below %j', (stray) => {
  const policy = `config firewall local-in-policy\n${stray}    edit 1\n        set srcaddr "branches"\n    next\nend\n`;
  expect(skipBlocks(`${HEADER}${UNREAD}${policy}`)).toContain('set subnet 10.0.0.0');
});

it('reads objects where an entry lost the line of its table', () => {
  const entry = '    edit "web"\n        set extip 198.51.100.10\n        set service "FTM"\n    next\nend\n';
  expect(skipBlocks(`${HEADER}${UNREAD}${entry}`)).toContain('set subnet 10.0.0.0');
});

it.each([
  ['a text that is no backup', UNREAD],
  ['a table that is cut', `${HEADER}${UNREAD.slice(0, -20)}`],
])('reads %s as a whole', (_, text) => {
  expect(skipBlocks(text)).toBe(text);
});
