import type { AlertSettings } from '../../platform/config/escalation-schema.ts';
import type { Device, Inventory } from '../../platform/config/inventory-types.ts';
import { findDevice } from '../../platform/config/listed-devices.ts';
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
  { source, device, names, words = [] }: Pick<IncomingAlert, 'source' | 'device' | 'names' | 'words'>,
  settings: Pick<AlertSettings, 'labels'> & Partial<Pick<AlertSettings, 'names'>> = {},
): AlertedDevice {
  const advice = `name one in ${nameDecider(source, settings)}`;
  const look = (name: string) => lookUp(inventory, name, settings.names);
  if (device !== undefined) return toAlerted(device, look(device), advice);
  const found = names.map((name) => ({ name, ...look(name) }));
  const named = found.find(({ by }) => by === 'name') ?? found.find(({ devices }) => devices.length > 0);
  if (named !== undefined) return toAlerted(named.name, named, advice);
  const mentioned = words.map((word) => ({ name: word, ...look(word) }));
  const [only, ...others] = new Set(
    mentioned.flatMap(({ devices }) => (devices.length === 1 ? devices : [])),
  );
  if (others.length > 0) return { kind: 'ambiguous', reason: `its text names several devices: ${advice}` };
  if (only !== undefined) return { kind: 'device', device: only };
  const shared = mentioned.find(({ devices }) => devices.length > 1);
  return shared === undefined ? NONE : toAlerted(shared.name, shared, advice);
}

/** What decides alone which device an alert is about. */
function nameDecider(
  source: IncomingAlert['source'],
  { labels: [first] = [] }: Pick<AlertSettings, 'labels'>,
): string {
  if (source === 'pagerduty') return 'the title';
  return source === 'generic' ? 'the field `device`' : `the label \`${first ?? 'device'}\``;
}

/** Addresses that several devices have, with the devices. */
export function listSharedAddresses({ devices }: Inventory): ReadonlyMap<string, readonly Device[]> {
  const byAddress = Map.groupBy(devices.values(), ({ address }) => address.toLowerCase());
  return new Map([...byAddress].filter(([, sharing]) => sharing.length > 1));
}

interface LookUp {
  readonly by: 'name' | 'address';
  readonly devices: readonly Device[];
}

/** `192.0.2.1:9100` names its host. */
function lookUp(inventory: Inventory, name: string, names?: AlertSettings['names']): LookUp {
  const host = withoutPort(name.trim());
  const device = findDevice(inventory, findMapped(name.trim(), names) ?? findMapped(host, names) ?? host);
  if (device !== undefined) return { by: 'name', devices: [device] };
  const address = host.toLowerCase();
  const sharing = [...inventory.devices.values()].filter((each) => each.address.toLowerCase() === address);
  return { by: 'address', devices: sharing };
}

/** Domain names are the same in upper and lower case. */
function findMapped(name: string, names: AlertSettings['names'] = {}): string | undefined {
  const wanted = name.toLowerCase();
  return Object.entries(names).find(([known]) => known.toLowerCase() === wanted)?.[1];
}

function toAlerted(name: string, { devices }: LookUp, advice: string): AlertedDevice {
  const [device, ...others] = devices;
  if (device === undefined) return NONE;
  if (others.length === 0) return { kind: 'device', device };
  const reason = `${devices.length} devices have the address ${withoutPort(name.trim())}: ${advice}`;
  return { kind: 'ambiguous', reason };
}

function withoutPort(name: string): string {
  const bracketed = /^\[([0-9a-f:.]+)\](?::\d+)?$/i.exec(name)?.[1];
  return bracketed ?? name.replace(/^([^:]+):\d{1,5}$/, '$1');
}
