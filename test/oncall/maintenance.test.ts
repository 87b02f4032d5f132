import { afterEach, describe, expect, it } from 'vitest';
import { answeredJob, openJob } from '../../src/oncall/jobs.ts';
import { BEN, openTestEscalations, SUPPORT, type TestEscalations } from './test-pager.ts';

const HOUR = 3_600_000;
let setup: TestEscalations;
afterEach(() => setup[Symbol.asyncDispose]());

const local = (at: number) => new Date(at).toISOString().slice(0, 16);

async function open(devices: string): Promise<void> {
  const now = Date.now();
  setup = await openTestEscalations({
    escalation: `
  routes: { team: { kind: slack, levels: [{ user: ${BEN} }] } }
  policies: [{ name: p, severity: low, routes: [team] }]
  maintenance: [{ devices: [${devices}], start: "${local(now - HOUR)}", end: "${local(now + 2 * HOUR)}" }]
`,
  });
}

const reports = () =>
  setup.slack
    .messages(SUPPORT)
    .map(({ text }) => text)
    .filter((text) => text.includes('Maintenance is over'));

describe('a device in maintenance', () => {
  it('pages nobody, and what was silent is reported once at the end', async () => {
    await open('fgt-branch-07, fgt-branch-08');
    for (const alias of ['fgt-branch-07', 'fgt-branch-08', 'fgt-branch-07']) {
      const run = await setup.answer({ alias });
      setup.put(answeredJob(run.id));
      await setup.wait(0);
    }
    expect(setup.direct(BEN)).toEqual([]);
    await setup.wait(3 * HOUR);
    expect(reports()).toEqual([
      expect.stringMatching(/3 pages not sent[\s\S]*fgt-branch-07[\s\S]*fgt-branch-08/),
    ]);
    expect(setup.direct(BEN)).toEqual([]);
    expect(setup.slack.violations()).toEqual([]);
  });

  it('pages where a person asks for it', async () => {
    await open('branches');
    const run = await setup.answer();
    setup.put(openJob(setup.draft(run)));
    await setup.wait(0);
    expect(setup.direct(BEN)).toHaveLength(1);
  });

  it('silences no other device', async () => {
    await open('fgt-branch-08');
    const run = await setup.answer();
    setup.put(answeredJob(run.id));
    await setup.wait(0);
    expect(setup.direct(BEN)).toHaveLength(1);
    expect(setup.pending().filter((id) => id.startsWith('silence'))).toEqual([]);
  });
});
