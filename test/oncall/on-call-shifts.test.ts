import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseOnCall } from '../../handlers/commands/parse-oncall.ts';
import { createAct } from '../../src/bot/requests/act.ts';
import { openJob } from '../../src/oncall/jobs.ts';
import { createOnCallShifts } from '../../src/oncall/on-call-shifts.ts';
import { createShiftStore } from '../../src/oncall/store/stored-lists.ts';
import { silentLogger } from '../../src/platform/observe/logger.ts';
import { ANA, BEN, CHI, openTestEscalations, type TestEscalations } from './test-pager.ts';

const HOUR = 3_600_000;

let setup: TestEscalations;
let shifts: ReturnType<typeof createOnCallShifts>;
const actOf = (user: string) =>
  createAct({ verb: 'shift', way: 'command', caller: { user, channel: 'C0SUPPORT' } });

beforeEach(async () => {
  // The next change of shift is days away, whenever this runs.
  const starts = new Date(Date.now() - 3 * 24 * HOUR).toISOString().slice(0, 16);
  setup = await openTestEscalations({
    escalation: `
  routes:
    team: { kind: slack, every: 10m, levels: [{ schedule: nights }, { user: ${BEN} }] }
  schedules:
    nights: { timeZone: Europe/Madrid, rotations: [{ people: [${ANA}, ${BEN}], starts: "${starts}" }] }
`,
  });
  const { escalation } = setup.inventory;
  if (escalation === undefined) throw new Error('no escalation');
  shifts = createOnCallShifts({
    settings: () => escalation,
    records: setup.records,
    thread: setup.parts().thread,
    logger: silentLogger,
    now: () => setup.now,
  });
});

afterEach(async () => {
  await setup[Symbol.asyncDispose]();
});

describe('a shift taken in Slack', () => {
  it('replaces the schedule until its end, and is called by a page', async () => {
    const [planned] = await shifts.listShifts();
    expect([ANA, BEN]).toContain(planned?.user);
    const taken = await shifts.takeShift({ act: actOf(CHI), user: CHI, minutes: 120 });
    expect(taken).toEqual({ kind: 'taken', schedule: 'nights', user: CHI, until: setup.now + 2 * HOUR });
    expect(await shifts.listShifts()).toMatchObject([
      { schedule: 'nights', user: CHI, until: setup.now + 2 * HOUR, next: planned?.user },
    ]);

    const run = await setup.answer();
    setup.put(openJob(setup.draft(run)));
    await setup.wait(0);
    expect(setup.direct(CHI)).toHaveLength(1);

    setup.now += 2 * HOUR;
    expect((await shifts.listShifts())[0]?.user).toBe(planned?.user);
  });

  it('lasts until the next change of the schedule where no length is given', async () => {
    const [planned] = await shifts.listShifts();
    const taken = await shifts.takeShift({ act: actOf(CHI), user: CHI, schedule: 'Nights' });
    expect(taken).toMatchObject({ until: planned?.until });
  });

  it('is told to the person who is replaced and to the one who gets it, and to nobody else', async () => {
    const [planned] = await shifts.listShifts();
    const replaced = planned?.user ?? '';
    const by = replaced === ANA ? BEN : ANA;
    await shifts.takeShift({ act: actOf(by), user: CHI, minutes: 60 });
    expect(setup.direct(CHI).map(({ text }) => text)).toEqual([
      expect.stringContaining(`<@${CHI}> is on call for nights until`),
    ]);
    expect(setup.direct(replaced)).toHaveLength(1);
    expect(setup.direct(by)).toEqual([]);
  });

  it('ends when it is released', async () => {
    const [planned] = await shifts.listShifts();
    await shifts.takeShift({ act: actOf(CHI), user: CHI, minutes: 120 });
    expect(await shifts.releaseShift({ act: actOf(CHI) })).toEqual({
      kind: 'released',
      schedule: 'nights',
      count: 1,
    });
    expect(await shifts.releaseShift({ act: actOf(CHI), schedule: 'nights' })).toMatchObject({ count: 0 });
    expect((await shifts.listShifts())[0]?.user).toBe(planned?.user);
  });

  it('needs a schedule of the inventory', async () => {
    expect(await shifts.takeShift({ act: actOf(CHI), user: CHI, schedule: 'days' })).toEqual({
      kind: 'unknown-schedule',
      known: ['nights'],
    });
  });

  it('is kept when several people take shifts at once', async () => {
    const store = createShiftStore(setup.records);
    const users = Array.from({ length: 8 }, (_, index) => `U0N${index}`);
    const from = setup.now;
    await Promise.all(users.map((user) => store.add('nights', { user, from, until: from + HOUR, by: user })));
    expect((await store.list('nights')).map(({ user }) => user).sort()).toEqual(users);
  });
});

describe('the words after oncall', () => {
  it.each([
    ['', { action: 'show' }],
    ['take', { action: 'take' }],
    ['take primary 8h', { action: 'take', schedule: 'primary', minutes: 480 }],
    ['take 2d primary', { action: 'take', schedule: 'primary', minutes: 2880 }],
    ['give <@U012BEN> 90m', { action: 'give', user: 'U012BEN', minutes: 90 }],
    ['give <@U012BEN|ben> primary', { action: 'give', user: 'U012BEN', schedule: 'primary' }],
    ['release primary', { action: 'release', schedule: 'primary' }],
    ['give primary', undefined],
    ['take 0h', undefined],
    ['take <@U012BEN>', undefined],
    ['take primary backup', undefined],
    ['swap', undefined],
  ])('%j', (text, expected) => {
    expect(parseOnCall(text.split(' ').filter((word) => word !== ''))).toEqual(expected);
  });
});
