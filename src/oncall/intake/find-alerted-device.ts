import type { AlertSettings } from '../../platform/config/escalation-types.ts';
import { findDevice } from '../../platform/config/find-device.ts';
import type { Device, Inventory } from '../../platform/config/inventory-types.ts';
import type { IncomingAlert } from './alert.ts';

export type AlertedDevice =
  | { readonly kind: 'device'; readonly device: Device }
  | { readonly kind: 'none' }
  /** It may mean several devices, so it starts nothing. `reason`: for people, without the names of these devices. */
  | { readonly kind: 'ambiguous'; readonly reason: string };

const NONE = { kind: 'none' } as const;

/**
 * Finds the device that an alert is about. The label that says so decides alone; else an alias in any other label
 * comes before an address; the text is read only where no label names a device, and must name exactly one.
 */
export function findAlertedDevice(
  inventory: Inventory,
  { device, names, words = [] }: Pick<IncomingAlert, 'device' | 'names' | 'words'>,
  settings: Pick<AlertSettings, 'names'> = {},
): AlertedDevice {
  const look = (name: string) => lookUp(inventory, name, settings.names);
  if (device !== undefined) return toAlerted(device, look(device));
  const found = names.map((name) => ({ name, ...look(name) }));
  const named = found.find(({ by }) => by === 'name') ?? found.find(({ devices }) => devices.length > 0);
  if (named !== undefined) return toAlerted(named.name, named);
  const mentioned = new Set(
    words.flatMap((word) => {
      const { devices } = look(word);
      return devices.length === 1 ? devices : [];
    }),
  );
  const [only, ...others] = mentioned;
  if (only === undefined) return NONE;
  if (others.length === 0) return { kind: 'device', device: only };
  return { kind: 'ambiguous', reason: `its text names several devices: name one in the label ${LABEL}` };
}

/** Addresses that several devices have, with the devices. */
export function listSharedAddresses({ devices }: Inventory): ReadonlyMap<string, readonly Device[]> {
  const byAddress = Map.groupBy(devices.values(), ({ address }) => address.toLowerCase());
  return new Map([...byAddress].filter(([, sharing]) => sharing.length > 1));
}

const LABEL = '`device`';

interface LookUp {
  readonly by: 'name' | 'address';
  readonly devices: readonly Device[];
}

/** `192.0.2.1:9100` names its host. */
function lookUp(inventory: Inventory, name: string, names: AlertSettings['names']): LookUp {
  const host = withoutPort(name.trim());
  const device = findDevice(inventory, names?.get(name.trim()) ?? names?.get(host) ?? host);
  if (device !== undefined) return { by: 'name', devices: [device] };
  const address = host.toLowerCase();
  const sharing = [...inventory.devices.values()].filter((each) => each.address.toLowerCase() === address);
  return { by: 'address', devices: sharing };
}

function toAlerted(name: string, { devices }: LookUp): AlertedDevice {
  const [device, ...others] = devices;
  if (device === undefined) return NONE;
  if (others.length === 0) return { kind: 'device', device };
  const reason = `${devices.length} devices have the address ${withoutPort(name.trim())}: name one in the label ${LABEL}`;
  return { kind: 'ambiguous', reason };
}

function withoutPort(name: string): string {
  const bracketed = /^\[([0-9a-f:.]+)\](?::\d+)?$/i.exec(name)?.[1];
  return bracketed ?? name.replace(/^([^:]+):\d{1,5}$/, '$1');
}
