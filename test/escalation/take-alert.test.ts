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
  let notes: (readonly [runId: string, alertId: string])[];
  let options: TakeAlertOptions;
  const alertOf = (alert: Partial<IncomingAlert>): IncomingAlert => ({
    source: 'generic',
    id: 'a',
    title: 'push is dead',
    names: [],
    ...alert,
  });
  const take = (alert: Partial<IncomingAlert>) => takeAlert(alertOf(alert), options);
  const over = (alert: Partial<IncomingAlert>) => takeEndedAlert(alertOf(alert), options);

  beforeEach(() => {
    now = 0;
    runs = [];
    notes = [];
    refusal = undefined;
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
        if (run === undefined) return undefined;
        const { channel } = run.replyTo;
        return { run: toRun({ ...run, acceptedAt: 0 }), thread: { channel, ts: '1.2' } };
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
    expect((await take({ names })).kind).toBe('ignored');
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
    expect(await over({ id: 'b', names })).toMatchObject({ kind: 'started', runId: `${first?.runId}-over` });
    expect(runs.at(-1)).toMatchObject({
      replyTo: { channel: 'C0BRANCHES', thread: '1.2' },
      comparesTo: first?.runId,
    });
    await over({ names });
    expect(new Set(runs.map(({ runId }) => runId)).size).toBe(2);
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
    expect((await take({ names })).kind).toBe('started');
  });
});
