import { beforeEach, describe, expect, it } from 'vitest';
import { parseInventory } from '../../src/config/inventory.ts';
import type { IncomingAlert } from '../../src/escalation/intake/alert.ts';
import { createAlertIndex } from '../../src/escalation/intake/alert-index.ts';
import {
  type StartRun,
  type TakeAlertOptions,
  takeAlert,
  takeEndedAlert,
} from '../../src/escalation/intake/take-alert.ts';
import { FtmError } from '../../src/ftm-error.ts';
import { silentLogger } from '../../src/observe/logger.ts';
import { toRun } from '../../src/runs/queue-job.ts';
import { createMemoryRecords } from '../../src/store/memory-records.ts';
import type { RunPatch } from '../../src/store/run-store.ts';

const MINUTE = 60_000;
const inventory = parseInventory(
  `
defaults: { username: audit, password: { env: X } }
groups: { branches: }
devices:
  fgt-branch-07: { address: 192.0.2.7, groups: [branches] }
  fgt-branch-08: { address: "2001:db8::8", groups: [branches] }
  fgt-hq: { address: fw.example.com }
`,
  'inventory.yaml',
);

describe('an alert', () => {
  let now: number;
  let runs: Parameters<StartRun>[0][];
  let refusal: FtmError | undefined;
  let breakAfter: number;
  let learnt: RunPatch;
  let notes: (readonly [runId: string, alertId: string])[];
  let options: TakeAlertOptions;
  const alertOf = (alert: Partial<IncomingAlert>): IncomingAlert => ({
    source: 'generic',
    id: 'a',
    title: 'push is dead',
    names: [],
    ...alert,
  });
  const take = async (alert: Partial<IncomingAlert>) => (await takeAlert(alertOf(alert), options))[0];
  const over = async (alert: Partial<IncomingAlert>) => (await takeEndedAlert(alertOf(alert), options))[0];

  beforeEach(() => {
    now = 0;
    runs = [];
    notes = [];
    refusal = undefined;
    learnt = {};
    breakAfter = Number.POSITIVE_INFINITY;
    const memory = createMemoryRecords(() => now);
    const alertIndex = createAlertIndex({
      ...memory,
      async put(...record) {
        const isWritten = await memory.put(...record);
        breakAfter -= 1;
        // What was written stands, but nobody hears of it.
        if (breakAfter === 0) throw new FtmError('ftm_queue_unavailable', 'away', { retryable: true });
        return isWritten;
      },
    });
    options = {
      inventory,
      channels: [{ devices: ['branches'], channel: 'C0BRANCHES' }],
      alertIndex,
      logger: silentLogger,
      onNoDevice: async () => undefined,
      async start(run) {
        if (refusal) return { state: 'refused', error: refusal };
        runs.push(run);
        return { state: 'accepted' };
      },
      async sendNotes(...note) {
        notes.push(note);
      },
      async findRun(runId) {
        const run = runs.find((each) => each.runId === runId);
        return run && { ...toRun({ ...run, acceptedAt: 0 }), rootTs: '1.2', ...learnt };
      },
    };
  });

  it.each([
    ['by alias', 'FGT-Branch-07', 'fgt-branch-07'],
    ['by address', '192.0.2.7', 'fgt-branch-07'],
    ['by address and port', '192.0.2.7:9100', 'fgt-branch-07'],
    ['by an IPv6 address', '2001:DB8::8', 'fgt-branch-08'],
    ['by one with port', '[2001:db8::8]:9100', 'fgt-branch-08'],
  ])('starts a check of what it names %s', async (_, name, alias) => {
    expect(await take({ names: ['nothing', name] })).toMatchObject({ kind: 'started', alias });
    expect(runs).toMatchObject([
      {
        kind: 'check',
        alias,
        replyTo: { channel: 'C0BRANCHES' },
        asker: { id: 'alert:generic' },
      },
    ]);
  });

  it.each([
    ['a device nobody knows', ['fgt-unknown', '203.0.113.9']],
    ['a part of a name', ['fgt-branch']],
    ['a device without a channel', ['fgt-hq']],
    ['nothing', []],
  ])('starts nothing for %s', async (_, names) => {
    expect((await take({ names }))?.kind).toBe('ignored');
    expect(runs).toEqual([]);
    // Its incident is told only where the device is ours.
    expect(notes).toHaveLength(names.includes('fgt-hq') ? 1 : 0);
  });

  it('is one run, however often it comes, and others wait their turn', async () => {
    const names = ['fgt-branch-07'];
    await take({ names });
    await take({ names });
    expect(new Set(runs.map(({ runId }) => runId)).size).toBe(1);
    const [first] = runs;
    expect(await take({ id: 'b', names })).toEqual({
      kind: 'joined',
      alias: 'fgt-branch-07',
      runId: first?.runId,
    });
    expect(notes).toEqual([[first?.runId, 'b']]);
    now += 11 * MINUTE;
    expect(await take({ id: 'c', names })).toMatchObject({ kind: 'started' });
  });

  it('is known with those that joined its check, once each', async () => {
    const names = ['fgt-branch-07'];
    await take({ names, incident: 'INC-1' });
    await take({ id: 'b', names, incident: 'INC-2' });
    await take({ id: 'b', names, incident: 'INC-2' });
    const runId = runs[0]?.runId ?? '';
    const known = async () =>
      (await options.alertIndex.of(runId)).map(({ alert: { incident, names: kept }, noted }) => [
        incident,
        noted,
        kept,
      ]);
    expect(await known()).toEqual([
      ['INC-1', false, []],
      ['INC-2', false, []],
    ]);
    await options.alertIndex.markNoted(runId, 'b');
    expect(await known()).toEqual([
      ['INC-1', false, []],
      ['INC-2', true, []],
    ]);
  });

  it('reads the record of a version before others could join', async () => {
    const record = JSON.stringify({ alert: alertOf({}), noted: true });
    const records = createMemoryRecords(() => now);
    await records.put('alert:r', record, 0, MINUTE);
    expect(await createAlertIndex(records).of('r')).toEqual([{ alert: alertOf({}), noted: true }]);
  });

  it('is checked again in its thread when it is over, however often that is said', async () => {
    const names = ['fgt-branch-07'];
    expect(await over({ names })).toMatchObject({ kind: 'ignored' });
    await take({ names });
    await take({ id: 'b', names });
    const [first] = runs;
    expect(await over({ id: 'b', names })).toMatchObject({ kind: 'started' });
    expect(runs.at(-1)).toMatchObject({
      replyTo: { channel: 'C0BRANCHES', thread: '1.2' },
      comparesTo: first?.runId,
    });
    expect(await over({ id: 'b', names })).toMatchObject({ kind: 'started', runId: runs.at(-1)?.runId });
    expect(new Set(runs.map(({ runId }) => runId)).size).toBe(2);
  });

  it('that is over within ten minutes of the re-check in its thread is in that one, and later gets its own', async () => {
    const names = ['fgt-branch-07'];
    await take({ names });
    await take({ id: 'b', names });
    await over({ names });
    const [, recheck] = runs;
    now += 10 * MINUTE - 1;
    expect(await over({ id: 'b', names })).toMatchObject({ kind: 'joined', runId: recheck?.runId });
    expect(runs).toHaveLength(2);
    now += 2;
    expect(await over({ id: 'b', names })).toMatchObject({ kind: 'started' });
    expect(runs.at(-1)).toMatchObject({ replyTo: { thread: '1.2' }, comparesTo: runs[0]?.runId });
  });

  it('that is over soon after another check of its device is checked again in its own thread', async () => {
    const names = ['fgt-branch-07'];
    await take({ names });
    now += 11 * MINUTE;
    await take({ id: 'b', names });
    await over({ names });
    expect(await over({ id: 'b', names })).toMatchObject({ kind: 'started' });
    expect(runs.slice(2).map(({ comparesTo }) => comparesTo)).toEqual(
      runs.slice(0, 2).map(({ runId }) => runId),
    );
  });

  it('that is over starts the re-check that an earlier one announced and could not start', async () => {
    const names = ['fgt-branch-07'];
    await take({ names });
    await take({ id: 'b', names });
    refusal = new FtmError('ftm_queue_unavailable', 'away', { retryable: true });
    await expect(over({ names })).rejects.toBe(refusal);
    refusal = undefined;
    expect(await over({ id: 'b', names })).toMatchObject({ kind: 'started' });
    await over({ names });
    expect(new Set(runs.map(({ runId }) => runId)).size).toBe(2);
  });

  it('joins the check of its device until ten minutes have passed', async () => {
    const names = ['fgt-branch-07'];
    await take({ names });
    now += 10 * MINUTE - 1;
    expect(await take({ id: 'b', names })).toMatchObject({ kind: 'joined' });
    now += 2;
    expect(await take({ id: 'c', names })).toMatchObject({ kind: 'started' });
  });

  it('about two devices starts a check of each, and tells the incident about both', async () => {
    const alert = alertOf({ names: ['fgt-branch-07', 'between', '2001:db8::8', 'FGT-BRANCH-07', 'fgt-hq'] });
    const taken = await takeAlert(alert, options);
    expect(taken).toMatchObject([
      { kind: 'started', alias: 'fgt-branch-07' },
      { kind: 'started', alias: 'fgt-branch-08' },
      { kind: 'ignored', reason: 'no channel is mapped for fgt-hq' },
    ]);
    expect(runs.map(({ alias }) => alias)).toEqual(['fgt-branch-07', 'fgt-branch-08']);
    expect(notes).toHaveLength(1);
    expect(await takeEndedAlert(alert, options)).toMatchObject([
      { kind: 'started', alias: 'fgt-branch-07' },
      { kind: 'started', alias: 'fgt-branch-08' },
      { kind: 'ignored' },
    ]);
  });

  it('starts the check that it joins, if the alert before it failed and never came again', async () => {
    const names = ['fgt-branch-07'];
    refusal = new FtmError('ftm_queue_unavailable', 'away', { retryable: true });
    await expect(take({ names })).rejects.toBe(refusal);
    await expect(take({ id: 'b', names })).rejects.toBe(refusal);
    refusal = undefined;
    const joined = await take({ id: 'b', names });
    expect(joined).toMatchObject({ kind: 'joined' });
    const runId = options.alertIndex.runIdOf(alertOf({}), 'fgt-branch-07');
    expect(runs.map((run) => run.runId)).toEqual([runId]);
    expect((await options.alertIndex.of(runId)).map(({ alert }) => alert.id)).toEqual(['a', 'b']);
  });

  it('that joins a check which is not allowed is told so too', async () => {
    const names = ['fgt-branch-07'];
    refusal = new FtmError('ftm_not_allowed', 'You have no access to this here.');
    await take({ names });
    refusal = undefined;
    expect(await take({ id: 'b', names })).toEqual({
      kind: 'ignored',
      reason: 'You have no access to this here.',
    });
    expect(notes.map(([, alertId]) => alertId)).toEqual(['a', 'b']);
  });

  it('that comes again hours later does not make another alert join its old check', async () => {
    const names = ['fgt-branch-07'];
    await take({ names });
    now += 60 * MINUTE;
    expect(await take({ names })).toMatchObject({ kind: 'started' });
    expect(await take({ id: 'b', names })).toMatchObject({ kind: 'started' });
    expect(runs).toHaveLength(2);
  });

  it('that is one too many for a check is told so in its incident', async () => {
    const names = ['fgt-branch-07'];
    for (let index = 0; index <= 200; index += 1) await take({ id: `a${index}`, names });
    expect(notes).toHaveLength(200);
    expect(await take({ id: 'last', names })).toMatchObject({ kind: 'ignored' });
    expect(notes.at(-1)?.[1]).toBe('last');
  });

  it('that is over before its check has a thread is checked again all the same', async () => {
    const names = ['fgt-branch-07'];
    await take({ names });
    learnt = { rootTs: undefined };
    expect(await over({ names })).toMatchObject({ kind: 'started' });
    expect(runs.at(-1)?.replyTo).toEqual({ channel: 'C0BRANCHES', team: undefined });
  });

  it('that is over, and whose answer Slack refused, is not checked where nobody sees it', async () => {
    const names = ['fgt-branch-07'];
    await take({ names });
    learnt = { answerRefused: 'is_archived', answeredAt: 1 };
    expect(await over({ names })).toMatchObject({ kind: 'ignored' });
    expect(runs).toHaveLength(1);
  });

  it('that is over before it began is checked once, when it begins', async () => {
    const names = ['fgt-branch-07'];
    expect(await over({ names })).toMatchObject({ kind: 'ignored' });
    expect(await take({ names })).toMatchObject({ kind: 'started' });
    expect(runs).toHaveLength(1);
  });

  it('gets its findings although an earlier delivery of it was refused', async () => {
    const names = ['fgt-branch-07'];
    refusal = new FtmError('ftm_not_allowed', 'No.');
    await take({ names });
    const runId = options.alertIndex.runIdOf(alertOf({}), 'fgt-branch-07');
    await options.alertIndex.markNoted(runId, 'a');
    refusal = undefined;
    await take({ names });
    expect(await options.alertIndex.of(runId)).toEqual([
      { alert: alertOf({ names: [] }), noted: false, noteBegun: false },
    ]);
  });

  it.each([1, 2])('starts its check when it comes again, also where write %i was its last', async (nth) => {
    breakAfter = nth;
    await expect(take({ names: ['fgt-branch-07'] })).rejects.toThrow('away');
    expect(await take({ names: ['fgt-branch-07'] })).toMatchObject({ kind: 'started' });
    expect(runs).toHaveLength(1);
  });

  it('is to come again where it could not be kept, and not where it is not allowed', async () => {
    const names = ['fgt-branch-07'];
    refusal = new FtmError('ftm_queue_unavailable', 'away', { retryable: true });
    await expect(take({ names })).rejects.toBe(refusal);
    refusal = new FtmError('ftm_not_allowed', 'You have no access to this here.');
    expect(await take({ names })).toEqual({ kind: 'ignored', reason: 'You have no access to this here.' });
    expect(notes).toHaveLength(1);
    const [runId = ''] = notes[0] ?? [];
    expect(await options.alertIndex.of(runId)).toMatchObject([
      { refused: 'You have no access to this here.' },
    ]);
    refusal = undefined;
    expect((await take({ names }))?.kind).toBe('started');
  });
});
