import { classifyOutput } from '../fortios/cli-error.ts';
import { DEBUG_APPLICATIONS } from '../fortios/debug-commands.ts';
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
/** Characters of one answer, or of a line that does not end: more is no answer to what we ask. */
const LONGEST = 512 * 1024;
const TRIES = 2;

export type SwitchedOff = 'off' | 'refused' | 'unconfirmed';

/**
 * Ends all debug where the session stands, and has the device say so. Takes any state of the session: in the midst of
 * output, with debug lines between its echo and its prompt. Rejects when the signal aborts or the session is lost.
 * `onLine` is told what was still printed.
 */
export async function switchOff(
  session: Session,
  signal: AbortSignal,
  onLine: (line: string) => void = () => {},
): Promise<SwitchedOff> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    await sayLoosely(session, 'debug-disable', signal, onLine);
    const reset = await sayLoosely(session, 'debug-reset', signal, onLine);
    if (reset && classifyOutput(reset.lines)) return 'refused';
    const info = await sayLoosely(session, 'debug-info', signal, onLine);
    if (info?.isWhole && (isOff(info.lines) ?? (reset !== undefined && isHarmless(info.lines)))) return 'off';
  }
  return 'unconfirmed';
}

/**
 * What another process left, maybe long ago: where the device says that nothing of it runs any more, nothing is touched,
 * since the debug that does run is then somebody else's.
 */
export async function switchOffLeftover(navigator: Navigator, signal: AbortSignal): Promise<SwitchedOff> {
  const ask = () => sayLoosely(navigator.session(), 'debug-info', signal, () => {});
  let answer = await ask();
  if (answer && classifyOutput(answer.lines)) {
    if (await navigator.go({ kind: 'global' })) return 'refused';
    answer = await ask();
    if (answer && classifyOutput(answer.lines)) return 'refused';
  }
  const info = answer?.isWhole ? parseDebugInfo(answer.lines) : undefined;
  if (info && !info.running.some((name) => OURS.has(name))) return 'off';
  return await switchOff(navigator.session(), signal);
}

/** The same in a session of which only the first prompt is known: with VDOMs nothing of it exists at the root. */
export async function switchOffAnywhere(navigator: Navigator, signal: AbortSignal): Promise<SwitchedOff> {
  const here = await switchOff(navigator.session(), signal);
  if (here !== 'refused' || (await navigator.go({ kind: 'global' }))) return here;
  return await switchOff(navigator.session(), signal);
}

/** Other daemons may be somebody else's, begun after our `reset`. `undefined` where nothing can be read. */
function isOff(lines: readonly string[]): boolean | undefined {
  const info = parseDebugInfo(lines);
  return info && info.printing !== true && !info.running.some((name) => OURS.has(name));
}

/** What cannot be read says nothing against a `reset` that the device took. */
function isHarmless(lines: readonly string[]): boolean {
  return lines.length > 0 && !classifyOutput(lines);
}

const OURS: ReadonlySet<string> = new Set(DEBUG_APPLICATIONS);

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
  id: OffStep,
  signal: AbortSignal,
  onLine: (line: string) => void,
): Promise<Answer | undefined> {
  return inSpan('device command', { kind: 'client', attributes: { 'ftm.command': id } }, async (span) => {
    const answer = await sayAndListen(session, id, signal, onLine);
    span.set({ 'ftm.outcome': answer ? (classifyOutput(answer.lines)?.kind ?? 'answered') : 'timeout' });
    return answer;
  });
}

type OffStep = 'debug-disable' | 'debug-reset' | 'debug-info';

async function sayAndListen(
  { device, wire: { shell, matcher } }: Session,
  id: OffStep,
  signal: AbortSignal,
  onLine: (line: string) => void,
): Promise<Answer | undefined> {
  const line = { kind: 'debug', command: { id } } as const;
  const text = wireText(line);
  using budget = openBudget(LINE_MS, () => timedOut(device, 'command'), signal);
  writeLine(shell.channel, line);
  const { screen } = shell;
  let answer: string[] | undefined;
  let length = 0;
  let lineFrom = screen.received();
  let idle = false;
  const told = (isWhole: boolean) =>
    answer && { lines: answer.filter((each) => each !== ''), isWhole: isWhole && length <= LONGEST };
  for (;;) {
    if (screen.lines.length > 0) lineFrom = screen.received();
    for (const each of screen.lines) {
      if (!answer) {
        if (each.trimEnd().endsWith(text)) answer = [];
        else onLine(each);
        continue;
      }
      length += each.length + 1;
      if (length <= LONGEST) answer.push(each);
    }
    screen.drop();
    if (screen.received() - lineFrom > LONGEST)
      throw protocolError('The device prints a line without an end.');
    if (answer && (matcher.match(screen.tail()) || (idle && answer.some((each) => matcher.match(each)))))
      return told(true);
    if (answer && idle && id !== 'debug-info') return told(false);
    try {
      const news = await shell.news(budget.signal, answer ? SETTLE_MS : undefined);
      if (news === 'closed') throw sessionLost(device);
      idle = news === 'idle';
    } catch (error) {
      if (signal.aborted) throw abortError(signal);
      if (budget.signal.aborted) return told(false);
      throw error;
    }
  }
}
