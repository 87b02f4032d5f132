import { silentRefusal } from '../../engine/evidence/cli-failure.ts';
import type { CommandFailure } from '../../engine/evidence/types.ts';
import { type CliError, classifyOutput } from '../../engine/fortios/cli-error.ts';
import {
  type DebugApplication,
  type DebugCommand,
  debugLine,
  MAX_DEBUG_MINUTES,
} from '../../engine/fortios/debug-commands.ts';
import { parseDebugInfo } from '../../engine/fortios/output/debug-info.ts';
import { parsePerformanceStatus } from '../../engine/fortios/output/performance-status.ts';
import type { FortiosVersion } from '../../engine/fortios/version.ts';
import { inSpan } from '../../platform/observe/tracing.ts';
import type { Navigator } from '../collect/navigator.ts';
import { explainCliRefusal, notRun } from '../collect/refusal.ts';
import { sessionLost } from '../device-errors.ts';
import type { Session } from '../session/session.ts';
import type { Shell } from '../session/shell.ts';
import { writeKey, writeLine } from '../session/write-command.ts';
import type { DebugCapture } from './debug-capture.ts';
import type { DebugSessionEnd, LiveRequest } from './live-types.ts';

/** Milliseconds; tests use shorter times. */
export interface DebugSessionTiming {
  /** Interval of the keys that keep the session from the idle logout. */
  readonly keepAwake: number;
  /** Interval at which the lines so far are evaluated. */
  readonly evaluate: number;
  /** Listening continues for this long after the login was seen, for its last lines. */
  readonly afterLogin: number;
  /** How long a lost device is tried again, to disable the debug: a failover takes its time. */
  readonly closeWhenLost: number;
  /** The same if the check is to stop: the queue abandons a cancelled job after 15 s, and a person waits. */
  readonly closeWhenStopped: number;
  /** See `SwitchOffOptions`. */
  readonly fast?: number;
}

export const DEBUG_SESSION_TIMING: DebugSessionTiming = {
  keepAwake: 30_000,
  evaluate: 2_000,
  afterLogin: 2_000,
  closeWhenLost: 30_000,
  closeWhenStopped: 10_000,
};

const MAX_LINE_LENGTH = 512 * 1024;

export interface ListenOptions {
  readonly session: Session;
  readonly live: LiveRequest;
  readonly capture: DebugCapture;
  readonly timing: DebugSessionTiming;
  readonly signal: AbortSignal;
  readonly onProgress: (remainingMs: number, lines: number, logins: number) => void;
}

/** Prepares everything except the output: returns the daemons whose debug the device knows, or why there is none. */
export async function prepareDebugSession(
  session: Session,
  applications: readonly DebugApplication[],
  seconds: number,
  version: FortiosVersion | undefined,
): Promise<readonly DebugApplication[] | CommandFailure> {
  // One minute more than requested: the debug must not end before we close it.
  const minutes = Math.min(MAX_DEBUG_MINUTES, Math.ceil(seconds / 60) + 1);
  const refused = await send(session, { id: 'debug-reset' });
  if (refused) return explain(refused, { id: 'debug-reset' }, version);
  // Optional: without them the output is the same, and debug ends after the FortiOS default of 30 minutes.
  await send(session, { id: 'debug-duration', minutes });
  await send(session, { id: 'debug-timestamp' });
  const taken: DebugApplication[] = [];
  let refusal: CliError | undefined;
  for (const application of applications) {
    const unknown = await send(session, { id: 'debug-application', application });
    if (unknown) refusal ??= unknown;
    else taken.push(application);
  }
  return refusal && taken.length === 0 ? explain(refusal, { id: 'debug-enable' }, version) : taken;
}

async function send(session: Session, command: DebugCommand): Promise<CliError | undefined> {
  const { lines } = await session.move({ kind: 'debug', command });
  return classifyOutput(lines);
}

function explain(
  error: CliError,
  command: DebugCommand,
  version: FortiosVersion | undefined,
): CommandFailure {
  return explainCliRefusal(error, debugLine(command) ?? '', version);
}

/**
 * Enables the output and listens. From here on there are no answers, only lines, with prompts and echoes among them.
 * Rejects if the session is lost or the signal aborts; the lines until then are in the capture.
 */
export function listenToDebug(options: ListenOptions): Promise<DebugSessionEnd> {
  const attributes = { 'ftm.command': 'debug-enable', 'ftm.seconds': options.live.seconds };
  return inSpan('debug window', { kind: 'client', attributes }, async (span) => {
    const ended = await listenUntilEnd(options);
    span.set({ 'ftm.outcome': ended, 'ftm.lines': options.capture.lines.length });
    return ended;
  });
}

async function listenUntilEnd(options: ListenOptions): Promise<DebugSessionEnd> {
  const { session, live, capture, timing, signal, onProgress } = options;
  const { shell } = session.wire;
  const began = performance.now();
  const until = began + live.seconds * 1000;
  let enoughAt: number | undefined;
  let awakeAt = began + timing.keepAwake;
  let evaluateAt = began;
  let evaluated = -1;
  let progress = { logins: 0, complete: false };
  shell.screen.drop();
  writeLine(shell.channel, { kind: 'debug', command: { id: 'debug-enable' } });
  for (;;) {
    const now = performance.now();
    if (shell.screen.lines.length > 0) {
      for (const line of shell.screen.lines) capture.add(line, now);
      shell.screen.drop();
    }
    // A line that does not end would never be added to the capture.
    if (capture.isFlood() || shell.screen.size() > MAX_LINE_LENGTH) return 'flood';
    if (now >= evaluateAt) {
      evaluateAt = now + timing.evaluate;
      if (live.evaluate && capture.lines.length > evaluated) progress = live.evaluate(capture.lines);
      evaluated = capture.lines.length;
      // What looked like the end may not be one: another server may still know the user.
      enoughAt = progress.complete ? (enoughAt ?? now + timing.afterLogin) : undefined;
      onProgress(Math.max(0, until - now), capture.lines.length, progress.logins);
    }
    if (enoughAt !== undefined && now >= enoughAt) return 'login';
    if (now >= until) return 'time';
    if (live.stop?.aborted) return 'stopped';
    if (now >= awakeAt) {
      awakeAt = now + timing.keepAwake;
      writeKey(shell.channel, 'keep-awake');
    }
    const pause = Math.max(1, Math.min(until, enoughAt ?? until, awakeAt, evaluateAt) - now);
    const news = await newsOrStop(shell, signal, live.stop, pause);
    if (news === 'closed') throw sessionLost(session.device);
  }
}

/** The same as `shell.news`, which `stop` ends early. */
async function newsOrStop(
  shell: Shell,
  signal: AbortSignal,
  stop: AbortSignal | undefined,
  ms: number,
): Promise<'data' | 'idle' | 'closed'> {
  if (!stop) return await shell.news(signal, ms);
  try {
    return await shell.news(AbortSignal.any([signal, stop]), ms);
  } catch (error) {
    if (stop.aborted && !signal.aborted) return 'idle';
    throw error;
  }
}

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
