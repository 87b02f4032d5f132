import { createHash } from 'node:crypto';
import type { Device } from '../config/inventory-types.ts';
import { FtmError } from '../ftm-error.ts';

/** A key as a server presents it: `blob` is the SSH wire form. */
export interface PresentedKey {
  readonly type: string;
  /** `SHA256:` and unpadded base64, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
  /** `ssh-ed25519 AAAA…`, the line to pin. */
  readonly line: string;
}

export function describeKey(blob: Buffer): PresentedKey {
  const length = blob.length >= 4 ? blob.readUInt32BE(0) : 0;
  const type = blob.subarray(4, 4 + Math.min(length, 64)).toString('latin1');
  const digest = createHash('sha256').update(blob).digest('base64').replace(/=+$/, '');
  return { type, fingerprint: `SHA256:${digest}`, line: `${type} ${blob.toString('base64')}` };
}

/** `undefined` when the key is one of the device's pins; otherwise why the connection has to be refused. */
export function refuseHostKey(device: Device, key: PresentedKey): FtmError | undefined {
  if (device.hostKeys.some((pin) => isPinOf(pin, key))) return undefined;
  const pinIt = `\`hostKeys\` of \`${device.alias}\` in the inventory:\n${key.line}`;
  if (device.hostKeys.length === 0) {
    return new FtmError('ftm_host_key_unknown', `No SSH host key is pinned for ${device.alias}.`, {
      advice:
        `It presented ${key.fingerprint}. Have someone who can reach the device another way confirm that ` +
        `fingerprint, then add this line to ${pinIt}`,
    });
  }
  return new FtmError(
    'ftm_host_key_changed',
    `${device.alias} presented an SSH host key that is not pinned.`,
    {
      advice:
        `It presented ${key.type} ${key.fingerprint}. After a factory reset, a hardware swap or an upgrade that ` +
        `is expected; otherwise something else answers at that address, so nothing was sent to it. Once confirmed, ` +
        `replace the old line in ${pinIt}`,
    },
  );
}

/** Key types named by full-line pins, so that the server can be asked for a key it is known by. */
export function pinnedTypes(pins: readonly string[]): string[] {
  return [...new Set(pins.map(splitPin).flatMap(([type, blob]) => (blob === undefined ? [] : [type])))];
}

function isPinOf(pin: string, key: PresentedKey): boolean {
  const [type, blob] = splitPin(pin);
  return blob === undefined ? type.replace(/=+$/, '') === key.fingerprint : `${type} ${blob}` === key.line;
}

function splitPin(pin: string): [string, string | undefined] {
  const [first = '', second] = pin.trim().split(/\s+/, 2);
  return [first, second];
}
