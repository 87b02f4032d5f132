import { afterEach, describe, expect, it } from 'vitest';
import { nextHandover } from '../../src/escalation/core/handover.ts';
import type { IncomingAlert } from '../../src/escalation/intake/alert.ts';
import { createAlertIndex } from '../../src/escalation/intake/alert-index.ts';
import { answeredJob, eventJob, handoverJob, incidentNoteJob, openJob } from '../../src/escalation/jobs.ts';
import { startFakePagerDuty } from './fake-pagerduty.ts';
import { ANA, BEN, CHI, openTestEscalations, SUPPORT, type TestEscalations } from './test-escalations.ts';

const MINUTE = 60_000;

let duty: TestEscalations;

afterEach(async () => {
  await duty[Symbol.asyncDispose]();
});

async function page(ladder: string) {
  duty = await openTestEscalations({
    escalation: `
  routes: { team: { kind: slack, every: 10m, ladder: [${ladder}] } }
  handover: { channel: ${SUPPORT}, times: ["08:00", "20:00"], timeZone: UTC }
`,
  });
  const run = await duty.answer();
  const draft = duty.draft(run);
  duty.put(openJob(draft));
  return { run, draft };
}

const texts = (thread: string) =>
  duty
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
      duty.slack.failNext('chat.postMessage', { error }, 2);
      await duty.wait(MINUTE);
      expect([ANA, BEN].map((user) => duty.direct(user).length)).toEqual([1, 0]);
      expect(duty.said(draft.thread.ts).filter(({ text }) => text.includes('is needed'))).toHaveLength(1);
    },
  );

  it('in a look-up of a user group does not skip the group', async () => {
    await page(`{ userGroup: S0ONCALL }, { user: ${BEN} }`);
    duty.slack.failNext('usergroups.users.list', { error: 'fatal_error' });
    await duty.wait(MINUTE);
    expect([ANA, CHI, BEN].map((user) => duty.direct(user).length)).toEqual([1, 1, 0]);
  });

  it('of the status message does not leave the thread without it', async () => {
    const { run } = await page(`{ user: ${BEN} }`);
    await duty.wait(0);
    duty.put(eventJob(duty.draft(run).key, { kind: 'resolved', by: { via: 'slack', user: BEN } }, 'r'));
    duty.slack.failNext('chat.update', { error: 'internal_error' });
    await duty.wait(MINUTE);
    expect(texts(run.rootTs)).toContain(`Resolved by <@${BEN}>`);
  });
});

describe('an error of Slack that stays', () => {
  it.each(['cannot_dm_bot', 'user_disabled', 'user_not_found', 'users_not_found', 'not_allowed_token_type'])(
    '%s: the next level is called at once',
    async (error) => {
      const { run } = await page(`{ user: ${ANA} }, { user: ${BEN} }`);
      duty.slack.failNext('conversations.open', { error });
      await duty.wait(0);
      expect([ANA, BEN].map((user) => duty.direct(user).length)).toEqual([0, 1]);
      expect(texts(run.rootTs)).toContain(`<@${ANA}> not reached: Slack refuses it: ${error}; next level`);
    },
  );

  it.each(['invalid_auth', 'channel_not_found', 'is_archived', 'restricted_action', 'not_in_channel'])(
    '%s of the thread: the person gets the direct message all the same',
    async (error) => {
      await page(`{ user: ${BEN} }`);
      duty.slack.failNext('chat.postMessage', { error });
      await duty.wait(0);
      expect(duty.direct(BEN)).toHaveLength(1);
    },
  );

  it('of every level and route is told to the operations channel once, and tried again until it is over', async () => {
    const { run } = await page('{ user: U0GONE }, { userGroup: S0EMPTY }');
    duty.slack.failNext('chat.postMessage', { error: 'fatal_error' });
    await duty.wait(20 * MINUTE);
    expect(duty.told()).toEqual([
      expect.stringMatching(
        /^Nobody could be paged: fgt-branch-07: [\s\S]*the group is empty|could be reached/,
      ),
    ]);
    expect(texts(run.rootTs)).toContain('Nobody could be paged yet');
    await duty.wait(60 * MINUTE);
    expect(duty.told()).toHaveLength(1);
    expect(duty.pending()).toHaveLength(1);
  });

  it('of a handover is told to the operations channel, and the next handover comes', async () => {
    const { run, draft } = await page(`{ user: ${BEN} }`);
    duty.put(eventJob(draft.key, { kind: 'acknowledged', by: { via: 'slack', user: BEN } }, 'a'));
    const settings = duty.inventory.escalation?.handover;
    if (settings === undefined) throw new Error('no handover');
    const at = nextHandover(settings, duty.now);
    duty.put(handoverJob(at, duty.now));
    const channel = duty.slack.workspace.channel(SUPPORT);
    if (channel === undefined) throw new Error('no channel');
    duty.slack.workspace.setChannel({ ...channel, archived: true });
    await duty.wait(at - duty.now);
    expect(duty.told()).toEqual([
      expect.stringContaining(`handover could not be posted in <#${SUPPORT}>: Slack refuses it: is_archived`),
    ]);
    duty.slack.workspace.setChannel(channel);
    await duty.wait(12 * 60 * MINUTE);
    const cards = duty.slack.messages(SUPPORT).filter(({ text }) => text.includes('*Handover*'));
    expect(cards).toHaveLength(1);
    expect(cards[0]?.text).toContain(run.alias);
  });
});

it('finds a message again although our clock is ahead of the one of Slack', async () => {
  const { run } = await page(`{ user: ${BEN} }`);
  const { thread } = duty.parts();
  const place = { channel: SUPPORT, ts: run.rootTs };
  const posted = await thread.post(place, { text: 'x', blocks: [] }, 'mark');
  expect(await thread.find(place, 'mark', Date.now() + 50_000)).toEqual(posted);
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
    duty = await openTestEscalations({
      escalation: `
  routes: { team: { kind: slack, ladder: [{ user: ${BEN} }] } }
  alerts:
    channels: [{ devices: ["*"], channel: ${SUPPORT} }]
    pagerduty:
      secret: { env: HOOK }
      api: { token: { env: API }, from: bot@example.com, url: "${pagerDuty.url}" }
`,
    });
    const run = await duty.answer();
    await createAlertIndex(duty.records).record(run.id, ALERT);
    if (apply) pagerDuty.loseNext();
    else pagerDuty.next({ status });
    duty.put(incidentNoteJob(run.id));
    await expect(duty.wait(0)).rejects.toMatchObject({ retryable: true });
    await duty.wait(0);
    expect(pagerDuty.notes.get('P1')).toHaveLength(1);
    duty.put(answeredJob(run.id));
    await duty.wait(0);
    expect(pagerDuty.notes.get('P1')).toHaveLength(1);
  });
});
