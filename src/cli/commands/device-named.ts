import { findDevice } from '../../config/find-device.ts';
import { loadInventory } from '../../config/inventory.ts';
import type { Device } from '../../config/inventory-types.ts';
import { nearNames } from '../../fortios/near-names.ts';
import { FtmError } from '../../ftm-error.ts';

/** The device of an inventory file; rejects with `ftm_unknown_device`, naming the ones that may have been meant. */
export async function deviceNamed(host: string, path: string): Promise<Device> {
  const inventory = await loadInventory(path);
  const device = findDevice(inventory, host);
  if (device) return device;
  const aliases = [...inventory.devices.values()].map(({ alias }) => alias);
  const near = nearNames(aliases, host);
  throw new FtmError('ftm_unknown_device', `There is no device named ${host} in ${path}.`, {
    advice:
      near.length > 0
        ? `Did you mean ${near.join(' or ')}?`
        : 'ftm-check connects only to devices of the inventory.',
  });
}
