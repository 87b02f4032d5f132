import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventJob, openJob } from '../../src/oncall/jobs.ts';
import { HEALTHY } from '../report/fixtures.ts';
import type { FakePagerDuty } from './fake-pagerduty.ts';
import { openPagedEscalations, type PagedEscalations } from './paged-escalations.ts';
import { ANA, BEN, type TestEscalations } from './test-pager.ts';

const MINUTE = 60_000;

let paged: PagedEscalations;
let pagerDuty: FakePagerDuty;
let setup: TestEscalations;
let texts: PagedEscalations['texts'];

beforeEach(async () => {
  paged = await openPagedEscalations();
  ({ pagerDuty, setup, texts } = paged);
});

afterEach(() => paged[Symbol.asyncDispose]());

describe('a page by a provider', () => {
  it('is sent once, shown in the thread, acknowledged and resolved', async () => {
    const run = await setup.answer();
    setup.put(openJob(setup.draft(run, { impact: 'nobody at the branch can work' })));
    await setup.wait(0);

    expect(pagerDuty.incidents).toMatchObject([
      {
        key: 'ftm-check/fgt-branch-07/admin-trusthost-blocks-callback',
        status: 'triggered',
        triggers: 1,
        severity: 'critical',
      },
    ]);
    expect(texts(run.rootTs)).toContain('Paged, not acknowledged yet');
    expect(texts(run.rootTs)).toContain('paged by PagerDuty (pd)');

    const { key } = setup.draft(run);
    setup.put(eventJob(key, { kind: 'acknowledged', by: { via: 'slack', user: BEN } }, 'a'));
    await setup.wait(0);
    expect(pagerDuty.incidents[0]?.status).toBe('acknowledged');
    expect(texts(run.rootTs)).toContain(`Acknowledged by <@${BEN}>`);

    setup.put(eventJob(key, { kind: 'resolved', by: { via: 'slack', user: BEN } }, 'b'));
    await setup.wait(0);
    expect(pagerDuty.incidents[0]?.status).toBe('resolved');
    expect(texts(run.rootTs)).toContain(`Resolved by <@${BEN}>`);
    expect(setup.said(run.rootTs)).toHaveLength(1);
    expect(setup.pending()).toEqual([]);
    expect(setup.slack.violations()).toEqual([]);
  });

  it('has no link into the direct message in which it was asked for', async () => {
    const run = await setup.answer();
    const draft = setup.draft(run);
    const direct = { ...draft, thread: { channel: 'D0ANA', ts: run.rootTs ?? '' } };
    setup.put(openJob(direct));
    await setup.wait(0);
    setup.put(eventJob(draft.key, { kind: 'resolved', by: { via: 'slack', user: BEN } }, 'a'));
    await setup.wait(0);
    expect(pagerDuty.received.map(({ path }) => path)).toContain('/v2/change/enqueue');
    expect(pagerDuty.received.map(({ text }) => text).join()).not.toContain('archives/D0ANA');
  });

  it('is counted once for each thing that happens to it, also when a job runs again', async () => {
    const run = await setup.answer();
    const happened: string[] = [];
    const parts = { ...setup.parts(), onHappened: (what: string) => happened.push(what) };
    setup.put(openJob(setup.draft(run)));
    await setup.wait(0, parts);
    const { key } = setup.draft(run);
    const event = { kind: 'acknowledged', by: { via: 'slack', user: BEN } } as const;
    setup.put(eventJob(key, event, 'a'));
    await setup.wait(0, parts);
    setup.put(eventJob(key, event, 'again'));
    await setup.wait(0, parts);
    expect(happened).toEqual(['paged', 'acknowledged']);
  });

  it('adds to the open page instead of paging again, from another thread too', async () => {
    const run = await setup.answer();
    const again = await setup.answer();
    setup.put(openJob(setup.draft(run)));
    await setup.wait(0);
    setup.put(openJob({ ...setup.draft(again), id: 'esc-second', impact: 'now a second site' }));
    await setup.wait(0);

    expect(pagerDuty.incidents).toHaveLength(1);
    expect(pagerDuty.incidents[0]?.triggers).toBe(2);
    expect(texts(run.rootTs)).toContain('now a second site');
    expect(texts(again.rootTs)).toContain('On-call is already paged about this');
  });

  it('folds what is seen again: one notice for each other thread, one line in the status', async () => {
    const first = await setup.answer();
    setup.put(openJob(setup.draft(first)));
    await setup.wait(0);
    const elsewhere = await setup.answer();
    const { thread } = setup.draft(elsewhere);
    for (const round of ['a', 'b', 'c']) {
      const again = await setup.answer();
      setup.put(openJob({ ...setup.draft(again), id: `esc-${round}`, thread }));
      await setup.wait(0);
    }
    expect(setup.said(elsewhere.rootTs)).toHaveLength(1);
    const lines = texts(first.rootTs).split('\n');
    expect(lines.filter((line) => line.includes('Seen again'))).toHaveLength(1);
    expect(texts(first.rootTs)).toContain('(3 times)');
  });

  it('pages anew when the cause comes back after it was resolved', async () => {
    const run = await setup.answer();
    const draft = setup.draft(run);
    setup.put(openJob(draft));
    await setup.wait(0);
    setup.put(eventJob(draft.key, { kind: 'resolved', by: { via: 'slack', user: ANA } }, 'x'));
    await setup.wait(0);
    setup.put(openJob({ ...draft, id: 'esc-later' }));
    await setup.wait(0);
    expect(pagerDuty.incidents.map(({ status }) => status)).toEqual(['resolved', 'triggered']);
  });

  it('does not echo what the provider itself told', async () => {
    const run = await setup.answer();
    const draft = setup.draft(run);
    setup.put(openJob(draft));
    await setup.wait(0);
    const before = pagerDuty.received.length;
    setup.put(
      eventJob(draft.key, { kind: 'acknowledged', by: { via: 'pagerduty', name: 'Tess & Co <!here>' } }, 'w'),
    );
    await setup.wait(0);
    expect(pagerDuty.received).toHaveLength(before);
    expect(texts(run.rootTs)).toContain('Acknowledged by Tess &amp; Co &lt;!here&gt; (in pd)');
  });
});

describe('a provider in trouble', () => {
  it.each([
    ['down for a moment', [{ status: 503 }, { status: 500 }]],
    ['slow', [{ status: 202, hang: true }]],
    ['cut off', [{ status: 202, drop: true }]],
    ['busy', [{ status: 429, headers: { 'retry-after': '30' } }]],
  ])('%s: tried again until it takes the page', async (_, replies) => {
    pagerDuty.next(...replies);
    const run = await setup.answer();
    setup.put(openJob(setup.draft(run)));
    await setup.wait(0);
    expect(pagerDuty.incidents).toHaveLength(0);
    expect(texts(run.rootTs)).toContain('Retrying.');
    await setup.wait(2 * MINUTE);
    expect(pagerDuty.incidents).toHaveLength(1);
    expect(texts(run.rootTs)).not.toContain('S0ONCALL');
  });

  it('waits as long as it is asked to', async () => {
    pagerDuty.next({ status: 429, headers: { 'retry-after': '90' } });
    const run = await setup.answer();
    setup.put(openJob(setup.draft(run)));
    await setup.wait(89_000);
    expect(pagerDuty.incidents).toHaveLength(0);
    await setup.wait(1000);
    expect(pagerDuty.incidents).toHaveLength(1);
  });

  it.each([
    ['down for long', { status: 503 }, 2 * MINUTE],
    ['asking for more time than somebody can wait', { status: 429, headers: { 'retry-after': '3600' } }, 0],
    ['refusing the page', { status: 400, body: { message: 'no' } }, 0],
    ['refusing us', { status: 401 }, 0],
  ])('%s: the next route, and the thread says so', async (_, reply, within) => {
    pagerDuty.always(reply);
    const run = await setup.answer();
    setup.put(openJob(setup.draft(run)));
    await setup.wait(within);
    expect(texts(run.rootTs)).toContain('PagerDuty (pd) did not accept the page');
    expect(texts(run.rootTs)).toContain('<!subteam^S0ONCALL> is needed');
  });

  it('begins again when every way failed, and loses nothing', async () => {
    pagerDuty.always({ status: 401 });
    setup.slack.revoke();
    const run = await setup.answer();
    setup.put(openJob(setup.draft(run)));
    await setup.wait(MINUTE);
    expect(pagerDuty.incidents).toHaveLength(0);
    expect(setup.pending()).toHaveLength(1);
    pagerDuty.always();
    await setup.wait(6 * MINUTE);
    expect(pagerDuty.incidents).toHaveLength(1);
  });

  it('resolves at the provider also when it was away meanwhile', async () => {
    const run = await setup.answer();
    const draft = setup.draft(run);
    setup.put(openJob(draft));
    await setup.wait(0);
    pagerDuty.always({ status: 503 });
    setup.put(eventJob(draft.key, { kind: 'resolved', by: { via: 'slack', user: ANA } }, 'x'));
    await setup.wait(MINUTE);
    expect(pagerDuty.incidents[0]?.status).toBe('triggered');
    pagerDuty.always();
    await setup.wait(5 * MINUTE);
    expect(pagerDuty.incidents[0]?.status).toBe('resolved');
  });
});

it('offers to resolve the page when a later check is healthy', async () => {
  const run = await setup.answer();
  setup.put(openJob(setup.draft(run)));
  await setup.wait(0);
  const recheck = await setup.answer({ outcome: { kind: 'diagnosed', diagnosis: HEALTHY, tookMs: 1 } });
  setup.put({ id: 'answered.2', data: { kind: 'answered', runId: recheck.id } });
  await setup.wait(0);
  const later = await setup.answer({ outcome: { kind: 'diagnosed', diagnosis: HEALTHY, tookMs: 1 } });
  await setup.runs.update(later.id, { rootTs: recheck.rootTs });
  setup.put({ id: 'answered.3', data: { kind: 'answered', runId: later.id } });
  await setup.wait(0);
  const [offer, ...more] = setup.said(recheck.rootTs);
  expect(more).toEqual([]);
  expect(offer?.text).toContain('The page is still open');
  expect(JSON.stringify(offer?.blocks)).toContain('Resolve the page');
  expect(pagerDuty.incidents[0]?.status).toBe('triggered');
});
