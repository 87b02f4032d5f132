import { buildDevice, DEFAULT_TIMEOUTS, type SshLookup } from './build-device.ts';
import { buildEscalation, pagerDeviceLists } from './build-escalation.ts';
import type { InventoryFile } from './inventory-schema.ts';
import type { Device, Inventory } from './inventory-types.ts';
import { buildJumpHosts } from './jump-hosts.ts';
import { unknownNames } from './listed-devices.ts';
import type { BuildProblem } from './schema-parts.ts';
import { sweepDeviceLists, sweepProblems } from './sweep-problems.ts';

export interface InventoryRules {
  /** Workspaces that may install the app, if several may: every grant must then name its workspaces. */
  readonly teams?: readonly string[] | undefined;
  /** What the SSH configuration says about a host; absent if none is used. */
  readonly sshHost?: SshLookup | undefined;
}

/** Merges defaults, groups and devices and checks what a schema cannot express. Pure. */
export function buildInventory(
  file: InventoryFile,
  { teams, sshHost }: InventoryRules = {},
): { readonly inventory: Inventory } | { readonly problems: readonly BuildProblem[] } {
  const problems: BuildProblem[] = [];
  const devices = new Map<string, Device>();
  const notes = new Set<string>();
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
    const device = buildDevice(alias, entry, file, { jumpHosts, sshHost, notes });
    if ('reason' in device) problems.push({ path, reason: device.reason });
    else devices.set(alias.toLowerCase(), device);
  }
  const lists = [
    ...file.access.map(({ devices: names }, index) => [['access', index, 'devices'], names] as const),
    ...(file.escalation === undefined ? [] : pagerDeviceLists(file.escalation)),
    ...sweepDeviceLists(file.sweeps),
  ];
  problems.push(...unknownNames(file, lists), ...checkTeams(file, teams));
  const escalation = file.escalation && buildEscalation(file.escalation, teams);
  problems.push(...(escalation?.problems ?? []), ...sweepProblems(file, teams));

  if (problems.length > 0) return { problems };
  return {
    inventory: {
      devices,
      grants: file.access,
      channels: new Map(Object.entries(file.channels)),
      sweeps: new Map(file.sweeps.map((sweep) => [sweep.name, sweep])),
      sshConfigNotes: notes.size > 0 ? [...notes] : undefined,
      escalation: escalation?.settings,
    },
  };
}

function checkTeams({ access }: InventoryFile, teams: InventoryRules['teams']): readonly BuildProblem[] {
  if (teams === undefined) return [];
  const example = teams.includes('*') ? 'T012AB3CD' : teams.join(', ');
  const reason = `does not say for which workspaces, and several can install the app; add this to it: teams: [${example}]`;
  return access.flatMap((grant, index) =>
    grant.teams === undefined ? [{ path: ['access', index], reason }] : [],
  );
}
