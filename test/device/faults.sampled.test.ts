import { describe, expect, it } from 'vitest';
import type { SimulatorBehaviour } from '../../src/stand-ins/fortigate/behaviour.ts';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { startSimulator } from '../../src/stand-ins/fortigate/start-simulator.ts';
import { AMOUNT, sampleOf } from '../support/amount.ts';
import { ALL, check, collect, deviceAt, failedCheck, LONG_TIMEOUTS } from './device-fixture.ts';

/** Four devices at a time: each is a look-alike of its own, and most of their time is waiting. */
async function atOnce(values: readonly number[], work: (value: number) => Promise<void>): Promise<void> {
  const left = values.values();
  const takeTurns = async () => {
    for (const value of left) await work(value);
  };
  await Promise.all(Array.from({ length: 4 }, takeTurns));
}

describe('a silent device ends in a timeout, and leaves nothing open', () => {
  it.each<[string, SimulatorBehaviour, Partial<typeof LONG_TIMEOUTS>]>([
    ['before SSH begins', { silentAfter: 'tcp' }, { connect: 200 }],
    ['after the login', { silentAfter: 'authentication' }, { connect: 500 }],
    [
      'after the first command',
      { silentAfter: { command: 'get system status' } },
      { command: 200, connect: 400 },
    ],
    ['until the job is over', { silentAfter: { command: 'show system dns' } }, { job: 900 }],
    ['from the start until the job is over', { silentAfter: 'tcp' }, { job: 200 }],
  ])('%s', async (_, behaviour, timeouts) => {
    const { error, leftOpen } = await failedCheck({
      behaviour,
      device: { timeouts: { ...LONG_TIMEOUTS, ...timeouts } },
    });
    expect(error).toMatchObject({ code: 'ftm_device_timeout', retryable: true });
    expect(error).toHaveProperty('advice', expect.stringMatching(/timeouts\./));
    expect(leftOpen).toBe(0);
  });
});

it('a command that never ends is reported, and the others are answered in a new shell', async () => {
  const behaviour = { silentAfter: { command: 'show system dns' }, postLoginBanner: 'Hello' };
  const device = { timeouts: { ...LONG_TIMEOUTS, command: 300 } };
  await check(
    { sample: 'campus', behaviour, device, request: { vdom: 'campus' } },
    ({ items, simulator }) => {
      const failures = items.filter((each) => each.failure);
      expect(failures).toMatchObject([{ command: 'show system dns', failure: { kind: 'timeout' } }]);
      expect(items).toHaveLength(ALL.length + 1);
      expect(simulator.keys).toEqual(['a', 'a']);
      expect(simulator.writes).toEqual([]);
    },
  );
});

describe('a lost connection', () => {
  const campus = { sample: 'campus', request: { vdom: 'campus' } } as const;

  it('before the status was read, twice, is an error', async () => {
    const { error, leftOpen } = await failedCheck({
      ...campus,
      behaviour: { dropAfterCommand: 'get system status' },
    });
    expect(error).toMatchObject({ code: 'ftm_device_unreachable', retryable: true });
    expect(leftOpen).toBe(0);
  });

  it.each(['get system status', 'show user local', 'config global', 'edit campus'])(
    'once, after %s, is made up for by another connection',
    async (command) => {
      await check(
        { ...campus, behaviour: { dropAfterCommand: command, drops: 1 } },
        ({ items, simulator }) => {
          expect(items).toHaveLength(ALL.length + 1);
          expect(items.filter(({ failure }) => failure)).toEqual([]);
          expect(simulator.commands.filter((each) => each === 'show system dns')).toHaveLength(1);
          expect(simulator.writes).toEqual([]);
        },
      );
    },
  );

  it.each(['show user local', 'config global', 'edit campus'])(
    'each time, after %s, leaves what was read',
    async (command) => {
      await check({ ...campus, behaviour: { dropAfterCommand: command } }, ({ items, item }) => {
        expect(item('get system status')?.failure).toBeUndefined();
        expect(item('show user local')).toMatchObject({
          text: '',
          failure: { kind: 'not-run', reason: expect.stringContaining('closed the session') },
        });
        expect(items.length).toBeGreaterThanOrEqual(ALL.length);
      });
    },
  );

  it('that cannot be opened again leaves what was read', async () => {
    await check(
      { ...campus, behaviour: { dropAfterCommand: 'show user local', drops: 1, maxConnections: 1 } },
      ({ item }) => {
        expect(item('show system dns')?.failure).toBeUndefined();
        expect(item('show user local')?.failure).toMatchObject({ kind: 'not-run' });
      },
    );
  });

  it('after the last answer is no loss', async () => {
    await check({ behaviour: { dropAfterCommand: 'exit' } }, ({ items }) => {
      expect(items.filter((each) => each.failure)).toEqual([]);
    });
  });

  it('at any byte is a typed error, and the next check works', async () => {
    const request = { commands: ['dns', 'fortitoken-info'] as const, vdom: 'campus' };
    const places = Array.from({ length: 24 }, (_each, index) => 1 + index * 173);
    // A sample has a sixth of the places.
    await atOnce(sampleOf(places, 6, 0), async (at) => {
      const simulator = await startSimulator({
        configText: sampleConfig('campus'),
        behaviour: { dropAfterBytes: at, postLoginBanner: 'Hello' },
      });
      try {
        const outcome: unknown = await collect({ device: deviceAt(simulator), ...request }).then(
          (items) => items.length,
          (error: unknown) => error,
        );
        // With the list of the VDOMs, where it was read.
        if (typeof outcome === 'number') expect([3, 4]).toContain(outcome);
        else expect(outcome).toMatchObject({ code: 'ftm_device_unreachable' });
        expect(simulator.writes).toEqual([]);
      } finally {
        await simulator.close();
      }
    });
    await check({ sample: 'campus', request }, ({ items }) => expect(items).toHaveLength(4));
  });
});

describe('cancelling', () => {
  it.each<[string, SimulatorBehaviour]>([
    ['while it connects', { silentAfter: 'tcp' }],
    ['while it logs in', { firstByteDelayMs: 2_000 }],
    ['while a command runs', { silentAfter: { command: 'show system admin' } }],
  ])('%s', async (_, behaviour) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    const { error, leftOpen } = await failedCheck({ behaviour, request: { signal: controller.signal } });
    expect(error).toMatchObject({ code: 'ftm_cancelled' });
    expect(leftOpen).toBe(0);
  });

  it('before it begins', async () => {
    const { error, simulator, leftOpen } = await failedCheck({ request: { signal: AbortSignal.abort() } });
    expect(error).toMatchObject({ code: 'ftm_cancelled' });
    expect(simulator.commands).toEqual([]);
    expect(leftOpen).toBe(0);
  });

  it('at any moment', async () => {
    const moments = Array.from({ length: 28 }, (_each, index) => index * 11);
    // A sample has a seventh of the moments.
    await atOnce(sampleOf(moments, 7, 0), async (afterMs) => {
      const { error, leftOpen } = await failedCheck({
        sample: 'campus',
        behaviour: { commandDelayMs: 4, postLoginBanner: 'Hello' },
        request: { vdom: 'campus', signal: AbortSignal.timeout(afterMs) },
      });
      // A fast machine may be done before the last of them.
      if (error !== undefined) expect(error).toMatchObject({ code: 'ftm_cancelled' });
      expect(leftOpen).toBe(0);
    });
  });

  it('at every step of a check', async () => {
    // A sample has every sixteenth step, and the first and the last.
    const steps = sampleOf([...ALL.keys()], 16, 0);
    for (const step of [...steps, ALL.length]) {
      const controller = new AbortController();
      const { error, leftOpen } = await failedCheck({
        sample: 'campus',
        request: {
          vdom: 'campus',
          signal: controller.signal,
          onProgress: (progress) => {
            if (progress.step === step) controller.abort();
          },
        },
      });
      expect(error).toMatchObject({ code: 'ftm_cancelled' });
      expect(leftOpen).toBe(0);
    }
  });
});

describe.concurrent('the same answers come through', () => {
  it.each<[string, SimulatorBehaviour]>([
    ['byte by byte', { chunkBytes: 1 }],
    ['in odd pieces, slowly', { chunkBytes: 97, trickleMs: 1 }],
    ['with an eaten first character', { eatFirstChar: true }],
    ['with a foreign line before the echo', foreignLine('before-echo')],
    ['with a foreign line in the output', foreignLine('in-output')],
    ['with a foreign line after each prompt', { ...foreignLine('after-prompt'), chunkBytes: 4096 }],
    ['with an HA role, byte by byte', { chunkBytes: 1, haRole: 'Primary' }],
  ])('%s', async (_, behaviour) => {
    // A byte is a packet of its own: a sample has a twelfth of the commands.
    const commands = behaviour.chunkBytes === 1 ? sampleOf(ALL, 12, 0) : ALL;
    const request = { vdom: 'campus', commands };
    await check({ sample: 'campus', request }, async (plain) => {
      await check({ sample: 'campus', request, behaviour }, ({ items, simulator }) => {
        expect(simulator.writes).toEqual([]);
        const unlikeStatus = (each: (typeof items)[number]) => each.command !== 'get system status';
        expect(items.filter(unlikeStatus)).toEqual(plain.items.filter(unlikeStatus));
        expect(items[0]?.text).toContain('Virtual domain configuration: multiple');
      });
    });
  });

  function foreignLine(when: 'before-echo' | 'in-output' | 'after-prompt'): SimulatorBehaviour {
    return { asyncLine: { text: 'System file integrity init check failed!', when } };
  }
});

// A sample has a fifth of them.
it('50,000 lines come through, whole and in linear time', async () => {
  const count = AMOUNT === 'sample' ? 10_000 : 50_000;
  const line = (n: number) =>
    `    set comment "line ${n} of a long answer, long enough to be like a real one"`;
  const expected = ['config firewall vip', ...Array.from({ length: count }, (_, n) => line(n)), 'end'];
  const text = expected.join('\n');
  const started = process.cpuUsage();
  await check(
    { outputs: { 'show firewall vip': text }, request: { commands: ['vips', 'dns'] } },
    ({ item, items }) => {
      const lines = item('show firewall vip')?.text.split('\n') ?? [];
      // Not compared as one string: the report of a difference would be 8 MB long.
      expect(lines.find((each, at) => each !== expected[at])).toBeUndefined();
      expect(lines).toHaveLength(count + 2);
      expect(items).toHaveLength(3);
    },
  );
  // Processor time, and far above what it takes: a quadratic reader needs minutes.
  expect(process.cpuUsage(started).user).toBeLessThan(15_000_000);
});

it('text that looks like a prompt is text', async () => {
  const text = [
    'config user local',
    '    edit "trap"',
    '        set comment "pasted:',
    '',
    'fgt-branch-07 # ',
    '',
    'fgt-branch-07 (global) # show system admin',
    'end"',
    '    next',
    'end',
  ].join('\n');
  for (const behaviour of [{}, { chunkBytes: 1 }, { chunkBytes: 16, trickleMs: 60 }]) {
    await check(
      { behaviour, outputs: { 'show user local': text }, request: { commands: ['local-users', 'dns'] } },
      ({ item }) => {
        expect(item('show user local')?.text).toBe(text);
        expect(item('show system dns')?.text).toMatch(/^config system dns\n/);
      },
    );
  }
});
