import { refuseLive } from '../../access/decide.ts';
import type { Device } from '../../config/inventory-types.ts';
import { readSecret } from '../../config/read-secret.ts';
import type { CollectionProgress } from '../../device/collector.ts';
import { createCollector } from '../../device/create-collector.ts';
import { DEBUG_OFF } from '../../fortios/debug-commands.ts';
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
  const onProgress = (value: CollectionProgress) => {
    io.lastWords?.(isOpen(value) ? mayBeOn(device.alias) : undefined);
    progress.update(value);
  };
  const diagnosis = await checkDevice(
    {
      device,
      ...(user === undefined ? {} : { user }),
      ...(vdom === undefined ? {} : { vdom }),
      ...(live === undefined ? {} : { live }),
      signal: io.signal,
      onProgress,
    },
    collect,
  ).finally(() => io.lastWords?.(undefined));
  progress.clear();
  const tookMs = Math.round(performance.now() - startedAt);
  await printDiagnosis(diagnosis, { format: options.format, tookMs }, io);
  return statusOfVerdict(diagnosis.verdict);
}

function isOpen({ phase }: CollectionProgress): boolean {
  return phase === 'watching' || phase === 'closing';
}

function mayBeOn(alias: string): string {
  return `The debug on ${alias} may still be on: please run \`${DEBUG_OFF.join('` and `')}\` there.`;
}

function mayWatch(device: Device, seconds: number): void {
  const refused = refuseLive(device, seconds);
  const error = refused && liveRefusal(refused, device.alias);
  if (error) throw error;
}
