import type { SimulatedUser } from './authentication.ts';
import type { DeviceState } from './device-state.ts';

/**
 * Administrators of the configuration: with their keys (`set ssh-public-key1 "ssh-ed25519 AAAA…"`), and with their
 * password. FortiOS accepts an empty password for an administrator without one.
 */
export function configuredUsers(state: DeviceState): readonly SimulatedUser[] {
  const scope = state.multiVdom ? ({ kind: 'global' } as const) : ({ kind: 'none' } as const);
  const admins = state.block(scope, 'system admin')?.entries ?? [];
  return admins.map(({ key: name, settings }) => {
    const publicKeys = settings
      .filter((each) => /^ssh-public-key[1-3]$/.test(each.name))
      .map((each) => each.values.join(' '));
    const [, passwordHash] = settings.find((each) => each.name === 'password')?.values ?? [];
    return passwordHash === undefined
      ? { name, publicKeys, password: '' }
      : { name, publicKeys, passwordHash };
  });
}
