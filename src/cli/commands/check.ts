import { findDevice, nearAliases } from '../../config/find-device.ts';
import { loadInventory } from '../../config/inventory.ts';
import type { Device, Inventory } from '../../config/inventory-types.ts';
import { readSecret } from '../../config/read-secret.ts';
import { createCollector } from '../../device/create-collector.ts';
import { FtmError } from '../../ftm-error.ts';
import { checkDevice } from '../../jobs/check-device.ts';
import { statusOfVerdict } from '../exit-status.ts';
import type { Io } from '../io.ts';
import { printDiagnosis } from '../print-diagnosis.ts';
import type { CheckOptions } from '../program.ts';
import { showProgress } from '../show-progress.ts';

export async function check(host: string, options: CheckOptions, io: Io): Promise<number> {
  if (options.live !== undefined) {
    throw new FtmError('ftm_usage', '--live is not built yet.', {
      advice: 'Run the check without it, or analyze the debug output of one login with `ftm-check analyze`.',
    });
  }
  const device = deviceNamed(host, await loadInventory(options.inventory), options.inventory);
  const collect = createCollector({ readSecret: (ref) => readSecret(ref, io.env) });
  const startedAt = performance.now();
  using progress = showProgress(device.alias, io);
  const { user, vdom } = options;
  const diagnosis = await checkDevice(
    {
      device,
      ...(user === undefined ? {} : { user }),
      ...(vdom === undefined ? {} : { vdom }),
      signal: io.signal,
      onProgress: progress.update,
    },
    collect,
  );
  progress.clear();
  const tookMs = Math.round(performance.now() - startedAt);
  await printDiagnosis(diagnosis, { format: options.format, tookMs }, io);
  return statusOfVerdict(diagnosis.verdict);
}

function deviceNamed(host: string, inventory: Inventory, path: string): Device {
  const device = findDevice(inventory, host);
  if (device) return device;
  const aliases = [...inventory.devices.values()].map(({ alias }) => alias);
  const near = nearAliases(aliases, host);
  throw new FtmError('ftm_unknown_device', `There is no device named ${host} in ${path}.`, {
    advice:
      near.length > 0
        ? `Did you mean ${near.join(' or ')}?`
        : 'Only devices of the inventory are connected to.',
  });
}
