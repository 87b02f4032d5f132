import type { HopResult } from '../../engine/diagnosis/diagnosis.ts';
import type { HopStatus } from '../../engine/facts/hop.ts';
import { WORDING } from '../documents/wording.ts';
import type { Markup } from '../formats/html/markup.ts';
import { type Drawing, dot, label, line, type Sign, sign } from './drawing.ts';

const SIGNS: Readonly<Record<HopStatus, Sign>> = {
  ok: 'tick',
  broken: 'cross',
  'not-reached': 'dash',
  unknown: 'question',
};
const RADIUS = 12;

/** The steps of a login side by side, for a wide page. */
export function stepsAcross(hops: readonly HopResult[]): Drawing {
  const gap = 80;
  const at = (index: number) => gap / 2 + index * gap;
  return {
    ...describe(hops),
    width: gap * hops.length,
    height: 76,
    parts: [
      line(at(0), 20, at(hops.length - 1), 20, 'rail'),
      ...hops.flatMap((hop, index) => [
        ...mark(hop, at(index), 20),
        ...WORDING.hops[hop.id]
          .split(' ')
          .map((word, row) => label(at(index), 52 + row * 16, word, 'middle', `step ${statusClass(hop)}`)),
      ]),
    ],
  };
}

/** The same steps below each other, for a phone. */
export function stepsDown(hops: readonly HopResult[]): Drawing {
  const gap = 32;
  const at = (index: number) => 18 + index * gap;
  return {
    ...describe(hops),
    width: 320,
    height: gap * hops.length + 4,
    parts: [
      line(18, at(0), 18, at(hops.length - 1), 'rail'),
      ...hops.flatMap((hop, index) => [
        ...mark(hop, 18, at(index)),
        label(42, at(index) + 5, WORDING.hops[hop.id], 'start', statusClass(hop)),
        label(180, at(index) + 5, WORDING.hopWords[hop.status], 'start', 'small'),
      ]),
    ],
  };
}

function describe(hops: readonly HopResult[]): Pick<Drawing, 'title' | 'description'> {
  const steps = hops.map(({ id, status }) => `${WORDING.hops[id]} ${WORDING.hopWords[status]}`);
  return { title: 'The steps of the login', description: `${steps.join(', ')}.` };
}

function mark({ status }: HopResult, x: number, y: number): readonly Markup[] {
  return [dot(x, y, RADIUS, status), sign(SIGNS[status], x, y)];
}

function statusClass({ status }: HopResult): string {
  return status === 'broken' ? 'wrong' : 'text';
}
