import { type FollowUpRead, followUps } from '../engine/diagnosis/follow-ups.ts';
import type { EvidenceItem } from '../engine/evidence/types.ts';
import { commandSpec, commandWith } from '../engine/fortios/commands.ts';
import { directoryFailures } from '../engine/fortios/output/event-log.ts';
import { parseSystemStatus } from '../engine/fortios/output/system-status.ts';
import { parseVersion } from '../engine/fortios/version.ts';
import { FtmError } from '../engine/ftm-error.ts';
import { type Logger, silentLogger } from '../platform/observe/logger.ts';
import { openBudget } from './budget.ts';
import { isFlood, isLoss, tooSlow } from './collect/collect-failures.ts';
import { collectItems } from './collect/collect-items.ts';
import { toItem } from './collect/command-results.ts';
import { wantedCommands } from './collect/command-runner.ts';
import { type CliScope, Navigator } from './collect/navigator.ts';
import type { Collect, CollectionRequest } from './collector.ts';
import { createDeviceConnection, type OnReceived } from './device-connection.ts';
import { connectionError, timedOut } from './device-errors.ts';
import { DEBUG_SESSION_TIMING, type DebugSessionTiming } from './live/debug-session.ts';
import { watchLogin } from './live/live-check.ts';
import { switchOffLeftover } from './live/switch-off.ts';
import type { ReadSecret } from './transport/credential.ts';

export interface CollectorOptions {
  readonly readSecret: ReadSecret;
  /** It never receives secrets or output, only events. */
  readonly logger?: Pick<Logger, 'debug'> | undefined;
  readonly onReceived?: OnReceived | undefined;
  readonly timing?: Partial<DebugSessionTiming>;
}

/**
 * Reads devices over SSH. Every promise settles within the device's job budget and the time of a live session with its
 * closing, and leaves no socket behind.
 */
export function createCollector(options: CollectorOptions): Collect {
  const { readSecret, logger = silentLogger, onReceived, timing } = options;
  return async (request) => {
    const { device, live, onSent } = request;
    const jobMs = device.timeouts.job + (live?.seconds ?? 0) * 1000;
    using job = openBudget(jobMs, () => timedOut(device, 'job'), request.signal);
    const { signal } = job;
    await using connection = createDeviceConnection({ device, readSecret, logger, onSent, onReceived });
    try {
      request.onProgress?.({ phase: 'connecting', step: 0, steps: wantedCommands(request).length });
      const navigator = new Navigator(await connection.connect(signal), connection, signal);
      if (request.closeDebugFirst) {
        const left = await switchOffLeftover(navigator, { signal, fast: timing?.fast });
        await request.onLeftover?.(left === 'off');
      }
      const items = await collectItems(navigator, request, signal);
      const times = { ...DEBUG_SESSION_TIMING, ...timing };
      const watch = { navigator, connection, request, items, timing: times, signal };
      const read = live ? [...items, await watchLogin({ ...watch, live })] : items;
      const more = await collectFollowUps(navigator, request, read);
      await navigator.leave();
      return [...read, ...more];
    } catch (error) {
      throw error instanceof FtmError ? error : connectionError(device, error);
    }
  };
}

/**
 * Reads what the answers call for, after a live session too. They add to an answer that is complete without them: a device
 * that is lost on the way, or prints too much, ends the reading, and nothing else.
 */
async function collectFollowUps(
  navigator: Navigator,
  request: CollectionRequest,
  items: readonly EvidenceItem[],
): Promise<readonly EvidenceItem[]> {
  const more: EvidenceItem[] = [];
  try {
    for (const each of followUps(items, { isSweep: request.isSweep ?? false })) {
      const item = await readFollowUp(navigator, request, items, each);
      if (item) more.push(item);
    }
  } catch (error) {
    if (!(isLoss(error) || isFlood(error)) || request.signal?.aborted) throw error;
  }
  return more;
}

async function readFollowUp(
  navigator: Navigator,
  request: CollectionRequest,
  items: readonly EvidenceItem[],
  { id, word, vdom }: FollowUpRead,
): Promise<EvidenceItem | undefined> {
  const status = items.find(({ command }) => command === commandSpec('system-status').text)?.text ?? '';
  const version = parseVersion(parseSystemStatus(status.split('\n')).version?.value ?? '');
  const command = word === undefined ? commandSpec(id).text : commandWith(id, word);
  const scope: CliScope = vdom === undefined ? { kind: 'root' } : { kind: 'vdom', name: vdom };
  if (command === undefined || version === undefined || (await navigator.go(scope))) return undefined;
  const reading = word === undefined ? await navigator.run(id) : await navigator.runWith(id, word);
  const result = reading === 'timeout' ? { id, vdom, failure: tooSlow(request) } : { id, vdom, reading };
  const item = toItem(result, version, command);
  if (id !== 'event-log') return item;
  const now = parseSystemStatus(status.split('\n')).systemTime?.value ?? Number.POSITIVE_INFINITY;
  const text = directoryFailures(item.text.split('\n'), now).join('\n');
  return item.failure || text === '' ? undefined : { ...item, text };
}
