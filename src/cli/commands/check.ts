import { readSecret } from '../../config/read-secret.ts';
import { createCollector } from '../../device/create-collector.ts';
import { FtmError } from '../../ftm-error.ts';
import { checkDevice } from '../../jobs/check-device.ts';
import { statusOfVerdict } from '../exit-status.ts';
import type { Io } from '../io.ts';
import type { CheckOptions } from '../options.ts';
import { printDiagnosis } from '../print-diagnosis.ts';
import { showProgress } from '../show-progress.ts';
import { deviceNamed } from './device-named.ts';
import { dryRun } from './dry-run.ts';

export async function check(host: string, options: CheckOptions, io: Io): Promise<number> {
  if (options.live !== undefined) {
    throw new FtmError('ftm_usage', '--live is not built yet.', {
      advice: 'Run the check without it, or analyze the debug output of one login with `ftm-check analyze`.',
    });
  }
  const device = await deviceNamed(host, options.inventory);
  const collect = createCollector({ readSecret: (ref) => readSecret(ref, io.env) });
  const startedAt = performance.now();
  using progress = showProgress(device.alias, io);
  if (options.dryRun) return dryRun({ device, collect, options, onProgress: progress.update }, io);
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
