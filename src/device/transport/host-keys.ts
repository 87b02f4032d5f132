import { createHash } from 'node:crypto';
import { FtmError } from '../../engine/ftm-error.ts';
import type { SshEndpoint } from '../../platform/config/inventory-types.ts';
import { mislabelledKey } from '../device-errors.ts';
import { knownHostsName } from './known-hosts.ts';
import type { Trust } from './trust.ts';

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

/** The type inside the key names a signature algorithm: an error of FortiOS, and no pin can name such a key. */
export function isMislabelled(key: Pick<PresentedKey, 'type'>): boolean {
  return key.type.startsWith('rsa-sha2-');
}

/** `revoked` wins over a pin; `other-type` means that keys are pinned, but none of this type. */
export type KeyStatus = 'pinned' | 'revoked' | 'unknown' | 'other-type' | 'changed';

export function judgeKey(trust: Trust, key: PresentedKey): KeyStatus {
  if (trust.revoked.some((pin) => matchesPin(pin, key))) return 'revoked';
  if (trust.pins.some((pin) => matchesPin(pin, key))) return 'pinned';
  if (trust.pins.length === 0) return 'unknown';
  // A fingerprint does not state the type of its key, so it may be the key that changed.
  const types = trust.pins.map((pin) => typeOfPin(pin));
  return types.includes(undefined) || types.includes(key.type) ? 'changed' : 'other-type';
}

/** `undefined` if the key may be trusted; otherwise why the connection has to be refused. */
export function refuseHostKey(endpoint: SshEndpoint, trust: Trust, key: PresentedKey): FtmError | undefined {
  const { alias } = endpoint;
  if (isMislabelled(key)) return mislabelledKey(endpoint);
  const status = judgeKey(trust, key);
  if (status === 'pinned') return undefined;
  if (status === 'revoked') return revokedKeyError(endpoint, key);
  const pinIt = `\`hostKeys\` of \`${alias}\` in the inventory:\n${key.line}${inKnownHosts(endpoint, key)}`;
  if (status === 'unknown') {
    return new FtmError('ftm_host_key_unknown', `No SSH host key is pinned for ${alias}.`, {
      advice:
        `${trust.authority ? CERTIFICATES : ''}It presented ${key.fingerprint}. Confirm this fingerprint over another connection to the ` +
        `device (console, GUI), then add this line to ${pinIt}`,
    });
  }
  const why =
    status === 'other-type'
      ? ', and keys of another type are pinned. An upgrade or a changed SSH setting does that, and so does ' +
        `another machine at that address: nothing was sent to it. Once confirmed, add this line to ${pinIt}`
      : '. After a factory reset, a hardware swap or an upgrade that is expected; otherwise something else answers ' +
        `at that address, so nothing was sent to it. Once confirmed, ${replaceOld(endpoint)} ${pinIt}`;
  return new FtmError('ftm_host_key_changed', `${alias} presented an SSH host key that is not pinned.`, {
    advice: `It presented ${key.type} ${key.fingerprint}${why}`,
  });
}

/** The same for a host that the SSH configuration describes. */
function inKnownHosts(
  { address, port, hostKeyAlias, knownHostsFiles = [] }: SshEndpoint,
  key: PresentedKey,
): string {
  const [file] = knownHostsFiles;
  if (file === undefined) return '';
  return `\nor to ${file}:\n${hostKeyAlias ?? knownHostsName(address, port)} ${key.line}`;
}

/** A line that stays in the file keeps the old key trusted. */
function replaceOld({ hostKeys, knownHosts }: SshEndpoint): string {
  if (knownHosts === undefined) return 'replace the old line in';
  const also = hostKeys.length === 0 ? '' : ' and the inventory';
  return `take the old line out of ${knownHosts}${also}, and add this one to`;
}

function revokedKeyError({ alias, knownHosts }: SshEndpoint, key: PresentedKey): FtmError {
  const message = `${alias} presented an SSH host key that is marked as revoked.`;
  return new FtmError('ftm_host_key_changed', message, {
    advice:
      `It presented ${key.type} ${key.fingerprint}, which ${knownHosts ?? 'known_hosts'} marks \`@revoked\`. ` +
      'Others may have that key: generate a new one on the device.',
  });
}

const CERTIFICATES =
  'known_hosts has a `@cert-authority` line for it, which does not help: FortiGates present plain keys, and each ' +
  'has to be pinned itself. ';

/** Key types named by full-line pins, so that the server can be asked for a key it is known by. */
export function pinnedTypes(pins: readonly string[]): string[] {
  return [...new Set(pins.map(typeOfPin).filter((type) => type !== undefined))];
}

function typeOfPin(pin: string): string | undefined {
  const [type, blob] = splitPin(pin);
  return blob === undefined ? undefined : type;
}

export function matchesPin(pin: string, key: Pick<PresentedKey, 'fingerprint' | 'line'>): boolean {
  const [type, blob] = splitPin(pin);
  return blob === undefined ? type.replace(/=+$/, '') === key.fingerprint : `${type} ${blob}` === key.line;
}

function splitPin(pin: string): [string, string | undefined] {
  const [first = '', second] = pin.trim().split(/\s+/, 2);
  return [first, second];
}
