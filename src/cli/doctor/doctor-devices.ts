import PQueue from 'p-queue';
import { createCollector } from '../../device/create-collector.ts';
import { parseSystemStatus } from '../../engine/fortios/output/system-status.ts';
import type { Device, Inventory } from '../../platform/config/inventory-types.ts';
import { readSecret } from '../../platform/config/read-secret.ts';
import { asFtmError } from '../process/explain-error.ts';
import { type CheckResult, failedResult, result } from '../terminal/check-result.ts';
import type { Io } from '../terminal/io.ts';

/** Some devices at once: a slow device delays the others less, and they do not all log in at the same time. */
const CONCURRENCY = 4;

/** Signs in to each device once and runs `get system status` only. Results are in inventory order. */
export async function checkDevices({ devices }: Inventory, io: Io): Promise<readonly CheckResult[]> {
  const line = new PQueue({ concurrency: CONCURRENCY });
  return await line.addAll([...devices.values()].map((device) => () => checkSignIn(device, io)));
}

async function checkSignIn(device: Device, io: Io): Promise<CheckResult> {
  const collect = createCollector({ readSecret: (ref) => readSecret(ref, io.env) });
  try {
    const [item] = await collect({ device, commands: [], signal: io.signal });
    const { model, version } = parseSystemStatus(item?.text.split('\n') ?? []);
    const found = [model?.value, version && `FortiOS ${version.value}`].filter(Boolean).join(', ');
    return result('device', true, `${device.alias}: signed in as ${device.username}; ${found}`);
  } catch (thrown) {
    return failedResult('device', asFtmError(thrown));
  }
}
