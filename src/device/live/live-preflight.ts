import { silentRefusal } from '../../engine/evidence/cli-failure.ts';
import type { CommandFailure } from '../../engine/evidence/types.ts';
import { classifyOutput } from '../../engine/fortios/cli-error.ts';
import { debugLine } from '../../engine/fortios/debug-commands.ts';
import { parseDebugInfo } from '../../engine/fortios/output/debug-info.ts';
import { parsePerformanceStatus } from '../../engine/fortios/output/performance-status.ts';
import type { FortiosVersion } from '../../engine/fortios/version.ts';
import type { Navigator } from '../collect/navigator.ts';
import { explainCliRefusal, notRun } from '../collect/refusal.ts';

/** Percent; above these FortiOS is close to conserve mode, or has no CPU time left for debug. */
const MAX_CPU_PERCENT = 85;
const MAX_MEMORY_PERCENT = 85;

/** Why debug may not be enabled on the device now; `undefined` if it may. Changes nothing. */
export async function refuseDebugSession(
  navigator: Navigator,
  version: FortiosVersion | undefined,
): Promise<CommandFailure | undefined> {
  return (await refuseAsForeign(navigator, version)) ?? (await refuseAsBusy(navigator));
}

async function refuseAsForeign(
  navigator: Navigator,
  version: FortiosVersion | undefined,
): Promise<CommandFailure | undefined> {
  const command = { id: 'debug-info' } as const;
  const { lines } = await navigator.session().move({ kind: 'debug', command });
  const text = debugLine(command) ?? '';
  const refused = classifyOutput(lines);
  if (refused) return explainCliRefusal(refused, text, version);
  if (lines.length === 0) return silentRefusal(text);
  // If the answer cannot be parsed, debug of another administrator cannot be detected, and the check continues.
  const running = parseDebugInfo(lines)?.running ?? [];
  if (running.length === 0) return undefined;
  return notRun(
    `Debug is already enabled (${running.join(', ')}), possibly by another person; a live check would end it. ` +
      'Debug was not enabled.',
  );
}

async function refuseAsBusy(navigator: Navigator): Promise<CommandFailure | undefined> {
  const exchange = await navigator.run('performance');
  // Not every account may run this command, and it is only a precaution.
  if (exchange === 'timeout')
    return notRun('The device is too busy to report its load. Debug was not enabled.');
  const { cpu = 0, memory = 0 } = parsePerformanceStatus(exchange.lines);
  if (cpu <= MAX_CPU_PERCENT && memory <= MAX_MEMORY_PERCENT) return undefined;
  return notRun(
    `The device is busy (CPU ${cpu} %, memory ${memory} %), and debug would add load. Debug was not enabled.`,
  );
}
