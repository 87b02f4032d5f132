import { getHeapSpaceStatistics } from 'node:v8';
import { type HeapLimit, limitHeap } from '../../../src/cli/process/limit-heap.ts';

/**
 * Makes many objects once the space for young objects has grown to so many megabytes; `late` checks the heap only
 * after many. Prints the size of the space when the limit was set and at the end, in megabytes.
 */
const [before, when] = process.argv.slice(2);
let kept: string[][] = [];

function youngMb(): number {
  const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
  return (young?.space_size ?? 0) / 2 ** 20;
}

/** V8 enlarges the space when many objects outlive a collection. */
function makeObjects(arrays: number, heap?: HeapLimit): void {
  kept = [];
  for (let round = 0; round < arrays; round += 1) {
    kept.push(Array.from({ length: 1000 }, (_, at) => `${round} ${at}`));
    heap?.check();
  }
}

while (youngMb() < Number(before)) makeObjects(10);
const atStart = youngMb();
const limit = limitHeap();
for (let piece = 0; piece < 10; piece += 1) makeObjects(500, when === 'late' ? undefined : limit);
process.stdout.write(JSON.stringify({ atStart, atEnd: youngMb() }));
