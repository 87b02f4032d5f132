import { describe, expect, it } from 'vitest';
import { parseClock } from '../../../../src/engine/fortios/output/clock.ts';
import { parseSystemStatus } from '../../../../src/engine/fortios/output/system-status.ts';

describe('the clock of a device', () => {
  it.each([
    ['Wed Jan  7 14:30:09 2026', '2026-01-07T14:30:09.000Z'],
    ['Fri Aug 19 02:03:04 2022', '2022-08-19T02:03:04.000Z'],
    ['Thu Feb 29 23:59:59 2024', '2024-02-29T23:59:59.000Z'],
    ['Thu Feb 29 23:59:59 CET 2024', '2024-02-29T23:59:59.000Z'],
  ])('%s', (text, iso) => {
    expect(new Date(parseClock(text) ?? 0).toISOString()).toBe(iso);
  });

  it.each([
    '',
    'unknown',
    'Wed Jan 32 14:30:09 2026',
    'Sun Feb 29 10:00:00 2026',
    'Wed Foo  7 14:30:09 2026',
  ])('is not known from `%s`', (text) => {
    expect(parseClock(text)).toBeUndefined();
  });

  it('stands in `get system status`', () => {
    const lines = ['Version: FortiGate-60F v7.4.8,build2795,250523', 'System time: Wed Jan  7 14:30:09 2026'];
    expect(parseSystemStatus(lines).systemTime).toEqual({ value: Date.UTC(2026, 0, 7, 14, 30, 9), index: 1 });
  });
});
