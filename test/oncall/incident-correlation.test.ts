import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../src/engine/diagnosis/diagnosis.ts';
import { correlationText, devicesWithin, nameCause } from '../../src/oncall/core/incident-correlation.ts';
import type { RunOutcome } from '../../src/platform/runs/run.ts';
import { DEVICE_CHECK, HEALTHY } from '../report/fixtures.ts';
import { openTestEscalations, SUPPORT, type TestEscalations } from './test-pager.ts';

const MINUTE = 60_000;
const CHANNEL = 'C0SUPPORT';

describe('what devices have in common', () => {
  it('is the first broken step and its cause', () => {
    expect(nameCause(DEVICE_CHECK)).toBe('callback/admin-trusthost-blocks-callback');
    expect(nameCause(HEALTHY)).toBeUndefined();
    expect(nameCause({ ...DEVICE_CHECK, verdict: 'inconclusive' })).toBeUndefined();
  });

  it('counts each device once, within the window, by its first failure', () => {
    const seen = [
      { device: 'b', runId: '2', at: 500 },
      { device: 'a', runId: '1', at: 100 },
      { device: 'a', runId: '3', at: 600 },
      { device: 'c', runId: '4', at: 900 },
      { device: 'd', runId: '5', at: 2000 },
    ];
    expect(devicesWithin(seen, 1000, 600).map(({ device, runId }) => [device, runId])).toEqual([
      ['b', '2'],
      ['a', '3'],
      ['c', '4'],
    ]);
  });

  it.each([
    ['push-service/dns', '2 devices cannot reach the push service since 09:40 UTC: probably a common cause'],
    [
      'callback/x',
      '2 devices do not get the phone’s answer since 09:40 UTC: look for a common cause before checking each device',
    ],
  ])('is said in a line: %s', (signature, text) => {
    const at = Date.parse('2026-11-25T09:40:30Z');
    const devices = [
      { device: 'a', runId: '1', at },
      { device: 'b', runId: '2', at: at + MINUTE },
    ];
    expect(correlationText(signature, devices)).toBe(text);
  });
});

describe('incident correlation', () => {
  let setup: TestEscalations;

  beforeEach(async () => {
    setup = await openTestEscalations({
      escalation: `
  routes: { team: { kind: slack, levels: [{ userGroup: S0ONCALL }] } }
  correlation: { devices: 3, within: 30m, channel: ${CHANNEL} }
`,
    });
  });

  afterEach(async () => {
    await setup[Symbol.asyncDispose]();
  });

  const outcome = (diagnosis: Diagnosis): RunOutcome => ({ kind: 'diagnosed', diagnosis, tookMs: 1 });

  async function fail(alias: string, diagnosis = DEVICE_CHECK): Promise<string> {
    const run = await setup.answer({ alias, outcome: outcome(diagnosis) });
    await setup.runs.update(run.id, { answeredAt: setup.now });
    setup.put({ id: `answered.${run.id}`, data: { kind: 'answered', runId: run.id } });
    await setup.wait(0);
    return run.rootTs;
  }

  const notices = () =>
    setup.slack
      .messages(SUPPORT)
      .filter(({ text, thread_ts: thread }) => / devices /.test(text) && thread === undefined)
      .map(({ text }) => text);
  const linked = (thread: string) =>
    setup.said(thread).some(({ text }) => text.includes('other devices have the same problem'));

  it('says once that several fail alike, and later threads link to it', async () => {
    const first = await fail('fgt-branch-07');
    await setup.wait(5 * MINUTE);
    await fail('fgt-branch-08');
    expect(notices()).toEqual([]);
    await setup.wait(5 * MINUTE);
    const third = await fail('fgt-branch-09');
    expect(notices()).toHaveLength(1);
    expect(notices()[0]).toContain('3 devices do not get the phone’s answer');
    expect([linked(first), linked(third)]).toEqual([false, true]);
    const fourth = await fail('fgt-hq');
    expect(notices()).toHaveLength(1);
    expect(notices()[0]).toContain('4 devices');
    expect(linked(fourth)).toBe(true);
  });

  it.each([
    ['one device alone', ['fgt-hq', 'fgt-hq', 'fgt-hq'], 0],
    ['devices that fail an hour apart', ['fgt-branch-07', 'fgt-branch-08', 'fgt-hq'], 20 * MINUTE],
  ])('keeps quiet about %s', async (_, aliases, apart) => {
    for (const alias of aliases) {
      await fail(alias);
      await setup.wait(apart);
    }
    expect(notices()).toEqual([]);
  });

  it('keeps apart what fails at other steps', async () => {
    await fail('fgt-branch-07');
    await fail('fgt-branch-08', { ...DEVICE_CHECK, firstBrokenHop: 'push-service', findings: [] });
    await fail('fgt-hq');
    expect(notices()).toEqual([]);
  });

  it('says nothing twice when it is interrupted', async () => {
    await fail('fgt-branch-07');
    await fail('fgt-branch-08');
    setup.slack.failNext('chat.postMessage', { dropResponse: true });
    await expect(fail('fgt-hq')).rejects.toMatchObject({ code: 'ftm_slack_failed' });
    await setup.wait(0);
    expect(notices()).toHaveLength(1);
  });
});
