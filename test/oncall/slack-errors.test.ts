import { afterEach, describe, expect, it } from 'vitest';
import { nextHandover } from '../../src/oncall/engine/hand-over.ts';
import type { IncomingAlert } from '../../src/oncall/intake/alert.ts';
import { createAlertIndex } from '../../src/oncall/intake/alert-index.ts';
import { answeredJob, eventJob, handoverJob, incidentNoteJob, openJob } from '../../src/oncall/jobs.ts';
import { startFakePagerDuty } from './fake-pagerduty.ts';
import { ANA, BEN, CHI, openTestEscalations, SUPPORT, type TestEscalations } from './test-pager.ts';

const MINUTE = 60_000;

let setup: TestEscalations;

afterEach(async () => {
  await setup[Symbol.asyncDispose]();
});

async function page(levels: string) {
  setup = await openTestEscalations({
    escalation: `
  routes: { team: { kind: slack, every: 10m, levels: [${levels}] } }
  handover: { channel: ${SUPPORT}, times: ["08:00", "20:00"], timeZone: UTC }
`,
  });
  const run = await setup.answer();
  const draft = setup.draft(run);
  setup.put(openJob(draft));
  return { run, draft };
}

const texts = (thread: string) =>
  setup
    .said(thread)
    .map(({ text }) => text)
    .join('\n');

/** Codes of chat.postMessage with the status 200 that say nothing about the person or the channel. */
const TEMPORARY = ['ratelimited', 'fatal_error', 'internal_error', 'service_unavailable', 'request_timeout'];

describe('an error of Slack that passes', () => {
  it.each(TEMPORARY)(
    '%s: the message of the level is tried again, and the next level waits',
    async (error) => {
      const { draft } = await page(`{ user: ${ANA} }, { user: ${BEN} }`);
      // The mention in the thread, and the direct message.
      setup.slack.failNext('chat.postMessage', { error }, 2);
      await setup.wait(MINUTE);
      expect([ANA, BEN].map((user) => setup.direct(user).length)).toEqual([1, 0]);
      expect(setup.said(draft.thread.ts).filter(({ text }) => text.includes('is needed'))).toHaveLength(1);
    },
  );

  it('in a look-up of a user group does not skip the group', async () => {
    await page(`{ userGroup: S0ONCALL }, { user: ${BEN} }`);
    setup.slack.failNext('usergroups.users.list', { error: 'fatal_error' });
    await setup.wait(MINUTE);
    expect([ANA, CHI, BEN].map((user) => setup.direct(user).length)).toEqual([1, 1, 0]);
  });

  it('of the status message does not leave the thread without it', async () => {
    const { run } = await page(`{ user: ${BEN} }`);
    await setup.wait(0);
    setup.put(eventJob(setup.draft(run).key, { kind: 'resolved', by: { via: 'slack', user: BEN } }, 'r'));
    setup.slack.failNext('chat.update', { error: 'internal_error' });
    await setup.wait(MINUTE);
    expect(texts(run.rootTs)).toContain(`Resolved by <@${BEN}>`);
  });
});

describe('an error of Slack that stays', () => {
  it.each(['cannot_dm_bot', 'user_disabled', 'user_not_found', 'users_not_found', 'not_allowed_token_type'])(
    '%s: the next level is called at once',
    async (error) => {
      const { run } = await page(`{ user: ${ANA} }, { user: ${BEN} }`);
      setup.slack.failNext('conversations.open', { error });
      await setup.wait(0);
      expect([ANA, BEN].map((user) => setup.direct(user).length)).toEqual([0, 1]);
      expect(texts(run.rootTs)).toContain(`<@${ANA}> not reached: Slack refuses it: ${error}; next level`);
    },
  );

  it.each(['invalid_auth', 'channel_not_found', 'is_archived', 'restricted_action', 'not_in_channel'])(
    '%s of the thread: the person gets the direct message all the same',
    async (error) => {
      await page(`{ user: ${BEN} }`);
      setup.slack.failNext('chat.postMessage', { error });
      await setup.wait(0);
      expect(setup.direct(BEN)).toHaveLength(1);
    },
  );

  it('of every level and route is told to the operations channel once, and tried again until it is over', async () => {
    const { run } = await page('{ user: U0GONE }, { userGroup: S0EMPTY }');
    setup.slack.failNext('chat.postMessage', { error: 'fatal_error' });
    await setup.wait(20 * MINUTE);
    expect(setup.told()).toEqual([
      expect.stringMatching(
        /^Nobody could be paged: fgt-branch-07: [\s\S]*the group is empty|could be reached/,
      ),
    ]);
    expect(texts(run.rootTs)).toContain('Nobody could be paged yet');
    await setup.wait(60 * MINUTE);
    expect(setup.told()).toHaveLength(1);
    expect(setup.pending()).toHaveLength(1);
  });

  it('of a handover is told to the operations channel, and the next handover comes', async () => {
    const { run, draft } = await page(`{ user: ${BEN} }`);
    setup.put(eventJob(draft.key, { kind: 'acknowledged', by: { via: 'slack', user: BEN } }, 'a'));
    const settings = setup.inventory.escalation?.handover;
    if (settings === undefined) throw new Error('no handover');
    const at = nextHandover(settings, setup.now);
    setup.put(handoverJob(at, setup.now));
    const channel = setup.slack.workspace.channel(SUPPORT);
    if (channel === undefined) throw new Error('no channel');
    setup.slack.workspace.setChannel({ ...channel, archived: true });
    await setup.wait(at - setup.now);
    expect(setup.told()).toEqual([
      expect.stringContaining(`handover could not be posted in <#${SUPPORT}>: Slack refuses it: is_archived`),
    ]);
    setup.slack.workspace.setChannel(channel);
    await setup.wait(12 * 60 * MINUTE);
    const cards = setup.slack.messages(SUPPORT).filter(({ text }) => text.includes('*Handover*'));
    expect(cards).toHaveLength(1);
    expect(cards[0]?.text).toContain(run.alias);
  });
});

it('finds a message again although our clock is ahead of the one of Slack', async () => {
  const { run } = await page(`{ user: ${BEN} }`);
  const { thread } = setup.parts();
  const place = { channel: SUPPORT, ts: run.rootTs };
  const message = { text: 'x', blocks: [] };
  const posted = await thread.post(place, message, 'mark');
  expect(await thread.post(place, message, 'mark', { since: Date.now() + 50_000 })).toEqual(posted);
});

describe('a note in PagerDuty', () => {
  const ALERT: IncomingAlert = {
    source: 'pagerduty',
    id: 'p',
    title: 'dead',
    names: [],
    incident: 'P1',
  };

  it.each([
    ['was taken, and its answer lost', { status: 201, apply: true }],
    ['was not taken', { status: 503, apply: false }],
  ])('is there once when it %s', async (_, { status, apply }) => {
    await using pagerDuty = await startFakePagerDuty();
    setup = await openTestEscalations({
      escalation: `
  routes: { team: { kind: slack, levels: [{ user: ${BEN} }] } }
  alerts:
    channels: [{ devices: ["*"], channel: ${SUPPORT} }]
    pagerduty:
      secret: { env: HOOK }
      api: { token: { env: API }, from: bot@example.com, url: "${pagerDuty.url}" }
`,
    });
    const run = await setup.answer();
    await createAlertIndex(setup.records).record(run.id, ALERT);
    if (apply) pagerDuty.loseNext();
    else pagerDuty.next({ status });
    setup.put(incidentNoteJob(run.id));
    await expect(setup.wait(0)).rejects.toMatchObject({ retryable: true });
    await setup.wait(0);
    expect(pagerDuty.notes.get('P1')).toHaveLength(1);
    setup.put(answeredJob(run.id));
    await setup.wait(0);
    expect(pagerDuty.notes.get('P1')).toHaveLength(1);
  });
});
