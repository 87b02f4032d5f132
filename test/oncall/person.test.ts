import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonRequest } from '../../src/oncall/core/escalation.ts';
import type { IncomingAlert } from '../../src/oncall/intake/alert.ts';
import { createAlertIndex } from '../../src/oncall/intake/alert-index.ts';
import { eventJob, openJob, personJob, resolutionJob } from '../../src/oncall/jobs.ts';
import { type FakePagerDuty, startFakePagerDuty } from './fake-pagerduty.ts';
import { type FakeProvider, startFakeProvider } from './fake-provider.ts';
import { ANA, BEN, CHI, openTestEscalations, SUPPORT, type TestEscalations } from './test-pager.ts';

const MINUTE = 60_000;

let pagerDuty: FakePagerDuty;
let provider: FakeProvider;
let setup: TestEscalations;

beforeEach(async () => {
  pagerDuty = await startFakePagerDuty();
  provider = await startFakeProvider(() => ({ status: 202 }));
  setup = await openTestEscalations({
    escalation: `
  order: [pd, am, hook, jsm]
  remind: 1h
  routes:
    pd: { kind: pagerduty, routingKey: { env: PD }, url: "${pagerDuty.url}" }
    am: { kind: alertmanager, url: "${provider.url}" }
    jsm: { kind: jsm, apiKey: { env: JSM }, url: "${provider.url}/jsm" }
    hook: { kind: webhook, url: "${provider.url}/page", secret: { env: HOOK } }
  alerts:
    channels: [{ devices: ["*"], channel: ${SUPPORT} }]
    generic: { secret: { env: HOOK }, notes: "${provider.url}/notes" }
`,
  });
});

afterEach(async () => {
  await setup[Symbol.asyncDispose]();
  await pagerDuty[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});

const ask = (user: string, role: PersonRequest['role'] = 'responder', id = 'f1'): PersonRequest => ({
  id,
  user,
  role,
  by: { via: 'slack', user: ANA },
});

function shown(thread: string): string {
  return setup
    .said(thread)
    .map(({ text }) => text)
    .join('\n---\n');
}

async function open(routes: readonly string[], person?: PersonRequest) {
  const run = await setup.answer();
  const draft = { ...setup.draft(run), routes: [...routes], person };
  const happened: string[] = [];
  const parts = { ...setup.parts(), onHappened: (what: string) => void happened.push(what) };
  setup.put(openJob(draft));
  await setup.wait(0, parts);
  return { run, draft, parts, happened };
}

describe('a chosen person', () => {
  it('gets the page by direct message, and is counted once when Slack took it', async () => {
    const { run, draft, parts, happened } = await open(['pd']);
    setup.put(personJob(draft, ask(BEN)));
    setup.put({ ...personJob(draft, ask(BEN)), id: 'the same job after a crash' });
    await setup.wait(MINUTE, parts);
    const [message, ...more] = setup.direct(BEN);
    expect(more).toEqual([]);
    const blocks = JSON.stringify(message?.blocks);
    expect(blocks).toContain(`You are paged by <@${ANA}>.`);
    expect(blocks).toContain('*Fix*');
    expect(blocks).toContain('I am on it');
    expect(shown(run.rootTs)).toContain(`paged <@${BEN}>, as <@${ANA}> asked`);
    expect(shown(run.rootTs)).toContain(`<@${BEN}> is needed`);
    expect(happened).toEqual(['paged', 'paged']);
    expect(setup.slack.violations()).toEqual([]);
  });

  it('does not count if Slack refuses, and the thread says why', async () => {
    const { run, draft, parts, happened } = await open(['pd']);
    setup.put(personJob(draft, ask('U0GONE')));
    await setup.wait(MINUTE, parts);
    expect(happened).toEqual(['paged', 'not-reached']);
    expect(shown(run.rootTs)).toContain('<@U0GONE> not reached: Slack refuses it: user_not_found');
    expect(shown(run.rootTs)).not.toContain('<@U0GONE> is needed');
  });

  it('is tried again while Slack is away, and given up with the reason', async () => {
    const { run, draft } = await open(['pd']);
    const parts = setup.parts();
    const thread = {
      ...parts.thread,
      postDirect: async () => ({ kind: 'later', reason: 'Slack could not be reached.' }) as const,
    };
    setup.put(personJob(draft, ask(BEN)));
    await setup.wait(0, { ...parts, thread });
    expect(shown(run.rootTs)).toContain('Retrying.');
    await setup.wait(5 * MINUTE, { ...parts, thread });
    expect(shown(run.rootTs)).toContain(`<@${BEN}> not reached: Slack could not be reached.`);
    expect(setup.pending()).toEqual([]);
  });

  it('is paged first where nobody is paged yet, and the routes follow if they are silent', async () => {
    await open(['pd'], ask(BEN));
    expect(setup.direct(BEN)).toHaveLength(1);
    await setup.wait(10 * MINUTE - 1);
    expect(pagerDuty.incidents).toEqual([]);
    await setup.wait(1);
    expect(pagerDuty.incidents).toMatchObject([{ triggers: 1 }]);
  });

  it('who acknowledges keeps the routes from being used', async () => {
    const { draft } = await open(['pd'], ask(BEN));
    setup.put(eventJob(draft.key, { kind: 'acknowledged', by: { via: 'slack', user: BEN } }, 'a'));
    await setup.wait(30 * MINUTE);
    expect(pagerDuty.received).toEqual([]);
  });

  it('sees in every message with buttons who acknowledged, to whom it was given, and who resolved', async () => {
    const { run, draft } = await open(['pd'], ask(BEN));
    setup.put(personJob(draft, ask(CHI, 'responder', 'f2')));
    await setup.wait(MINUTE);
    const withButtons = () =>
      [...setup.said(run.rootTs), ...setup.direct(BEN), ...setup.direct(CHI)]
        .map(({ text, blocks }) => `${text} ${JSON.stringify(blocks ?? [])}`)
        .filter((message) => /is needed|you are paged|Acknowledged by|Resolved by/.test(message));
    expect(withButtons().filter((message) => message.includes('I am on it'))).toHaveLength(4);

    setup.put(eventJob(draft.key, { kind: 'acknowledged', by: { via: 'slack', user: BEN } }, 'a'));
    await setup.wait(MINUTE);
    for (const message of withButtons()) {
      expect(message).toContain(`Acknowledged by <@${BEN}>`);
      expect(message).not.toContain('I am on it');
      expect(message).toContain('"Resolved"');
    }
    expect(JSON.stringify(setup.direct(CHI)[0]?.blocks)).toContain('*Fix*');

    setup.put(personJob(draft, ask(CHI, 'assignee', 'f3')));
    await setup.wait(MINUTE);
    for (const message of withButtons()) expect(message).toContain(`assigned to <@${CHI}>`);

    setup.put(eventJob(draft.key, { kind: 'resolved', by: { via: 'slack', user: ANA } }, 'r'));
    await setup.wait(MINUTE);
    expect(withButtons()).toHaveLength(7);
    for (const message of withButtons()) {
      expect(message).toContain(`Resolved by <@${ANA}>`);
      expect(message).not.toContain('"type":"button"');
    }
    expect(setup.slack.violations()).toEqual([]);
  });

  it('who cannot be reached lets the routes begin at once', async () => {
    await open(['pd'], ask('U0GONE'));
    expect(pagerDuty.incidents).toMatchObject([{ triggers: 1 }]);
  });

  it('is paged about an open page too, which gets no note', async () => {
    const { draft } = await open(['pd']);
    setup.put(openJob({ ...draft, id: 'esc-second', person: ask(CHI, 'responder', 'cmd') }));
    await setup.wait(MINUTE);
    expect(setup.direct(CHI)).toHaveLength(1);
    expect(pagerDuty.incidents).toMatchObject([{ triggers: 1 }]);
  });

  it('to whom an acknowledged page is given is reminded from then on', async () => {
    const { run, draft } = await open(['pd']);
    setup.put(eventJob(draft.key, { kind: 'acknowledged', by: { via: 'slack', user: CHI } }, 'a'));
    await setup.wait(MINUTE);
    setup.put(personJob(draft, ask(BEN, 'assignee')));
    await setup.wait(MINUTE);
    expect(JSON.stringify(setup.direct(BEN)[0]?.blocks)).toContain('This page is yours now.');
    expect(JSON.stringify(setup.direct(BEN)[0]?.blocks)).not.toContain('I am on it');
    expect(shown(run.rootTs)).toContain(`Acknowledged by <@${CHI}>, assigned to <@${BEN}>`);
    await setup.wait(60 * MINUTE);
    expect([setup.direct(BEN).length, setup.direct(CHI).length]).toEqual([2, 0]);
  });

  it('is not paged once the page is resolved', async () => {
    const { draft } = await open(['pd']);
    setup.put(eventJob(draft.key, { kind: 'resolved', by: { via: 'slack', user: ANA } }, 'r'));
    await setup.wait(MINUTE);
    setup.put(personJob(draft, ask(BEN)));
    await setup.wait(MINUTE);
    expect(setup.direct(BEN)).toEqual([]);
  });
});

describe('the note of the person who resolves', () => {
  const NOTE = 'ISP filtered TCP 4433; they opened it';
  const resolved = { kind: 'resolved', by: { via: 'slack', user: ANA, name: 'Ana' }, note: NOTE } as const;
  const received = (path: string) => provider.received.filter((each) => each.path.startsWith(path));

  it('is in the thread, and reaches each provider that takes one', async () => {
    const { run, draft } = await open(['pd']);
    for (const route of ['am', 'hook', 'jsm']) {
      const other = await setup.answer({ alias: `fgt-${route}` });
      const page = { ...setup.draft(other), routes: [route] };
      setup.put(openJob(page));
      await setup.wait(0);
      setup.put(eventJob(page.key, resolved, 'r'));
      await setup.wait(MINUTE);
    }
    setup.put(eventJob(draft.key, resolved, 'r'));
    await setup.wait(MINUTE);
    expect(shown(run.rootTs)).toContain(`resolved by <@${ANA}>: ISP filtered TCP 4433; they opened it`);
    expect(received('/api/v2/alerts').at(-1)?.text).toContain(`Resolved by Ana: ${NOTE}`);
    expect(received('/page').at(-1)?.body).toMatchObject({ action: 'resolve', by: 'Ana', note: NOTE });
    expect(received('/jsm').at(-1)?.body).toMatchObject({ user: 'Ana', note: NOTE });
    const change = pagerDuty.received.find(({ path }) => path === '/v2/change/enqueue');
    expect(change?.body).toMatchObject({ payload: { custom_details: { note: NOTE } } });
    expect(pagerDuty.incidents).toMatchObject([{ status: 'resolved', triggers: 1 }]);
  });

  it('reaches the incident of every alert that started a check of the page, once each', async () => {
    const { run, draft } = await open(['pd']);
    const index = createAlertIndex(setup.records);
    const alert: IncomingAlert = { source: 'generic', id: 'a', title: 'dead', names: [], incident: 'INC-1' };
    await index.record(run.id, alert);
    await index.join(run.id, { ...alert, id: 'b', incident: 'INC-2' }, 'own');
    await index.join(run.id, { ...alert, id: 'c', incident: 'INC-1' }, 'own-2');
    provider.next({ status: 503 });
    setup.put(eventJob(draft.key, resolved, 'r'));
    await expect(setup.wait(MINUTE)).rejects.toMatchObject({ retryable: true });
    await setup.wait(MINUTE);
    setup.put({ ...resolutionJob(draft.id), id: 'the same job after a crash' });
    await setup.wait(MINUTE);
    const notes = received('/notes').map(({ body }) => body as { incident: string; note: string });
    // The first was refused for the moment.
    expect(
      notes
        .map(({ incident }) => incident)
        .slice(1)
        .sort(),
    ).toEqual(['INC-1', 'INC-2']);
    expect(notes[1]?.note).toContain(`Resolved by Ana: ${NOTE}\nThread: https://slack.com/archives/`);
  });

  it('is not sent where there is none', async () => {
    const { run, draft } = await open(['pd']);
    await createAlertIndex(setup.records).record(run.id, {
      source: 'generic',
      id: 'a',
      title: 'dead',
      incident: 'INC-1',
    });
    setup.put(eventJob(draft.key, { kind: 'resolved', by: resolved.by }, 'r'));
    await setup.wait(MINUTE);
    expect(received('/notes')).toEqual([]);
  });
});
