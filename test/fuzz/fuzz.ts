import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFuzz } from './run-fuzz.ts';

/** `npm run fuzz -- [inputs] [seed]`: looks for inputs that are not taken as they should. */
const INPUTS = 100_000;
/** A hang, not a slow machine. Milliseconds for an input of some kilobytes. */
const TIMEOUT_MS = 5_000;
const STEP = 5_000;
const MAX_SHOWN = 20;

const [inputs = String(INPUTS), seed = '1'] = process.argv.slice(2);
const begun = performance.now();
const failures = await runFuzz({
  inputs: Number(inputs),
  seed: Number(seed),
  patience: TIMEOUT_MS,
  onProgress(done) {
    if (done % STEP === 0)
      console.log(`${done} inputs, ${((performance.now() - begun) / 1000).toFixed(0)} s`);
  },
});
for (const { seed: own, why } of failures.slice(0, MAX_SHOWN)) console.log(`seed ${own}: ${why}`);
if (failures.length > 0) {
  const folder = await mkdtemp(join(tmpdir(), 'ftm-check-fuzz-'));
  await Promise.all(failures.map((each) => writeFile(join(folder, `${each.seed}.txt`), each.text)));
  console.log(`the inputs are in ${folder}`);
  process.exitCode = 1;
}
console.log(`${inputs} inputs from seed ${seed}: ${failures.length} not taken as they should`);
