import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../../../src/platform/runs/run.ts';
import type { SlackMessage } from '../../../src/stand-ins/slack/types.ts';
import { type FakePagerDuty, ROUTING_KEY, startFakePagerDuty } from '../../oncall/fake-pagerduty.ts';
import { until } from '../../support/until.ts';
import { buttonIn } from '../button-in.ts';
import { ANA, BEN, LOCKED, SUPPORT, startTestSystem, type TestSystem } from '../test-system.ts';

const NOTE = { note: { text: { type: 'plain_text_input', value: 'ISP; password is Sommer2026!' } } };
const PAGE_BEN = {
  person: { user: { type: 'users_select', selected_user: BEN } },
  role: { choice: { type: 'radio_buttons', selected_option: { value: 'assignee' } } },
};
type Choice = 'note' | 'person';

let pagerDuty: FakePagerDuty;
let system: TestSystem;

beforeEach(async () => {
  pagerDuty = await startFakePagerDuty();
  system = await startTestSystem({
    env: { PD: ROUTING_KEY },
    escalation: `
  order: [pd]
  routes:
    pd: { kind: pagerduty, routingKey: { env: PD }, url: "${pagerDuty.url}" }
`,
  });
});

afterEach(async () => {
  await system[Symbol.asyncDispose]();
  await pagerDuty[Symbol.asyncDispose]();
});

async function answer(): Promise<Run> {
  await system.check();
  const [run] = await system.answered({ alias: 'fgt-branch-07' });
  if (run === undefined) throw new Error('no answer');
  return run;
}

/** A message of the bot with this text. */
async function said(text: string): Promise<SlackMessage> {
  return await system.slack.until(() =>
    system.slack.messages(SUPPORT).find((message) => message.text.includes(text)),
  );
}

/** The status of a page that PagerDuty has taken. */
async function openPage(): Promise<SlackMessage> {
  const { rootTs = '', answerTs } = await answer();
  const shown = system.slack.thread(SUPPORT, rootTs).find(({ ts }) => ts === answerTs);
  if (shown === undefined) throw new Error('no answer in the thread');
  const action = buttonIn(shown, 'Escalate');
  await system.slack.action({ user: ANA, channel: SUPPORT, ts: shown.ts, action });
  const form = await system.slack.until(() => system.slack.views().at(-1));
  const values = { impact: { text: { type: 'plain_text_input', value: '' } } };
  await system.slack.submit({ user: ANA, viewId: form.id, values });
  return await said('Paged, not acknowledged yet');
}

function menuAction(choice: Choice, status: SlackMessage) {
  const page = buttonIn(status, 'Resolved').value;
  return { type: 'overflow', action_id: 'ftm_pager_more', selected_option: { value: `${choice}:${page}` } };
}

/** The form that the menu of a page opens, pressed at this message. */
async function toLineForm(
  choice: Choice,
  status: SlackMessage,
  at = { channel: SUPPORT, ts: status.ts },
): Promise<string> {
  const shown = system.slack.views().length;
  await system.slack.action({ user: ANA, ...at, action: menuAction(choice, status) });
  return (await system.slack.until(() => system.slack.views()[shown])).id;
}

/** What a person alone was told in a channel, after this. */
async function toldAfter(channel: string, user: string, act: () => Promise<unknown>): Promise<string> {
  const before = system.slack.ephemeral(channel, user).length;
  await act();
  return (await system.slack.until(() => system.slack.ephemeral(channel, user)[before])).text;
}

async function nothingHappened(): Promise<void> {
  // A page that took any of it would show it before this.
  const { id: direct } = system.slack.workspace.directMessage(BEN);
  await toldAfter(SUPPORT, ANA, () =>
    system.slack.slash({ command: '/ftm-check', text: 'handover', user: ANA, channel: SUPPORT }),
  );
  expect(system.slack.messages(direct)).toEqual([]);
  expect(pagerDuty.incidents).toMatchObject([{ status: 'triggered' }]);
  await said('Paged, not acknowledged yet');
}

describe('the button for the vendor’s bundle', () => {
  const press = async (status: SlackMessage, channel = SUPPORT) =>
    await system.slack.action({
      user: ANA,
      channel,
      ts: status.ts,
      action: buttonIn(status, 'Bundle for the vendor'),
    });
  const archives = (channel: string) =>
    system.slack
      .messages(channel)
      .filter(({ files = [] }) => files.some(({ name }) => name.endsWith('.zip')));

  it('puts the archive below the message with the button, and gives nothing in another channel', async () => {
    const status = await openPage();
    await press(status);
    await system.slack.until(() => archives(SUPPORT)[0]);
    expect(archives(SUPPORT).map(({ thread_ts: thread }) => thread)).toEqual([status.thread_ts]);

    const { ts } = system.slack.workspace.add({ channel: LOCKED, user: ANA, text: 'a copy' });
    const told = await toldAfter(LOCKED, ANA, () => press({ ...status, ts, thread_ts: ts }, LOCKED));
    expect(told).toContain('belongs to another channel');
    expect(archives(LOCKED)).toEqual([]);
  });
});

describe('the menu of a page', () => {
  it('pages a chosen person from the menu, gives them the page, and resolves it with a note', async () => {
    const status = await openPage();
    const menu = async (choice: Choice) => await toLineForm(choice, status);
    expect(JSON.stringify(status.blocks)).toContain('Resolve with a note');

    const viewId = await menu('person');
    const form = { user: ANA, viewId, values: PAGE_BEN };
    await Promise.all([system.slack.submit(form), system.slack.submit(form)]);
    const { id: channel } = system.slack.workspace.directMessage(BEN);
    await system.slack.until(() => system.slack.messages(channel)[0]);
    await said(`assigned to <@${BEN}> by <@${ANA}>`);
    expect(system.slack.messages(channel)).toHaveLength(1);

    await system.slack.submit({ user: BEN, viewId: await menu('note'), values: NOTE });
    const end = await said(`Resolved by <@${BEN}>`);
    expect(end.text).toContain(`resolved by <@${BEN}>: ISP`);
    await until(() => pagerDuty.incidents[0]?.status === 'resolved', 'it is resolved there too');
    expect(JSON.stringify([end, pagerDuty.received])).not.toContain('Sommer2026!');
    await system.slack.submit({ user: BEN, viewId: await menu('note'), values: NOTE });
    await system.slack.until(() =>
      system.slack
        .ephemeral(SUPPORT, BEN)
        .find(({ text }) => text.startsWith(`This page is already resolved: <@${BEN}>, <!date^`)),
    );
    expect(system.slack.violations()).toEqual([]);
  });

  it('pages a chosen person by a command, whose form asks for the person', async () => {
    await answer();
    const { id: channel } = system.slack.workspace.directMessage(BEN);
    await system.slack.slash({
      command: '/ftm-check',
      text: 'page @ben fgt-branch-07',
      user: ANA,
      channel: SUPPORT,
    });
    const form = await system.slack.until(() => system.slack.views()[0]);
    const values = { person: { user: { type: 'users_select', selected_user: BEN } } };
    await system.slack.submit({ user: ANA, viewId: form.id, values });
    await system.slack.until(() => system.slack.messages(channel)[0]);
    await said(`paged <@${BEN}>, as <@${ANA}> asked`);
    expect(pagerDuty.received).toEqual([]);
    const refused = await system.slack.slash({
      command: '/ftm-check',
      text: 'page @ana fgt-branch-07',
      user: BEN,
      channel: LOCKED,
    });
    expect(JSON.stringify(refused.ack)).toContain('that you may check here');
  });

  it('does nothing in another channel, and nothing for a person of another workspace', async () => {
    const status = await openPage();
    const shown = system.slack.views().length;
    const { message: copy } = await system.slack.message({ user: ANA, channel: LOCKED, text: 'a copy' });
    const foreign = { user: ANA, home: 'T0OTHER', channel: SUPPORT, ts: status.ts };
    for (const action of (['note', 'person'] as const).map((choice) => menuAction(choice, status))) {
      const told = await toldAfter(LOCKED, ANA, () =>
        system.slack.action({ user: ANA, channel: LOCKED, ts: copy.ts, action }),
      );
      expect(told).toContain('belongs to another channel');
      const refused = await toldAfter(SUPPORT, ANA, () => system.slack.action({ ...foreign, action }));
      expect(refused).toContain('have no access in this channel');
    }
    for (const action of ['I am on it', 'Resolved'].map((label) => buttonIn(status, label))) {
      const refused = await toldAfter(SUPPORT, ANA, () => system.slack.action({ ...foreign, action }));
      expect(refused).toContain('have no access in this channel');
    }
    expect(system.slack.views()).toHaveLength(shown);
    await nothingHappened();
  });
});
