import type { Device, Grant, Inventory } from '../config/inventory-types.ts';
import { findDevice, findListedDevices, listsDevice } from '../config/listed-devices.ts';
import { LIVE_SECONDS } from '../config/live-limits.ts';

export interface AccessRequest {
  /** Slack user id. */
  readonly user: string;
  /** Slack channel id. */
  readonly channel: string;
  /** Workspace of the channel. Absent if no Slack user asked (an alert). */
  readonly team?: string;
  /** The person's own workspace, if it is another one (Slack Connect). */
  readonly home?: string;
  /** The person's Slack user groups, of those that grants name. */
  readonly userGroups?: readonly string[];
  /** Absent for pasted evidence: no device is contacted, but only people with any grant are served. */
  readonly alias?: string;
  /** A group, `customer:NAME`, `site:NAME` or `*`: instead of `alias`, all of its devices that the person may check. */
  readonly group?: string;
  /** Requested seconds of debug on the device. */
  readonly live?: number;
}

export type Decision =
  | {
      readonly kind: 'allowed';
      readonly device?: Device;
      /** Of a group, in the order of the inventory; at least one. */
      readonly devices?: readonly Device[];
    }
  | {
      readonly kind: 'refused';
      readonly reason:
        | 'no-grants'
        | 'not-this-person-or-channel'
        | 'not-this-device'
        | 'not-this-group'
        | 'too-many-look-ups'
        | 'live-not-here';
    }
  | {
      readonly kind: 'refused';
      readonly reason: 'live-out-of-bounds';
      readonly min: number;
      readonly max: number;
    };

/**
 * Denies by default. Pure. A device that is not granted and an unknown name give the same decision, so that no one
 * learns which aliases exist.
 */
export function decide(inventory: Inventory, request: AccessRequest): Decision {
  if (inventory.grants.length === 0) return { kind: 'refused', reason: 'no-grants' };
  const grants = inventory.grants.filter((grant) => grantsPerson(grant, request));
  if (grants.length === 0) return { kind: 'refused', reason: 'not-this-person-or-channel' };
  if (request.group !== undefined) return decideGroup(inventory, grants, request.group);
  if (request.alias === undefined) return { kind: 'allowed' };

  const device = findDevice(inventory, request.alias);
  // A name that no device has is compared with the grants too, so that its refusal takes as long.
  const asked = device ?? { alias: request.alias, groups: [] };
  const isGranted = grantsDevice(grants, asked);
  if (!device || !isGranted) return { kind: 'refused', reason: 'not-this-device' };
  const refused = request.live === undefined ? undefined : refuseLive(device, request.live);
  return refused ?? { kind: 'allowed', device };
}

/** An unknown group, and one without a device that is granted, give the same decision after the same comparisons. */
function decideGroup(inventory: Inventory, grants: readonly Grant[], group: string): Decision {
  const devices = findListedDevices(listGranted(inventory, grants), group);
  return devices.length === 0 ? { kind: 'refused', reason: 'not-this-group' } : { kind: 'allowed', devices };
}

/** Debug is a temporary change of state: the inventory must allow it for the device. */
export function refuseLive(
  { live }: Device,
  seconds: number,
): Extract<Decision, { kind: 'refused' }> | undefined {
  if (!live) return { kind: 'refused', reason: 'live-not-here' };
  const { min } = LIVE_SECONDS;
  const max = live.maxSeconds;
  if (Number.isInteger(seconds) && seconds >= min && seconds <= max) return undefined;
  return { kind: 'refused', reason: 'live-out-of-bounds', min, max };
}

/** Aliases this person may use in this channel: only these appear in help texts and suggestions. */
export function allowedAliases(
  inventory: Inventory,
  request: Omit<AccessRequest, 'alias'>,
): readonly string[] {
  const grants = inventory.grants.filter((grant) => grantsPerson(grant, request));
  return listGranted(inventory, grants).map(({ alias }) => alias);
}

/**
 * Aliases this person may use in any channel, for places without a channel. Grants to everybody in a channel are
 * excluded: its members are unknown here.
 */
export function aliasesEverywhere(
  inventory: Inventory,
  person: Omit<AccessRequest, 'channel' | 'alias' | 'live'>,
): readonly string[] {
  const grants = inventory.grants.filter((grant) => {
    if (!grantsWorkspace(grant, person)) return false;
    const isOpen = grant.users === undefined && grant.userGroups === undefined;
    return (isOpen || names(grant, person)) && (grant.channels?.includes('*') ?? !isOpen);
  });
  return listGranted(inventory, grants).map(({ alias }) => alias);
}

/** User groups to query in Slack; empty if no grant names one. */
export function namedUserGroups({ grants }: Inventory): readonly string[] {
  return [...new Set(grants.flatMap(({ userGroups = [] }) => userGroups))];
}

function grantsPerson(grant: Grant, request: AccessRequest): boolean {
  if (!grantsWorkspace(grant, request)) return false;
  const { users, userGroups, channels } = grant;
  if (users === undefined && userGroups === undefined) {
    return channels !== undefined && lists(channels, request.channel);
  }
  return names(grant, request) && lists(channels, request.channel);
}

/**
 * Without `teams`, a grant covers people of the bot's workspace; people of other workspaces need `teams` with theirs.
 */
function grantsWorkspace({ teams }: Grant, { team, home }: Pick<AccessRequest, 'team' | 'home'>): boolean {
  if (teams === undefined) return home === undefined;
  const from = home ?? team;
  return from === undefined || lists(teams, from);
}

function names({ users, userGroups }: Grant, person: Pick<AccessRequest, 'user' | 'userGroups'>): boolean {
  if (users?.includes('*') || users?.includes(person.user)) return true;
  return userGroups?.some((group) => person.userGroups?.includes(group)) ?? false;
}

function lists(list: readonly string[] | undefined, id: string): boolean {
  return list === undefined || list.includes('*') || list.includes(id);
}

function grantsDevice(grants: readonly Grant[], device: Pick<Device, 'alias' | 'groups'>): boolean {
  return grants.some((grant) => listsDevice(grant.devices, device));
}

function listGranted({ devices }: Inventory, grants: readonly Grant[]): readonly Device[] {
  return [...devices.values()].filter((device) => grantsDevice(grants, device));
}

/** Returns the person's user groups among those that grants name. Never rejects. */
export type UserGroupsOf = (
  person: Partial<AccessRequest> & Pick<AccessRequest, 'user'>,
) => Promise<readonly string[]>;
