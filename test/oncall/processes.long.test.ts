import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EscalationRequest } from '../../src/oncall/core/escalation.ts';
import { type LocalSlack, startLocalSlack } from '../../src/stand-ins/slack/local-slack.ts';
import { openTestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { type FakePagerDuty, ROUTING_KEY, startFakePagerDuty } from './fake-pagerduty.ts';

const redis = await openTestRedis();
afterAll(() => redis?.stop());

const CHANNEL = 'C0SUPPORT';

describe.skipIf(redis === undefined)('processes that are killed while they page', () => {
  const children: ChildProcess[] = [];
  let slack: LocalSlack;
  let pagerDuty: FakePagerDuty;
  let counter = 0;
  let thread: string;

  beforeEach(async () => {
    counter += 1;
    slack = await startLocalSlack({ userGroups: { S0ONCALL: ['U0ANA', 'U0BEN'] } });
    pagerDuty = await startFakePagerDuty();
    const { message } = await slack.message({ user: 'U0ANA', channel: CHANNEL, text: 'push is dead' });
    thread = message.ts;
  });

  afterEach(async () => {
    for (const child of children.splice(0)) await kill(child);
    await pagerDuty[Symbol.asyncDispose]();
    await slack.close();
  });

  function start(options: { readonly opens: boolean }): ChildProcess {
    const child = spawn(process.execPath, [fileURLToPath(new URL('./processes/pager.ts', import.meta.url))], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        PATH: process.env.PATH,
        NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
        REDIS: redis?.url,
        PREFIX: `${redis?.prefix}${counter}`,
        SLACK_API: slack.apiUrl,
        SLACK_TOKEN: slack.botToken,
        ROUTING: ROUTING_KEY,
        INVENTORY: inventory(pagerDuty.url),
        ...(options.opens ? { PAGER_DRAFT: JSON.stringify(draft()) } : {}),
      },
    });
    children.push(child);
    return child;
  }

  function draft(): EscalationRequest {
    return {
      id: 'esc-killed',
      key: 'ftm-check/fgt-branch-07/push-disabled',
      subject: {
        device: 'fgt-branch-07',
        alias: 'fgt-branch-07',
        cause: 'push-disabled',
        severity: 'critical',
        affectedUsers: 2,
      },
      runId: 'run-1',
      thread: { channel: CHANNEL, ts: thread },
      trigger: { kind: 'person', user: 'U0ANA' },
      routes: ['pd', 'team'],
      text: { summary: 'fgt-branch-07: no push is sent', details: 'Push is disabled.' },
      openedAt: Date.now() - 1000,
    };
  }

  const said = () => slack.thread(CHANNEL, thread).filter(({ bot_id: bot }) => bot !== undefined);

  it.each<readonly [string, () => void, () => boolean]>([
    [
      'while the provider thinks',
      () => pagerDuty.next({ status: 202, hang: true }),
      () => pagerDuty.received.length > 0,
    ],
    [
      'when the provider has the page and before that is kept',
      () => undefined,
      () => pagerDuty.incidents.length > 0,
    ],
    [
      'while the thread is told',
      () => slack.failNext('chat.postMessage', { dropResponse: true }),
      () => said().length > 0,
    ],
  ])('%s: another one takes over, and exactly one page is there', async (_, prepare, isMoment) => {
    prepare();
    const first = start({ opens: true });
    await until(isMoment, 'the moment has come');
    await kill(first);
    start({ opens: false });
    await slack.until(() => said().find(({ text }) => text.startsWith('Paged, not acknowledged')));
    expect(pagerDuty.incidents).toHaveLength(1);
    expect(pagerDuty.incidents[0]?.status).toBe('triggered');
    expect(said()).toHaveLength(1);
  });

  it('calls a group in Slack exactly once', async () => {
    pagerDuty.always({ status: 401 });
    slack.failNext('chat.postMessage', { dropResponse: true });
    const first = start({ opens: true });
    await until(() => said().length > 0, 'it was called');
    await kill(first);
    start({ opens: false });
    await slack.until(() => said().find(({ text }) => text.startsWith('Paged, not acknowledged')));
    expect(said().filter(({ text }) => text.includes('is needed'))).toHaveLength(1);
    for (const user of ['U0ANA', 'U0BEN']) {
      expect(slack.messages(slack.workspace.directMessage(user).id)).toHaveLength(1);
    }
  });
});

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

function inventory(url: string): string {
  return `
defaults: { username: audit, password: { env: X } }
devices:
  fgt-branch-07: { address: 192.0.2.7 }
escalation:
  routes:
    pd: { kind: pagerduty, routingKey: { env: PD }, url: "${url}" }
    team: { kind: slack, levels: [{ userGroup: S0ONCALL }] }
`;
}
