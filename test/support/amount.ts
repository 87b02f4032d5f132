/**
 * How much the tests of very many cases try: a sample in `npm test`, every case in `npm run test:long`, which has to pass
 * before a change is merged, and what takes hours or many minutes in `npm run invariants`.
 */
export type Amount = 'sample' | 'every case' | 'everything';

const AMOUNTS: Readonly<Record<string, Amount>> = { long: 'every case', all: 'everything' };

export const AMOUNT: Amount = AMOUNTS[process.env.INVARIANTS ?? ''] ?? 'sample';
