import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { redact } from '../../../src/engine/evidence/redact.ts';
import { toSections } from '../../../src/engine/evidence/sections.ts';
import { readFacts } from '../../../src/engine/facts/read-facts.ts';
import { RULES } from '../../../src/engine/rules/all-rules.ts';
import { toWords } from '../../../src/stand-ins/fortigate/words.ts';
import { sampleOf } from '../../support/amount.ts';

const RULES_FOLDER = new URL('../../../src/engine/rules/', import.meta.url);
/** Names in the fixtures that the author of the evidence could choose; a login can be tried with any. */
const NAMES =
  /\b(?:wren|heron|marlow|Wren|carol|inside|dmz-web|vpn-users|DC01|nps|fac-1|office-wildcard|outside|FTK2000AAAAAAAAAA)\b/g;

const cases = RULES.flatMap((rule) =>
  readdirSync(new URL(`${rule.id}/fixtures/`, RULES_FOLDER))
    .filter((file) => file.startsWith('broken'))
    .map((file) => ({ rule, file, id: rule.id })),
);

const INTRUDERS = ['x" "intruder', "x' intruder", 'x\\', 'x" intruder \\'];

/** Everybody can try to log in with a name that closes the quotes of a line to paste, and goes on behind them. */
it.each(cases.map((each, index) => ({ ...each, index })))(
  '$id: $file with names that would add a word of their own',
  ({ rule, file, index }) => {
    const text = readFileSync(new URL(`${rule.id}/fixtures/${file}`, RULES_FOLDER), 'utf8');
    // A sample has one of the names for each fixture, in turn.
    for (const name of sampleOf(INTRUDERS, INTRUDERS.length, index)) {
      const hostile = text
        .split('\n')
        .map((line) => {
          const config = /^\s*(?:edit|set|append) /.test(line);
          return line.replace(NAMES, () => (config ? name.replace(/["'\\]/g, '\\$&') : name));
        })
        .join('\n');
      const facts = readFacts(redact([{ name: file, text: hostile }]).items.flatMap(toSections)).facts;
      const judgement = rule.judge(facts, { vdomMode: 'single' });
      if (judgement.verdict !== 'broken') continue;
      const { apply, undo, verify } = judgement.fix;
      for (const line of [...apply, ...undo, ...verify]) {
        const words = toWords(line.replace(/<[a-zA-Z][\w-]*>/g, 'placeholder'));
        expect(words.kind, `${line} goes on on the next line`).toBe('words');
        expect(words.kind === 'words' ? words.words : [], line).not.toContain('intruder');
      }
    }
  },
);
