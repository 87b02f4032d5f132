import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { FtmError } from '../../engine/ftm-error.ts';
import type { SshEndpoint } from '../../platform/config/inventory-types.ts';
import { findKnownHosts } from './known-hosts.ts';

/** A `HostKeyAlias` is in the file without a port. */
const SSH_PORT = 22;

/** The keys that a host may and may not present. */
export interface Trust {
  /** Fingerprints and key lines, from the inventory and from `known_hosts`. */
  readonly pins: readonly string[];
  /** Key lines marked `@revoked`: refused even where they are pinned. */
  readonly revoked: readonly string[];
  /** `known_hosts` trusts a certificate authority for this host; FortiGates present plain keys. */
  readonly authority: boolean;
}

/** Read at use, so that a key pinned a minute ago counts. Rejects with `ftm_config_invalid` for a file it cannot read. */
export async function loadTrust(endpoint: SshEndpoint): Promise<Trust> {
  const { alias, address, port, hostKeys, knownHosts, knownHostsFiles = [], hostKeyAlias } = endpoint;
  const texts = [
    ...(knownHosts === undefined ? [] : [await readKnownHosts(alias, knownHosts)]),
    // An SSH configuration may name files that do not exist.
    ...(await Promise.all(knownHostsFiles.map((file) => readFile(file, 'utf8').catch(() => '')))),
  ];
  const filePort = hostKeyAlias === undefined ? port : SSH_PORT;
  const lines = texts.flatMap((text) => findKnownHosts(text, hostKeyAlias ?? address, filePort));
  const keys = (marker?: string) => lines.filter((each) => each.marker === marker).map(({ key }) => key);
  return {
    pins: [...hostKeys, ...keys()],
    revoked: keys('revoked'),
    authority: keys('cert-authority').length > 0,
  };
}

async function readKnownHosts(alias: string, path: string): Promise<string> {
  const file = path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new FtmError('ftm_config_invalid', `The known_hosts file ${path} cannot be read.`, {
      advice: `The inventory names it for ${alias}. Check that it exists and that the user of this process may read it.`,
      cause,
    });
  }
}
