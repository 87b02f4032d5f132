import { beforeEach, describe, expect, it } from 'vitest';
import { FtmError } from '../../src/engine/ftm-error.ts';
import type { IncomingAlert } from '../../src/oncall/intake/alert.ts';
import { type AlertDesk, buildAlert, MINUTE, openAlertDesk } from './alert-desk.ts';

/** The operations channel gets it: it names the device and the place of its grant. */
const NOT_ALLOWED = 'fgt-branch-07 is not checked for alerts in C0BRANCHES: You have no access to this here.';

let desk: AlertDesk;
beforeEach(() => {
  desk = openAlertDesk();
});

describe('an alert', () => {
  it.each([
    ['by alias', 'FGT-Branch-07', 'fgt-branch-07'],
    ['by address', '192.0.2.7', 'fgt-branch-07'],
    ['by address and port', '192.0.2.7:9100', 'fgt-branch-07'],
    ['by an IPv6 address', '2001:DB8::8', 'fgt-branch-08'],
    ['by one with port', '[2001:db8::8]:9100', 'fgt-branch-08'],
  ])('starts a check of what it names %s', async (_, name, alias) => {
    expect(await desk.take({ names: ['nothing', name] })).toMatchObject({ kind: 'started', alias });
    expect(desk.runs).toMatchObject([
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
    expect((await desk.take({ names }))?.kind).toBe('ignored');
    expect(desk.runs).toEqual([]);
    // Its incident is told only where the device is ours.
    expect(desk.notes).toHaveLength(names.includes('fgt-hq') ? 1 : 0);
  });

  it('is one run, however often it comes, and others wait their turn', async () => {
    const names = ['fgt-branch-07'];
    await desk.take({ names });
    await desk.take({ names });
    expect(new Set(desk.runs.map(({ runId }) => runId)).size).toBe(1);
    const [first] = desk.runs;
    expect(await desk.take({ id: 'b', names })).toEqual({
      kind: 'joined',
      alias: 'fgt-branch-07',
      runId: first?.runId,
    });
    expect(desk.notes).toEqual([[first?.runId, 'b']]);
    desk.now += 11 * MINUTE;
    expect(await desk.take({ id: 'c', names })).toMatchObject({ kind: 'started' });
  });

  it('is known with those that joined its check, once each', async () => {
    const names = ['fgt-branch-07'];
    await desk.take({ names, incident: 'INC-1' });
    await desk.take({ id: 'b', names, incident: 'INC-2' });
    await desk.take({ id: 'b', names, incident: 'INC-2' });
    const runId = desk.runs[0]?.runId ?? '';
    const known = await desk.options.alertIndex.list(runId);
    expect(known.map(({ alert: { incident } }) => incident)).toEqual(['INC-1', 'INC-2']);
  });

  it('joins the check of its device until ten minutes have passed', async () => {
    const names = ['fgt-branch-07'];
    await desk.take({ names });
    desk.now += 10 * MINUTE - 1;
    expect(await desk.take({ id: 'b', names })).toMatchObject({ kind: 'joined' });
    desk.now += 2;
    expect(await desk.take({ id: 'c', names })).toMatchObject({ kind: 'started' });
  });

  it.each<[string, Partial<IncomingAlert>, string | RegExp]>([
    [
      'the label that decides',
      { device: 'fgt-branch-07', names: ['fgt-branch-08'], words: ['fgt-hq'] },
      'fgt-branch-07',
    ],
    [
      'one that nobody knows',
      { device: 'fgt-99', names: ['fgt-branch-08'], words: ['fgt-branch-07'] },
      /no device/,
    ],
    ['its mapped name', { device: 'fw7.example.com' }, 'fgt-branch-07'],
    ['an alias before an address', { names: ['192.0.2.7', 'fgt-branch-08'] }, 'fgt-branch-08'],
    ['the first of several labels', { names: ['fgt-branch-08', 'fgt-branch-07'] }, 'fgt-branch-08'],
    [
      'a label, and not the text',
      { names: ['fgt-branch-08'], words: ['after', 'fgt-branch-07'] },
      'fgt-branch-08',
    ],
    [
      'its text, which names one',
      { names: ['eth0'], words: ['on', 'fgt-branch-07', 'FGT-BRANCH-07'] },
      'fgt-branch-07',
    ],
    [
      'a text that names two',
      { words: ['fgt-branch-07', 'fgt-branch-08'] },
      /its text names several devices/,
    ],
    [
      'an address of two',
      { names: ['198.51.100.99:9100'], words: ['fgt-branch-07'] },
      /2 devices have the address 198\.51\.100\.99: name one in the field `device`/,
    ],
    [
      'an address of two, from Alertmanager',
      { source: 'alertmanager', names: ['198.51.100.99'] },
      /name one in the label `nodename`/,
    ],
    [
      'an address of two alone in its text',
      { source: 'pagerduty', words: ['down', '198.51.100.99'] },
      /2 devices have the address 198\.51\.100\.99: name one in the title/,
    ],
    ['its mapped name in another case', { device: 'FW7.Example.com' }, 'fgt-branch-07'],
    ['an address of two in its text', { words: ['198.51.100.99', 'fgt-branch-07'] }, 'fgt-branch-07'],
  ])('is about what %s says', async (_, alert, expected) => {
    const taken = await desk.take(alert);
    if (typeof expected === 'string')
      return expect(taken).toMatchObject({ kind: 'started', alias: expected });
    expect(taken).toMatchObject({ kind: 'ignored', reason: expect.stringMatching(expected) });
    expect(desk.runs).toEqual([]);
  });

  it('starts the check that it joins, if the alert before it failed and never came again', async () => {
    const names = ['fgt-branch-07'];
    desk.refusal = new FtmError('ftm_queue_unavailable', 'away', { retryable: true });
    await expect(desk.take({ names })).rejects.toBe(desk.refusal);
    await expect(desk.take({ id: 'b', names })).rejects.toBe(desk.refusal);
    desk.refusal = undefined;
    const joined = await desk.take({ id: 'b', names });
    expect(joined).toMatchObject({ kind: 'joined' });
    const runId = desk.options.alertIndex.alertRunId(buildAlert({}), 'fgt-branch-07');
    expect(desk.runs.map((run) => run.runId)).toEqual([runId]);
    expect((await desk.options.alertIndex.list(runId)).map(({ alert }) => alert.id)).toEqual(['a', 'b']);
  });

  it('that joins a check which is not allowed is told so too', async () => {
    const names = ['fgt-branch-07'];
    desk.refusal = new FtmError('ftm_not_allowed', 'You have no access to this here.');
    await desk.take({ names });
    desk.refusal = undefined;
    expect(await desk.take({ id: 'b', names })).toEqual({ kind: 'ignored', reason: NOT_ALLOWED });
    expect(desk.notes.map(([, alertId]) => alertId)).toEqual(['a', 'b']);
  });

  it('that comes again hours later does not make another alert join its old check', async () => {
    const names = ['fgt-branch-07'];
    await desk.take({ names });
    desk.now += 60 * MINUTE;
    expect(await desk.take({ names })).toMatchObject({ kind: 'started' });
    expect(await desk.take({ id: 'b', names })).toMatchObject({ kind: 'started' });
    expect(desk.runs).toHaveLength(2);
  });

  it('that is one too many for a check is told so in its incident', async () => {
    const names = ['fgt-branch-07'];
    for (let index = 0; index <= 200; index += 1) await desk.take({ id: `a${index}`, names });
    expect(desk.notes).toHaveLength(200);
    expect(await desk.take({ id: 'last', names })).toMatchObject({ kind: 'ignored' });
    expect(desk.notes.at(-1)?.[1]).toBe('last');
  });

  it('gets its findings although an earlier delivery of it was refused', async () => {
    const names = ['fgt-branch-07'];
    desk.refusal = new FtmError('ftm_not_allowed', 'No.');
    await desk.take({ names });
    const runId = desk.options.alertIndex.alertRunId(buildAlert({}), 'fgt-branch-07');
    desk.refusal = undefined;
    await desk.take({ names });
    expect(await desk.options.alertIndex.list(runId)).toEqual([
      { alert: { source: 'generic', id: 'a', title: 'push is dead' } },
    ]);
  });

  it.each([1, 2])('starts its check when it comes again, also where write %i was its last', async (nth) => {
    desk.breakAfter = nth;
    await expect(desk.take({ names: ['fgt-branch-07'] })).rejects.toThrow('away');
    expect(await desk.take({ names: ['fgt-branch-07'] })).toMatchObject({ kind: 'started' });
    expect(desk.runs).toHaveLength(1);
  });

  it('is to come again where it could not be kept, and not where it is not allowed', async () => {
    const names = ['fgt-branch-07'];
    desk.refusal = new FtmError('ftm_queue_unavailable', 'away', { retryable: true });
    await expect(desk.take({ names })).rejects.toBe(desk.refusal);
    desk.refusal = new FtmError('ftm_not_allowed', 'You have no access to this here.');
    expect(await desk.take({ names })).toEqual({ kind: 'ignored', reason: NOT_ALLOWED });
    expect(desk.notes).toHaveLength(1);
    const [runId = ''] = desk.notes[0] ?? [];
    expect(await desk.options.alertIndex.list(runId)).toMatchObject([{ refused: NOT_ALLOWED }]);
    desk.refusal = undefined;
    expect((await desk.take({ names }))?.kind).toBe('started');
  });
});
