import type { Device, Inventory } from './inventory-types.ts';

/**
 * Finds a device by alias, case-insensitively. Addresses are not accepted: a name outside the inventory is not a
 * device.
 */
export function findDevice(inventory: Inventory, name: string): Device | undefined {
  return inventory.devices.get(name.trim().toLowerCase());
}
