import { findDevice } from '../config/find-device.ts';
import type { Device, Grant, Inventory } from '../config/inventory-types.ts';

export interface AccessRequest {
  /** Slack user id. */
  readonly user: string;
  /** Slack channel id. */
  readonly channel: string;
  /** Absent for evidence that a person brings: no device is touched, but only those with any grant are served. */
  readonly alias?: string;
}

export type Decision =
  | { readonly kind: 'allowed'; readonly device?: Device }
  | { readonly kind: 'unknown-device' }
  | {
      readonly kind: 'refused';
      readonly reason: 'no-grants' | 'not-this-person-or-channel' | 'not-this-device';
    };

/** Deny by default. Pure. Who has no grant at all learns nothing about which aliases exist. */
export function decide(inventory: Inventory, request: AccessRequest): Decision {
  if (inventory.grants.length === 0) return { kind: 'refused', reason: 'no-grants' };
  const grants = inventory.grants.filter((grant) => grantsPerson(grant, request));
  if (grants.length === 0) return { kind: 'refused', reason: 'not-this-person-or-channel' };
  if (request.alias === undefined) return { kind: 'allowed' };

  const device = findDevice(inventory, request.alias);
  if (!device) return { kind: 'unknown-device' };
  if (!grants.some((grant) => grantsDevice(grant, device)))
    return { kind: 'refused', reason: 'not-this-device' };
  return { kind: 'allowed', device };
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

function grantsPerson(grant: Grant, { user, channel }: AccessRequest): boolean {
  if (grant.users === undefined && grant.channels === undefined) return false;
  return lists(grant.users, user) && lists(grant.channels, channel);
}

function lists(list: readonly string[] | undefined, id: string): boolean {
  return list === undefined || list.includes('*') || list.includes(id);
}

function grantsDevice(grant: Grant, device: Device): boolean {
  return grant.devices.some((name) => name === '*' || name === device.alias || device.groups.includes(name));
}
