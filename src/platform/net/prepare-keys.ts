import { createSecretKey, type KeyObject } from 'node:crypto';

type Keyed = Readonly<Record<string, unknown>>;

/** Internals of ssh2: the state of each direction, with its keys as bytes. */
interface Protocol {
  readonly _cipher?: Keyed;
  readonly _decipher?: Keyed;
}

/** A client of ssh2, or a server's connection. */
interface SshPeer {
  on(event: 'handshake', agreed: () => void): unknown;
}

/**
 * ssh2 gives the bytes of its keys to `node:crypto` with every packet, and Node 24 throws and catches two errors each
 * time to see that they are bytes: a fifth of the processor time of a session. Key objects are recognised at once.
 * Nothing happens where another release of ssh2 keeps its keys elsewhere.
 */
export function prepareKeys(peer: SshPeer): void {
  peer.on('handshake', () => {
    const { _cipher, _decipher } = (peer as unknown as { readonly _protocol?: Protocol })._protocol ?? {};
    for (const direction of [_cipher, _decipher])
      if (direction) Object.assign(direction, pickKeys(direction));
  });
}

function pickKeys(direction: Keyed): Record<string, KeyObject> {
  const keys: Record<string, KeyObject> = {};
  for (const [name, value] of Object.entries(direction))
    if (/key/i.test(name) && Buffer.isBuffer(value)) keys[name] = createSecretKey(value);
  return keys;
}
