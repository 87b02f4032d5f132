import { findDevice } from '../config/find-device.ts';
import type { Device, Grant, Inventory } from '../config/inventory-types.ts';
import { LIVE_SECONDS } from '../config/live-limits.ts';

export interface AccessRequest {
  /** Slack user id. */
  readonly user: string;
  /** Slack channel id. */
  readonly channel: string;
  /** Workspace that the bot was asked in. Absent where nobody in Slack asked (an alert). */
  readonly team?: string;
  /** The person's own workspace, where it is another one (Slack Connect). */
  readonly home?: string;
  /** Slack user groups the person is in, of those that grants name. */
  readonly userGroups?: readonly string[];
  /** Absent for evidence that a person brings: no device is touched, but only those with any grant are served. */
  readonly alias?: string;
  /** Seconds for which debug shall be switched on there. */
  readonly live?: number;
}

export type Decision =
  | { readonly kind: 'allowed'; readonly device?: Device }
  | {
      readonly kind: 'refused';
      readonly reason:
        | 'no-grants'
        | 'not-this-person-or-channel'
        | 'not-this-device'
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
 * Deny by default. Pure. A device that is not granted and a name that no device has are one decision: nobody learns which
 * aliases exist.
 */
export function decide(inventory: Inventory, request: AccessRequest): Decision {
  if (inventory.grants.length === 0) return { kind: 'refused', reason: 'no-grants' };
  const grants = inventory.grants.filter((grant) => grantsPerson(grant, request));
  if (grants.length === 0) return { kind: 'refused', reason: 'not-this-person-or-channel' };
  if (request.alias === undefined) return { kind: 'allowed' };

  const device = findDevice(inventory, request.alias);
  if (!device || !grants.some((grant) => grantsDevice(grant, device)))
    return { kind: 'refused', reason: 'not-this-device' };
  const refused = request.live === undefined ? undefined : refuseLive(device, request.live);
  return refused ?? { kind: 'allowed', device };
}

/** Debug is a change of state, if a passing one: whoever runs ftm-check has to have said yes to it for the device. */
export function refuseLive(
  { live }: Device,
  seconds: number,
): Extract<Decision, { kind: 'refused' }> | undefined {
  if (!live) return { kind: 'refused', reason: 'live-not-here' };
  const { least } = LIVE_SECONDS;
  const most = live.mostSeconds;
  if (Number.isInteger(seconds) && seconds >= least && seconds <= most) return undefined;
  return { kind: 'refused', reason: 'live-out-of-bounds', min: least, max: most };
}

/** Aliases this person may use in this channel: the only ones that help texts and suggestions may name. */
export function allowedAliases(
  inventory: Inventory,
  request: Omit<AccessRequest, 'alias'>,
): readonly string[] {
  const grants = inventory.grants.filter((grant) => grantsPerson(grant, request));
  return [...inventory.devices.values()]
    .filter((device) => grants.some((grant) => grantsDevice(grant, device)))
    .map((device) => device.alias);
}

/**
 * Aliases this person may use wherever they ask, for a place that is no channel. What a channel grants to everybody in
 * it is not among them: from here nobody knows who is in it.
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
  return [...inventory.devices.values()]
    .filter((device) => grants.some((grant) => grantsDevice(grant, device)))
    .map((device) => device.alias);
}

/** The groups that have to be asked for; without any, nobody needs to ask Slack. */
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

/** Without `teams`, people of the workspace that the bot is in; people of other workspaces only where `teams` lists theirs. */
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

function grantsDevice(grant: Grant, device: Device): boolean {
  return grant.devices.some((name) => name === '*' || name === device.alias || device.groups.includes(name));
}
