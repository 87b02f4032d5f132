import { expect, it } from 'vitest';
import { runChaos } from './chaos.ts';
import { BAD_ENDINGS, broken, countOf, table } from './count.ts';
import { TROUBLES, type Trouble } from './faults.ts';

/** After these it takes long until requests are taken again; `test/queue/failover.test.ts` has them too. */
const SLOW: readonly Trouble[] = [
  'redis freeze',
  'redis failover late',
  'redis restart',
  'redis replica away',
];

/** The short form of `npm run chaos`: the same troubles, fewer requests. */
it('answers every accepted request once, while everything around it breaks', { timeout: 240_000 }, async ({
  skip,
}) => {
  const said: string[] = [];
  const report = await runChaos({
    options: {
      requests: 30,
      seed: 1,
      minutes: 0.2,
      every: 1.4,
      troubles: TROUBLES.filter((trouble) => !SLOW.includes(trouble)),
      mode: 'http',
      redis: 'sentinels',
      rolling: false,
      alerts: false,
      quietMinutes: 3,
      verbose: false,
    },
    say: (line) => void said.push(line),
  });
  if (report === undefined) {
    if (process.env.CI === 'true')
      throw new Error('The chaos suite needs valkey-server or redis-server on PATH.');
    process.stderr.write(
      '\n*** SKIPPED: the chaos suite needs valkey-server or redis-server on PATH. ***\n\n',
    );
    skip();
    return;
  }
  const notes = report.counted.filter(({ ending }) => BAD_ENDINGS.includes(ending));
  expect(notes.map(({ note }) => note)).toEqual([]);
  expect(broken(report, { everyAck: false }), `${table(report)}${said.join('\n')}`).toEqual([]);
  expect(countOf(report, 'answered once')).toBeGreaterThanOrEqual(22);
  expect(report.debugOpened).toBeGreaterThan(0);
});
