import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_AUDIT } from '../../src/platform/audit/audit-trail.ts';
import type { Run } from '../../src/platform/runs/run.ts';
import { ANA, SUPPORT, startTestSystem, type TestSystem } from './test-system.ts';

/** A person of another workspace, in a channel whose people may check everything (Slack Connect). */
const EVE = 'U0EVE';
const HOME = 'T0OTHER';
const BUTTONS = [
  'ftm_recheck',
  'ftm_pasted',
  'ftm_watch',
  'ftm_evidence',
  'ftm_report',
  'ftm_not_helpful',
  'ftm_escalate',
  'ftm_cancel',
];

describe('a person of another workspace', () => {
  let system: TestSystem;
  let run: Run;
  const audited: Readonly<Record<string, unknown>>[] = [];

  beforeAll(async () => {
    system = await startTestSystem({
      users: [
        { id: ANA, name: 'Ana Ruiz' },
        { id: EVE, name: 'Eve' },
      ],
      audit: { ...NO_AUDIT, record: (fields) => void audited.push({ ...fields }) },
    });
    await system.check('fgt-branch-07');
    [run] = (await system.answered({ alias: 'fgt-branch-07' })) as [Run];
  });
  afterAll(() => system[Symbol.asyncDispose]());

  /** What stands in public, in forms and in the store, and how often a device was connected to. */
  const happened = async () => ({
    public: JSON.stringify(system.slack.messages(SUPPORT).filter(({ ephemeral_to: to }) => to === undefined)),
    views: system.slack.views().length,
    runs: await system.backend.runs.byDevice('fgt-branch-07', 10),
    own: await system.backend.runs.byAsker(EVE, 10),
    visits: audited.filter(({ event }) => event === 'device.connecting').length,
  });

  async function isRefused(act: () => Promise<unknown>): Promise<void> {
    const before = await happened();
    const told = system.slack.ephemeral(SUPPORT, EVE).length;
    const refusals = audited.length;
    await act();
    const reply = await system.slack.until(() => system.slack.ephemeral(SUPPORT, EVE)[told]);
    expect(reply.text).toMatch(/have no access in this channel/);
    expect(audited.slice(refusals)).toMatchObject([
      { event: 'request.refused', actor: { user: EVE, home: HOME }, reason: 'not-this-person-or-channel' },
    ]);
    expect(await happened()).toEqual(before);
  }

  it.each(BUTTONS)('presses %s', async (id) => {
    const action = { type: 'button', action_id: id, block_id: 'b', value: run.id };
    await isRefused(() =>
      system.slack.action({ user: EVE, home: HOME, channel: SUPPORT, ts: run.answerTs ?? '', action }),
    );
  });

  it.each(['draft', 'evidence', 'report', 'not-helpful'])('chooses %s in the menu', async (choice) => {
    const selected_option = { value: `${choice}:${run.id}`, text: { type: 'plain_text', text: choice } };
    const action = { type: 'overflow', action_id: 'ftm_more', block_id: 'b', selected_option };
    await isRefused(() =>
      system.slack.action({ user: EVE, home: HOME, channel: SUPPORT, ts: run.answerTs ?? '', action }),
    );
  });

  it('uses the shortcut on a message with a log', async () => {
    const { message } = await system.slack.message({
      user: ANA,
      channel: SUPPORT,
      text: 'config system global',
    });
    await isRefused(() =>
      system.slack.shortcut({
        callbackId: 'ftm_check_log',
        user: EVE,
        home: HOME,
        channel: SUPPORT,
        ts: message.ts,
      }),
    );
  });

  it('sends the form of somebody else', async () => {
    const action = { type: 'button', action_id: 'ftm_not_helpful', block_id: 'b', value: run.id };
    const shown = system.slack.views().length;
    await system.slack.action({ user: ANA, channel: SUPPORT, ts: run.answerTs ?? '', action });
    const form = await system.slack.until(() => system.slack.views()[shown]);
    const values = {
      reason: { reason: { selected_option: { value: 'wrong' } } },
      comment: { comment: { value: 'x' } },
    };
    await isRefused(() => system.slack.submit({ user: EVE, home: HOME, viewId: form.id, values }));
    expect(await system.feedback(run.id)).toEqual([]);
  });

  it.each([
    ['user_team', { user_team: HOME }],
    [
      'a file of another workspace',
      { files: [{ id: 'F1', user_team: HOME, name: 'a.log' }], source_team: HOME },
    ],
  ])('mentions the bot (%s)', async (_, from) => {
    const mention = { type: 'app_mention', user: EVE, channel: SUPPORT, text: 'fgt-branch-07', ts: '1700.1' };
    await isRefused(() => system.slack.event({ ...mention, ...from }));
  });

  it('answers the question which device is meant', async () => {
    const { message } = await system.slack.message({ user: ANA, channel: SUPPORT, text: 'Which device?' });
    const value = JSON.stringify({ alias: 'fgt-branch-07' });
    const action = { type: 'button', action_id: 'ftm_choose_device_0', block_id: 'b', value };
    const told = system.slack.ephemeral(SUPPORT, EVE).length;
    const before = await happened();
    await system.slack.action({ user: EVE, home: HOME, channel: SUPPORT, ts: message.ts, action });
    const reply = await system.slack.until(() => system.slack.ephemeral(SUPPORT, EVE)[told]);
    expect(reply.text).toMatch(/have no access in this channel/);
    // The question is answered, and goes; nothing else happens.
    expect(await happened()).toEqual({ ...before, public: expect.any(String) as string });
  });
});
