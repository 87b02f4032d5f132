import { findDevice } from '../../config/find-device.ts';
import type { Device, Inventory } from '../../config/inventory-types.ts';

/** Looks up each name as an alias first, then as an address; `192.0.2.1:9100` names its host. */
export function findAlertedDevice(inventory: Inventory, names: readonly string[]): Device | undefined {
  for (const name of names) {
    const host = withoutPort(name.trim());
    const device =
      findDevice(inventory, host) ??
      [...inventory.devices.values()].find(({ address }) => address.toLowerCase() === host.toLowerCase());
    if (device !== undefined) return device;
  }
  return undefined;
}

function withoutPort(name: string): string {
  const bracketed = /^\[([0-9a-f:.]+)\](?::\d+)?$/i.exec(name)?.[1];
  return bracketed ?? name.replace(/^([^:]+):\d{1,5}$/, '$1');
}
