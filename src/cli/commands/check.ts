import { refuseLive } from '../../access/decide.ts';
import type { Device } from '../../config/inventory-types.ts';
import { readSecret } from '../../config/read-secret.ts';
import { createCollector } from '../../device/create-collector.ts';
import { FtmError } from '../../ftm-error.ts';
import { checkDevice } from '../../jobs/check-device.ts';
import { liveRefusal } from '../../jobs/live-refusal.ts';
import { statusOfVerdict } from '../exit-status.ts';
import type { Io } from '../io.ts';
import type { CheckOptions } from '../options.ts';
import { printDiagnosis } from '../print-diagnosis.ts';
import { showProgress } from '../show-progress.ts';
import { deviceNamed } from './device-named.ts';
import { dryRun } from './dry-run.ts';

export async function check(host: string, options: CheckOptions, io: Io): Promise<number> {
  const { user, vdom, live } = options;
  if (options.dryRun && live !== undefined) {
    throw new FtmError('ftm_usage', '--dry-run only reads, and --live switches debug on.', {
      advice: 'Use one of them.',
    });
  }
  const device = await deviceNamed(host, options.inventory);
  if (live !== undefined) mayWatch(device, live);
  const collect = createCollector({ readSecret: (ref) => readSecret(ref, io.env) });
  const startedAt = performance.now();
  using progress = showProgress(device.alias, io);
  if (options.dryRun) return dryRun({ device, collect, options, onProgress: progress.update }, io);
  const diagnosis = await checkDevice(
    {
      device,
      ...(user === undefined ? {} : { user }),
      ...(vdom === undefined ? {} : { vdom }),
      ...(live === undefined ? {} : { live }),
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

function mayWatch(device: Device, seconds: number): void {
  const refused = refuseLive(device, seconds);
  const error = refused && liveRefusal(refused, device.alias);
  if (error) throw error;
}
