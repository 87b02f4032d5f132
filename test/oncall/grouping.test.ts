import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/engine/diagnosis/diagnosis.ts';
import { limitToDevices } from '../../src/oncall/core/group.ts';
import { answeredJob, eventJob } from '../../src/oncall/jobs.ts';
import { handoverText } from '../../src/oncall/thread/handover-view.ts';
import type { RunOutcome } from '../../src/platform/runs/run.ts';
import { DEVICE_CHECK, HEALTHY } from '../report/fixtures.ts';
import { type FakeProvider, startFakeProvider } from './fake-provider.ts';
import { ANA, BEN, openTestEscalations, type TestEscalations } from './test-pager.ts';

const MINUTE = 60_000;
const HEALTHY_OUTCOME: RunOutcome = { kind: 'diagnosed', diagnosis: HEALTHY, tookMs: 1 };

let provider: FakeProvider;
let setup: TestEscalations;

beforeEach(async () => {
  provider = await startFakeProvider(() => ({ status: 202 }));
});
afterEach(async () => {
  await setup[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});

async function open(more = '', devices: Readonly<Record<string, string>> = {}): Promise<void> {
  setup = await openTestEscalations({
    devices,
    escalation: `
  routes:
    hook: { kind: webhook, url: "${provider.url}/page", secret: { env: HOOK } }
    team: { kind: slack, levels: [{ user: ${BEN} }] }
  policies: [{ name: p, severity: medium, routes: [hook] }, { name: q, severity: low, routes: [team] }]
${more}
`,
  });
}

async function find(alias: string, outcome?: RunOutcome) {
  const run = await setup.answer({ alias, ...(outcome === undefined ? {} : { outcome }) });
  setup.put(answeredJob(run.id));
  await setup.wait(0);
  return run;
}

const sent = (action: string) =>
  provider.received
    .map(({ body }) => body as Record<string, string>)
    .filter((each) => each.action === action);

function withCause(rule: string, severity: Finding['severity'] = 'critical'): RunOutcome {
  const [finding] = DEVICE_CHECK.findings;
  if (finding === undefined) throw new Error('nothing is broken');
  const findings = [{ ...finding, rule, severity }];
  return { kind: 'diagnosed', diagnosis: { ...DEVICE_CHECK, findings }, tookMs: 1 };
}

describe('devices with the same cause', () => {
  it('are one page, which says how many and which', async () => {
    await open();
    const first = await find('fgt-branch-07');
    const second = await find('fgt-branch-08');
    await find('fgt-branch-09');
    await find('fgt-branch-08');
    expect(sent('trigger')).toHaveLength(1);
    expect(sent('note').map(({ note }) => note)).toEqual([
      expect.stringMatching(/^Also fgt-branch-08, the 2\. device with this cause: /),
      expect.stringMatching(/^Also fgt-branch-09, the 3\. device/),
      expect.stringMatching(/^Seen again: /),
    ]);
    expect(JSON.stringify(setup.said(first.rootTs).at(-1)?.blocks)).toContain(
      '3 devices: fgt-branch-07, fgt-branch-08, fgt-branch-09',
    );
    expect(setup.said(second.rootTs).map(({ text }) => text)).toEqual([
      expect.stringContaining('already paged about this'),
    ]);
    expect(setup.slack.violations()).toEqual([]);
  });

  it('stand as they join in the direct message of the page, in its reminder and in a handover', async () => {
    await open('  order: [team]\n  remind: 1h');
    const low = withCause('push-disabled', 'low');
    for (const alias of ['fgt-branch-07', 'fgt-branch-08']) await find(alias, low);
    const shown = () => JSON.stringify(setup.direct(BEN)[0]?.blocks);
    expect(setup.direct(BEN)).toHaveLength(1);
    expect(shown()).toContain('2 devices: fgt-branch-07, fgt-branch-08');
    await find('fgt-branch-08', HEALTHY_OUTCOME);
    expect(shown()).toContain('1 device: fgt-branch-07; recovered: fgt-branch-08');
    expect(shown()).not.toContain('2 devices');
    const [page] = await setup.parts().store.open();
    setup.put(eventJob(page?.key ?? '', { kind: 'acknowledged', by: { via: 'slack', user: BEN } }, 'a'));
    await setup.wait(61 * MINUTE);
    expect(setup.direct(BEN).at(-1)?.text).toContain('1 device: fgt-branch-07; recovered: fgt-branch-08');
    expect(handoverText((await setup.parts().store.open()).map((escalation) => ({ escalation })))).toContain(
      '1 device: fgt-branch-07; recovered: fgt-branch-08',
    );
    const seen = (alias: string) => page && limitToDevices(page, new Set([alias]));
    expect(seen('fgt-branch-07')).toMatchObject([{ joined: [] }]);
    expect(seen('fgt-branch-08')).toEqual([]);
    expect(setup.slack.violations()).toEqual([]);
  });

  it('name their customer and site in the page', async () => {
    await open('', { 'fgt-branch-07': 'customer: Wren, site: Lyon' });
    await find('fgt-branch-07');
    expect(sent('trigger')[0]?.summary).toMatch(/^fgt-branch-07 \(Wren, Lyon\): /);
  });

  it('are offered to be resolved when all of them are healthy', async () => {
    await open();
    const first = await find('fgt-branch-07');
    await find('fgt-branch-08');
    const seven = await find('fgt-branch-07', HEALTHY_OUTCOME);
    expect(setup.said(seven.rootTs)).toEqual([]);
    expect(JSON.stringify(setup.said(first.rootTs).at(-1)?.blocks)).toContain('1 of 2 devices do');
    const eight = await find('fgt-branch-08', HEALTHY_OUTCOME);
    expect(setup.said(eight.rootTs).map(({ text }) => text)).toEqual([
      expect.stringContaining('finds no problem'),
    ]);
  });

  it('are not offered while one has it again', async () => {
    await open();
    await find('fgt-branch-07');
    await find('fgt-branch-08');
    await find('fgt-branch-07', HEALTHY_OUTCOME);
    await find('fgt-branch-07');
    const eight = await find('fgt-branch-08', HEALTHY_OUTCOME);
    expect(setup.said(eight.rootTs)).toEqual([]);
  });

  it.each([
    ['after the window', '', {}, 31 * MINUTE, 2],
    ['within the window of the last one', '', {}, 29 * MINUTE, 1],
    ['within a window of the settings', '  grouping: { within: 5m }', {}, 6 * MINUTE, 2],
    ['where grouping is off', '  grouping: false', {}, 0, 2],
    [
      'of two customers',
      '',
      { 'fgt-branch-07': 'customer: marlow', 'fgt-branch-08': 'customer: wren' },
      0,
      2,
    ],
    ['of two sites', '', { 'fgt-branch-07': 'site: north', 'fgt-branch-08': 'site: south' }, 0, 2],
    ['of one customer', '', { 'fgt-branch-07': 'customer: wren', 'fgt-branch-08': 'customer: wren' }, 0, 1],
  ])('%s', async (_, more, devices, pauseMs, pages) => {
    await open(more, devices);
    await find('fgt-branch-07');
    await setup.wait(pauseMs);
    await find('fgt-branch-08');
    expect(sent('trigger')).toHaveLength(pages);
  });

  it('are two pages if the causes differ, also of a device that had joined', async () => {
    await open();
    await find('fgt-branch-07');
    await find('fgt-branch-08');
    await find('fgt-branch-08', withCause('push-disabled'));
    await find('fgt-branch-09', withCause('push-disabled'));
    expect(sent('trigger').map(({ device }) => device)).toEqual(['fgt-branch-07', 'fgt-branch-08']);
  });

  it('page anew once their page is resolved', async () => {
    await open();
    await find('fgt-branch-07');
    await find('fgt-branch-08');
    const [open_] = await setup.parts().store.open();
    setup.put(eventJob(open_?.key ?? '', { kind: 'resolved', by: { via: 'slack', user: ANA } }, 'r'));
    await setup.wait(0);
    await find('fgt-branch-08');
    expect(sent('trigger')).toHaveLength(2);
  });
});
