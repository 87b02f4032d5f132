import type { Algorithms, ServerHostKeyAlgorithm } from 'ssh2';
import type { SshEndpoint } from '../../platform/config/inventory-types.ts';
import { pinnedTypes } from './host-keys.ts';

/**
 * ed25519 first, ECDSA next: some FortiOS builds label the blob of an RSA host key `rsa-sha2-512`, which no client
 * can read (oxidized#3123, net-ssh#945). SHA-1 `ssh-rsa` is only in the legacy profile.
 */
const MODERN_HOST_KEYS: readonly ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
];

/**
 * For FortiOS 5.x and `strong-crypto disable`; DSS and group1 are excluded: devices offer group1 and then close the
 * connection.
 */
const LEGACY: Algorithms = {
  kex: {
    append: ['diffie-hellman-group14-sha1', 'diffie-hellman-group-exchange-sha1'],
    prepend: [],
    remove: [],
  },
  cipher: { append: ['aes256-cbc', 'aes192-cbc', 'aes128-cbc', '3des-cbc'], prepend: [], remove: [] },
};

type Profile = SshEndpoint['algorithms'];

/** A byte on the wire would be up to 1,000 in memory, which no budget of what is read would count. */
const NO_COMPRESSION: Algorithms['compress'] = ['none'];

/** The types of host keys worth asking for, each with the algorithms it signs with. */
export function hostKeyTypes(profile: Profile): ReadonlyMap<string, ServerHostKeyAlgorithm[]> {
  const types = new Map<string, ServerHostKeyAlgorithm[]>();
  for (const algorithm of hostKeyAlgorithms(profile)) {
    const type = algorithm.startsWith('rsa-') ? 'ssh-rsa' : algorithm;
    types.set(type, [...(types.get(type) ?? []), algorithm]);
  }
  return types;
}

/** A server is asked first for the types of keys that are pinned: it may have several. */
export function algorithmsFor(profile: Profile, pins: readonly string[]): Algorithms {
  const types = hostKeyTypes(profile);
  const pinned = pinnedTypes(pins);
  const first = [...types.keys()]
    .filter((type) => pinned.includes(type))
    .flatMap((type) => types.get(type) ?? []);
  return withHostKeys(profile, [...new Set([...first, ...hostKeyAlgorithms(profile)])]);
}

export function withHostKeys(profile: Profile, serverHostKey: ServerHostKeyAlgorithm[]): Algorithms {
  return { ...(profile === 'legacy' ? LEGACY : {}), compress: NO_COMPRESSION, serverHostKey };
}

function hostKeyAlgorithms(profile: Profile): readonly ServerHostKeyAlgorithm[] {
  return profile === 'legacy' ? [...MODERN_HOST_KEYS, 'ssh-rsa'] : MODERN_HOST_KEYS;
}
