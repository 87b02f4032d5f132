import { runNoise } from './run-noise.ts';

/** `npm run noise -- [sessions] [seed] [at once]`: sessions with messages of daemons, lost input and cut connections. */
const SESSIONS = 1_000;
const STEP = 50;
const MAX_SHOWN = 20;

const [sessions = String(SESSIONS), seed = '1', atOnce = '8'] = process.argv.slice(2);
const begun = performance.now();
const result = await runNoise({
  sessions: Number(sessions),
  seed: Number(seed),
  atOnce: Number(atOnce),
  onProgress(done) {
    if (done % STEP === 0)
      console.log(`${done} sessions, ${((performance.now() - begun) / 1000).toFixed(0)} s`);
  },
});
for (const { seed: own, why, behaviour } of [...result.errors, ...result.failures].slice(0, MAX_SHOWN)) {
  console.log(`seed ${own}: ${why} ${JSON.stringify(behaviour)}`);
}
console.log(
  `${result.sessions} sessions from seed ${seed}: ${result.same} with the undisturbed diagnosis, ${result.partial} ` +
    `partial, ${result.errors.length} without an answer, ${result.failures.length} faults`,
);
if (result.failures.length > 0) process.exitCode = 1;
