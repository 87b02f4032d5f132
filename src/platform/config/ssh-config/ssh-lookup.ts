import { homedir, userInfo } from 'node:os';
import { FtmError } from '../../../engine/ftm-error.ts';
import { buildDevice, DEFAULT_TIMEOUTS, type SshLookup } from '../build-device.ts';
import { inventorySchema } from '../inventory-schema.ts';
import type { Device } from '../inventory-types.ts';
import { buildJumpHosts } from '../jump-hosts.ts';
import { ALIAS } from '../name-patterns.ts';
import { loadSshConfig, type SshConfigLine } from './load.ts';
import { resolveSshHost } from './resolve.ts';

const DEFAULT_SSH_CONFIG = '~/.ssh/config';

/** Where the configuration is read; by default where this process runs. */
export interface SshConfigSource {
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  readonly home?: string | undefined;
}

/** Reads a configuration once. `true` is the one in the home folder. Throws `ftm_config_invalid`. */
export function sshLookup(path: string | true, source: SshConfigSource): SshLookup {
  const { env = process.env, home = homedir() } = source;
  const config = loadSshConfig(path === true ? DEFAULT_SSH_CONFIG : path, home);
  const context = { config, home, env, localUser: localUser(env), connectMs: DEFAULT_TIMEOUTS.connect };
  return (host, { user, port }) =>
    resolveSshHost(context, { host, user, port: port === undefined ? undefined : String(port) });
}

/** Whether a `Host` line names it without wildcards. */
function namesHost(config: readonly SshConfigLine[], host: string): boolean {
  return config.some(
    ({ keyword, values, included }) =>
      (keyword === 'host' && values.includes(host)) || included?.some((file) => namesHost(file, host)),
  );
}

/** A container may run with an id that has no name. */
function localUser(env: NonNullable<SshConfigSource['env']>): string {
  try {
    return userInfo().username;
  } catch {
    return env.USER ?? '';
  }
}

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
