import type { KnownBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { codePoints, TITLE_LIMIT } from '../../../../src/report/block-kit/limits.ts';
import { findingSections } from '../../../../src/report/documents/answer/finding-sections.ts';
import { expandCollapsibles } from '../../../../src/report/formats/slack/collapsible.ts';
import { renderAnswer } from '../../../../src/report/formats/slack/render-answer.ts';
import { checkMessage } from '../../../../src/stand-ins/slack/block-kit/check-message.ts';
import { COSTS } from '../../../support/costs.ts';
import { phoneLines, startOfBlock } from '../../../support/phone-lines.ts';
import { FIXTURE_PATHS } from '../../../support/rule-fixtures.ts';
import { diagnoseFixture } from '../../rule-fixtures.ts';

/** Begins a sentence that stands above a block. */
const EARLY =
  /(?:^|\. )(?:First |Only if |Paste this only if )|\b(?:lose the access|login fails until|would refuse them)\b/;
const LOCKS_OUT = /\b(?:lose the access|login fails until|would refuse them)\b/;
/** A phone shows about so many lines. */
const SCREEN = 12;

const answers = FIXTURE_PATHS.filter((path) => !path.startsWith('shared/')).map((path) => {
  const { diagnosis } = diagnoseFixture(path);
  const answer = renderAnswer(
    { kind: 'diagnosed', diagnosis, tookMs: 3412 },
    { runId: 'run-1', kind: 'analyze', asker: { name: 'Ana Ruiz' }, canEscalate: true },
  );
  return { name: path.replace('fixtures/', ''), diagnosis, answer };
});

describe('the first screen of a phone', () => {
  it('holds the beginning of the block to paste in at least nine of ten answers with a fix', () => {
    const starts = answers.flatMap(({ name, diagnosis, answer }) => {
      const [first] = diagnosis.findings[0]?.fix.apply ?? [];
      if (first === undefined) return [];
      const start = startOfBlock(phoneLines(answer.blocks), first);
      expect(start, name).toBeDefined();
      return [{ name, start: start ?? Number.POSITIVE_INFINITY }];
    });
    expect(starts.length).toBeGreaterThan(60);
    const late = starts.filter(({ start }) => start > SCREEN);
    if (process.env.SHOW_LINES) show(starts);
    expect(late.length / starts.length, late.map(({ name }) => name).join('\n')).toBeLessThanOrEqual(0.1);
  });

  it('says at most 25 words before the action in the median', () => {
    const counts = answers.flatMap(({ answer }) => {
      const lines = phoneLines(answer.blocks);
      const action = lines.findIndex(({ kind, text }) => kind === 'code' || text.startsWith('What to do'));
      const words = lines.slice(0, action).flatMap(({ text }) => text.match(/[\p{L}\p{N}]\S*/gu) ?? []);
      return action === -1 ? [] : [words.length];
    });
    const sorted = counts.toSorted((a, b) => a - b);
    expect(counts.length).toBeGreaterThan(300);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(25);
  });

  it('states a cause in at most 45 words', () => {
    const long = answers.flatMap(({ name, diagnosis }) =>
      findingSections(diagnosis)
        .flatMap(({ parts }) => parts)
        .flatMap((part) => (part.kind === 'prose' && part.label === 'Cause' ? [part.text] : []))
        .filter((text) => text.split(/\s+/).length > 45)
        .map((text) => `${name}: ${text}`),
    );
    expect(long).toEqual([]);
  });

  it('says beside a block at most two lines above the cause, and nothing of VDOMs that only may exist', () => {
    const notes = answers.flatMap(({ name, diagnosis }) => {
      const parts = findingSections(diagnosis)[0]?.parts ?? [];
      const isBlock = parts.some((part) => part.kind === 'code' && part.label === 'Fix');
      const warnings = parts.flatMap((part) =>
        part.kind === 'prose' && part.tone === 'warning' ? [part.text] : [],
      );
      return isBlock ? warnings.map((text) => ({ name, text })) : [];
    });
    expect(notes.length).toBeGreaterThan(60);
    expect(notes.filter(({ text }) => text.includes('With VDOMs'))).toEqual([]);
    // A single sentence is never cut.
    const long = notes.filter(({ text }) => text.length > 84 && /[.!?] [A-Z`]/.test(text));
    expect(long).toEqual([]);
  });

  it('says above the block what to find out first, and who loses access', () => {
    const late = answers.flatMap(({ name, diagnosis }) => {
      const parts = findingSections(diagnosis)[0]?.parts ?? [];
      const block = parts.findIndex((part) => part.kind === 'code' && part.label === 'Fix');
      const below = block === -1 ? [] : parts.slice(block);
      const said = below.map((part) => (part.kind === 'prose' ? part.text : '')).join(' ');
      return EARLY.test(said) ? [name] : [];
    });
    expect(late).toEqual([]);
    const warned = answers.filter(({ diagnosis }) => LOCKS_OUT.test(diagnosis.findings[0]?.fix.note ?? ''));
    expect(warned.length).toBeGreaterThan(3);
    expect(answers.some(({ diagnosis }) => /\bFirst /.test(diagnosis.findings[0]?.fix.note ?? ''))).toBe(
      true,
    );
  });

  it('says the cost of the lines above the cause', () => {
    const folded = answers.flatMap(({ name, diagnosis }) => {
      const [first] = diagnosis.findings;
      const lines = first?.fix.apply.join('\n') ?? '';
      const shown = findingSections(diagnosis)[0]?.parts.flatMap((part) =>
        part.kind === 'prose' && part.tone === 'warning' ? [part.text] : [],
      );
      return COSTS.filter(([line, cost]) => line.test(lines) && !cost.test(shown?.join(' ') ?? '')).map(
        ([line]) => `${name}: ${line.source}`,
      );
    });
    expect(folded).toEqual([]);
  });

  it('keeps the rest of a note beside the undo, and says how the lines are run below them', () => {
    const shown = answers.find(({ name }) => name === 'wan-ftm-access-missing/broken.abridged.conf');
    const parts = (shown && findingSections(shown.diagnosis)[0]?.parts) ?? [];
    const details = parts.flatMap((part) => (part.kind === 'section' ? part.parts : []));
    const texts = details.flatMap((part) => (part.kind === 'prose' ? [part.text] : []));
    expect(texts.join(' ')).toMatch(/^The push service .* client certificate\. /);
    expect(texts.join(' ')).not.toContain('With VDOMs');
    const block = parts.findIndex((part) => part.kind === 'code' && part.label === 'Fix');
    const below = parts.slice(block + 1).findIndex((part) => part.kind === 'prose' && part.label === 'Cause');
    const beside = parts.slice(block + 1, block + 1 + below);
    expect(JSON.stringify(beside)).toContain('With VDOMs, put `config global` before');
  });

  it('quotes no end of a block beside other lines', () => {
    const ends = answers.flatMap(({ name, diagnosis }) => {
      const parts = findingSections(diagnosis)[0]?.parts ?? [];
      const details = parts.flatMap((part) => (part.kind === 'section' ? part.parts : []));
      const quotes = details.flatMap((part) => (part.kind === 'quotes' ? [part.quotes] : []));
      return quotes.some(
        (each) => each.length > 1 && each.some(({ text }) => /^\s*(?:next|end)\s*$/.test(text)),
      )
        ? [name]
        : [];
    });
    expect(ends).toEqual([]);
  });

  it('begins the block to paste at the same line where Slack knows no containers', () => {
    for (const { name, diagnosis, answer } of answers) {
      const [first] = diagnosis.findings[0]?.fix.apply ?? [];
      if (first === undefined || diagnosis.attempts.length > 1) continue;
      const expanded = expandCollapsibles(answer.blocks);
      expect(startOfBlock(phoneLines(expanded), first), name).toBe(
        startOfBlock(phoneLines(answer.blocks), first),
      );
    }
  });

  it('has no title of more than three lines', () => {
    const titles = answers.flatMap(({ name, answer }) =>
      answer.blocks.flatMap((block) => titleOf(block, name)),
    );
    expect(titles.filter(({ length }) => length > TITLE_LIMIT)).toEqual([]);
    const headlines = answers.filter(({ answer: { blocks } }) => blocks[0]?.type !== 'header');
    expect(headlines.map(({ name }) => name)).toEqual([]);
  });

  it('has a fallback text without an unpaired backtick', () => {
    const odd = answers.flatMap(({ name, answer }) =>
      outsideFences(answer.text)
        .split('\n')
        .filter((line) => line.split('`').length % 2 === 0 || line.includes('ˋ'))
        .map((line) => `${name}: ${line}`),
    );
    expect(odd).toEqual([]);
  });

  it('is of a message that Slack takes, with and without containers', () => {
    for (const { name, answer } of answers) {
      expect(checkMessage(answer), name).toEqual([]);
      const expanded = { ...answer, blocks: [...expandCollapsibles(answer.blocks)] };
      expect(checkMessage(expanded), name).toEqual([]);
    }
  });
});

function outsideFences(text: string): string {
  return text
    .split('```')
    .filter((_, index) => index % 2 === 0)
    .join('\n');
}

function titleOf(block: KnownBlock, name: string): readonly { name: string; text: string; length: number }[] {
  const text =
    block.type === 'container' ? block.title?.text : block.type === 'header' ? block.text.text : '';
  return text === undefined || text === '' ? [] : [{ name, text, length: codePoints(text) }];
}

/** `SHOW_LINES=1 npx vitest run test/report/documents/answer/first-screen.test.ts` prints where the fixes begin. */
function show(starts: readonly { readonly name: string; readonly start: number }[]): void {
  const sorted = starts.toSorted((a, b) => a.start - b.start);
  const counts = Map.groupBy(sorted, ({ start }) => Math.ceil(start));
  for (const [line, group] of counts) console.log(`line ${line}: ${group.length}`);
  console.log(`median ${sorted[Math.floor(sorted.length / 2)]?.start}, last ${sorted.at(-1)?.name}`);
}
