import { describe, expect, it } from 'vitest';
import { startCutSubject } from './cut-check.ts';
import { CUTS } from './cutting-proxy.ts';
import { ALL, check } from './device-fixture.ts';

/** Here about so many places; `npm run chaos -- ssh` cuts at every byte. */
const PLACES = { reset: 60, end: 60, silence: 20 } as const;
const AT_A_TIME = 6;

describe('a session that is cut', () => {
  it.each(CUTS)(
    'by %s, at places all over a full check, is a typed error in time, and leaves nothing open',
    async (cut) => {
      const before = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
      const wrong: string[] = [];
      {
        await using subject = await startCutSubject();
        const step = Math.max(1, Math.floor(subject.bytes / PLACES[cut]));
        const places = Array.from({ length: PLACES[cut] }, (_, index) => 1 + index * step);
        const tryNext = async () => {
          for (let at = places.pop(); at !== undefined; at = places.pop()) {
            const problem = await subject.tryCut(at, cut);
            if (problem !== undefined) wrong.push(`after ${at} bytes: ${problem}`);
          }
        };
        await Promise.all(Array.from({ length: AT_A_TIME }, tryNext));
        expect(subject.simulator.writes).toEqual([]);
      }
      expect(wrong).toEqual([]);
      // The test runner keeps some of its own.
      expect(
        process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length,
      ).toBeLessThanOrEqual(before + 1);
      await check({ sample: 'campus', request: { vdom: 'campus' } }, ({ items }) => {
        expect(items).toHaveLength(ALL.length + 1);
        expect(items.filter(({ failure }) => failure)).toEqual([]);
      });
    },
    120_000,
  );
});
