import { expect, it } from 'vitest';
import { createDelivery } from '../../../src/bot/delivery/create-delivery.ts';
import { type SlackPort, slackPort } from '../../../src/bot/delivery/slack-port.ts';
import { systemClock } from '../../../src/bot/delivery/types.ts';
import { boltLogger } from '../../../src/bot/slack/logger.ts';
import { createDeliveryClient } from '../../../src/bot/slack/web-client.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import type { Run } from '../../../src/platform/runs/run.ts';
import { createMemoryRunStore } from '../../../src/platform/store/memory-run-store.ts';
import { startLocalSlack } from '../../../src/stand-ins/slack/local-slack.ts';
import { ANA, OUTCOME, renderShort, SUPPORT } from './delivery-fixture.ts';

it.each([
  ['an error', { status: 500 }],
  ['a lost response', { dropResponse: true }],
  ['a long wait', { status: 429, retryAfter: 20 }],
])(
  'is one message when bot and worker open it at the same time, and Slack answers with %s',
  async (_what, fault) => {
    const slack = await startLocalSlack();
    const runs = createMemoryRunStore();
    const client = createDeliveryClient(slack.botToken, {
      slackApiUrl: slack.apiUrl,
      logger: boltLogger(silentLogger),
    });
    const open = () =>
      createDelivery({
        slack: () => slackPort(client),
        runs,
        render: renderShort,
        // The waiting process looks often.
        clock: { ...systemClock, sleep: (ms) => systemClock.sleep(ms / 50) },
        logger: silentLogger,
      });
    const processes = [open(), open(), open()];
    const run: Run = {
      id: 'run-1',
      asker: { id: ANA },
      replyTo: { channel: SUPPORT },
      acceptedAt: Date.now(),
      kind: 'check',
    };
    await runs.create(run);
    slack.failNext('chat.postMessage', fault, 3);

    await Promise.all(processes.map((each) => each.postQueued(run, { phase: 'queued' })));
    await processes[0]?.deliver(run, OUTCOME);

    const said = slack.messages(SUPPORT);
    expect(said.map(({ metadata }) => metadata?.event_payload.role)).toEqual(['root', 'answer']);
    await slack.close();
  },
);

it('is one direct message where Slack lets nobody speak there, whoever of two processes is at it', async () => {
  const slack = await startLocalSlack({ channels: [{ id: 'C0OUTSIDE', name: 'outside', member: false }] });
  const runs = createMemoryRunStore();
  const client = createDeliveryClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    logger: boltLogger(silentLogger),
  });
  const port = slackPort(client);
  const slow: SlackPort = {
    ...port,
    async directMessage(message) {
      await systemClock.sleep(200);
      return await port.directMessage(message);
    },
  };
  const open = () =>
    createDelivery({
      slack: () => slow,
      runs,
      render: renderShort,
      clock: { ...systemClock, sleep: (ms) => systemClock.sleep(ms / 50) },
      logger: silentLogger,
    });
  const run: Run = {
    id: 'run-2',
    asker: { id: ANA },
    replyTo: { channel: 'C0OUTSIDE' },
    acceptedAt: Date.now(),
    kind: 'check',
  };
  await runs.create(run);
  await Promise.all([open(), open(), open()].map((each) => each.deliver(run, OUTCOME)));
  const direct = slack.messages(slack.workspace.directMessage(ANA).id);
  expect(direct.map(({ text }) => text)).toEqual([expect.stringContaining('only for you')]);
  expect((await runs.get('run-2'))?.answeredAt).toBeGreaterThan(0);
  await slack.close();
});
