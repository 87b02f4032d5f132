import { afterAll, describe, expect, it } from 'vitest';
import { createSelfChecks } from '../../src/app/self-checks.ts';
import { runChecks } from '../../src/bot/http/internal-server.ts';
import { createWorkspaces } from '../../src/bot/slack/workspaces.ts';
import type { Role } from '../../src/platform/config/load-config.ts';
import { silentLogger } from '../../src/platform/observe/logger.ts';
import { Metrics } from '../../src/platform/observe/metrics.ts';
import { openBackend } from '../../src/platform/queue/open-backend.ts';
import type { RunOutcome } from '../../src/platform/runs/run.ts';
import { startLocalSlack } from '../../src/stand-ins/slack/local-slack.ts';
import { openTestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

const server = await openTestRedis();
afterAll(() => server?.stop());

const OPS = 'C0SUPPORT';
const DONE: RunOutcome = { kind: 'failed', code: 'ftm_internal', message: '' };

describe.skipIf(server === undefined)('bots and a worker that check themselves', () => {
  it('tell the channel once when requests are not processed, and once when they do again', async () => {
    await using opened = new AsyncDisposableStack();
    const slack = await startLocalSlack();
    opened.defer(() => slack.close());

    async function start(role: Role) {
      const { url = '', prefix = '' } = server ?? {};
      const backend = await openBackend({
        redis: { url },
        prefix,
        log: silentLogger,
      });
      opened.defer(() => backend.close(0));
      const workspaces = createWorkspaces({
        botToken: slack.botToken,
        texts: backend.records,
        logger: silentLogger,
        slackApiUrl: slack.apiUrl,
      });
      const selfChecks = createSelfChecks({
        config: { selfCheckMs: 3_600_000, opsChannel: OPS, opsTeam: undefined },
        role,
        backend,
        metrics: new Metrics(),
        logger: silentLogger,
        timing: { timeoutMs: 300, pollIntervalMs: 25 },
        client: () => workspaces.client(undefined),
      });
      opened.defer(() => selfChecks.stop());
      if (role === 'worker') {
        await backend.queue.process(
          async (job) => {
            if (job.kind === 'self-check') await selfChecks.work(job);
            return DONE;
          },
          { concurrency: 1, attempts: 1, backoffMs: 1, timeLimitMs: 60_000 },
        );
      }
      selfChecks.start();
      return selfChecks;
    }
    const said = () => slack.messages(OPS).map(({ text }) => text);

    const bots = [await start('bot'), await start('bot')];
    const health = () => Promise.all(bots.map(({ checks }) => runChecks(checks)));
    await until(
      async () => (await health()).every(({ checks }) => checks.some(({ ok }) => !ok)),
      'both bots notice that no worker is there',
    );
    // They go on taking requests: the queue keeps them.
    expect((await health()).map(({ ready }) => ready)).toEqual([true, true]);
    await until(() => said().length > 0, 'one says so');
    expect(said()).toEqual([expect.stringMatching(/^ftm-check is not processing requests: No worker/)]);

    const worker = await start('worker');
    await until(
      async () => (await health()).every(({ checks }) => checks.every(({ ok }) => ok)),
      'both bots notice that requests get through',
    );
    await until(() => said().length > 1, 'one says so');
    expect(said().slice(1)).toEqual(['ftm-check is processing requests again.']);
    expect(await runChecks(worker.checks)).toMatchObject({ ready: true, checks: [{ name: 'self-check' }] });
  });
});
