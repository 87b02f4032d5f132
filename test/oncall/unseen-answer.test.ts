import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IncomingAlert } from '../../src/oncall/intake/alert.ts';
import { createAlertIndex } from '../../src/oncall/intake/alert-index.ts';
import { answeredJob, incidentNoteJob } from '../../src/oncall/jobs.ts';
import type { RunPatch } from '../../src/platform/runs/run.ts';
import { DEVICE_CHECK } from '../report/fixtures.ts';
import { type FakeProvider, startFakeProvider } from './fake-provider.ts';
import { BEN, openTestEscalations, SUPPORT, type TestEscalations } from './test-pager.ts';

const SECOND = 1000;
const ALERT: IncomingAlert = {
  source: 'generic',
  id: 'a',
  title: 'push is dead',
  names: [],
  incident: 'INC-1',
};

let provider: FakeProvider;
let setup: TestEscalations;

beforeEach(async () => {
  provider = await startFakeProvider(() => ({ status: 202 }));
});
afterEach(async () => {
  await setup[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});

async function open(route: string, pages = 'high', more = ''): Promise<void> {
  setup = await openTestEscalations({
    escalation: `
  routes:
    r: ${route}
  alerts:
    channels: [{ devices: ["*"], channel: ${SUPPORT} }]
    alertmanager: { token: { env: HOOK }, pages: high }
    generic: { secret: { env: HOOK }, notes: "${provider.url}/notes", pages: ${pages} }
${more}
`,
  });
}

const webhook = () => `{ kind: webhook, url: "${provider.url}/page", secret: { env: HOOK } }`;
const SLACK = `{ kind: slack, levels: [{ user: ${BEN} }] }`;

const received = (path: string) =>
  provider.received.filter((each) => each.path === path).map(({ body }) => body as Record<string, string>);

/** A run that an alert started, and what became of its answer. */
async function answered(patch: RunPatch, options: Parameters<TestEscalations['answer']>[0] = {}) {
  const run = await setup.answer({ patch, ...options });
  await createAlertIndex(setup.records).record(run.id, ALERT);
  return run;
}

const ARCHIVED = { answerRefused: 'is_archived' } as const;

describe('an alert whose answer Slack refuses, although the question was posted', () => {
  it('pages by its provider, which does not say that the answer is in a thread', async () => {
    await open(webhook());
    const run = await answered(ARCHIVED);
    setup.put(answeredJob(run.id));
    await setup.wait(SECOND);
    const [page] = received('/page');
    expect(page?.details).toContain('The answer is not in Slack');
    expect(page?.details).toContain('Fix:');
    expect(page?.details).not.toContain('Thread:');
    expect(received('/notes')[0]?.note).toContain('The answer is not in Slack: ftm-check cannot post');
    expect(setup.told()).toEqual([expect.stringMatching(/cannot post in <#C0SUPPORT>.*\(is_archived\)/)]);
  });

  it('reaches a person by direct message with the fix and the buttons', async () => {
    await open(SLACK);
    const run = await answered(ARCHIVED);
    setup.put(answeredJob(run.id));
    await setup.wait(SECOND);
    const [message, ...more] = setup.direct(BEN);
    expect(more).toEqual([]);
    const shown = JSON.stringify(message?.blocks);
    expect(shown).toContain('*Fix*');
    expect(shown).toContain('I am on it');
    expect(shown).toContain('Slack did not take it in <#C0SUPPORT>');
    expect(setup.said(run.rootTs)).toEqual([]);
    expect(setup.slack.violations()).toEqual([]);
  });

  it('pages by a policy that waits for a reaction, because nobody can react', async () => {
    const policies = '  policies: [{ name: p, severity: high, unanswered: 10m, routes: [r] }]';
    await open(webhook(), 'high', policies);
    const run = await answered(ARCHIVED);
    setup.put(answeredJob(run.id));
    await setup.wait(9 * 60 * SECOND);
    expect(received('/page')).toEqual([]);
    await setup.wait(2 * 60 * SECOND);
    expect(received('/page')).toHaveLength(1);
  });
});

describe('an alert while Slack is away', () => {
  it('pages and notes without the answer, and once; the page is shown in the thread that comes later', async () => {
    await open(webhook());
    const run = await answered({ rootTs: undefined, answeredAt: undefined });
    setup.put(answeredJob(run.id, { early: true }));
    await setup.wait(SECOND);
    expect(received('/page')).toHaveLength(1);
    expect(received('/notes')[0]?.note).toContain('The answer is not in Slack yet');
    expect(setup.told()).toEqual([]);
    await setup.runs.update(run.id, { rootTs: run.rootTs, answeredAt: setup.now });
    setup.put(answeredJob(run.id));
    await setup.wait(SECOND);
    expect([received('/page').length, received('/notes').length]).toEqual([1, 1]);
    expect(setup.said(run.rootTs).map(({ text }) => text)).toEqual([
      expect.stringContaining('Paged, not acknowledged yet'),
    ]);
  });
});

describe('an alert whose check failed', () => {
  const failed = (code: 'ftm_device_unreachable' | 'ftm_cancelled') =>
    ({ kind: 'failed', code, message: 'fgt-branch-07 does not answer.' }) as const;

  it.each([
    ['pages where its source pages, because nobody else may have seen it', 'critical', 1],
    ['pages nobody where the recipient of the alert is paged already', 'never', 0],
  ])('%s', async (_, pages, count) => {
    await open(webhook(), pages);
    const run = await answered({}, { outcome: failed('ftm_device_unreachable') });
    setup.put(answeredJob(run.id));
    setup.put(incidentNoteJob(run.id, 'again'));
    await setup.wait(SECOND);
    expect(received('/page').map(({ summary }) => summary)).toEqual(
      Array(count).fill('fgt-branch-07: fgt-branch-07 does not answer.'),
    );
    expect(received('/notes')).toHaveLength(1);
  });

  it('pages nobody if a person cancelled it', async () => {
    await open(webhook());
    const run = await answered({}, { outcome: failed('ftm_cancelled') });
    setup.put(answeredJob(run.id));
    await setup.wait(SECOND);
    expect(received('/page')).toEqual([]);
  });
});

describe('an alert of a source that pages', () => {
  it('pages although it joined the check of one that does not, after its answer', async () => {
    await open(webhook(), 'never');
    const run = await answered({});
    setup.put(answeredJob(run.id));
    await setup.wait(SECOND);
    expect(received('/page')).toEqual([]);
    const joined: IncomingAlert = { source: 'alertmanager', id: 'b', title: 'dead', names: [] };
    await createAlertIndex(setup.records).join(run.id, joined, 'own');
    for (const again of ['b', 'c']) setup.put(incidentNoteJob(run.id, again));
    await setup.wait(SECOND);
    expect(received('/page')).toHaveLength(1);
  });

  it('pages nobody about a finding that is less severe', async () => {
    await open(webhook(), 'critical');
    const [finding] = DEVICE_CHECK.findings;
    if (finding === undefined) throw new Error('nothing is broken');
    const diagnosis = { ...DEVICE_CHECK, findings: [{ ...finding, severity: 'high' as const }] };
    const run = await answered({}, { outcome: { kind: 'diagnosed', diagnosis, tookMs: 1 } });
    setup.put(answeredJob(run.id));
    await setup.wait(SECOND);
    expect(received('/page')).toEqual([]);
  });
});

describe('a device of a sweep that pages', () => {
  it('pages by the order where no policy matches', async () => {
    await open(webhook());
    const run = await setup.answer({ partOf: { run: 'all-of-them', pages: true } });
    setup.put(answeredJob(run.id));
    await setup.wait(SECOND);
    expect(received('/page')).toHaveLength(1);
  });
});

describe('a device of a group check', () => {
  it.each([
    ['pages where the sweep pages', true, 1],
    ['pages nobody if it was only shown', false, 0],
  ])('%s', async (_, pages, count) => {
    await open(webhook(), 'high', '  policies: [{ name: p, severity: high, routes: [r] }]');
    const run = await setup.answer({ partOf: { run: 'all-of-them', pages } });
    setup.put(answeredJob(run.id));
    await setup.wait(SECOND);
    expect(received('/page')).toHaveLength(count);
  });
});

describe('the operations channel', () => {
  it('is told when Slack is back, and the note does not wait for it', async () => {
    await open(webhook(), 'never');
    const run = await answered(ARCHIVED);
    setup.slack.failNext('chat.postMessage', { error: 'fatal_error' });
    setup.put(incidentNoteJob(run.id));
    await expect(setup.wait(SECOND)).rejects.toMatchObject({ retryable: true });
    expect(received('/notes')).toHaveLength(1);
    expect(setup.told()).toEqual([]);
    await setup.wait(SECOND);
    expect([received('/notes').length, setup.told().length]).toEqual([1, 1]);
  });

  it('is told once of a storm of alerts that all have no channel', async () => {
    await open(webhook(), 'never');
    for (const id of ['a', 'b', 'c']) {
      await createAlertIndex(setup.records).record(id, ALERT, { refused: 'no channel is mapped for fgt-hq' });
      setup.put(incidentNoteJob(id));
    }
    await setup.wait(SECOND);
    expect([received('/notes').length, setup.told().length]).toEqual([3, 1]);
  });
});
