import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diagnoseCase } from '../../src/case/diagnose-case.ts';
import { skipBlocks } from '../../src/evidence/skip-blocks.ts';
import { blocksToRead } from '../../src/facts/read-blocks.ts';
import { redactCase } from '../../src/redact/redact-case.ts';
import { rowOf } from '../../src/report/cases/case-row.ts';
import { RULES } from '../../src/rules/all-rules.ts';
import { sampleConfig } from '../../src/simulator/samples.ts';
import { backup } from '../bench/backups.ts';
import { AMOUNT, sampleOf } from '../support/amount.ts';

const FOLDER = new URL('../../src/rules/', import.meta.url);
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

function rowFrom(text: string) {
  return rowOf('x', diagnoseCase(redactCase([{ name: 'x', text }]), { readAt: Date.UTC(2026, 2, 2) }));
}

describe('the blocks that facts are read from', () => {
  it('give the same row as the whole backup, for every fixture of a rule', () => {
    // A sample has a third of them.
    const shortened = sampleOf(BACKUPS, 3, 0).map(([name, whole]) => ({
      name,
      whole,
      ...skipBlocks(whole, blocksToRead(whole)),
    }));
    const differing = shortened
      .filter(({ isShortened }) => isShortened)
      .filter(({ text, whole }) => JSON.stringify(rowFrom(text)) !== JSON.stringify(rowFrom(whole)))
      .map(({ name }) => name);
    expect(differing).toEqual([]);
    expect(shortened.filter(({ isShortened }) => isShortened).length).toBeGreaterThan(
      AMOUNT === 'sample' ? 100 : 300,
    );
  });

  it.each([
    ['branch-07', sampleConfig('branch-07')],
    ['campus', sampleConfig('campus')],
    ['a large backup', backup(4)],
  ])('give the same row as the whole of %s', (_, text) => {
    const { text: short, isShortened } = skipBlocks(text, blocksToRead(text));
    expect(isShortened).toBe(true);
    expect(rowFrom(short)).toEqual(rowFrom(text));
    expect(short.length).toBeLessThan(text.length);
  });
});
