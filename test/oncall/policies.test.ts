import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventJob, openJob } from '../../src/oncall/jobs.ts';
import { HEALTHY } from '../report/fixtures.ts';
import type { FakePagerDuty } from './fake-pagerduty.ts';
import { openPagedEscalations, type PagedEscalations } from './paged-escalations.ts';
import { BEN, SUPPORT, type TestEscalations } from './test-pager.ts';

const MINUTE = 60_000;

let paged: PagedEscalations;
let pagerDuty: FakePagerDuty;
let setup: TestEscalations;
let texts: PagedEscalations['texts'];

beforeEach(async () => {
  paged = await openPagedEscalations();
  ({ pagerDuty, setup, texts } = paged);
});

afterEach(() => paged[Symbol.asyncDispose]());

describe('an escalation policy in Slack', () => {
  async function page() {
    const run = await setup.answer();
    const draft = setup.draft(run, { routes: ['team'] });
    setup.put(openJob(draft));
    await setup.wait(0);
    const calls = () =>
      setup.said(run.rootTs).flatMap(({ text }) => /(?:^|: )(<[^>]+>) is needed/.exec(text)?.[1] ?? []);
    return { run, draft, calls };
  }

  it('calls the group, then whoever is on call, then the next person', async () => {
    const { calls, run } = await page();
    expect(calls()).toEqual(['<!subteam^S0ONCALL>']);
    await setup.wait(10 * MINUTE - 1);
    expect(calls()).toHaveLength(1);
    await setup.wait(1);
    expect(calls()).toEqual(['<!subteam^S0ONCALL>', '<@U0CHI>']);
    await setup.wait(10 * MINUTE);
    expect(calls()).toEqual(['<!subteam^S0ONCALL>', '<@U0CHI>', `<@${BEN}>`]);
    await setup.wait(10 * MINUTE);
    expect(texts(run.rootTs)).toContain('called without an acknowledgement');
    await setup.wait(6 * MINUTE);
    expect(calls()).toHaveLength(4);
  });

  it.each(['acknowledged', 'resolved'] as const)('stops when it is %s', async (kind) => {
    const { calls, draft } = await page();
    await setup.wait(10 * MINUTE);
    setup.put(eventJob(draft.key, { kind, by: { via: 'slack', user: BEN } }, 'stop'));
    await setup.wait(60 * MINUTE);
    expect(calls()).toHaveLength(2);
  });

  it('is seen in the channel too, and carries its buttons', async () => {
    const { run } = await page();
    const call = setup.slack
      .calls('chat.postMessage')
      .find(({ args }) => String(args.text).includes('is needed'));
    expect(call?.args).toMatchObject({ reply_broadcast: true, channel: SUPPORT, thread_ts: run.rootTs });
    expect(JSON.stringify(call?.args.blocks)).toContain('I am on it');
  });
});

describe('policies', () => {
  it('page at once, without a question, where one says so', async () => {
    const run = await setup.answer({ alias: 'fgt-hq' });
    setup.put({ id: 'answered.1', data: { kind: 'answered', runId: run.id } });
    await setup.wait(0);
    expect(pagerDuty.incidents).toHaveLength(1);
  });

  it('page when nobody reacts for so long', async () => {
    const run = await setup.answer();
    setup.put({ id: 'answered.1', data: { kind: 'answered', runId: run.id } });
    await setup.wait(15 * MINUTE - 1);
    expect(setup.said(run.rootTs)).toEqual([]);
    await setup.wait(1);
    expect(texts(run.rootTs)).toContain('<!subteam^S0ONCALL> is needed');
  });

  it.each([
    [
      'writes in the thread',
      async (thread: string) => {
        // Local Slack's clock is the real one; ours stands at the answer.
        await new Promise((resolve) => setTimeout(resolve, 20));
        await setup.slack.message({ user: BEN, channel: SUPPORT, text: 'on it', thread });
      },
    ],
    ['asks again', async () => void (await setup.answer({ id: 'again' }))],
  ])('do not page when somebody %s', async (_, react) => {
    const run = await setup.answer();
    setup.put({ id: 'answered.1', data: { kind: 'answered', runId: run.id } });
    await setup.wait(0);
    await react(run.rootTs);
    await setup.wait(30 * MINUTE);
    expect(texts(run.rootTs)).not.toContain('is needed');
  });

  it('do not page for what is in order', async () => {
    const run = await setup.answer({
      alias: 'fgt-hq',
      outcome: { kind: 'diagnosed', diagnosis: HEALTHY, tookMs: 1 },
    });
    setup.put({ id: 'answered.1', data: { kind: 'answered', runId: run.id } });
    await setup.wait(60 * MINUTE);
    expect(pagerDuty.incidents).toEqual([]);
  });
});
