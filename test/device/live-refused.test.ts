import { describe, expect, it } from 'vitest';
import { isOff, liveCheck } from './live-fixture.ts';

/** Each window takes its second, and on a busy machine everything around it longer. */
const PATIENT = { timeout: 300_000 };

describe('a debug window is refused, and nothing is switched on', PATIENT, () => {
  it.each([
    [
      'where the account may not run diagnose',
      { behaviour: { diagnose: false } },
      'not-permitted',
      /may not run `diagnose`/,
    ],
    [
      'where the device says nothing to it',
      { behaviour: { silentlyDenied: ['diagnose debug info'] } },
      'not-permitted',
      /printed nothing at all/,
    ],
    [
      'while the processor is busy',
      {
        outputs: {
          'get system performance status':
            'CPU states: 80% user 15% system 0% nice 5% idle\nMemory states: 40% used',
        },
      },
      'not-run',
      /busy \(CPU 95 %, memory 40 %\)/,
    ],
    [
      'while memory is short',
      {
        outputs: {
          'get system performance status':
            'CPU states: 1% user 0% system 0% nice 99% idle 0% iowait 0% irq 0% softirq\nMemory: 1024108k total, 940000k used (91.8%), 1k free (1.0%)',
        },
      },
      'not-run',
      /memory 91 %/,
    ],
    [
      'where it cannot be put on record',
      { live: { onOpening: () => Promise.reject(new Error('the disk is full')) } },
      'not-run',
      /could not be recorded/,
    ],
  ] as const)('%s', async (_name, given, kind, reason) => {
    await liveCheck(given, (seen) => {
      expect(seen.error).toBeUndefined();
      expect(seen.item?.failure).toMatchObject({ kind, reason: expect.stringMatching(reason) });
      expect(seen.report).toEqual({ state: 'not-opened', applications: [], commands: [] });
      expect(seen.debugLines.filter((line) => line !== 'diagnose debug info')).toEqual([]);
      expect(seen.items).toHaveLength(4);
      isOff(seen);
    });
  });

  it('while somebody else debugs, whose work stays as it is', async () => {
    const before: Parameters<typeof liveCheck>[0]['before'] = (simulator) =>
      void simulator.console().execute('diagnose debug application ike -1');
    await liveCheck({ before }, (seen) => {
      expect(seen.item?.failure?.reason).toContain('Debug is already enabled (ike)');
      expect(seen.debugLines).toEqual(['diagnose debug info']);
      expect(seen.simulator.debugOn()).toEqual(['ike']);
    });
  });

  it('where the release knows none of the debugs', async () => {
    await liveCheck({ behaviour: { unknownDebug: ['fnbamd', 'sslvpn', 'ftm-push'] } }, (seen) => {
      expect(seen.item?.failure?.kind).toBe('parse-error');
      expect(seen.report).toEqual({ state: 'not-opened', applications: [], commands: [] });
      expect([seen.opened, seen.closed]).toEqual([1, 1]);
      isOff(seen);
    });
  });
});
