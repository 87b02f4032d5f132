import { afterAll, describe, expect, it } from 'vitest';
import { createDebugSessions, recoverDebugSessions } from '../../src/bot/recovery/debug-sessions.ts';
import { silentLogger } from '../../src/platform/observe/logger.ts';
import { openBackend } from '../../src/platform/queue/open-backend.ts';
import type { Run } from '../../src/platform/runs/run.ts';
import type { SimulatorBehaviour } from '../../src/stand-ins/fortigate/behaviour.ts';
import { debugOfLogin } from '../fixtures/logs/debug-of-login.ts';
import { sampleOf } from '../support/amount.ts';
import { openTestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { ANA, BEN, SUPPORT, startTestSystem, type TestSystem } from './test-system.ts';

const redis = await openTestRedis();
afterAll(() => redis?.stop());

let count = 0;
const place = () => ({ url: redis?.url ?? '', prefix: `${redis?.prefix}-live-${count}` });

async function open(behaviour: SimulatorBehaviour = {}, device = '    live: true'): Promise<TestSystem> {
  count += 1;
  return await startTestSystem({ redis: place(), behaviour, device });
}

const windowsOf = (system: TestSystem) => createDebugSessions(system.backend.records, Date.now);
const isWatching = (system: TestSystem) =>
  until(() => system.simulator.debugOn().includes('output'), 'a window is open');

/** Every text that the run's message had, in order. */
const textsOf = (system: TestSystem, { answerTs }: Run): readonly string[] => [
  ...system.slack
    .calls('chat.postMessage')
    .filter(({ args }) => args.thread_ts !== undefined)
    .map(({ args }) => String(args.text)),
  ...system.slack
    .calls('chat.update')
    .filter(({ args }) => args.ts === answerTs)
    .map(({ args }) => String(args.text)),
];

async function expectClosed(system: TestSystem): Promise<void> {
  expect(system.simulator.debugOn()).toEqual([]);
  expect(system.simulator.writes).toEqual([]);
  expect(await windowsOf(system).list()).toEqual({ open: [], overdue: [] });
  expect(system.slack.violations()).toEqual([]);
}

describe.skipIf(redis === undefined)('a live check from Slack', () => {
  // A sample is asked by one of them.
  const ways = [
    ['slash command', (system: TestSystem) => system.check('fgt-branch-07 --live 60 --user wren')],
    [
      'mention',
      async (system: TestSystem) => {
        const { message } = await system.slack.message({ user: ANA, channel: SUPPORT, text: 'Please look' });
        const text = 'fgt-branch-07 --user wren —live 60';
        await system.slack.mention({ user: ANA, channel: SUPPORT, thread: message.ts, text });
      },
    ],
  ] as const;
  it.each(sampleOf(ways, 2, 0))(
    '%s: says when to log in, ends with the login, and answers with it',
    async (_name, ask) => {
      await using system = await open({ debug: debugOfLogin() });
      await ask(system);
      const [run] = await system.answered({ alias: 'fgt-branch-07' });
      if (run?.outcome?.kind !== 'diagnosed') throw new Error('no diagnosis');
      expect(run.outcome.diagnosis).toMatchObject({
        attempts: [{ user: 'wren', outcome: 'succeeded' }],
        live: { state: 'watched', ended: 'login' },
      });
      const texts = textsOf(system, run).join('\n');
      expect(texts).toMatch(/\*Now let the user log in\* on `fgt-branch-07`: \d+ s left, \d+ lines/);
      expect(texts).toMatch(
        /Watched for \d+ s, until the login was seen: \d+ lines of fnbamd, sslvpn and ftm-push/,
      );
      await expectClosed(system);
    },
  );

  it('is refused in private where the inventory does not allow it', async () => {
    await using system = await open({}, '    live: false');
    await system.check('fgt-branch-07 --live 60');
    expect(await system.whisper(SUPPORT, ANA)).toMatch(
      /live debug is not allowed on `fgt-branch-07`.*`live: true`/,
    );
    await system.check('fgt-branch-07');
    await system.answered({ alias: 'fgt-branch-07' });
    expect(system.simulator.commands.filter((line) => line.includes('debug'))).toEqual([]);
  });

  it('says for how long it may be', async () => {
    await using system = await open({}, '    live: { max: 1m }');
    await system.check('fgt-branch-07 --live 5m');
    expect(await system.whisper(SUPPORT, ANA)).toContain('for 10 to 60 seconds');
  });

  it('answers all the same where the device refuses, and says why nobody was watched', async () => {
    await using system = await open({ diagnose: false });
    await system.check('fgt-branch-07 --live 20');
    const [run] = await system.answered({ alias: 'fgt-branch-07' });
    if (!run) throw new Error('no run');
    expect(textsOf(system, run).at(-1)).toContain('No login was watched: The account may not run `diagnose`');
    await expectClosed(system);
  });

  it('is switched off when another process cancels it', async () => {
    await using system = await open();
    await system.check('fgt-branch-07 --live 60');
    await isWatching(system);
    const elsewhere = await openBackend({
      redis: { url: place().url },
      prefix: place().prefix,
      log: silentLogger,
    });
    const [waiting] = await elsewhere.runs.byDevice('fgt-branch-07', 1);
    expect(await elsewhere.queue.cancel(waiting?.id ?? '', 'Cancelled by Ben.')).toBe(true);
    const [run] = await system.answered({ alias: 'fgt-branch-07' });
    await elsewhere.close(0);
    expect(run?.outcome).toMatchObject({ kind: 'failed', message: 'Cancelled by Ben.' });
    await expectClosed(system);
  });

  it('shares neither its window nor its answer, and no other check overlaps with it', async () => {
    await using system = await open({ debug: debugOfLogin() });
    await system.check('fgt-branch-07 --live 60 --user wren', ANA);
    await isWatching(system);
    await system.check('fgt-branch-07 --user wren', BEN);
    await system.check('fgt-branch-07 --live 60 --user wren', BEN);
    const runs = await system.answered({ alias: 'fgt-branch-07' }, 3);
    expect(runs.filter(({ joined }) => joined !== undefined)).toEqual([]);
    const states = runs.map(({ outcome }) => outcome?.kind === 'diagnosed' && outcome.diagnosis.live?.state);
    expect(states.map(String).sort()).toEqual(['undefined', 'watched', 'watched']);
    const sent = system.simulator.commands;
    // Between the opening and the closing of a window nothing else is sent.
    const between = sent.flatMap((line, at) => (line === 'diagnose debug enable' ? [sent[at + 1]] : []));
    expect(between).toEqual(['diagnose debug disable', 'diagnose debug disable']);
    await expectClosed(system);
  });

  it('is switched off when its process is told to stop, and watched again by the next one', async () => {
    await using system = await open({ debug: debugOfLogin(undefined, 5_000) });
    await system.check('fgt-branch-07 --live 60 --user wren');
    await isWatching(system);
    await system.restart();
    const [run] = await system.answered({ alias: 'fgt-branch-07' });
    expect(run?.outcome).toMatchObject({
      kind: 'diagnosed',
      diagnosis: { live: { state: 'watched', ended: 'login' } },
    });
    const enabled = system.simulator.commands.filter((line) => line === 'diagnose debug enable').length;
    const disabled = system.simulator.commands.filter((line) => line === 'diagnose debug disable').length;
    expect([enabled, disabled]).toEqual([2, 2]);
    await expectClosed(system);
  });
});

describe.skipIf(redis === undefined)('a debug that nobody came back to', () => {
  it('is switched off by the sweep of any worker', async () => {
    await using system = await open();
    system.simulator.console().execute('diagnose debug application sslvpn -1');
    const windows = createDebugSessions(system.backend.records, () => Date.now() - 3_600_000);
    await windows.register('fgt-branch-07', 60);
    expect((await windowsOf(system).list()).overdue).toHaveLength(1);
    await recoverDebugSessions({
      queue: system.backend.queue,
      debugSessions: windowsOf(system),
      logger: silentLogger,
      now: Date.now,
    });
    await until(() => system.simulator.debugOn().length === 0, 'it is off');
    await until(async () => (await windowsOf(system).list()).open.length === 0, 'it is forgotten');
    await expectClosed(system);
    // No person asked, so no person is told.
    expect(system.slack.calls('chat.postMessage')).toEqual([]);
  });

  it('is switched off by the next check of the device', async () => {
    await using system = await open();
    system.simulator.console().execute('diagnose debug application sslvpn -1');
    await windowsOf(system).register('fgt-branch-07', 60);
    await system.check('fgt-branch-07');
    await system.answered({ alias: 'fgt-branch-07' });
    await expectClosed(system);
  });
});
