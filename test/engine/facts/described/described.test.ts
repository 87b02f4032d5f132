import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Section } from '../../../../src/engine/evidence/types.ts';
import {
  findStatement,
  isStatement,
  readDescribed,
} from '../../../../src/engine/facts/described/described.ts';
import { valueIfKnown } from '../../../../src/engine/facts/fact.ts';
import { RULES } from '../../../../src/engine/rules/all-rules.ts';

function sentencesOf(...lines: readonly string[]) {
  const section: Section = { kind: 'other', source: 'mail.txt', start: 1, lines };
  return valueIfKnown(readDescribed([section])) ?? [];
}

describe('what a person states', () => {
  it.each([
    ['The old phone still rings.', 'old phone shows'],
    ['Das alte iPhone, das noch in der Schublade liegt, zeigt die Anfrage.', 'old phone shows'],
    ['The codes are accepted, but a push never comes.', 'code works !not'],
    ['The codes are accepted, but a push never comes.', 'request not shows'],
    // `va` means that it works at the end of a text only.
    ['El código va, pero nunca llega el push.', 'code works !not'],
    ['Why does the push never come?', 'request not shows'],
    ['The old phone rings.', 'code works / old phone shows'],
  ])('“%s” states `%s`', (text, statement) => {
    expect(findStatement(statement, sentencesOf(text))?.quote.text).toBe(text);
  });

  it('in a line of a chat without a full stop, behind which a question stands', () => {
    const sentences = sentencesOf('the old phone rings', 'do I need a new token or does it wait?');
    expect(findStatement('old phone shows', sentences)?.quote.text).toBe('the old phone rings');
    expect(findStatement('new token', sentences)).toBeUndefined();
  });

  it.each([
    ['The new phone never rings.', 'phone shows !not'],
    ['Does the old phone ring?', 'old phone shows'],
    ['The old one is gone. The phone rings.', 'old phone shows'],
    ['I do not know whether the old phone rings.', 'old phone shows'],
    ['Ob das alte Handy klingelt, weiß ich nicht.', 'old phone shows'],
    ['eth0 Link encap:Ethernet HWaddr 02:00:5e:10:00:01 old phone rings:1 mtu:1500', 'old phone shows'],
    ['date=2026-03-02 time=09:12:04 msg="the old phone rings"', 'old phone shows'],
  ])('“%s” does not state `%s`', (text, statement) => {
    expect(findStatement(statement, sentencesOf(text))).toBeUndefined();
  });

  it('in lines behind an output of a text, and not in an output that was read from a device', () => {
    const output = { kind: 'output', source: 'x', start: 1, command: 'get system status' } as const;
    const section: Section = { ...output, lines: ['Hostname: fgt-01', '', 'The old phone still rings.'] };
    const of = (each: Section) => findStatement('old phone shows', valueIfKnown(readDescribed([each])) ?? []);
    expect(of(section)).toBeDefined();
    expect(of({ ...section, collected: true })).toBeUndefined();
  });

  it('reads a sentence that goes on in the next line, and quotes its longest one', () => {
    expect(findStatement('old phone shows', sentencesOf('Her old', 'phone still rings.'))?.quote.line).toBe(
      2,
    );
  });
});

const ENGINE = new URL('../../../../src/engine/', import.meta.url);

async function meanings(): Promise<readonly string[]> {
  const folder = new URL('facts/described/', ENGINE);
  const files = readdirSync(folder).filter((name) => name.endsWith('-words.ts'));
  const tables = await Promise.all(files.map((name) => import(new URL(name, folder).href)));
  return tables.flatMap((table) => Object.values(table).flatMap((each) => Object.keys(each as object)));
}

/** `findStatement('solved', sentences)`, and each string of two meanings or more: `export const OTHERS_GET_IN = 'others works !not'` */
function statementsInCode(): readonly string[] {
  const files = readdirSync(ENGINE, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  return files.flatMap((name) => {
    const text = readFileSync(new URL(name, ENGINE), 'utf8');
    return [...text.matchAll(/\b(?:findStatement|stated\w+)\(\s*'([^'\n]+)'|'([^'\n]+ [^'\n]+)'/g)]
      .map(([, read, quoted = '']) => read ?? quoted)
      .filter(isStatement);
  });
}

it('has each meaning in one table', async () => {
  const all = await meanings();
  expect(all.filter((each, index) => all.indexOf(each) !== index)).toEqual([]);
});

describe('the descriptions of a rule', () => {
  const all = RULES.flatMap(({ id, descriptions = [] }) => descriptions.map((each) => ({ id, ...each })));
  const statements = all.flatMap(({ all: row, or = [], also = [], not = [], decided }) => [
    ...[row, ...or, ...(decided ? [decided.all, ...(decided.or ?? [])] : [])].flat(),
    ...also,
    ...not,
  ]);

  it('are made of statements', () => {
    expect(statements.filter((statement) => !isStatement(statement))).toEqual([]);
  });

  it('and the statements that code reads use every meaning', async () => {
    const used = new Set([...statements, ...statementsInCode()].flatMap((each) => each.split(/[^\w]+/)));
    expect((await meanings()).filter((each) => !used.has(each))).toEqual([]);
  });

  it('have more than one statement, or one of three meanings', () => {
    const short = all.filter(({ all: row, or = [] }) =>
      [row, ...or].some(
        ([first = '', ...more]) =>
          more.length === 0 && first.split(' / ').some((each) => each.split(' ').length < 3),
      ),
    );
    expect(short).toEqual([]);
  });
});
