import { expect, it } from 'vitest';
import { AMOUNT } from '../support/amount.ts';
import { diagnoseText } from '../support/diagnose-text.ts';
import { fold } from './terminal.ts';
import { THEMES } from './themes.ts';

/*
 * A debug log says the same at nineteen of twenty widths at which a terminal, a ticket or a mail may wrap it, and never
 * ends green where it was not.
 */
const NARROWEST = 72;
const WIDEST = 200;
const WIDTHS = Array.from({ length: WIDEST - NARROWEST + 1 }, (_, at) => NARROWEST + at);
const LEAST_SHARE = 0.95;

/** As a terminal does: at the column, also inside a word. */
function cut(text: string, width: number, indent: string): string {
  return text
    .split('\n')
    .map((line) =>
      [
        line.slice(0, width),
        ...(line.slice(width).match(new RegExp(`.{1,${width - indent.length}}`, 'g')) ?? []),
      ].join(`\n${indent}`),
    )
    .join('\n');
}

const STYLES: readonly (readonly [string, (text: string, width: number) => string])[] = [
  ['inside words', (text, width) => cut(text, width, '')],
  ['inside words, with indentation', (text, width) => cut(text, width, '    ')],
  ['inside words, with a tab', (text, width) => cut(text, width, '\t')],
  ['between words', fold],
  ['between words, with indentation', (text, width) => fold(text, width, '    ')],
];

/** Logs that are not wrapped already. */
const LOGS = Object.values(THEMES)
  .flat()
  .filter(({ id, files }) => files.length === 1 && !id.includes('wrapped'))
  .flatMap(({ id, files: [file] }) =>
    file && /^(?:\d{4}-\d\d-\d\d [\d:.]+ )?\[\d+:\w+:\w+\]/m.test(file.text)
      ? [[id, file.text] as const]
      : [],
  );
const SOME = AMOUNT === 'sample' ? LOGS.filter((_log, at) => at % 48 === 0) : LOGS;
const SOME_WIDTHS = AMOUNT === 'sample' ? WIDTHS.filter((width) => width % 6 === 1) : WIDTHS;

function answer(text: string): string {
  const { verdict, firstBrokenHop, findings } = diagnoseText(text);
  return [verdict, firstBrokenHop ?? '–', ...findings.map(({ rule }) => rule)].join(' ');
}

it('there are logs', () => {
  expect(LOGS.length).toBeGreaterThan(20);
});

it.each(STYLES)('wrapped %s', (_style, wrap) => {
  for (const [id, text] of SOME) {
    const whole = answer(text);
    const answers = SOME_WIDTHS.map((width) => answer(wrap(text, width)));
    const same = answers.filter((each) => each === whole).length / answers.length;
    expect({ id, same: same >= LEAST_SHARE ? 'at nearly all widths' : same }).toEqual({
      id,
      same: 'at nearly all widths',
    });
    if (!whole.startsWith('healthy')) {
      expect({ id, healthy: answers.filter((each) => each.startsWith('healthy')) }).toEqual({
        id,
        healthy: [],
      });
    }
  }
});
