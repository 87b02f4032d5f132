import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAlertIndex } from '../../src/oncall/intake/alert-index.ts';
import { eventJob, openJob, personJob } from '../../src/oncall/jobs.ts';
import { type FakePagerDuty, startFakePagerDuty } from './fake-pagerduty.ts';
import { startFakeProvider } from './fake-provider.ts';
import { ENOUGH, playWithDeath } from './mortal.ts';
import { ANA, BEN, CHI, openTestEscalations, SUPPORT, type TestEscalations } from './test-pager.ts';

const MINUTE = 60_000;
let pagerDuty: FakePagerDuty;

beforeEach(async () => {
  pagerDuty = await startFakePagerDuty();
});

afterEach(async () => {
  await pagerDuty[Symbol.asyncDispose]();
});

async function newEscalations(order: string, more = ''): Promise<TestEscalations> {
  return await openTestEscalations({
    escalation: `
  order: [${order}]
  routes:
    pd: { kind: pagerduty, routingKey: { env: PD }, url: "${pagerDuty.url}" }
    team: { kind: slack, every: 10m, levels: [{ userGroup: S0ONCALL }, { user: ${BEN} }] }
${more}
`,
  });
}

describe.each(['before', 'after'] as const)('a process that dies %s it did a step', (when) => {
  it('pages a provider exactly once, acknowledges and resolves there', async () => {
    let deaths = 0;
    for (let diesAt = 1; diesAt < ENOUGH; diesAt += 1) {
      await using setup = await newEscalations('pd');
      const before = pagerDuty.incidents.length;
      const run = await setup.answer();
      const draft = setup.draft(run);
      const died = await playWithDeath(
        setup,
        [
          { job: openJob(draft), waitMs: MINUTE },
          {
            job: eventJob(draft.key, { kind: 'acknowledged', by: { via: 'slack', user: ANA } }, 'a'),
            waitMs: MINUTE,
          },
          {
            job: eventJob(draft.key, { kind: 'resolved', by: { via: 'slack', user: ANA } }, 'r'),
            waitMs: 10 * MINUTE,
          },
        ],
        diesAt,
        when,
      );
      const own = pagerDuty.incidents.slice(before);
      expect(
        own.map(({ status }) => status),
        `dying at step ${diesAt}`,
      ).toEqual(['resolved']);
      const said = setup.said(run.rootTs);
      expect(
        said.map(({ text }) => text.split('\n')[0]),
        `dying at step ${diesAt}`,
      ).toEqual([`Resolved by <@${ANA}>`]);
      expect(setup.pending()).toEqual([]);
      if (!died) break;
      deaths += 1;
    }
    expect(deaths).toBeGreaterThan(20);
    expect(deaths).toBeLessThan(ENOUGH - 1);
  });

  it('calls each level exactly once', async () => {
    let deaths = 0;
    for (let diesAt = 1; diesAt < ENOUGH; diesAt += 1) {
      await using setup = await newEscalations('team');
      const run = await setup.answer();
      const draft = setup.draft(run);
      const died = await playWithDeath(
        setup,
        [
          { job: openJob(draft), waitMs: 15 * MINUTE },
          {
            job: eventJob(draft.key, { kind: 'acknowledged', by: { via: 'slack', user: BEN } }, 'a'),
            waitMs: 60 * MINUTE,
          },
        ],
        diesAt,
        when,
      );
      const calls = setup
        .said(run.rootTs)
        .flatMap(({ text }) => /(?:^|: )(<[^>]+>) is needed/.exec(text)?.[1] ?? []);
      expect(calls, `dying at step ${diesAt}`).toEqual(['<!subteam^S0ONCALL>', `<@${BEN}>`]);
      const directs = [ANA, CHI, BEN].map((user) => setup.direct(user).length);
      expect(directs, `dying at step ${diesAt}`).toEqual([1, 1, 1]);
      const status = setup
        .said(run.rootTs)
        .filter(({ text }) => text.startsWith(`Acknowledged by <@${BEN}>\n`));
      expect(status, `dying at step ${diesAt}`).toHaveLength(1);
      if (!died) break;
      deaths += 1;
    }
    expect(deaths).toBeGreaterThan(20);
    expect(deaths).toBeLessThan(ENOUGH - 1);
  });

  it('reminds the person exactly once each time', async () => {
    let deaths = 0;
    for (let diesAt = 1; diesAt < ENOUGH; diesAt += 1) {
      await using setup = await newEscalations('team', '  remind: 1h');
      const run = await setup.answer();
      const draft = setup.draft(run);
      const by = { via: 'slack', user: BEN };
      const story = [
        { job: openJob(draft), waitMs: MINUTE },
        { job: eventJob(draft.key, { kind: 'acknowledged', by }, 'a'), waitMs: 61 * MINUTE },
        { job: eventJob(draft.key, { kind: 'resolved', by }, 'r'), waitMs: 60 * MINUTE },
      ] as const;
      const died = await playWithDeath(setup, story, diesAt, when);
      expect(setup.direct(BEN), `dying at step ${diesAt}`).toHaveLength(1);
      expect(setup.pending()).toEqual([]);
      if (!died) break;
      deaths += 1;
    }
    expect(deaths).toBeGreaterThan(20);
    expect(deaths).toBeLessThan(ENOUGH - 1);
  });

  it('pages a chosen person exactly once, and the incident gets the note of who resolves', async () => {
    let deaths = 0;
    for (let diesAt = 1; diesAt < ENOUGH; diesAt += 1) {
      await using notes = await startFakeProvider(() => ({ status: 202 }));
      await using setup = await newEscalations(
        'pd',
        `  alerts:
    channels: [{ devices: ["*"], channel: ${SUPPORT} }]
    generic: { secret: { env: HOOK }, notes: "${notes.url}/notes" }`,
      );
      const before = pagerDuty.incidents.length;
      const run = await setup.answer();
      await createAlertIndex(setup.records).record(run.id, {
        source: 'generic',
        id: 'a',
        title: 'dead',
        incident: 'INC-1',
      });
      const draft = setup.draft(run);
      const by = { via: 'slack', user: ANA };
      const died = await playWithDeath(
        setup,
        [
          { job: openJob(draft), waitMs: MINUTE },
          { job: personJob(draft, { id: 'f', user: BEN, role: 'assignee', by }), waitMs: MINUTE },
          { job: eventJob(draft.key, { kind: 'resolved', by, note: 'cable' }, 'r'), waitMs: 10 * MINUTE },
        ],
        diesAt,
        when,
      );
      const at = `dying at step ${diesAt}`;
      expect(setup.direct(BEN), at).toHaveLength(1);
      const said = setup.said(run.rootTs).map(({ text }) => text);
      expect(
        said.filter((text) => text.includes(`<@${BEN}> is needed`)),
        at,
      ).toHaveLength(1);
      expect(
        said.filter((text) => text.includes(`assigned to <@${BEN}>`)),
        at,
      ).toHaveLength(1);
      expect(said.join(), at).toContain(`resolved by <@${ANA}>: cable`);
      // The receiver knows a repeated delivery by its header.
      const deliveries = notes.received.map(({ headers }) => headers['x-ftm-check-delivery']);
      expect(new Set(deliveries).size, at).toBe(1);
      expect(
        pagerDuty.incidents.slice(before).map(({ status }) => status),
        at,
      ).toEqual(['resolved']);
      expect(setup.pending()).toEqual([]);
      if (!died) break;
      deaths += 1;
    }
    expect(deaths).toBeGreaterThan(20);
    expect(deaths).toBeLessThan(ENOUGH - 1);
  });

  it('turns to the next route once when the first is down', async () => {
    let deaths = 0;
    pagerDuty.always({ status: 503 });
    for (let diesAt = 1; diesAt < ENOUGH; diesAt += 1) {
      await using setup = await newEscalations('pd, team');
      const run = await setup.answer();
      const draft = setup.draft(run);
      const died = await playWithDeath(setup, [{ job: openJob(draft), waitMs: 9 * MINUTE }], diesAt, when);
      const calls = setup.said(run.rootTs).filter(({ text }) => text.includes('is needed'));
      expect(calls, `dying at step ${diesAt}`).toHaveLength(1);
      if (!died) break;
      deaths += 1;
    }
    expect(pagerDuty.incidents).toEqual([]);
    expect(deaths).toBeGreaterThan(20);
    expect(deaths).toBeLessThan(ENOUGH - 1);
  });
});
