import { existsSync } from 'node:fs';
import { nearNames } from '../../engine/fortios/near-names.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import { loadInventory } from '../../platform/config/inventory.ts';
import type { Device, Inventory } from '../../platform/config/inventory-types.ts';
import { findDevice } from '../../platform/config/listed-devices.ts';
import { deviceFromSshConfig } from '../../platform/config/ssh-config/ssh-lookup.ts';
import { type Io, printNow } from '../terminal/io.ts';

export interface DeviceSource {
  readonly inventory: string;
  /** The path of an SSH configuration, or `true` for the one in the home folder. */
  readonly sshConfig?: string | true;
}

export interface DeviceDirectory {
  /** Absent if only the SSH configuration names devices. */
  readonly inventory?: Inventory;
  /** Throws `ftm_unknown_device`, which names similar devices. */
  readonly named: (host: string) => Device;
}

/**
 * The devices of an inventory file, and with `sshConfig` those that the SSH configuration names. Rejects with
 * `ftm_inventory_*`.
 */
export async function openDeviceDirectory(source: DeviceSource, io: Io): Promise<DeviceDirectory> {
  const { inventory: path, sshConfig } = source;
  const env = io.env;
  const isWithout = sshConfig !== undefined && !existsSync(path);
  const inventory = isWithout ? undefined : await loadInventory(path, { sshConfig, env });
  const printed = new Set<string>();
  const printOnce = (notes: readonly string[] = []) => {
    for (const note of notes) if (!printed.has(note)) printNow(io.stderr, `Note: ${note}`);
    for (const note of notes) printed.add(note);
  };
  return {
    inventory,
    named(host) {
      const device = inventory && findDevice(inventory, host);
      if (device) {
        printOnce(inventory.sshConfigNotes);
        return device;
      }
      const found = sshConfig && deviceFromSshConfig(host, sshConfig, { env });
      if (!found) throw unknownDevice(host, source, inventory);
      printOnce(found.notes);
      return found.device;
    },
  };
}

/** Rejects with `ftm_unknown_device` and `ftm_inventory_*`. */
export async function openNamedDevice(host: string, source: DeviceSource, io: Io): Promise<Device> {
  return (await openDeviceDirectory(source, io)).named(host);
}

function unknownDevice(host: string, source: DeviceSource, inventory: Inventory | undefined): FtmError {
  const { inventory: path, sshConfig } = source;
  const where = [
    ...(inventory ? [path] : []),
    ...(sshConfig === undefined ? [] : [sshConfig === true ? '~/.ssh/config' : sshConfig]),
  ];
  const aliases = [...(inventory?.devices.values() ?? [])].map(({ alias }) => alias);
  const near = nearNames(aliases, host);
  const rule =
    sshConfig === undefined
      ? 'ftm-check connects only to devices of the inventory.'
      : 'ftm-check connects only to devices of the inventory, and to hosts that a `Host` line names without wildcards.';
  return new FtmError('ftm_unknown_device', `There is no device named ${host} in ${where.join(' or ')}.`, {
    advice: near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `${rule}${devicesText(aliases)}`,
  });
}

const MAX_LISTED = 10;

function devicesText(aliases: readonly string[]): string {
  if (aliases.length === 0) return '';
  const more = aliases.length > MAX_LISTED ? `, and ${aliases.length - MAX_LISTED} more` : '';
  return ` The inventory has ${aliases.slice(0, MAX_LISTED).join(', ')}${more}.`;
}
