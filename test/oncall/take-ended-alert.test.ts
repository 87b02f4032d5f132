import { beforeEach, describe, expect, it } from 'vitest';
import { FtmError } from '../../src/engine/ftm-error.ts';
import { type AlertDesk, MINUTE, openAlertDesk } from './alert-desk.ts';

let desk: AlertDesk;
beforeEach(() => {
  desk = openAlertDesk();
});

describe('an alert', () => {
  it('is checked again in its thread when it is over, however often that is said', async () => {
    const names = ['fgt-branch-07'];
    expect(await desk.over({ names })).toMatchObject({ kind: 'ignored' });
    await desk.take({ names });
    await desk.take({ id: 'b', names });
    const [first] = desk.runs;
    expect(await desk.over({ id: 'b', names })).toMatchObject({ kind: 'started' });
    expect(desk.runs.at(-1)).toMatchObject({
      replyTo: { channel: 'C0BRANCHES', thread: '1.2' },
      comparesTo: first?.runId,
    });
    expect(await desk.over({ id: 'b', names })).toMatchObject({
      kind: 'started',
      runId: desk.runs.at(-1)?.runId,
    });
    expect(new Set(desk.runs.map(({ runId }) => runId)).size).toBe(2);
  });

  it('that is over within ten minutes of the re-check in its thread is in that one, and later gets its own', async () => {
    const names = ['fgt-branch-07'];
    await desk.take({ names });
    await desk.take({ id: 'b', names });
    await desk.over({ names });
    const [, recheck] = desk.runs;
    desk.now += 10 * MINUTE - 1;
    expect(await desk.over({ id: 'b', names })).toMatchObject({ kind: 'joined', runId: recheck?.runId });
    expect(desk.runs).toHaveLength(2);
    desk.now += 2;
    expect(await desk.over({ id: 'b', names })).toMatchObject({ kind: 'started' });
    expect(desk.runs.at(-1)).toMatchObject({ replyTo: { thread: '1.2' }, comparesTo: desk.runs[0]?.runId });
  });

  it('that is over soon after another check of its device is checked again in its own thread', async () => {
    const names = ['fgt-branch-07'];
    await desk.take({ names });
    desk.now += 11 * MINUTE;
    await desk.take({ id: 'b', names });
    await desk.over({ names });
    expect(await desk.over({ id: 'b', names })).toMatchObject({ kind: 'started' });
    expect(desk.runs.slice(2).map(({ comparesTo }) => comparesTo)).toEqual(
      desk.runs.slice(0, 2).map(({ runId }) => runId),
    );
  });

  it('that is over starts the re-check that an earlier one announced and could not start', async () => {
    const names = ['fgt-branch-07'];
    await desk.take({ names });
    await desk.take({ id: 'b', names });
    desk.refusal = new FtmError('ftm_queue_unavailable', 'away', { retryable: true });
    await expect(desk.over({ names })).rejects.toBe(desk.refusal);
    desk.refusal = undefined;
    expect(await desk.over({ id: 'b', names })).toMatchObject({ kind: 'started' });
    await desk.over({ names });
    expect(new Set(desk.runs.map(({ runId }) => runId)).size).toBe(2);
  });

  it('that is over before its check has a thread is checked again all the same', async () => {
    const names = ['fgt-branch-07'];
    await desk.take({ names });
    desk.learnt = { rootTs: undefined };
    expect(await desk.over({ names })).toMatchObject({ kind: 'started' });
    expect(desk.runs.at(-1)?.replyTo).toEqual({ channel: 'C0BRANCHES', team: undefined });
  });

  it('that is over, and whose answer Slack refused, is not checked where nobody sees it', async () => {
    const names = ['fgt-branch-07'];
    await desk.take({ names });
    desk.learnt = { answerRefused: 'is_archived', answeredAt: 1 };
    expect(await desk.over({ names })).toMatchObject({ kind: 'ignored' });
    expect(desk.runs).toHaveLength(1);
  });

  it('that is over before it began is checked once, when it begins', async () => {
    const names = ['fgt-branch-07'];
    expect(await desk.over({ names })).toMatchObject({ kind: 'ignored' });
    expect(await desk.take({ names })).toMatchObject({ kind: 'started' });
    expect(desk.runs).toHaveLength(1);
  });
});
