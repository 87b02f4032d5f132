import { describe, expect, it } from 'vitest';
import type { IncomingAlert } from '../../src/oncall/intake/alert.ts';
import { createAlertIndex } from '../../src/oncall/intake/alert-index.ts';
import { type TakeAlertOptions, takeAlert, takeEndedAlert } from '../../src/oncall/intake/take-alert.ts';
import { answeredJob, eventJob, handoverJob, incidentNoteJob, openJob } from '../../src/oncall/jobs.ts';
import { silentLogger } from '../../src/platform/observe/logger.ts';
import { toRun } from '../../src/platform/runs/queue-job.ts';
import { createMemoryRecords } from '../../src/platform/store/memory-records.ts';
import { createMemoryRunStore } from '../../src/platform/store/memory-run-store.ts';
import { startFakePagerDuty } from './fake-pagerduty.ts';
import { dieEverywhere, playWithDeath, repeatWithDeath } from './mortal.ts';
import { BEN, openTestEscalations, SUPPORT, type TestEscalations, type Wrap } from './test-pager.ts';

const MINUTE = 60_000;
const ALERT: IncomingAlert = {
  source: 'pagerduty',
  id: 'p triggered',
  title: 'VPN logins fail',
  names: ['fgt-branch-07'],
  incident: 'P1',
};

/** The current minute: Slack searches from there, with its own clock. */
const HANDOVER_AT = Math.floor(Date.now() / MINUTE) * MINUTE;

const openAlertSetup = (url = 'http://127.0.0.1:1') =>
  openTestEscalations({
    escalation: `
  routes:
    pd: { kind: pagerduty, routingKey: { env: PD }, url: "${url}" }
    team: { kind: slack, levels: [{ user: ${BEN} }] }
  order: [pd]
  correlation: { devices: 2, within: 30m, channel: ${SUPPORT} }
  handover: { channel: ${SUPPORT}, times: ["${new Date(HANDOVER_AT).toISOString().slice(11, 16)}"], timeZone: UTC }
  alerts:
    channels: [{ devices: ["*"], channel: ${SUPPORT} }]
    alertmanager: { token: { env: HOOK }, pages: high }
    pagerduty:
      secret: { env: HOOK }
      api: { token: { env: API }, from: bot@example.com, url: "${url}" }
`,
  });

/** The hook of a process; all share the stores. */
function createHook(setup: TestEscalations) {
  const records = createMemoryRecords(() => setup.now);
  const runs = createMemoryRunStore();
  const started: string[] = [];
  const noteJobs = new Set<string>();
  const options = (wrap: Wrap): TakeAlertOptions => {
    const start: Pick<TakeAlertOptions, 'start' | 'sendNotes'> = {
      async start(run) {
        if (!started.includes(run.runId)) started.push(run.runId);
        await runs.create(toRun({ ...run, acceptedAt: setup.now }));
        await runs.update(run.runId, { rootTs: '1.2' });
        return { state: 'accepted' };
      },
      sendNotes: async (runId, alertId) => void noteJobs.add(incidentNoteJob(runId, alertId).id),
    };
    const port = wrap(start);
    const store = wrap({ get: (id: string) => runs.get(id) });
    return {
      inventory: setup.inventory,
      settings: { channels: [{ devices: ['*'], channel: SUPPORT }], names: {} },
      alertIndex: createAlertIndex(wrap(records)),
      start: (run) => port.start(run),
      sendNotes: (...note) => port.sendNotes(...note),
      findRun: (id) => store.get(id),
      onNoDevice: async () => undefined,
      logger: silentLogger,
    };
  };
  return { options, started, noteJobs, index: createAlertIndex(records) };
}

describe.each(['before', 'after'] as const)('a process that dies %s it did a step', (when) => {
  it('of a delivery: it comes again, and the device is checked once, each alert known once', async () => {
    await using setup = await openAlertSetup();
    const other: IncomingAlert = { ...ALERT, id: 'q triggered', incident: 'P2' };
    const deaths = await dieEverywhere(async (diesAt) => {
      const hook = createHook(setup);
      const died = await repeatWithDeath(
        async (wrap) => {
          for (const alert of [ALERT, other]) await takeAlert(alert, hook.options(wrap));
        },
        diesAt,
        when,
      );
      const at = `dying at step ${diesAt}`;
      expect(hook.started, at).toHaveLength(1);
      for (const runId of hook.started) {
        const known = await hook.index.list(runId);
        expect(
          known.map(({ alert }) => alert.incident),
          at,
        ).toEqual(['P1', 'P2']);
      }
      expect(hook.noteJobs.size, at).toBe(1);
      return died;
    });
    expect(deaths).toBeGreaterThan(10);
  });

  it('of the news that an alert is over: the device is checked again once', async () => {
    await using setup = await openAlertSetup();
    const deaths = await dieEverywhere(async (diesAt) => {
      const hook = createHook(setup);
      await takeAlert(
        ALERT,
        hook.options((port) => port),
      );
      const before = hook.started.length;
      const died = await repeatWithDeath((wrap) => takeEndedAlert(ALERT, hook.options(wrap)), diesAt, when);
      const again = hook.started.slice(before);
      expect(again, `dying at step ${diesAt}`).toEqual(hook.started.slice(0, 1).map((id) => `${id}-over`));
      return died;
    });
    expect(deaths).toBeGreaterThan(4);
  });

  it('after an answer that Slack refused: one note, one page, one notice to operations', async () => {
    const deaths = await dieEverywhere(async (diesAt) => {
      await using pagerDuty = await startFakePagerDuty();
      await using setup = await openAlertSetup(pagerDuty.url);
      const run = await setup.answer({ patch: { answerRefused: 'is_archived' } });
      const index = createAlertIndex(setup.records);
      await index.record(run.id, ALERT);
      await index.join(run.id, { ...ALERT, source: 'alertmanager', id: 'm', incident: undefined }, 'own');
      const died = await playWithDeath(setup, [{ job: answeredJob(run.id), waitMs: MINUTE }], diesAt, when);
      const at = `dying at step ${diesAt}`;
      expect(pagerDuty.notes.get('P1'), at).toHaveLength(1);
      expect(setup.told(), at).toHaveLength(1);
      expect(pagerDuty.incidents, at).toHaveLength(1);
      return died;
    });
    expect(deaths).toBeGreaterThan(20);
  });

  it('of a correlation: one notice in the channel, and one link in the thread', async () => {
    const deaths = await dieEverywhere(async (diesAt) => {
      await using setup = await openAlertSetup();
      await setup.answer({ alias: 'fgt-branch-08', id: 'first' });
      const last = await setup.answer({ alias: 'fgt-branch-07', id: 'last' });
      const died = await playWithDeath(
        setup,
        ['first', 'last'].map((id) => ({ job: answeredJob(id), waitMs: MINUTE })),
        diesAt,
        when,
      );
      const at = `dying at step ${diesAt}`;
      const notices = setup.slack
        .messages(SUPPORT)
        .filter(({ text, thread_ts: thread }) => / devices /.test(text) && thread === undefined);
      expect(notices, at).toHaveLength(1);
      const links = setup.said(last.rootTs).filter(({ text }) => text.includes('other devices'));
      expect(links, at).toHaveLength(1);
      return died;
    });
    expect(deaths).toBeGreaterThan(15);
  });

  it('of a handover: one card, and the next one is planned', async () => {
    const deaths = await dieEverywhere(async (diesAt) => {
      await using setup = await openAlertSetup();
      const run = await setup.answer();
      const draft = setup.draft(run, { routes: ['team'] });
      setup.put(openJob(draft));
      setup.put(eventJob(draft.key, { kind: 'acknowledged', by: { via: 'slack', user: BEN } }, 'a'));
      await setup.wait(0);
      const died = await playWithDeath(
        setup,
        [{ job: handoverJob(HANDOVER_AT, setup.now), waitMs: MINUTE }],
        diesAt,
        when,
      );
      const cards = setup.slack.messages(SUPPORT).filter(({ text }) => text.includes('*Handover*'));
      expect(cards, `dying at step ${diesAt}`).toHaveLength(1);
      expect(setup.pending().filter((id) => id.startsWith('handover.'))).toHaveLength(1);
      return died;
    });
    expect(deaths).toBeGreaterThan(4);
  });
});
