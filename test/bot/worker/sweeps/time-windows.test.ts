import { expect, it } from 'vitest';
import { endOfQuietHours, endOfWindow } from '../../../../src/bot/worker/sweeps/time-windows.ts';
import type { DailyWindow, DatedWindow } from '../../../../src/platform/config/sweep-schema.ts';

const MADRID = 'Europe/Madrid';
const NIGHT: DailyWindow = { from: '20:00', until: '07:00' };

/** 2026-11-27 is a Friday; Madrid is an hour ahead of UTC. */
it.each<[string, DailyWindow | DatedWindow, string, string | undefined]>([
  ['at its beginning', NIGHT, '2026-11-27T20:00+01:00', '2026-11-28T06:00:00.000Z'],
  ['past midnight', NIGHT, '2026-11-28T03:00+01:00', '2026-11-28T06:00:00.000Z'],
  ['at its end', NIGHT, '2026-11-28T07:00+01:00', undefined],
  ['by day', NIGHT, '2026-11-28T12:00+01:00', undefined],
  ['within a day', { from: '12:00', until: '13:00' }, '2026-11-28T12:59+01:00', '2026-11-28T12:00:00.000Z'],
  ['on another day', { ...NIGHT, days: ['sat'] }, '2026-11-27T23:00+01:00', undefined],
  ['begun on its day', { ...NIGHT, days: ['fri'] }, '2026-11-28T03:00+01:00', '2026-11-28T06:00:00.000Z'],
  ['begun on the day before', { ...NIGHT, days: ['sat'] }, '2026-11-28T03:00+01:00', undefined],
  [
    'a whole day',
    { from: '00:00', until: '00:00', days: ['sat'] },
    '2026-11-28T15:00+01:00',
    '2026-11-28T23:00:00.000Z',
  ],
  [
    'the night that summer time begins',
    { from: '01:00', until: '04:00' },
    '2026-03-29T00:30Z',
    '2026-03-29T02:00:00.000Z',
  ],
  [
    'between two dates',
    { start: '2026-11-27T22:00', end: '2026-11-29T02:00' },
    '2026-11-28T12:00+01:00',
    '2026-11-29T01:00:00.000Z',
  ],
  [
    'after both dates',
    { start: '2026-11-27T22:00', end: '2026-11-28T02:00' },
    '2026-11-28T02:00+01:00',
    undefined,
  ],
])('%s', (_, window, at, end) => {
  const found = endOfWindow(window, MADRID, Date.parse(at));
  expect(found === undefined ? undefined : new Date(found).toISOString()).toBe(end);
});

it('waits until the last of the quiet hours that follow each other', () => {
  const weekend: readonly DailyWindow[] = [NIGHT, { from: '00:00', until: '00:00', days: ['sat', 'sun'] }];
  const at = Date.parse('2026-11-27T21:00+01:00');
  expect(new Date(endOfQuietHours(weekend, MADRID, at)).toISOString()).toBe('2026-11-30T06:00:00.000Z');
  const noon = Date.parse('2026-11-27T12:00+01:00');
  expect(endOfQuietHours(weekend, MADRID, noon)).toBe(noon);
});

it('comes to an end where it is always quiet', () => {
  const at = Date.parse('2026-11-27T21:00Z');
  expect(endOfQuietHours([{ from: '00:00', until: '00:00' }], 'UTC', at)).toBeGreaterThan(at);
});
