import { findDevice } from '../../platform/config/find-device.ts';
import type { Device, Inventory } from '../../platform/config/inventory-types.ts';

/** An alert that names more devices is a list, and no cause to check all of them. */
const MAX_DEVICES = 10;

/**
 * The devices that the names mean, each once, in their order. Looks up each name as an alias first, then as an address;
 * `192.0.2.1:9100` names its host.
 */
export function findAlertedDevices(inventory: Inventory, names: readonly string[]): readonly Device[] {
  const found = new Set<Device>();
  for (const name of names) {
    const host = withoutPort(name.trim());
    const device =
      findDevice(inventory, host) ??
      [...inventory.devices.values()].find(({ address }) => address.toLowerCase() === host.toLowerCase());
    if (device !== undefined) found.add(device);
  }
  return [...found].slice(0, MAX_DEVICES);
}

function withoutPort(name: string): string {
  const bracketed = /^\[([0-9a-f:.]+)\](?::\d+)?$/i.exec(name)?.[1];
  return bracketed ?? name.replace(/^([^:]+):\d{1,5}$/, '$1');
}
