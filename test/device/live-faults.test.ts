import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FtmError } from '../../src/engine/ftm-error.ts';
import { type LiveSeen, liveCheck, OFF } from './live-fixture.ts';

const LINE = '[5784:root:d9]sslvpn_authenticate_user:192 authenticate user: [wren]';
const BUSY = { fnbamd: Array.from({ length: 400 }, (_, index) => ({ text: LINE, afterMs: index * 5 })) };

function isOff({ simulator }: Pick<LiveSeen, 'simulator'>): void {
  expect(simulator.debugOn()).toEqual(OFF);
  expect(simulator.writes).toEqual([]);
}

describe('whatever happens, no debug is left on', () => {
  it('a flood: it is closed at once, and what came is kept', async () => {
    // Long lines: how many come in a second is for the machine to say.
    const debugFlood = { daemon: 'fnbamd', line: LINE.repeat(60), perSecond: 2_000 };
    await liveCheck({ behaviour: { debugFlood }, seconds: 60 }, (seen) => {
      expect(seen.report).toMatchObject({ state: 'watched', ended: 'flood' });
      const { seconds } = seen.report as { seconds: number };
      expect(seconds).toBeLessThan(30);
      expect(seen.item?.text.length).toBeGreaterThan(100_000);
      // On a busy machine they come slowly, and end at the limit of all, 4 MB.
      expect(seen.item?.text.length).toBeLessThan(4_300_000);
      expect([seen.opened, seen.closed]).toEqual([1, 1]);
      isOff(seen);
    });
  });

  it('a flood that is less than a session may read', async () => {
    // 15 MB in all, of which a busy machine sends less: four times what a window keeps, less than a command may print.
    const debugFlood = { daemon: 'fnbamd', line: 'x'.repeat(8_000), perSecond: 100 };
    await liveCheck({ behaviour: { debugFlood }, seconds: 19 }, (seen) => {
      expect(seen.report).toMatchObject({ state: 'watched', ended: 'flood' });
      isOff(seen);
    });
  });

  it('a line that never ends', async () => {
    // On a busy machine, too, the window is open by then.
    const debug = {
      fnbamd: Array.from({ length: 40 }, () => ({ text: 'x'.repeat(64 * 1024), afterMs: 1_500 })),
    };
    await liveCheck({ behaviour: { debug }, seconds: 60 }, (seen) => {
      expect(seen.report).toMatchObject({ state: 'watched', ended: 'flood' });
      isOff(seen);
    });
  });

  it('the session is lost: the device is entered again to switch it off', async () => {
    await liveCheck({ behaviour: { dropAfterPrompt: 'diagnose debug enable' }, seconds: 60 }, (seen) => {
      expect(seen.error).toBeUndefined();
      expect(seen.report).toMatchObject({ state: 'watched', ended: 'session-lost' });
      expect(seen.debugLines.slice(-4)).toEqual([
        'diagnose debug disable',
        'diagnose debug info',
        'diagnose debug reset',
        'diagnose debug info',
      ]);
      expect([seen.opened, seen.closed]).toEqual([1, 1]);
      isOff(seen);
    });
  });

  it('cancelled: the check ends with the reason, after it was switched off', async () => {
    const stop = new AbortController();
    const reason = new FtmError('ftm_cancelled', 'Cancelled by Ana.');
    await liveCheck(
      {
        behaviour: { debug: BUSY },
        seconds: 60,
        request: { signal: stop.signal },
        onWatching: () => void setTimeout(() => stop.abort(reason), 150),
      },
      (seen) => {
        expect(seen.error).toBe(reason);
        expect([seen.opened, seen.closed]).toEqual([1, 1]);
        isOff(seen);
      },
    );
  });

  it('out of time: a device that no longer answers is entered again', async () => {
    const stop = new AbortController();
    await liveCheck(
      {
        seconds: 60,
        request: { signal: stop.signal },
        onWatching(simulator) {
          simulator.cutAll();
          stop.abort(new FtmError('ftm_time_limit', 'This took too long.'));
        },
      },
      (seen) => {
        expect(seen.error).toMatchObject({ code: 'ftm_time_limit' });
        expect(seen.closed).toBe(1);
        isOff(seen);
      },
    );
  });

  it.concurrent('cancelled at any moment', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 900 }), async (afterMs) => {
        const stop = new AbortController();
        const timer = setTimeout(() => stop.abort(new FtmError('ftm_cancelled', 'Enough.')), afterMs);
        await liveCheck(
          { behaviour: { debug: BUSY, commandDelayMs: 20 }, request: { signal: stop.signal } },
          (seen) => {
            isOff(seen);
            expect(seen.closed).toBe(seen.opened);
          },
        );
        clearTimeout(timer);
      }),
      { numRuns: 12 },
    );
  });

  it.concurrent('cut at any moment, once', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 900 }), async (afterMs) => {
        await liveCheck(
          {
            behaviour: { debug: BUSY, commandDelayMs: 20 },
            before: (simulator) => void setTimeout(() => simulator.cutAll(), afterMs),
          },
          (seen) => {
            isOff(seen);
            expect(seen.closed).toBe(seen.opened);
          },
        );
      }),
      { numRuns: 12 },
    );
  });
});

describe('where it cannot be switched off', () => {
  it('the answer says so, and what to type', async () => {
    await liveCheck(
      {
        seconds: 60,
        // The network is gone.
        async onWatching(simulator) {
          simulator.cutAll();
          await simulator.close();
        },
        device: { timeouts: { connect: 300, command: 300, job: 20_000 } },
      },
      (seen) => {
        expect(seen.report).toMatchObject({ state: 'left-on', ended: 'session-lost' });
        expect([seen.opened, seen.closed]).toEqual([1, 0]);
      },
    );
  });

  it('a cancelled check says it too', async () => {
    const stop = new AbortController();
    await liveCheck(
      {
        seconds: 60,
        request: { signal: stop.signal },
        async onWatching(simulator) {
          simulator.cutAll();
          stop.abort(new FtmError('ftm_cancelled', 'Cancelled by Ana.'));
          await simulator.close();
        },
        device: { timeouts: { connect: 300, command: 300, job: 20_000 } },
      },
      (seen) => {
        expect(seen.error).toMatchObject({
          code: 'ftm_debug_left_on',
          message: 'Cancelled by Ana. Debug on fgt-test could not be disabled.',
          advice: expect.stringContaining('`diagnose debug disable` and `diagnose debug reset`'),
        });
        expect(seen.closed).toBe(0);
      },
    );
  });
});

it('a check that is cancelled while it tries to switch it off tries no longer than any other', async () => {
  const stop = new AbortController();
  await liveCheck(
    {
      seconds: 60,
      timing: { closeWhenLost: 3_600_000, closeWhenStopped: 300 },
      request: { signal: stop.signal },
      async onWatching(simulator) {
        simulator.cutAll();
        await simulator.close();
        setTimeout(() => stop.abort(new FtmError('ftm_cancelled', 'Cancelled by Ana.')), 500);
      },
      device: { timeouts: { connect: 300, command: 300, job: 3_600_000 } },
    },
    (seen) => {
      expect(seen.report).toMatchObject({ state: 'left-on', ended: 'session-lost' });
      expect([seen.opened, seen.closed]).toEqual([1, 0]);
    },
  );
});

it('ends by itself on the device after its duration, when nobody is left to end it', async () => {
  await liveCheck({ behaviour: { debugMinuteMs: 200 }, seconds: 1 }, async (seen) => {
    const console = seen.simulator.console();
    console.execute('diagnose debug duration 2');
    console.execute('diagnose debug application sslvpn -1');
    console.execute('diagnose debug enable');
    expect(seen.simulator.debugOn()).toContain('sslvpn');
    await sleep(600);
    expect(seen.simulator.debugOn()).toEqual(OFF);
  });
});
