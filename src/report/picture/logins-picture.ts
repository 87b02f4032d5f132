import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import { formatNumber } from '../documents/printable.ts';
import type { Markup } from '../formats/html/markup.ts';
import { box, type Drawing, dot, label, line, sign } from './drawing.ts';
import { type LoginRow, type Mark, moreLoginsText, toLoginRows } from './login-rows.ts';
import { placeLabels } from './place-labels.ts';

const MARGIN = 16;
const BAR = 16;
const HEAD = 26;
const ROW = 17;
const AXIS = 50;
const AXIS_TEXT = 'seconds from the question for the second factor';
/** Steps of the time axis; the first one with few enough ticks is used. Seconds. */
const STEPS: readonly number[] = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 86_400];
const MAX_TICKS = 6;

/** Logins as rows over one time axis. `undefined` if no times are known. */
export function loginsPicture(diagnosis: Diagnosis, width: number, mostLogins?: number): Drawing | undefined {
  const rows = toLoginRows(diagnosis, mostLogins);
  if (rows.length === 0) return undefined;
  const end = Math.max(1, ...rows.flatMap(({ marks }) => marks.map(({ seconds }) => seconds))) * 1.04;
  const x = (seconds: number) => MARGIN + (seconds / end) * (width - 2 * MARGIN);
  const parts: Markup[] = [];
  let y = 8;
  for (const row of rows) {
    const drawn = drawRow(row, x, y, width);
    parts.push(...drawn.parts);
    y += drawn.height;
  }
  const more = moreLoginsText(diagnosis, mostLogins);
  if (more !== '') {
    parts.push(label(MARGIN, y + 12, more, 'start', 'small'));
    y += 22;
  }
  return {
    width,
    height: Math.ceil(y + AXIS),
    title: 'What happened when',
    description: `${rows.map(rowText).join('; ')}. Seconds count from the question for the second factor.`,
    parts: [...parts, ...axis(end, x, y)],
  };
}

/** `marlow, timed out: push sent 1 s, token expired 60 s, VPN gave up 80 s, phone answered 94 s`. */
function rowText({ name, detail, marks }: LoginRow): string {
  return `${name}, ${detail}: ${marks.map(markText).join(', ')}`;
}

function markText({ text, seconds }: Mark): string {
  return `${text} ${formatNumber(seconds)} s`;
}

function drawRow(
  { name, detail, failed, isKnown, marks, ended, until }: LoginRow,
  x: (seconds: number) => number,
  top: number,
  width: number,
): { readonly parts: readonly Markup[]; readonly height: number } {
  const bar = top + HEAD;
  const middle = bar + BAR / 2;
  const waitedUntil = Math.min(until, ended ?? until);
  const { labels, rows } = placeLabels(
    marks.map((mark) => ({ text: markText(mark), x: x(mark.seconds), kind: mark.kind })),
    { from: MARGIN, to: width - MARGIN },
  );
  return {
    height: HEAD + BAR + rows * ROW + 18,
    parts: [
      label(MARGIN, top + 15, name, 'start', 'strong'),
      label(width - MARGIN, top + 15, detail, 'end', failed && isKnown ? 'wrong' : 'small'),
      box(x(0), bar, x(until) - x(0), BAR, 'track'),
      box(x(0), bar, x(waitedUntil) - x(0), BAR, 'wait'),
      ...(ended !== undefined && until > ended ? [box(x(ended), bar, x(until) - x(ended), BAR, 'late')] : []),
      ...labels.map((each) => line(each.x, bar + BAR, each.x, bar + BAR + 5 + each.row * ROW, 'axis')),
      ...marks.flatMap((mark) => drawMark(mark, x(mark.seconds), bar, middle)),
      ...labels.map(({ text, at, anchor, row, kind }) =>
        label(
          at,
          bar + BAR + 16 + row * ROW,
          text,
          anchor,
          `below ${kind === 'gave-up' ? 'wrong' : 'small'}`,
        ),
      ),
    ],
  };
}

function drawMark({ kind }: Mark, x: number, bar: number, middle: number): readonly Markup[] {
  if (kind === 'limit') return [line(x, bar - 3, x, bar + BAR + 3, 'limit')];
  if (kind === 'gave-up') return [line(x, bar - 3, x, bar + BAR + 3, 'gave-up')];
  if (kind === 'good') return [dot(x, middle, 9, 'ok'), sign('tick', x, middle)];
  return [dot(x, middle, 5, 'event')];
}

function axis(end: number, x: (seconds: number) => number, y: number): readonly Markup[] {
  const step = STEPS.find((each) => end / each <= MAX_TICKS) ?? end;
  const ticks = Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step);
  return [
    line(x(0), y + 4, x(end), y + 4, 'axis'),
    ...ticks.flatMap((seconds) => [
      line(x(seconds), y + 4, x(seconds), y + 9, 'axis'),
      seconds === 0
        ? label(x(0), y + 23, '0', 'start', 'small')
        : label(x(seconds), y + 23, `${formatNumber(seconds)} s`, 'middle', 'small'),
    ]),
    label(x(0), y + 40, AXIS_TEXT, 'start', 'small'),
  ];
}
