import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openJob } from '../../src/oncall/jobs.ts';
import { type FakePagerDuty, startFakePagerDuty } from './fake-pagerduty.ts';
import { ANA, BEN, CHI, openTestEscalations, SUPPORT, type TestEscalations } from './test-pager.ts';

const MINUTE = 60_000;

let setup: TestEscalations;
let pagerDuty: FakePagerDuty;

beforeEach(async () => {
  pagerDuty = await startFakePagerDuty();
});
afterEach(async () => {
  await setup[Symbol.asyncDispose]();
  await pagerDuty[Symbol.asyncDispose]();
});

/** A page whose Slack route is called once people have written `messages` in the thread. */
async function pageAfter(messages: number, strictReads: boolean) {
  setup = await openTestEscalations({
    strictReads,
    escalation: `
  order: [pd, team]
  routes:
    pd: { kind: pagerduty, routingKey: { env: PD }, url: "${pagerDuty.url}" }
    team: { kind: slack, every: 2h, levels: [{ userGroup: S0ONCALL }, { user: ${BEN} }] }
`,
  });
  const run = await setup.answer();
  pagerDuty.always({ status: 503 });
  setup.put(openJob(setup.draft(run)));
  await setup.wait(0);
  for (let count = 0; count < messages; count += 1) {
    await setup.slack.message({ user: ANA, channel: SUPPORT, text: `message ${count}`, thread: run.rootTs });
  }
  pagerDuty.always({ status: 400 });
  return run;
}

const mentions = (thread: string) => setup.said(thread).filter(({ text }) => text.includes('is needed'));
const reads = () => setup.slack.calls('conversations.replies').filter(({ failure }) => failure === undefined);

describe('a message that may have been posted', () => {
  it('is searched to the end of a long thread, 15 messages a minute and through restarts, and not posted twice', async () => {
    const run = await pageAfter(70, true);
    // Slack does the work, and the connection ends before it answers.
    setup.slack.failNext('chat.postMessage', { dropResponse: true }, 3);
    await setup.wait(5000);
    expect(mentions(run.rootTs)).toHaveLength(1);
    const before = reads().length;
    for (let minute = 0; minute < 12; minute += 1) await setup.wait(MINUTE, setup.parts());
    expect(mentions(run.rootTs)).toHaveLength(1);
    for (const user of [ANA, CHI]) expect(setup.direct(user)).toHaveLength(1);
    // The root, 70 messages and what the bot wrote are on five pages; each was read once.
    expect(reads().length - before).toBe(5);
    expect(new Set(reads().map(({ args }) => args.cursor)).size).toBe(5);
    // No route failed for it: the level counts as called.
    expect(setup.direct(BEN)).toEqual([]);
    const texts = setup.said(run.rootTs).map(({ text }) => text);
    expect(texts.join('\n')).not.toContain('Slack (team) did not accept the page');
  });

  it('is searched beyond 2,000 messages as well', async () => {
    const run = await pageAfter(0, false);
    for (let count = 0; count < 2100; count += 1) {
      setup.slack.workspace.add({
        channel: SUPPORT,
        text: `message ${count}`,
        user: ANA,
        thread_ts: run.rootTs,
      });
    }
    setup.slack.failNext('chat.postMessage', { dropResponse: true }, 3);
    for (let minute = 0; minute < 5; minute += 1) await setup.wait(MINUTE, setup.parts());
    expect(mentions(run.rootTs)).toHaveLength(1);
  });

  it('is posted where the search came to the end without it', async () => {
    const run = await pageAfter(20, true);
    setup.slack.failNext('chat.postMessage', { status: 503 }, 3);
    for (let minute = 0; minute < 8; minute += 1) await setup.wait(MINUTE, setup.parts());
    expect(mentions(run.rootTs)).toHaveLength(1);
    for (const user of [ANA, CHI]) expect(setup.direct(user)).toHaveLength(1);
  });

  it('is searched from the beginning where Slack no longer knows the cursor', async () => {
    const run = await pageAfter(40, true);
    setup.slack.failNext('chat.postMessage', { dropResponse: true }, 3);
    await setup.wait(2 * MINUTE);
    setup.slack.failNext('conversations.replies', { error: 'invalid_cursor' });
    for (let minute = 0; minute < 12; minute += 1) await setup.wait(MINUTE, setup.parts());
    expect(mentions(run.rootTs)).toHaveLength(1);
  });
});
