import { afterEach, describe, expect, it } from 'vitest';
import { createAct } from '../../src/bot/requests/act.ts';
import { answeredJob, eventJob, openJob } from '../../src/oncall/jobs.ts';
import { createSilences } from '../../src/oncall/silences.ts';
import { ANA, BEN, openTestEscalations, SUPPORT, type TestEscalations } from './test-pager.ts';

const HOUR = 3_600_000;
let setup: TestEscalations;
afterEach(() => setup[Symbol.asyncDispose]());

const local = (at: number) => new Date(at).toISOString().slice(0, 16);

async function open(devices: string, more = ''): Promise<void> {
  const now = Date.now();
  setup = await openTestEscalations({
    escalation: `
  routes: { team: { kind: slack, levels: [{ user: ${BEN} }] } }
  policies: [{ name: p, severity: low, routes: [team] }]
  maintenance: [{ devices: [${devices}], start: "${local(now - HOUR)}", end: "${local(now + 2 * HOUR)}" }]
${more}
`,
  });
}

const reports = () =>
  setup.slack
    .messages(SUPPORT)
    .map(({ text }) => text)
    .filter((text) => text.includes('is over*'));

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

describe('a silence that a person made', () => {
  const act = createAct({ verb: 'silence', way: 'command', caller: { user: ANA, channel: SUPPORT } });
  const visible = ['fgt-branch-07', 'fgt-branch-08'];

  function silences() {
    const queue = {
      enqueue: async (job: Parameters<typeof setup.put>[0]) => {
        setup.put(job);
        return { state: 'queued', ahead: 0 } as const;
      },
    };
    const { inventory, records } = setup;
    return createSilences({ inventory, records, queue, now: () => setup.now });
  }

  async function answerAll(): Promise<void> {
    for (const alias of ['fgt-branch-07', 'fgt-branch-08', 'fgt-branch-09']) {
      setup.put(answeredJob((await setup.answer({ alias })).id));
      await setup.wait(0);
    }
  }

  it('covers the devices of a group that the person may check, and is reported with its reason', async () => {
    await open('fgt-hq');
    const made = await silences().silence({
      act,
      target: { group: 'branches' },
      visible,
      minutes: 60,
      reason: 'new ISP <router>',
    });
    expect(made).toEqual({ name: 'group:branches', count: 2, until: setup.now + HOUR });
    await answerAll();
    expect(setup.direct(BEN)).toHaveLength(1);
    expect(setup.direct(BEN)[0]?.text).toContain('fgt-branch-09');
    expect(reports()).toEqual([]);
    await setup.wait(2 * HOUR);
    expect(reports()).toEqual([
      expect.stringMatching(
        /The silence of group:branches by <@U0ANA> \(new ISP &lt;router&gt;\) is over\*: 2 pages[\s\S]*fgt-branch-07[\s\S]*fgt-branch-08/,
      ),
    ]);
    expect(await silences().listSilences(visible)).toEqual([]);
  });

  it('is reported once when a person ends it, and the device pages again', async () => {
    await open('fgt-hq');
    await silences().silence({ act, target: { alias: 'FGT-Branch-07' }, visible, minutes: 120 });
    expect(await silences().listSilences(visible)).toMatchObject([
      { name: 'fgt-branch-07', by: ANA, count: 1 },
    ]);
    expect(await silences().listSilences(['fgt-hq'])).toEqual([]);
    setup.put(answeredJob((await setup.answer()).id));
    await setup.wait(0);
    expect(await silences().endSilence({ act, target: { alias: 'fgt-hq' }, visible })).toBe(0);
    expect(await silences().endSilence({ act, target: { alias: 'fgt-branch-07' }, visible })).toBe(1);
    await setup.wait(0);
    expect(reports()).toEqual([expect.stringContaining('1 page not sent')]);
    setup.put(answeredJob((await setup.answer()).id));
    await setup.wait(0);
    expect(setup.direct(BEN)).toHaveLength(1);
    await setup.wait(3 * HOUR);
    expect(reports()).toHaveLength(1);
  });

  it('counts only devices that the reader may check, and stays beside one of other devices', async () => {
    await open('fgt-hq');
    const make = (may: readonly string[]) =>
      silences().silence({ act, target: { group: 'branches' }, visible: may, minutes: 60 });
    await make(visible);
    await make(['fgt-branch-09']);
    expect(await silences().listSilences(['fgt-branch-07'])).toMatchObject([{ count: 1 }]);
    await answerAll();
    expect(setup.direct(BEN)).toEqual([]);
    await make([...visible, 'fgt-branch-09']);
    expect(await silences().listSilences(visible)).toMatchObject([{ count: 2 }]);
  });

  it('holds back the next page of one that was acknowledged, until its end', async () => {
    await open('fgt-hq', '  acknowledgedFor: 30m');
    setup.put(answeredJob((await setup.answer()).id));
    await setup.wait(0);
    const [page] = await setup.parts().store.open();
    setup.put(eventJob(page?.key ?? '', { kind: 'acknowledged', by: { via: 'slack', user: BEN } }, 'a'));
    await setup.wait(0);
    await silences().silence({ act, target: { alias: 'fgt-branch-07' }, visible, minutes: 120 });
    await setup.wait(2 * HOUR - 1);
    expect(setup.direct(BEN)).toHaveLength(1);
    await setup.wait(1);
    expect(setup.direct(BEN)).toHaveLength(2);
  });

  it('of a group with a device that the person may not check stays', async () => {
    await open('fgt-hq');
    await silences().silence({ act, target: { group: '*' }, visible: [...visible, 'fgt-hq'], minutes: 60 });
    expect(await silences().endSilence({ act, target: { group: '*' }, visible })).toBe(0);
  });
});
