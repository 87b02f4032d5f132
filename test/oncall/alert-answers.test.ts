import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AfterAnswerContext } from '../../src/oncall/engine/after-answer.ts';
import type { IncomingAlert } from '../../src/oncall/intake/alert.ts';
import { createAlertIndex } from '../../src/oncall/intake/alert-index.ts';
import { incidentNoteJob } from '../../src/oncall/jobs.ts';
import { DEVICE_CHECK } from '../report/fixtures.ts';
import { type FakeProvider, startFakeProvider } from './fake-provider.ts';
import { noticesTo } from './notices.ts';
import { openTestEscalations, SUPPORT, type TestEscalations } from './test-pager.ts';

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
  let setup: TestEscalations;
  let told: string[];
  let parts: AfterAnswerContext;

  async function open(pages: string): Promise<void> {
    setup = await openTestEscalations({
      escalation: `
  routes:
    hook: { kind: webhook, url: "${provider.url}/page", secret: { env: HOOK } }
  alerts:
    channels: [{ devices: ["*"], channel: ${SUPPORT} }]
    generic: { secret: { env: HOOK }, notes: "${provider.url}/notes", pages: ${pages} }
`,
    });
    parts = {
      ...setup.parts(),
      reportToOps: noticesTo(told),
    };
  }

  beforeEach(async () => {
    told = [];
    provider = await startFakeProvider(() => ({ status: 202 }));
  });
  afterEach(async () => {
    await setup[Symbol.asyncDispose]();
    await provider[Symbol.asyncDispose]();
  });

  const received = (path: string) =>
    provider.received.filter((each) => each.path === path).map(({ body }) => body as Record<string, string>);
  const incidents = () => received('/notes').map(({ incident }) => incident);

  it('reaches the incident of every alert about the device, before the answer and after it', async () => {
    await open('never');
    const index = createAlertIndex(setup.records);
    const run = await setup.answer();
    await index.record(run.id, ALERT);
    setup.put({ id: 'answered.1', data: { kind: 'answered', runId: run.id } });
    await setup.wait(1000, parts);
    expect(incidents()).toEqual(['INC-1']);
    await index.join(run.id, OTHER, 'own');
    setup.put(incidentNoteJob(run.id, OTHER.id));
    await setup.wait(1000, parts);
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
    const index = createAlertIndex(setup.records);
    const run = await setup.answer();
    await index.record(run.id, ALERT);
    await index.join(run.id, OTHER, 'own');
    provider.next({ status: 503 });
    setup.put(incidentNoteJob(run.id));
    await expect(setup.wait(1000, parts)).rejects.toMatchObject({ retryable: true });
    await setup.wait(1000, parts);
    expect(incidents()).toEqual(['INC-1', 'INC-2', 'INC-1']);
  });

  it('reaches the incident and the operations channel where it could not be posted', async () => {
    await open('never');
    const run = await setup.runs.create({
      id: 'unposted',
      asker: { id: 'alert:generic' },
      replyTo: { channel: 'C0NOWHERE' },
      acceptedAt: setup.now,
      alias: 'fgt-branch-07',
      kind: 'check',
    });
    await setup.runs.update(run.id, {
      outcome: { kind: 'diagnosed', diagnosis: DEVICE_CHECK, tookMs: 1 },
      answeredAt: setup.now,
    });
    await createAlertIndex(setup.records).record(run.id, ALERT);
    setup.put({ id: 'answered.1', data: { kind: 'answered', runId: run.id } });
    await setup.wait(1000, parts);
    expect(received('/notes')[0]?.note).toContain('The answer is not in Slack: ftm-check cannot post');
    expect(told).toEqual([expect.stringContaining('the bot cannot post in <#C0NOWHERE>')]);
    setup.put(incidentNoteJob(run.id, 'again'));
    await setup.wait(1000, parts);
    expect(told).toHaveLength(1);
  });

  it('says why there is no check', async () => {
    await open('never');
    await createAlertIndex(setup.records).record('refused', ALERT, {
      refused: 'no channel is mapped for fgt-hq',
    });
    setup.put(incidentNoteJob('refused', ALERT.id));
    await setup.wait(1000, parts);
    expect(received('/notes')[0]?.note).toBe('ftm-check started no check: no channel is mapped for fgt-hq');
    expect(told).toEqual([expect.stringContaining('no channel is mapped for fgt-hq.')]);
  });

  it.each([
    ['never', 0],
    ['critical', 1],
    ['high', 1],
  ])('pages as its source may: %s', async (pages, count) => {
    await open(pages);
    const run = await setup.answer();
    await createAlertIndex(setup.records).record(run.id, ALERT);
    setup.put({ id: 'answered.1', data: { kind: 'answered', runId: run.id } });
    await setup.wait(1000, parts);
    expect(received('/page')).toHaveLength(count);
  });

  it('pages and notes nothing when an alert is over', async () => {
    await open('high');
    const run = await setup.answer();
    await createAlertIndex(setup.records).record(run.id, ALERT, { over: true });
    setup.put({ id: 'answered.1', data: { kind: 'answered', runId: run.id } });
    await setup.wait(1000, parts);
    expect(provider.received).toEqual([]);
  });
});
