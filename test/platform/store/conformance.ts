import { afterEach, describe, expect, it } from 'vitest';
import { DIAGNOSIS_SCHEMA_ID, type Diagnosis } from '../../../src/engine/diagnosis/diagnosis.ts';
import { HOPS } from '../../../src/engine/facts/hop.ts';
import type { Run } from '../../../src/platform/runs/run.ts';
import type { RunStore } from '../../../src/platform/store/run-store.ts';
import { until } from '../../support/until.ts';

const DAY = 24 * 3_600_000;

const DIAGNOSIS: Diagnosis = {
  schema: DIAGNOSIS_SCHEMA_ID,
  verdict: 'inconclusive',
  headline: 'Nothing here says why, yet. <ä> "quoted"',
  firstBrokenHop: null,
  hops: HOPS.map((id) => ({ id, status: 'unknown', evidence: [] })),
  findings: [],
  checks: [],
  attempts: [],
  device: {},
  sources: [],
  missing: [],
  redactions: { total: 0, byKind: {} },
};

/** A fresh store over an empty place; a second `open` is another process. */
export interface TestRunPlace {
  open(): RunStore;
}

export function describeRunStore(name: string, newPlace: () => TestRunPlace): void {
  describe(`${name}: a run store`, () => {
    const opened: RunStore[] = [];
    let place: TestRunPlace | undefined;

    function open(): RunStore {
      place ??= newPlace();
      const store = place.open();
      opened.push(store);
      return store;
    }
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((store) => store.close()));
      place = undefined;
    });

    const run = (id: string, more: Partial<Run> = {}): Run => ({
      id,
      asker: { id: 'U1', name: 'Ana' },
      replyTo: { team: 'T1', channel: 'C1' },
      acceptedAt: Date.now(),
      kind: 'check',
      ...more,
    });
    const ids = (runs: readonly Run[]): string[] => runs.map(({ id }) => id);

    it('gives back what was created', async () => {
      const store = open();
      const created = run('a', { alias: 'fgt-1', rootTs: '1.1' });
      expect(await store.create(created)).toEqual(created);
      expect(await store.get('a')).toEqual(created);
      expect(await store.get('b')).toBeUndefined();
    });

    it('keeps the first record of an id, and what was added to it', async () => {
      const store = open();
      const first = run('a', { alias: 'fgt-1' });
      await store.create(first);
      await store.update('a', { rootTs: '1.1' });
      expect(await store.create(run('a', { alias: 'other', acceptedAt: 1 }))).toEqual({
        ...first,
        rootTs: '1.1',
      });
      expect(await store.byDevice('other', 10)).toEqual([]);
    });

    it.each([
      ['a diagnosis', { kind: 'diagnosed', diagnosis: DIAGNOSIS, tookMs: 12 }],
      ['a failure', { kind: 'failed', code: 'ftm_device_timeout', message: 'slow', advice: 'wait' }],
    ] as const)('keeps the outcome: %s', async (_what, outcome) => {
      const store = open();
      const created = await store.create(run('a'));
      await store.update('a', { outcome });
      expect(await store.get('a')).toEqual({ ...created, outcome });
    });

    it('merges what two processes add at the same time', async () => {
      const bot = open();
      const worker = open();
      const created = await bot.create(run('a'));
      await Promise.all([
        bot.update('a', { rootTs: '1.1' }),
        worker.update('a', { answerTs: '1.2' }),
        bot.update('a', { answeredAt: 5 }),
        worker.update('a', {}),
      ]);
      expect(await worker.get('a')).toEqual({ ...created, rootTs: '1.1', answerTs: '1.2', answeredAt: 5 });
    });

    it('does not bring back a run that is gone', async () => {
      const store = open();
      await store.update('never', { answeredAt: 1 });
      expect(await store.get('never')).toBeUndefined();
    });

    it('lists the runs of a device, newest first, no more than asked for', async () => {
      const store = open();
      const now = Date.now();
      await store.create(run('middle', { alias: 'fgt-1', acceptedAt: now - 2_000 }));
      await store.create(run('newest', { alias: 'fgt-1', acceptedAt: now - 1_000 }));
      await store.create(run('oldest', { alias: 'fgt-1', acceptedAt: now - 3_000 }));
      await store.create(run('other', { alias: 'fgt-2', acceptedAt: now }));
      await store.create(run('paste', { kind: 'analyze', acceptedAt: now }));
      expect(ids(await store.byDevice('fgt-1', 10))).toEqual(['newest', 'middle', 'oldest']);
      expect(ids(await store.byDevice('fgt-1', 2))).toEqual(['newest', 'middle']);
      expect(await store.byDevice('fgt-1', 0)).toEqual([]);
      expect(await store.byDevice('fgt-3', 10)).toEqual([]);
    });

    it('finds a run by the thread it was asked in, or by the one it opened later', async () => {
      const store = open();
      const now = Date.now();
      await store.create(run('asked', { replyTo: { channel: 'C1', thread: '7.7' }, acceptedAt: now - 5 }));
      await store.create(run('opened', { acceptedAt: now }));
      expect(ids(await store.byThread('C1', '7.7', 10))).toEqual(['asked']);
      await store.update('opened', { rootTs: '7.7' });
      await store.update('asked', { rootTs: '9.9' });
      expect(ids(await store.byThread('C1', '7.7', 10))).toEqual(['opened', 'asked']);
      expect(await store.byThread('C1', '9.9', 10)).toEqual([]);
      expect(await store.byThread('C2', '7.7', 10)).toEqual([]);
    });

    it('keeps everything a run can hold', async () => {
      const whole: Required<Run> = {
        ...run('whole'),
        alias: 'fgt-1',
        user: 'marlow',
        vdom: 'root',
        details: { symptom: '48 %', sinceHours: 24, client: '203.0.113.7' },
        live: 60,
        group: { name: 'branches', size: 3, sweep: 'nightly' },
        partOf: { run: 'all-of-them', pages: true },
        answerRefused: 'is_archived',
        comparesTo: 'before',
        afterFix: true,
        replaces: ['part-1', 'part-2'],
        picture: { kind: 'attached', file: 'F0PICTURE' },
        joined: 'leader',
        rootTs: '1.1',
        answerTs: '1.2',
        reportFile: 'F1',
        outcome: { kind: 'diagnosed', diagnosis: DIAGNOSIS, tookMs: 1 },
        answeredAt: 5,
      };
      const store = open();
      expect(await store.create(whole)).toEqual(whole);
      expect(await store.get('whole')).toEqual(whole);
    });

    it('lists the runs of one person, newest first', async () => {
      const store = open();
      const now = Date.now();
      await store.create(run('older', { acceptedAt: now - 5 }));
      await store.create(run('newer', { acceptedAt: now }));
      await store.create(run('of another', { asker: { id: 'U2' } }));
      expect(ids(await store.byAsker('U1', 10))).toEqual(['newer', 'older']);
      expect(ids(await store.byAsker('U1', 1))).toEqual(['newer']);
      expect(ids(await open().byAsker('U2', 10))).toEqual(['of another']);
      expect(await store.byAsker('U1', 0)).toEqual([]);
      expect(await store.byAsker('U3', 10)).toEqual([]);
    });

    it('lets one of many open the answer', async () => {
      const store = open();
      const other = open();
      await store.create(run('a'));
      const turns = await Promise.all(
        ['bot', 'worker', 'third'].map((holder, index) =>
          (index % 2 === 0 ? store : other).acquireLease('a', holder, 60_000),
        ),
      );
      expect(turns.toSorted()).toEqual(['first', 'held', 'held']);
    });

    it('gives the turn to open to the next one when it is left, or was held too long', async () => {
      const store = open();
      const other = open();
      await store.create(run('a'));
      expect(await store.acquireLease('a', 'bot', 60_000)).toBe('first');
      expect(await store.acquireLease('a', 'bot', 60_000)).toBe('again');
      await other.releaseLease('a', 'worker');
      expect(await other.acquireLease('a', 'worker', 1)).toBe('held');
      await store.releaseLease('a', 'bot');
      expect(await other.acquireLease('a', 'worker', 1)).toBe('again');
      await until(async () => (await store.acquireLease('a', 'bot', 60_000)) === 'again', 'the turn ends');
      expect(await store.acquireLease('never', 'bot', 60_000)).toBe('gone');
      expect(await store.get('never')).toBeUndefined();
    });

    it('lists the runs that nobody answered yet, oldest first', async () => {
      const store = open();
      const other = open();
      const now = Date.now();
      const at = (id: string, ago: number, more: Partial<Run> = {}) =>
        run(id, { acceptedAt: now - ago, ...more });
      for (const each of [at('b', 20), at('a', 30), at('c', 10), at('too young', 1), at('too old', 90)]) {
        await store.create(each);
      }
      await store.create(at('born answered', 15, { answeredAt: now }));
      await other.update('b', { answeredAt: now });
      await other.update('c', { rootTs: '1.1' });
      await store.create(at('b', 20));
      const accepted = { from: now - 80, until: now - 5 };
      expect(ids(await store.unanswered(accepted, 10))).toEqual(['a', 'c']);
      expect(ids(await other.unanswered(accepted, 1))).toEqual(['a']);
      expect(await store.unanswered(accepted, 0)).toEqual([]);
      expect(ids(await store.unanswered({ from: now - 30, until: now - 30 }, 10))).toEqual(['a']);
    });

    it('forgets what is too old', async () => {
      const store = open();
      await store.create(run('old', { alias: 'fgt-1', acceptedAt: Date.now() - 31 * DAY }));
      await store.create(run('young', { alias: 'fgt-1', acceptedAt: Date.now() - 29 * DAY }));
      expect(await store.get('old')).toBeUndefined();
      expect(await store.acquireLease('old', 'bot', 60_000)).toBe('gone');
      expect(ids(await store.byAsker('U1', 10))).toEqual(['young']);
      expect(ids(await store.byDevice('fgt-1', 10))).toEqual(['young']);
    });
  });
}
