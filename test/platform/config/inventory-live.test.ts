import { describe, expect, it } from 'vitest';
import { FtmError } from '../../../src/engine/ftm-error.ts';
import { parseInventory } from '../../../src/platform/config/inventory.ts';

describe('live', () => {
  const device = (live: string) =>
    `devices: { fgt: { address: 192.0.2.7, username: u, password: { env: P }, live: ${live} } }`;

  it.each([
    ['true', { maxSeconds: 300 }],
    ['{ max: 10s }', { maxSeconds: 10 }],
    ['{ max: 10m }', { maxSeconds: 600 }],
    ['false', undefined],
  ])('%s', (written, live) => {
    expect(parseInventory(device(written), 'i.yaml').devices.get('fgt')?.live).toEqual(live);
  });

  it.each(['{ max: 9s }', '{ max: 11m }', '{ max: 60 }', '{}', 'yes please', '60'])('not %s', (written) => {
    expect(() => parseInventory(device(written), 'i.yaml')).toThrow(FtmError);
  });
});

describe('ping', () => {
  const device = (ping: string) =>
    `defaults: ${ping}\ndevices: { fgt: { address: 192.0.2.7, username: u, password: { env: P } } }`;

  it.each([
    ['{}', undefined],
    ['{ ping: false }', undefined],
    ['{ ping: true }', true],
  ])('%s', (written, ping) => {
    expect(parseInventory(device(written), 'i.yaml').devices.get('fgt')?.ping).toBe(ping);
  });

  it.each(['{ ping: push.fortinet.com }', '{ ping: 5 }'])('not %s', (written) => {
    expect(() => parseInventory(device(written), 'i.yaml')).toThrow(FtmError);
  });
});
