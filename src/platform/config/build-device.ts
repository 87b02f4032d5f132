import { pickCredential } from './credential.ts';
import type { DeviceEntry, DeviceSettings, InventoryFile } from './inventory-schema.ts';
import type { Device, JumpHost, Timeouts } from './inventory-types.ts';
import type { JumpHosts } from './jump-hosts.ts';
import { LIVE_SECONDS } from './live-limits.ts';
import type { SshHost } from './ssh-config/resolve.ts';

const SSH_PORT = 22;

/**
 * SSH to a busy FortiGate takes seconds, its slowest answers (a full interface list on a chassis) tens of seconds;
 * the whole check must still end while the person waits.
 */
export const DEFAULT_TIMEOUTS: Timeouts = { connect: 15_000, command: 30_000, job: 180_000 };

/** Looks a host up as `ssh HOST` would. `user` and `port`: what the inventory says. */
export type SshLookup = (
  host: string,
  given: { readonly user?: string | undefined; readonly port?: number | undefined },
) => SshHost | { readonly reason: string };

export interface BuildContext {
  readonly jumpHosts: JumpHosts;
  readonly sshHost: SshLookup | undefined;
  readonly notes: Set<string>;
}

/** A device of the inventory with the settings of its groups and the defaults. */
export function buildDevice(
  alias: string,
  entry: DeviceEntry,
  file: InventoryFile,
  { jumpHosts, sshHost, notes }: BuildContext,
): Device | { readonly reason: string } {
  const layers: readonly DeviceSettings[] = [
    entry,
    ...entry.groups.map((group) => file.groups[group] ?? {}),
    file.defaults,
  ];
  const first = <K extends keyof DeviceSettings>(key: K) =>
    layers.find((layer) => layer[key] !== undefined)?.[key];

  const port = first('port');
  const found = sshHost?.(entry.address ?? alias, { user: first('username'), port });
  if (found && 'reason' in found) return found;
  for (const note of found?.skipped ?? []) notes.add(note);
  const address = found?.address ?? entry.address;
  if (address === undefined) return { reason: 'has no address, and no sshConfig is set to look it up in' };
  const username = found?.username ?? first('username');
  if (username === undefined) return { reason: 'has no username, nor have its groups and the defaults' };
  const jumps = buildJumps(first('jump'), jumpHosts, found);
  if (jumps && 'reason' in jumps) return jumps;
  // The inventory takes precedence over the SSH configuration.
  const isStated = layers.some(({ password, privateKey, agent }) => password ?? privateKey ?? agent);
  const credential = isStated || !found ? pickCredential(layers) : found.credential;
  if ('reason' in credential) return credential;
  const live = buildLive(first('live') ?? false);
  if (live && 'reason' in live) return live;
  const knownHosts = first('knownHosts');
  return {
    alias,
    address,
    port: found?.port ?? port ?? SSH_PORT,
    username,
    credential,
    hostKeys: entry.hostKeys,
    knownHosts,
    knownHostsFiles: knownHosts === undefined ? found?.knownHostsFiles : undefined,
    hostKeyAlias: found?.hostKeyAlias,
    jumps,
    vdom: first('vdom'),
    live,
    customer: first('customer'),
    site: first('site'),
    ping: first('ping') === true || undefined,
    groups: entry.groups,
    algorithms: first('algorithms') ?? 'modern',
    timeouts: buildTimeouts(layers),
  };
}

function buildJumps(
  jump: DeviceSettings['jump'],
  jumpHosts: JumpHosts,
  found: SshHost | undefined,
): readonly JumpHost[] | { readonly reason: string } | undefined {
  if (jump === false) return undefined;
  if (jump === undefined) {
    const jumps = found?.jumps ?? [];
    return 'reason' in jumps || jumps.length > 0 ? jumps : undefined;
  }
  const jumps = jumpHosts.chainTo(jump);
  return jumps === 'unknown' ? { reason: `is behind ${jump}, which is not in jumpHosts` } : jumps;
}

function buildLive(
  written: NonNullable<DeviceSettings['live']>,
): Device['live'] | { readonly reason: string } {
  if (written === false) return undefined;
  if (written === true) return { maxSeconds: LIVE_SECONDS.default };
  const maxSeconds = Math.floor(written.max / 1000);
  const { min, max } = LIVE_SECONDS;
  if (maxSeconds >= min && maxSeconds <= max) return { maxSeconds };
  return { reason: `has live for ${maxSeconds} s, but the time must be ${min} to ${max} s` };
}

function buildTimeouts(layers: readonly DeviceSettings[]): Timeouts {
  const pick = (key: keyof Timeouts): number =>
    layers.find((layer) => layer.timeouts?.[key] !== undefined)?.timeouts?.[key] ?? DEFAULT_TIMEOUTS[key];
  return { connect: pick('connect'), command: pick('command'), job: pick('job') };
}
