/**
 * How much the tests of very many cases try: a sample in `npm test`, every case in `npm run test:long`, which has to pass
 * before a change is merged, and what takes many minutes or hours in `npm run invariants`.
 */
type Amount = 'sample' | 'every case' | 'everything';

const AMOUNTS: Readonly<Record<string, Amount>> = { long: 'every case', all: 'everything' };

export const AMOUNT: Amount = AMOUNTS[process.env.INVARIANTS ?? ''] ?? 'sample';

/** How often a property is tried: in a sample, a twentieth as often. */
export function runs(everyCase: number): number {
  return AMOUNT === 'sample' ? Math.ceil(everyCase / 20) : everyCase;
}

/** One in so many of a list in a sample, beginning at a place that differs from list to list; else the whole list. */
export function sampleOf<T>(all: readonly T[], oneIn: number, start: number): readonly T[] {
  return AMOUNT === 'sample' ? all.filter((_each, at) => (at + start) % oneIn === 0) : all;
}
