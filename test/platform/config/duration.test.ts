import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../../src/platform/config/duration.ts';
import { parseInventory } from '../../../src/platform/config/inventory.ts';

describe('parseDuration', () => {
  it.each([
    ['500ms', 500],
    ['90s', 90_000],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['0s', 0],
    ['480h', 1_728_000_000],
    ['481h', undefined],
    ['999999999h', undefined],
    ['1.5h', undefined],
    ['1 h', undefined],
    ['1H', undefined],
    ['1d', undefined],
    ['-1s', undefined],
    ['60', undefined],
    ['', undefined],
  ])('%s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });
});

describe('timeouts of an inventory', () => {
  const parsed = (timeouts: string) =>
    parseInventory(
      `devices: { fgt: { address: 192.0.2.7, username: u, password: { env: P }, timeouts: ${timeouts} } }`,
      'i.yaml',
    ).devices.get('fgt')?.timeouts;

  it('take every unit', () => {
    expect(parsed('{ connect: 1500ms, command: 90s, job: 1h }')).toEqual({
      connect: 1500,
      command: 90_000,
      job: 3_600_000,
    });
  });

  it.each(['connect', 'command', 'job'])('refuse 0 for %s', (name) => {
    for (const zero of ['0s', '0ms', '000h']) {
      expect(() => parsed(`{ ${name}: ${zero} }`)).toThrow(
        new RegExp(`devices\\.fgt\\.timeouts\\.${name}: must be longer than 0: nothing could be done`),
      );
    }
  });

  it('refuse what a timer cannot hold', () => {
    expect(() => parsed('{ job: 999999h }')).toThrow(/at most 480h/);
  });
});
