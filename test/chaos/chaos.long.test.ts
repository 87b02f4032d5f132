import { expect, it } from 'vitest';
import { runChaos } from '../../chaos/chaos.ts';
import { BAD_ENDINGS, broken, countEnding, type Report, table } from '../../chaos/count.ts';
import { TROUBLES, type Trouble } from '../../chaos/faults.ts';
import type { ChaosOptions } from '../../chaos/options.ts';
import { runStorm } from '../../chaos/storm.ts';

/** After these it takes long until requests are taken again; `test/platform/queue/failover.long.test.ts` has them too. */
const SLOW: readonly Trouble[] = [
  'redis freeze',
  'redis failover late',
  'redis restart',
  'redis replica away',
];

const SHORT: ChaosOptions = {
  requests: 30,
  seed: 1,
  minutes: 0.2,
  every: 1.4,
  troubles: TROUBLES.filter((trouble) => !SLOW.includes(trouble)),
  mode: 'http',
  redis: 'sentinels',
  rolling: false,
  alerts: false,
  storm: false,
  quietMinutes: 3,
  verbose: false,
};

/** The short form of `npm run chaos`: the same troubles, fewer requests. `undefined` where there is no server for Redis. */
async function runShort(options: ChaosOptions): Promise<Report | undefined> {
  const said: string[] = [];
  const report = await runChaos({ options, say: (line) => void said.push(line) });
  if (report === undefined) {
    if (process.env.CI === 'true')
      throw new Error('The chaos suite needs valkey-server or redis-server on PATH.');
    process.stderr.write(
      '\n*** SKIPPED: the chaos suite needs valkey-server or redis-server on PATH. ***\n\n',
    );
    return undefined;
  }
  const bad = report.counted.filter(({ ending }) => BAD_ENDINGS.includes(ending));
  const how = `seed ${options.seed}\n${table(report)}${said.join('\n')}`;
  expect(
    bad.map(({ ending, note }) => `${ending}: ${note}`),
    how,
  ).toEqual([]);
  expect(broken(report, { everyAck: false }), how).toEqual([]);
  return report;
}

it('answers every accepted request once, while everything around it breaks', { timeout: 240_000 }, async ({
  skip,
}) => {
  const report = await runShort(SHORT);
  if (report === undefined) {
    skip();
    return;
  }
  expect(countEnding(report, 'answered once')).toBeGreaterThanOrEqual(22);
  expect(report.debugOpened).toBeGreaterThan(0);
  expect(report.filtersLeft).toBe(0);
});

const ALERT_SEED = Number(process.env.CHAOS_SEED ?? 17);

it('ends every alert once, as an answer and a page or as a note that says why, while Slack, Redis and the pager fail', {
  timeout: 300_000,
}, async ({ skip }) => {
  process.stderr.write(`alerts in trouble: seed ${ALERT_SEED} (CHAOS_SEED sets another one)\n`);
  const report = await runShort({
    ...SHORT,
    requests: 25,
    // Long enough that pages go out before the pager recovers.
    minutes: 0.75,
    every: 2.5,
    seed: ALERT_SEED,
    alerts: true,
    quietMinutes: 4,
  });
  if (report === undefined) {
    skip();
    return;
  }
  expect(countEnding(report, 'answered once')).toBeGreaterThanOrEqual(20);
  const failed = [...report.struck].filter(([what]) => what.startsWith('pager'));
  expect(failed.length, 'faults of the pager').toBeGreaterThan(0);
});

it('pages once for each cause, in seconds, in a storm of alerts', { timeout: 300_000 }, async ({ skip }) => {
  const storm = await runStorm({ alerts: 24, minutes: 0.6, say: () => {} });
  if (storm === undefined) {
    skip();
    return;
  }
  expect(storm.problems).toEqual([]);
  expect(storm.pages).toBe(8);
});
