import { withoutMessages } from '../../engine/fortios/async-messages.ts';
import { classifyOutput } from '../../engine/fortios/cli-error.ts';
import {
  DEBUG_APPLICATIONS,
  type DebugApplication,
  type DebugCommand,
} from '../../engine/fortios/debug-commands.ts';
import { parseDebugInfo } from '../../engine/fortios/output/debug-info.ts';
import { abortError } from '../../engine/ftm-error.ts';
import { inSpan } from '../../platform/observe/tracing.ts';
import { openBudget } from '../budget.ts';
import type { Navigator } from '../collect/navigator.ts';
import { protocolError, sessionLost, timedOut } from '../device-errors.ts';
import type { Session } from '../session/session.ts';
import { wireText, writeLine } from '../session/write-command.ts';
import { clearLeftFilter } from './ike-filter.ts';

/** Time for one of the three lines: the device may still have much output to print. */
const LINE_MS = 5_000;
/** A line of a daemon may push the prompt away, and no second one follows. */
const SETTLE_MS = 250;
/**
 * Silence that ends a line whose answer is not needed; after `disable` it is useful to know that the device responds.
 */
const SILENCES_AFTER_DISABLE = 4;
/** Maximum characters of one answer, or of a line that does not end: more is not an answer to our command. */
const MAX_OUTPUT_LENGTH = 512 * 1024;
const MAX_ATTEMPTS = 2;
/** On a slower device, disabling ours one by one could take longer than the time limit for closing. */
const FAST_MS = 1_500;

export type SwitchedOff = 'off' | 'refused' | 'unconfirmed';

export interface SwitchOffOptions {
  /** Daemons whose debug may be ours. */
  readonly ours: readonly DebugApplication[];
  readonly signal: AbortSignal;
  /** Called with what was still printed. */
  readonly onLine?: (line: string) => void;
  /** Called with the daemons whose debug another administrator enabled; it was left on. */
  readonly onOthers?: (daemons: readonly string[]) => void;
  /** Milliseconds; a device counts as fast if the first two lines take no longer. */
  readonly fast?: number | undefined;
}

/**
 * Disables our debug in the current session, and has the device confirm it. Accepts any state of the session: within
 * output, with debug lines between its echo and its prompt. Rejects if the signal aborts or the session is lost. If
 * the device shows that another person's debug is enabled too, only ours is disabled; if that fails, all of it.
 */
export async function switchOff(session: Session, options: SwitchOffOptions): Promise<SwitchedOff> {
  const { ours, fast = FAST_MS } = options;
  const send = (command: DebugCommand) => sendLoosely(session, command, options);
  const began = performance.now();
  for (let tries = 0; tries < MAX_ATTEMPTS; tries += 1) {
    const disabled = await send({ id: 'debug-disable' });
    if (tries === 0 && disabled?.isWhole && !classifyOutput(disabled.lines)) {
      const others = findOthers(await send({ id: 'debug-info' }), ours);
      const isFast = performance.now() - began < fast;
      if (others.length > 0 && isFast && (await switchOffOurs(send, options))) return 'off';
    }
    const reset = await send({ id: 'debug-reset' });
    if (reset && classifyOutput(reset.lines)) return 'refused';
    const info = await send({ id: 'debug-info' });
    if (!info?.isWhole) continue;
    // An answer that cannot be parsed does not contradict a `reset` that the device accepted.
    const isHarmless = reset !== undefined && info.lines.length > 0 && !classifyOutput(info.lines);
    if (isOff(info.lines, ours) ?? isHarmless) return 'off';
  }
  return 'unconfirmed';
}

type Send = (command: DebugCommand) => Promise<Answer | undefined>;

/** True once the device shows that none of our debug is enabled. */
async function switchOffOurs(send: Send, { ours, onOthers }: SwitchOffOptions): Promise<boolean> {
  for (const application of ours) {
    const answer = await send({ id: 'debug-application-off', application });
    if (!answer || classifyOutput(answer.lines)) return false;
  }
  const info = await send({ id: 'debug-info' });
  if (!info?.isWhole || isOff(info.lines, ours) !== true) return false;
  onOthers?.(findOthers(info, ours));
  return true;
}

/**
 * Debug left by another process, possibly long ago: if the device reports that none runs, nothing is changed,
 * since any running debug belongs to another administrator then.
 */
export async function switchOffLeftover(
  navigator: Navigator,
  options: Pick<SwitchOffOptions, 'signal' | 'fast'>,
): Promise<SwitchedOff> {
  const ask = () => sendLoosely(navigator.session(), { id: 'debug-info' }, options);
  let answer = await ask();
  if (answer && classifyOutput(answer.lines)) {
    if (await navigator.go({ kind: 'global' })) return 'refused';
    answer = await ask();
    if (answer && classifyOutput(answer.lines)) return 'refused';
  }
  const info = answer?.isWhole ? parseDebugInfo(answer.lines) : undefined;
  const ours = info ? DEBUG_APPLICATIONS.filter((name) => info.running.includes(name)) : DEBUG_APPLICATIONS;
  const off = ours.length === 0 ? 'off' : await switchOff(navigator.session(), { ...options, ours });
  return off === 'off' && !(await clearLeftFilter(navigator)) ? 'unconfirmed' : off;
}

/**
 * The same in a session of which only the first prompt is known: with VDOMs, none of the debug exists at the root.
 */
export async function switchOffAnywhere(
  navigator: Navigator,
  options: SwitchOffOptions,
): Promise<SwitchedOff> {
  const here = await switchOff(navigator.session(), options);
  if (here !== 'refused' || (await navigator.go({ kind: 'global' }))) return here;
  return await switchOff(navigator.session(), options);
}

/** `undefined` if nothing can be parsed. */
function isOff(lines: readonly string[], ours: readonly string[]): boolean | undefined {
  const info = parseDebugInfo(lines);
  return info && info.printing !== true && !info.running.some((name) => ours.includes(name));
}

/** If the answer cannot be parsed, debug of others is not detected, and `reset` ends ours for certain. */
function findOthers(info: Answer | undefined, ours: readonly string[]): readonly string[] {
  const running = info?.isWhole ? (parseDebugInfo(info.lines)?.running ?? []) : [];
  return running.filter((name) => !ours.includes(name));
}

interface Answer {
  readonly lines: readonly string[];
  /** Up to the prompt: a busy device may pause within its answer. */
  readonly isWhole: boolean;
}

/**
 * Sends a line and resolves with the text after its echo, up to the prompt or, if nothing depends on it, a silence;
 * `undefined` if no echo arrived in time.
 */
function sendLoosely(
  session: Session,
  command: DebugCommand,
  options: SendOptions,
): Promise<Answer | undefined> {
  const attributes = { 'ftm.command': command.id };
  return inSpan('device command', { kind: 'client', attributes }, async (span) => {
    const answer = await sendAndListen(session, command, options);
    span.set({ 'ftm.outcome': answer ? (classifyOutput(answer.lines)?.kind ?? 'answered') : 'timeout' });
    return answer;
  });
}

type SendOptions = Pick<SwitchOffOptions, 'signal' | 'onLine'>;

async function sendAndListen(
  { device, wire: { shell, matcher } }: Session,
  command: DebugCommand,
  { signal, onLine }: SendOptions,
): Promise<Answer | undefined> {
  const line = { kind: 'debug', command } as const;
  const text = wireText(line);
  using budget = openBudget(LINE_MS, () => timedOut(device, 'command'), signal);
  writeLine(shell.channel, line);
  const { screen } = shell;
  let answer: string[] | undefined;
  let length = 0;
  let lineFrom = screen.received();
  const max = command.id === 'debug-disable' ? SILENCES_AFTER_DISABLE : 1;
  let silences = 0;
  const answerSoFar = (isWhole: boolean) =>
    answer && {
      lines: answer.filter((each) => each !== ''),
      isWhole: isWhole && length <= MAX_OUTPUT_LENGTH,
    };
  for (;;) {
    if (screen.lines.length > 0) lineFrom = screen.received();
    for (const raw of screen.lines) {
      const each = withoutMessages(raw);
      if (each === '' && raw !== '') continue;
      if (!answer) {
        if (each.trimEnd().endsWith(text)) answer = [];
        else onLine?.(each);
        continue;
      }
      length += each.length + 1;
      if (length <= MAX_OUTPUT_LENGTH) answer.push(each);
    }
    screen.drop();
    if (screen.received() - lineFrom > MAX_OUTPUT_LENGTH)
      throw protocolError('The device prints a line without an end.', {
        advice: 'Look at its console: a debug of another person may be running.',
      });
    if (
      answer &&
      (matcher.match(screen.tail()) || (silences > 0 && answer.some((each) => matcher.match(each))))
    )
      return answerSoFar(true);
    if (answer && silences >= max && command.id !== 'debug-info') return answerSoFar(false);
    try {
      const news = await shell.news(budget.signal, answer ? SETTLE_MS : undefined);
      if (news === 'closed') throw sessionLost(device);
      silences = news === 'idle' ? silences + 1 : 0;
    } catch (error) {
      if (signal.aborted) throw abortError(signal);
      if (budget.signal.aborted) return answerSoFar(false);
      throw error;
    }
  }
}
