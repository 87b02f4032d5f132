import type { Algorithms, ServerHostKeyAlgorithm } from 'ssh2';
import type { Device } from '../config/inventory-types.ts';
import { pinnedTypes } from './host-keys.ts';

/**
 * ed25519 first, ECDSA next: some FortiOS builds label the blob of an RSA host key `rsa-sha2-512`, which no
 * client can read (oxidized#3123, net-ssh#945). SHA-1 `ssh-rsa` is left to the legacy profile.
 */
const MODERN_HOST_KEYS: readonly ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
];

/** For FortiOS 5.x and `strong-crypto disable`; DSS and group1 stay out: devices offer group1 and then hang up. */
const LEGACY: Algorithms = {
  kex: {
    append: ['diffie-hellman-group14-sha1', 'diffie-hellman-group-exchange-sha1'],
    prepend: [],
    remove: [],
  },
  cipher: { append: ['aes256-cbc', 'aes192-cbc', 'aes128-cbc', '3des-cbc'], prepend: [], remove: [] },
};

export function algorithmsFor(device: Pick<Device, 'algorithms' | 'hostKeys'>): Algorithms {
  const legacy = device.algorithms === 'legacy';
  const offered: ServerHostKeyAlgorithm[] = legacy ? [...MODERN_HOST_KEYS, 'ssh-rsa'] : [...MODERN_HOST_KEYS];
  const pinned = pinnedTypes(device.hostKeys).flatMap(algorithmsOfType);
  const serverHostKey = [...offered.filter((name) => pinned.includes(name)), ...offered];
  return { ...(legacy ? LEGACY : {}), serverHostKey: [...new Set(serverHostKey)] };
}

function algorithmsOfType(type: string): string[] {
  return type === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'] : [type];
}
