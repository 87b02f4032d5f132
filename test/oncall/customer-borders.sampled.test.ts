import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAct } from '../../src/bot/requests/act.ts';
import { bundleRun } from '../../src/oncall/bundle-run.ts';
import { limitToDevices } from '../../src/oncall/core/group.ts';
import { answeredJob, eventJob } from '../../src/oncall/jobs.ts';
import { createSilences } from '../../src/oncall/silences.ts';
import { handoverText } from '../../src/oncall/thread/handover-view.ts';
import type { Run, RunOutcome } from '../../src/platform/runs/run.ts';
import { customerDraft } from '../../src/report/documents/customer-draft.ts';
import { createMonthReport, readMonth } from '../../src/report/documents/history/month-report.ts';
import { DEVICE_CHECK } from '../report/fixtures.ts';
import { runs as amount } from '../support/amount.ts';
import { ANA, BEN, openTestEscalations, type TestEscalations } from './test-pager.ts';

const HOUR = 3_600_000;
const CUSTOMERS = ['Northwind', 'Contoso', 'Fabrikam'] as const;
type Customer = (typeof CUSTOMERS)[number];
const channelOf = (customer: Customer) => `C0${customer.toUpperCase()}`;
/** The last customer has no `customer:` in the inventory: only its channel separates it. */
const DEVICES = CUSTOMERS.flatMap((customer) =>
  [1, 2, 3].map((number) => ({ customer, alias: `fgt-${customer.toLowerCase()}-${number}` })),
);
const INVENTORY = `
defaults: { username: audit, password: { env: DEVICE_PASSWORD } }
groups: { northwind: { customer: Northwind }, contoso: { customer: Contoso }, fabrikam: {} }
devices:
${DEVICES.map(({ alias, customer }, at) => `  ${alias}: { address: 192.0.2.${at}, groups: [${customer.toLowerCase()}] }`).join('\n')}
access: [{ users: ["*"], devices: ["*"] }]
`;
const CAUSES = ['push-disabled', 'ftm-port-closed'];

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ what: fc.constant('broken' as const), device: fc.nat(8), cause: fc.nat(1) }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('silence' as const), device: fc.nat(8) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('acknowledge' as const), device: fc.nat(8) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('hour' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function broken(rule: string): RunOutcome {
  const [finding] = DEVICE_CHECK.findings;
  if (finding === undefined) throw new Error('nothing is broken');
  const device = { version: '7.4.8' };
  return {
    kind: 'diagnosed',
    diagnosis: { ...DEVICE_CHECK, device, findings: [{ ...finding, rule }] },
    tookMs: 1,
  };
}

async function perform(one: Step, setup: TestEscalations): Promise<void> {
  if (one.what === 'hour') return await setup.wait(HOUR);
  const { alias, customer } = DEVICES[one.device] ?? DEVICES[0] ?? { alias: '', customer: 'Contoso' };
  if (one.what === 'silence') {
    const act = createAct({
      verb: 'silence',
      way: 'command',
      caller: { user: ANA, channel: channelOf(customer) },
    });
    const queue = {
      async enqueue(job: Parameters<typeof setup.put>[0]) {
        setup.put(job);
        return { state: 'queued', ahead: 0 } as const;
      },
    };
    const { inventory, records } = setup;
    const { silence } = createSilences({ inventory, records, queue, now: () => setup.now });
    await silence({ act, target: { alias }, visible: [alias], minutes: 90, reason: `work on ${alias}` });
    return;
  }
  if (one.what === 'acknowledge') {
    for (const { key, subject } of await setup.parts().store.open())
      if (subject.alias === alias)
        setup.put(eventJob(key, { kind: 'acknowledged', by: { via: 'slack', user: BEN } }, `${setup.now}`));
    return await setup.wait(0);
  }
  const run = await setup.answer({
    alias,
    channel: channelOf(customer),
    outcome: broken(CAUSES[one.cause] ?? ''),
  });
  setup.put(answeredJob(run.id));
  await setup.wait(0);
}

/** Whether a text names a device, a channel or the name of another customer. */
function leaks(text: string, customer: Customer): readonly string[] {
  const others = CUSTOMERS.filter((each) => each !== customer);
  return others.filter((each) => text.toLowerCase().includes(each.toLowerCase()));
}

describe('the border between customers', () => {
  it('is crossed by no thread, bundle, report, handover or draft', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 24 }), async (steps) => {
        await using setup = await openTestEscalations({
          channels: CUSTOMERS.map((customer) => ({ id: channelOf(customer), name: customer })),
          inventory: INVENTORY,
          escalation: `
  routes: { team: { kind: slack, levels: [{ user: ${BEN} }], every: 45m } }
  policies: [{ name: p, severity: low, routes: [team] }]
`,
        });
        for (const one of steps) await perform(one, setup);
        await setup.wait(3 * HOUR);
        for (const customer of CUSTOMERS) {
          const shown = setup.slack.messages(channelOf(customer));
          expect(leaks(JSON.stringify(shown), customer)).toEqual([]);
          await checkDocuments(customer, setup);
        }
      }),
      { numRuns: amount(30) },
    );
  });
});

async function checkDocuments(customer: Customer, setup: TestEscalations) {
  const { runs, records, slack } = setup;
  const { store } = setup.parts();
  const aliases = DEVICES.filter((device) => device.customer === customer).map(({ alias }) => alias);
  const own = (await Promise.all(aliases.map((alias) => runs.byDevice(alias, 50)))).flat();
  const open = await store.open();
  const visible = open.flatMap((escalation) => limitToDevices(escalation, new Set(aliases)));
  expect(leaks(handoverText(visible.map((escalation) => ({ escalation }))), customer)).toEqual([]);
  for (const escalation of visible)
    expect(escalation.joined.filter(({ device }) => !aliases.includes(device))).toEqual([]);
  for (const run of own) {
    const escalation = open.find(({ runId, laterRuns }) => [runId, ...laterRuns].includes(run.id));
    const bundle = await bundleRun(run, { records, escalation, labelRoute: (route) => route, version: '0' });
    expect(leaks(JSON.stringify(bundle), customer)).toEqual([]);
    expect(leaks(draftOf(run), customer)).toEqual([]);
  }
  const month = readMonth(new Date(own[0]?.acceptedAt ?? 0).toISOString().slice(0, 7));
  if (month === undefined) return;
  const checks = own.map(({ id, acceptedAt: at, asker }) => ({
    run: id,
    at,
    asker,
    verdict: 'broken' as const,
    rules: CAUSES,
  }));
  const report = createMonthReport(
    customer,
    aliases.map((alias) => ({ alias, customer, checks })),
    month,
  );
  expect(leaks(JSON.stringify(report), customer)).toEqual([]);
  expect(slack.violations()).toEqual([]);
}

function draftOf({ outcome }: Run): string {
  return outcome?.kind === 'diagnosed' ? customerDraft(outcome.diagnosis) : '';
}
