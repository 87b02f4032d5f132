import { beforeEach, describe, expect, it } from 'vitest';
import {
  createFeedbackNotices,
  createFeedbackRecorder,
  type FeedbackJob,
} from '../../../src/bot/monitoring/feedback.ts';
import { redact } from '../../../src/engine/evidence/redact.ts';
import type { EvidenceItem } from '../../../src/engine/evidence/types.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { Metrics } from '../../../src/platform/observe/metrics.ts';
import type { Run } from '../../../src/platform/runs/run.ts';
import { createFeedbackStore } from '../../../src/platform/store/feedback-store.ts';
import { createEvidenceStore } from '../../../src/platform/store/kept-evidence.ts';
import { createMemoryRecords } from '../../../src/platform/store/memory-records.ts';
import { DEVICE_CHECK } from '../../report/fixtures.ts';

const DAY = 24 * 3_600_000;
let now: number;
let posted: string[];
let jobs: { readonly id: string; readonly data: FeedbackJob }[];
let records: ReturnType<typeof createMemoryRecords>;
let metrics: Metrics;

const RUN: Run = {
  id: 'run-1',
  asker: { id: 'U0ANA' },
  replyTo: { channel: 'C0SUPPORT' },
  acceptedAt: 0,
  kind: 'check',
  alias: 'fgt-branch-07',
  answerTs: '1.2',
  outcome: { kind: 'diagnosed', diagnosis: DEVICE_CHECK, tookMs: 1 },
};

beforeEach(() => {
  now = 100 * DAY;
  posted = [];
  jobs = [];
  records = createMemoryRecords(() => now);
  metrics = new Metrics();
});

const store = () => createFeedbackStore(records, 90 * DAY);

function recorder(enqueue = async (job: (typeof jobs)[number]) => void jobs.push(job)) {
  const queue = {
    async enqueue(job: (typeof jobs)[number]) {
      await enqueue(job);
      return { state: 'queued', ahead: 0 } as const;
    },
  };
  return createFeedbackRecorder({
    store: store(),
    records,
    queue,
    metrics,
    logger: silentLogger,
    version: '0.1.0',
  });
}

function notices(post = async (text: string) => void posted.push(text)) {
  return createFeedbackNotices({
    store: store(),
    records,
    post,
    now: () => now,
  });
}

async function work(handle = notices()): Promise<void> {
  for (const { data } of jobs.splice(0)) await handle(data);
}

async function keepEvidence(runId: string, items: readonly EvidenceItem[]): Promise<void> {
  const kept = { evidence: redact(items), focus: { readAt: now }, version: '0.0.0' };
  await createEvidenceStore(records, { keepMs: 1_000_000, maxBytes: 1_000_000 }, () => now).keep(runId, kept);
}

describe('a notice about feedback', () => {
  it('says what was said about which answer, and that its evidence is kept', async () => {
    await keepEvidence('run-1', [{ name: 'show system admin', text: 'config system admin' }]);
    await recorder()(RUN, {
      user: 'U0BEN',
      reason: 'wrong',
      comment: 'it was NAT\n<!channel> *look*',
      at: now,
    });
    await work();
    const [text = ''] = posted;
    expect(text).toContain('not helpful (wrong)');
    expect(text).toContain(
      '`fgt-branch-07`, said by <@U0BEN>, <https://slack.com/archives/C0SUPPORT/p12|open',
    );
    expect(text).toContain('\n> it was NAT\n> &lt;!channel&gt;');
    expect(text).not.toContain('<!channel>');
    expect(text).toContain('`ftm-check feedback export run-1`');
    expect(await store().evidence('run-1')).toMatchObject([{ text: 'config system admin' }]);
  });

  it('uses the evidence of the run that was joined', async () => {
    await keepEvidence('leader', [{ name: 'paste 1', text: 'a log' }]);
    await recorder()({ ...RUN, joined: 'leader' }, { user: 'U0BEN', reason: 'unclear', at: now });
    expect((await store().get('run-1'))?.hasEvidence).toBe(true);
  });

  it('says that there is no evidence, where it has gone', async () => {
    await recorder()(RUN, { user: 'U0BEN', reason: 'other', at: now });
    await work();
    expect(posted[0]).toContain('no longer stored');
  });

  it('is posted once, though its job is tried again', async () => {
    await recorder()(RUN, { user: 'U0BEN', reason: 'other', at: now });
    const [job] = jobs;
    await expect(
      work(
        notices(() => {
          throw new Error('Slack is away');
        }),
      ),
    ).rejects.toThrow('away');
    jobs.push(...(job ? [job, job] : []));
    await work();
    expect(posted).toHaveLength(1);
  });

  it('is only about the last thing that a person said', async () => {
    const record = recorder();
    await record(RUN, { user: 'U0BEN', reason: 'other', comment: 'first', at: now });
    await record(RUN, { user: 'U0BEN', reason: 'wrong', comment: 'second', at: now + 1 });
    expect(new Set(jobs.map(({ id }) => id)).size).toBe(2);
    await work();
    expect(posted).toHaveLength(1);
    expect(posted[0]).toContain('second');
  });

  it('does not cost the feedback where it cannot be queued', async () => {
    await recorder(() => Promise.reject(new Error('Redis is away')))(RUN, {
      user: 'U0BEN',
      reason: 'wrong',
      at: now,
    });
    expect(await store().since(0)).toHaveLength(1);
  });

  it('counts a person once for an answer', async () => {
    const entry = { reason: 'wrong', at: now } as const;
    const record = recorder();
    await record(RUN, { ...entry, user: 'U0BEN' });
    await record(RUN, { ...entry, user: 'U0BEN', at: now + 1 });
    await record(RUN, { ...entry, user: 'U0ANA' });
    expect(await metrics.text()).toContain('ftm_check_feedback_total{reason="wrong"} 2');
  });
});

describe('the summary', () => {
  const summary = () => notices()({ kind: 'summary' });

  it('covers the time since the one before', async () => {
    const record = recorder();
    await record(RUN, { user: 'U0BEN', reason: 'wrong', at: now - 8 * DAY });
    await record({ ...RUN, id: 'run-2' }, { user: 'U0BEN', reason: 'wrong', at: now - 6 * DAY });
    await record({ ...RUN, id: 'run-3' }, { user: 'U0ANA', reason: 'unclear', at: now });
    await summary();
    expect(posted).toHaveLength(1);
    expect(posted[0]).toMatch(/^\*2 answers in the last 7 days were not helpful\* \(unclear 1, wrong 1\)\n/);
    expect(posted[0]).toContain('By first cause: admin-trusthost-blocks-callback 2');
    now += 14 * DAY;
    await record({ ...RUN, id: 'run-4' }, { user: 'U0ANA', reason: 'other', at: now - 10 * DAY });
    await summary();
    expect(posted[1]).toMatch(/^\*1 answer in the last 14 days was not helpful\*/);
  });

  it('is not posted where nothing was said, and comes later where Slack was away', async () => {
    await summary();
    expect(posted).toEqual([]);
    await recorder()(RUN, { user: 'U0BEN', reason: 'wrong', at: now + 1 });
    now += DAY;
    await expect(notices(() => Promise.reject(new Error('away')))({ kind: 'summary' })).rejects.toThrow(
      'away',
    );
    await summary();
    await summary();
    expect(posted).toHaveLength(1);
  });
});
