import { describe, expect, it } from 'vitest';
import { parseInventory } from '../../../src/platform/config/inventory.ts';
import { findDevice } from '../../../src/platform/config/listed-devices.ts';

const ALIASES = ['fgt-branch-07', 'fgt-branch-17', 'fgt-hq', 'vpn-lisbon'];
const inventory = parseInventory(
  `defaults: { username: u, password: { env: P } }\ndevices:\n${ALIASES.map((alias) => `  ${alias}: { address: 192.0.2.1 }`).join('\n')}`,
  'inventory.yaml',
);

describe('findDevice', () => {
  it.each(['fgt-hq', 'FGT-HQ', ' fgt-hq '])('finds %j', (name) => {
    expect(findDevice(inventory, name)?.alias).toBe('fgt-hq');
  });

  it.each(['', 'fgt', '192.0.2.1', '__proto__'])('does not find %j', (name) => {
    expect(findDevice(inventory, name)).toBeUndefined();
  });
});
