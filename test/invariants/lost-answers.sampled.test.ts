import { expect, it } from 'vitest';
import { createRandom } from '../fuzz/random.ts';
import { checks, type Example, isLong } from './cases.ts';
import { describeLosses, diagnose, healed, type Loss, lossesOf, withoutAnswers } from './damage.ts';

/**
 * Lost answers and pairs of them, by seed, on each device. A device has about 340 of them and 57,000 pairs.
 *
 * - `npm test`: 3 answers and 2 pairs on each of 17 devices of the newest release, every other one with VDOMs.
 * - `npm run test:long`: the same on each of its 118 devices.
 * - `npm run invariants`: 20 answers and 10 pairs on each of the 1,278 devices of all releases, about 40,000 diagnoses.
 *   Each answer of each command is lost in each way on many of them.
 * - `LOST_ANSWERS=400 npm run invariants`: every single answer on every device, and 400 pairs. This takes hours.
 */
const SAMPLE = isLong ? longSample(process.env.LOST_ANSWERS) : { answers: 3, pairs: 2 };

function longSample(wanted: string | undefined) {
  if (wanted === undefined) return { answers: 20, pairs: 10 };
  const count = Number(wanted);
  if (!Number.isInteger(count) || count < 1) throw new Error(`LOST_ANSWERS is a number, not ${wanted}`);
  return { answers: count, pairs: count };
}

/** Every single answer where there are no more than wanted, else a sample without repetition. */
function sample(all: readonly Loss[], seed: number): readonly Loss[] {
  const random = createRandom(seed);
  const left = [...all];
  return Array.from({ length: Math.min(SAMPLE.answers, all.length) }, () => {
    const [taken] = left.splice(random.int(left.length), 1);
    return taken as Loss;
  });
}

/** Each answer that was lost with one lost after it: both single losses are compared with the pair. */
function pairsOf(losses: readonly Loss[]): readonly (readonly [Loss, Loss])[] {
  const distances = losses.map((_, distance) => distance).slice(1);
  return distances
    .flatMap((distance) =>
      losses.flatMap((one, at): readonly (readonly [Loss, Loss])[] => {
        const other = losses[at + distance];
        return other && other.at !== one.at ? [[one, other]] : [];
      }),
    )
    .slice(0, SAMPLE.pairs);
}

function healedIn(example: Example, seed: number): readonly string[] {
  const found = (
    before: ReturnType<typeof diagnose>,
    after: ReturnType<typeof diagnose>,
    losses: readonly Loss[],
  ) => healed(before, after).map((what) => `${describeLosses(example, losses)}: ${what}`);
  const losses = sample(lossesOf(example), seed);
  const complete = diagnose(example);
  const alone = new Map(losses.map((loss) => [loss, diagnose(withoutAnswers(example, [loss]))]));
  const singles = [...alone].flatMap(([loss, after]) => found(complete, after, [loss]));
  const pairs = pairsOf(losses).flatMap(([one, other]) => {
    const both = diagnose(withoutAnswers(example, [one, other]));
    return [
      ...found(alone.get(one) ?? complete, both, [one, other]),
      ...found(alone.get(other) ?? complete, both, [other, one]),
    ];
  });
  return [...singles, ...pairs];
}

it('neither one lost answer nor a second one makes a rule or a case healthy', {
  timeout: isLong ? 36_000_000 : 300_000,
}, async () => {
  const examples = await checks(2);
  expect(examples.flatMap(healedIn)).toEqual([]);
});
