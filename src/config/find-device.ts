import type { Device, Inventory } from './inventory-types.ts';

/** By alias, upper and lower case alike. Never by address: a name outside the inventory is not a device. */
export function findDevice(inventory: Inventory, name: string): Device | undefined {
  return inventory.devices.get(name.trim().toLowerCase());
}
