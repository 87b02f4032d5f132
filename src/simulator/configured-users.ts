import type { SimulatedUser } from './authentication.ts';
import type { DeviceState } from './device-state.ts';

/** Administrators of the configuration who sign in with a key: `set ssh-public-key1 "ssh-ed25519 AAAA…"`. */
export function configuredUsers(state: DeviceState): readonly SimulatedUser[] {
  const scope = state.multiVdom ? ({ kind: 'global' } as const) : ({ kind: 'none' } as const);
  const admins = state.block(scope, 'system admin')?.entries ?? [];
  return admins.flatMap((admin) => {
    const publicKeys = admin.settings
      .filter((each) => /^ssh-public-key[1-3]$/.test(each.name))
      .map((each) => each.values.join(' '));
    return publicKeys.length > 0 ? [{ name: admin.key, publicKeys }] : [];
  });
}
