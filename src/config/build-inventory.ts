import { buildEscalation } from './build-escalation.ts';
import type { BuildProblem } from './build-problem.ts';
import { credentialOf } from './credential-of.ts';
import { milliseconds } from './inventory-parts.ts';
import type { DeviceEntry, DeviceSettings, InventoryFile } from './inventory-schema.ts';
import type { Device, Grant, Inventory, Timeouts } from './inventory-types.ts';
import { buildJumpHosts, type JumpHosts } from './jump-hosts.ts';
import { LIVE_SECONDS } from './live-limits.ts';

/**
 * SSH to a busy FortiGate takes seconds, its slowest answers (a full interface list on a chassis) tens of seconds;
 * the whole check must still end while the person waits.
 */
const DEFAULT_TIMEOUTS: Timeouts = { connect: 15_000, command: 30_000, job: 180_000 };

/** Rules for an inventory beside its schema. */
export interface InventoryRules {
  /** Workspaces that may install the app, if several may: every grant must then name its workspaces. */
  readonly teams?: readonly string[] | undefined;
}

/** Merges defaults, groups and devices and checks what a schema cannot express. Pure. */
export function buildInventory(
  file: InventoryFile,
  { teams }: InventoryRules = {},
): { readonly inventory: Inventory } | { readonly problems: readonly BuildProblem[] } {
  const problems: BuildProblem[] = [];
  const devices = new Map<string, Device>();
  const jumpHosts = buildJumpHosts(file.jumpHosts, DEFAULT_TIMEOUTS.connect);
  problems.push(...jumpHosts.problems);

  for (const [alias, entry] of Object.entries(file.devices)) {
    const path = ['devices', alias];
    const duplicate = devices.get(alias.toLowerCase());
    if (duplicate)
      problems.push({ path, reason: `differs from ${duplicate.alias} only in upper and lower case` });
    if (alias in file.groups) problems.push({ path, reason: 'has the name of a group' });
    for (const [index, group] of entry.groups.entries()) {
      if (!(group in file.groups)) {
        problems.push({ path: [...path, 'groups', index], reason: `${group} is not in groups` });
      }
    }
    const device = buildDevice(alias, entry, file, jumpHosts);
    if ('reason' in device) problems.push({ path, reason: device.reason });
    else devices.set(alias.toLowerCase(), device);
  }
  problems.push(...checkGrants(file), ...checkTeams(file, teams));
  const escalation = file.escalation && buildEscalation(file.escalation, namesOf(file));
  problems.push(...(escalation?.problems ?? []));

  if (problems.length > 0) return { problems };
  return {
    inventory: {
      devices,
      grants: file.access.map(grantOf),
      channels: new Map(Object.entries(file.channels)),
      ...(escalation ? { escalation: escalation.settings } : {}),
    },
  };
}

function buildDevice(
  alias: string,
  entry: DeviceEntry,
  file: InventoryFile,
  jumpHosts: JumpHosts,
): Device | { readonly reason: string } {
  const layers: readonly DeviceSettings[] = [
    entry,
    ...entry.groups.map((group) => file.groups[group] ?? {}),
    file.defaults,
  ];
  const first = <K extends keyof DeviceSettings>(key: K) =>
    layers.find((layer) => layer[key] !== undefined)?.[key];

  const username = first('username');
  if (username === undefined) return { reason: 'has no username, nor have its groups and the defaults' };
  const credential = credentialOf(layers);
  if ('reason' in credential) return credential;
  const jump = first('jump') || undefined;
  const jumps = jump === undefined ? undefined : jumpHosts.chainTo(jump);
  if (jumps === 'unknown') return { reason: `is behind ${jump}, which is not in jumpHosts` };
  const live = liveOf(first('live') ?? false);
  if (live && 'reason' in live) return live;
  const vdom = first('vdom');
  const knownHosts = first('knownHosts');
  return {
    alias,
    address: entry.address,
    port: first('port') ?? 22,
    username,
    credential,
    hostKeys: entry.hostKeys,
    knownHosts,
    jumps,
    vdom,
    live,
    groups: entry.groups,
    algorithms: first('algorithms') ?? 'modern',
    timeouts: timeoutsOf(layers),
  };
}

function liveOf(written: NonNullable<DeviceSettings['live']>): Device['live'] | { readonly reason: string } {
  if (written === false) return undefined;
  if (written === true) return { mostSeconds: LIVE_SECONDS.usual };
  const mostSeconds = Math.floor(milliseconds(written.max) / 1000);
  const { least, most } = LIVE_SECONDS;
  if (mostSeconds >= least && mostSeconds <= most) return { mostSeconds };
  return { reason: `has live for ${mostSeconds} s: ${least} s is the least and ${most} s the most` };
}

function timeoutsOf(layers: readonly DeviceSettings[]): Timeouts {
  const pick = (key: keyof Timeouts): number => {
    const text = layers.find((layer) => layer.timeouts?.[key] !== undefined)?.timeouts?.[key];
    return text === undefined ? DEFAULT_TIMEOUTS[key] : milliseconds(text);
  };
  return { connect: pick('connect'), command: pick('command'), job: pick('job') };
}

function checkGrants(file: InventoryFile): readonly BuildProblem[] {
  const names = namesOf(file);
  return file.access.flatMap((grant, index) =>
    grant.devices.flatMap((name, position) =>
      names.has(name)
        ? []
        : [
            {
              path: ['access', index, 'devices', position],
              reason: `${name} is neither a group nor a device`,
            },
          ],
    ),
  );
}

function checkTeams({ access }: InventoryFile, teams: InventoryRules['teams']): readonly BuildProblem[] {
  if (teams === undefined) return [];
  const example = teams.includes('*') ? 'T012AB3CD' : teams.join(', ');
  return access.flatMap((grant, index) =>
    grant.teams !== undefined
      ? []
      : [
          {
            path: ['access', index],
            reason: `does not say for which workspaces, and several can install the app; add this to it: teams: [${example}]`,
          },
        ],
  );
}

function namesOf(file: InventoryFile): ReadonlySet<string> {
  return new Set(['*', ...Object.keys(file.groups), ...Object.keys(file.devices)]);
}

function grantOf(grant: InventoryFile['access'][number]): Grant {
  return {
    users: grant.users,
    userGroups: grant.userGroups,
    channels: grant.channels,
    teams: grant.teams,
    devices: grant.devices,
  };
}
