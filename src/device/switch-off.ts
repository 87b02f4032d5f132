import { withoutMessages } from '../fortios/async-messages.ts';
import { classifyOutput } from '../fortios/cli-error.ts';
import { DEBUG_APPLICATIONS, type DebugApplication, type DebugCommand } from '../fortios/debug-commands.ts';
import { parseDebugInfo } from '../fortios/output/debug-info.ts';
import { inSpan } from '../observe/tracing.ts';
import { abortError, openBudget } from './budget.ts';
import { protocolError, sessionLost, timedOut } from './device-errors.ts';
import type { Navigator } from './navigator.ts';
import type { Session } from './session.ts';
import { wireText, writeLine } from './write-command.ts';

/** For one line of the three: the device may still have a lot to print that it has in hand. */
const LINE_MS = 5_000;
/** A line of a daemon may push the prompt away, and no second one comes. */
const SETTLE_MS = 250;
/** One of these ends what needs no answer; after `disable` it is worth some time to know that the device listens. */
const SILENCES_AFTER_DISABLE = 4;
/** Characters of one answer, or of a line that does not end: more is no answer to what we ask. */
const MAX_OUTPUT_LENGTH = 512 * 1024;
const MAX_ATTEMPTS = 2;
/** On a slower device ending ours one by one could outlast the time there is for closing. */
const FAST_MS = 1_500;

export type SwitchedOff = 'off' | 'refused' | 'unconfirmed';

export interface SwitchOffOptions {
  /** Daemons whose debug may be ours. */
  readonly ours: readonly DebugApplication[];
  readonly signal: AbortSignal;
  /** Told what was still printed. */
  readonly onLine?: (line: string) => void;
  /** Called with the daemons whose debug another administrator enabled; it was left on. */
  readonly onOthers?: (daemons: readonly string[]) => void;
  /** Milliseconds; a device is fast that takes no longer for the two first lines. */
  readonly fast?: number | undefined;
}

/**
 * Ends our debug where the session stands, and has the device say so. Takes any state of the session: in the midst of
 * output, with debug lines between its echo and its prompt. Rejects when the signal aborts or the session is lost.
 * Where the device shows that somebody else's debug runs too, only ours is ended; where that does not work, all of it.
 */
export async function switchOff(session: Session, options: SwitchOffOptions): Promise<SwitchedOff> {
  const { ours, fast = FAST_MS } = options;
  const say = (command: DebugCommand) => sayLoosely(session, command, options);
  const began = performance.now();
  for (let tries = 0; tries < MAX_ATTEMPTS; tries += 1) {
    const disabled = await say({ id: 'debug-disable' });
    if (tries === 0 && disabled?.isWhole && !classifyOutput(disabled.lines)) {
      const others = othersIn(await say({ id: 'debug-info' }), ours);
      const isFast = performance.now() - began < fast;
      if (others.length > 0 && isFast && (await switchOffOurs(say, options))) return 'off';
    }
    const reset = await say({ id: 'debug-reset' });
    if (reset && classifyOutput(reset.lines)) return 'refused';
    const info = await say({ id: 'debug-info' });
    if (!info?.isWhole) continue;
    if (isOff(info.lines, ours) ?? (reset !== undefined && isHarmless(info.lines))) return 'off';
  }
  return 'unconfirmed';
}

type Say = (command: DebugCommand) => Promise<Answer | undefined>;

/** True once the device shows that nothing of ours runs any more. */
async function switchOffOurs(say: Say, { ours, onOthers }: SwitchOffOptions): Promise<boolean> {
  for (const application of ours) {
    const answer = await say({ id: 'debug-application-off', application });
    if (!answer || classifyOutput(answer.lines)) return false;
  }
  const info = await say({ id: 'debug-info' });
  if (!info?.isWhole || isOff(info.lines, ours) !== true) return false;
  onOthers?.(othersIn(info, ours));
  return true;
}

/**
 * Debug left by another process, possibly long ago: if the device reports that it no longer runs, nothing is changed,
 * since any running debug belongs to another administrator then.
 */
export async function switchOffLeftover(
  navigator: Navigator,
  options: Pick<SwitchOffOptions, 'signal' | 'fast'>,
): Promise<SwitchedOff> {
  const ask = () => sayLoosely(navigator.session(), { id: 'debug-info' }, options);
  let answer = await ask();
  if (answer && classifyOutput(answer.lines)) {
    if (await navigator.go({ kind: 'global' })) return 'refused';
    answer = await ask();
    if (answer && classifyOutput(answer.lines)) return 'refused';
  }
  const info = answer?.isWhole ? parseDebugInfo(answer.lines) : undefined;
  if (!info) return await switchOff(navigator.session(), { ...options, ours: DEBUG_APPLICATIONS });
  const ours = DEBUG_APPLICATIONS.filter((name) => info.running.includes(name));
  return ours.length === 0 ? 'off' : await switchOff(navigator.session(), { ...options, ours });
}

/** The same in a session of which only the first prompt is known: with VDOMs nothing of it exists at the root. */
export async function switchOffAnywhere(
  navigator: Navigator,
  options: SwitchOffOptions,
): Promise<SwitchedOff> {
  const here = await switchOff(navigator.session(), options);
  if (here !== 'refused' || (await navigator.go({ kind: 'global' }))) return here;
  return await switchOff(navigator.session(), options);
}

/** `undefined` where nothing can be read. */
function isOff(lines: readonly string[], ours: readonly string[]): boolean | undefined {
  const info = parseDebugInfo(lines);
  return info && info.printing !== true && !info.running.some((name) => ours.includes(name));
}

/** If the answer cannot be parsed, debug of others is not detected, and `reset` ends ours for certain. */
function othersIn(info: Answer | undefined, ours: readonly string[]): readonly string[] {
  const running = info?.isWhole ? (parseDebugInfo(info.lines)?.running ?? []) : [];
  return running.filter((name) => !ours.includes(name));
}

/** What cannot be read says nothing against a `reset` that the device took. */
function isHarmless(lines: readonly string[]): boolean {
  return lines.length > 0 && !classifyOutput(lines);
}

interface Answer {
  readonly lines: readonly string[];
  /** Up to the prompt: a busy device may be silent in the midst of what it says. */
  readonly isWhole: boolean;
}

/**
 * Sends a line and resolves with what stands behind its echo, up to the prompt or, where nothing depends on it, a silence;
 * `undefined` where no echo came in time.
 */
function sayLoosely(
  session: Session,
  command: DebugCommand,
  options: SayOptions,
): Promise<Answer | undefined> {
  const attributes = { 'ftm.command': command.id };
  return inSpan('device command', { kind: 'client', attributes }, async (span) => {
    const answer = await sayAndListen(session, command, options);
    span.set({ 'ftm.outcome': answer ? (classifyOutput(answer.lines)?.kind ?? 'answered') : 'timeout' });
    return answer;
  });
}

type SayOptions = Pick<SwitchOffOptions, 'signal' | 'onLine'>;

async function sayAndListen(
  { device, wire: { shell, matcher } }: Session,
  command: DebugCommand,
  { signal, onLine }: SayOptions,
): Promise<Answer | undefined> {
  const line = { kind: 'debug', command } as const;
  const text = wireText(line);
  using budget = openBudget(LINE_MS, () => timedOut(device, 'command'), signal);
  writeLine(shell.channel, line);
  const { screen } = shell;
  let answer: string[] | undefined;
  let length = 0;
  let lineFrom = screen.received();
  const most = command.id === 'debug-disable' ? SILENCES_AFTER_DISABLE : 1;
  let silences = 0;
  const told = (isWhole: boolean) =>
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
      return told(true);
    if (answer && silences >= most && command.id !== 'debug-info') return told(false);
    try {
      const news = await shell.news(budget.signal, answer ? SETTLE_MS : undefined);
      if (news === 'closed') throw sessionLost(device);
      silences = news === 'idle' ? silences + 1 : 0;
    } catch (error) {
      if (signal.aborted) throw abortError(signal);
      if (budget.signal.aborted) return told(false);
      throw error;
    }
  }
}
