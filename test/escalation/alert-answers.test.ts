import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AfterAnswerContext } from '../../src/escalation/engine/after-answer.ts';
import type { IncomingAlert } from '../../src/escalation/intake/alert.ts';
import { createAlertIndex } from '../../src/escalation/intake/alert-index.ts';
import { incidentNoteJob } from '../../src/escalation/jobs.ts';
import { DEVICE_CHECK } from '../report/fixtures.ts';
import { type FakeProvider, startFakeProvider } from './fake-provider.ts';
import { noticesTo } from './notices.ts';
import { openTestEscalations, SUPPORT, type TestEscalations } from './test-escalations.ts';

const ALERT: IncomingAlert = {
  source: 'generic',
  id: 'a',
  title: 'push is dead',
  names: [],
  incident: 'INC-1',
};
const OTHER: IncomingAlert = { ...ALERT, id: 'b', incident: 'INC-2' };

describe('the answer to an alert', () => {
  let provider: FakeProvider;
  let duty: TestEscalations;
  let told: string[];
  let parts: AfterAnswerContext;

  async function open(pages: string): Promise<void> {
    duty = await openTestEscalations({
      escalation: `
  routes:
    hook: { kind: webhook, url: "${provider.url}/page", secret: { env: HOOK } }
  alerts:
    channels: [{ devices: ["*"], channel: ${SUPPORT} }]
    generic: { secret: { env: HOOK }, notes: "${provider.url}/notes", pages: ${pages} }
`,
    });
    parts = {
      ...duty.parts(),
      reportToOps: noticesTo(told),
    };
  }

  beforeEach(async () => {
    told = [];
    provider = await startFakeProvider(() => ({ status: 202 }));
  });
  afterEach(async () => {
    await duty[Symbol.asyncDispose]();
    await provider[Symbol.asyncDispose]();
  });

  const received = (path: string) =>
    provider.received.filter((each) => each.path === path).map(({ body }) => body as Record<string, string>);
  const incidents = () => received('/notes').map(({ incident }) => incident);

  it('reaches the incident of every alert about the device, before the answer and after it', async () => {
    await open('never');
    const index = createAlertIndex(duty.records);
    const run = await duty.answer();
    await index.record(run.id, ALERT);
    duty.put({ id: 'answered.1', data: { kind: 'answered', runId: run.id } });
    await duty.wait(1000, parts);
    expect(incidents()).toEqual(['INC-1']);
    await index.join(run.id, OTHER, 'own');
    duty.put(incidentNoteJob(run.id, OTHER.id));
    await duty.wait(1000, parts);
    expect(incidents()).toEqual(['INC-1', 'INC-2']);
    const [note = ''] = received('/notes').map(({ note: text }) => text);
    const [finding] = DEVICE_CHECK.findings;
    expect(note).toContain(DEVICE_CHECK.headline);
    expect(note).toContain(['Fix:', ...(finding?.fix.apply ?? [])].join('\n'));
    expect(note).toContain('Cause (');
    expect(told).toEqual([]);
  });

  it('tells one incident again where the provider was away, and not the other', async () => {
    await open('never');
    const index = createAlertIndex(duty.records);
    const run = await duty.answer();
    await index.record(run.id, ALERT);
    await index.join(run.id, OTHER, 'own');
    provider.next({ status: 503 });
    duty.put(incidentNoteJob(run.id));
    await expect(duty.wait(1000, parts)).rejects.toMatchObject({ retryable: true });
    await duty.wait(1000, parts);
    expect(incidents()).toEqual(['INC-1', 'INC-2', 'INC-1']);
  });

  it('reaches the incident and the operations channel where it could not be posted', async () => {
    await open('never');
    const run = await duty.runs.create({
      id: 'unposted',
      asker: { id: 'alert:generic' },
      replyTo: { channel: 'C0NOWHERE' },
      acceptedAt: duty.now,
      alias: 'fgt-branch-07',
      kind: 'check',
    });
    await duty.runs.update(run.id, {
      outcome: { kind: 'diagnosed', diagnosis: DEVICE_CHECK, tookMs: 1 },
      answeredAt: duty.now,
    });
    await createAlertIndex(duty.records).record(run.id, ALERT);
    duty.put({ id: 'answered.1', data: { kind: 'answered', runId: run.id } });
    await duty.wait(1000, parts);
    expect(received('/notes')[0]?.note).toContain('The answer is not in Slack: ftm-check cannot post');
    expect(told).toEqual([expect.stringContaining('the bot cannot post in <#C0NOWHERE>')]);
    duty.put(incidentNoteJob(run.id, 'again'));
    await duty.wait(1000, parts);
    expect(told).toHaveLength(1);
  });

  it('says why there is no check', async () => {
    await open('never');
    await createAlertIndex(duty.records).record('refused', ALERT, {
      refused: 'no channel is mapped for fgt-hq',
    });
    duty.put(incidentNoteJob('refused', ALERT.id));
    await duty.wait(1000, parts);
    expect(received('/notes')[0]?.note).toBe('ftm-check started no check: no channel is mapped for fgt-hq');
    expect(told).toEqual([expect.stringContaining('no channel is mapped for fgt-hq.')]);
  });

  it.each([
    ['never', 0],
    ['critical', 1],
    ['high', 1],
  ])('pages as its source may: %s', async (pages, count) => {
    await open(pages);
    const run = await duty.answer();
    await createAlertIndex(duty.records).record(run.id, ALERT);
    duty.put({ id: 'answered.1', data: { kind: 'answered', runId: run.id } });
    await duty.wait(1000, parts);
    expect(received('/page')).toHaveLength(count);
  });

  it('pages and notes nothing when an alert is over', async () => {
    await open('high');
    const run = await duty.answer();
    await createAlertIndex(duty.records).record(run.id, ALERT, { over: true });
    duty.put({ id: 'answered.1', data: { kind: 'answered', runId: run.id } });
    await duty.wait(1000, parts);
    expect(provider.received).toEqual([]);
  });
});
