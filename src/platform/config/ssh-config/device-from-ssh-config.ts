import { homedir } from 'node:os';
import { FtmError } from '../../../engine/ftm-error.ts';
import { buildDevice } from '../build-device.ts';
import { inventorySchema } from '../inventory-schema.ts';
import type { Device } from '../inventory-types.ts';
import { buildJumpHosts } from '../jump-hosts.ts';
import { ALIAS } from '../name-patterns.ts';
import { loadSshConfig } from './load.ts';
import { DEFAULT_SSH_CONFIG, namesHost, type SshConfigSource, sshLookup } from './ssh-lookup.ts';

/**
 * A device that only the SSH configuration has: undefined unless a `Host` line names it without wildcards. Throws
 * `ftm_config_invalid` if its settings cannot be used. `notes`: settings that were not used.
 */
export function deviceFromSshConfig(
  host: string,
  path: string | true,
  source: SshConfigSource,
): { readonly device: Device; readonly notes: readonly string[] } | undefined {
  const home = source.home ?? homedir();
  const config = loadSshConfig(path === true ? DEFAULT_SSH_CONFIG : path, home);
  if (!ALIAS.test(host) || !namesHost(config, host)) return undefined;
  const file = inventorySchema.parse({ devices: { [host]: {} } });
  const notes = new Set<string>();
  const jumpHosts = buildJumpHosts({}, 0);
  const device = buildDevice(host, { hostKeys: [], groups: [] }, file, {
    jumpHosts,
    notes,
    sshHost: sshLookup(path, source),
  });
  if ('reason' in device) {
    throw new FtmError('ftm_config_invalid', `${host} ${device.reason}.`, {
      advice: `\`ssh -G ${host}\` shows its settings in the SSH configuration. An inventory can state others.`,
    });
  }
  return { device, notes: [...notes] };
}
