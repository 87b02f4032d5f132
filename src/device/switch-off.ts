import { classifyOutput } from '../fortios/cli-error.ts';
import { DEBUG_APPLICATIONS } from '../fortios/debug-commands.ts';
import { parseDebugInfo } from '../fortios/output/debug-info.ts';
import { inSpan } from '../observe/tracing.ts';
import { abortError, openBudget } from './budget.ts';
import { sessionLost, timedOut } from './device-errors.ts';
import type { Navigator } from './navigator.ts';
import type { Session } from './session.ts';
import { wireText, writeLine } from './write-command.ts';

/** For one line of the three: the device may still have a lot to print that it has in hand. */
const LINE_MS = 5_000;
/** A line of a daemon may push the prompt away, and no second one comes. */
const SETTLE_MS = 250;
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
    if (reset && classifyOutput(reset)) return 'refused';
    const answer = await sayLoosely(session, 'debug-info', signal, onLine);
    if (answer && isOff(answer)) return 'off';
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
  if (answer && classifyOutput(answer)) {
    if (await navigator.go({ kind: 'global' })) return 'refused';
    answer = await ask();
    if (answer && classifyOutput(answer)) return 'refused';
  }
  const info = answer && parseDebugInfo(answer);
  if (info && !info.running.some((name) => OURS.has(name))) return 'off';
  return await switchOff(navigator.session(), signal);
}

/** The same in a session of which only the first prompt is known: with VDOMs nothing of it exists at the root. */
export async function switchOffAnywhere(navigator: Navigator, signal: AbortSignal): Promise<SwitchedOff> {
  const here = await switchOff(navigator.session(), signal);
  if (here !== 'refused' || (await navigator.go({ kind: 'global' }))) return here;
  return await switchOff(navigator.session(), signal);
}

/** Other daemons may be somebody else's, begun after our `reset`. What cannot be read at all says nothing against it. */
function isOff(lines: readonly string[]): boolean {
  const info = parseDebugInfo(lines);
  if (!info) return lines.length > 0 && !classifyOutput(lines);
  return info.printing !== true && !info.running.some((name) => OURS.has(name));
}

const OURS: ReadonlySet<string> = new Set(DEBUG_APPLICATIONS);

/**
 * Sends a line and resolves with what stands behind its echo, up to the prompt or a silence; `undefined` where no echo
 * came in time.
 */
function sayLoosely(
  session: Session,
  id: OffStep,
  signal: AbortSignal,
  onLine: (line: string) => void,
): Promise<readonly string[] | undefined> {
  return inSpan('device command', { kind: 'client', attributes: { 'ftm.command': id } }, async (span) => {
    const answer = await sayAndListen(session, id, signal, onLine);
    span.set({ 'ftm.outcome': answer ? (classifyOutput(answer)?.kind ?? 'answered') : 'timeout' });
    return answer;
  });
}

type OffStep = 'debug-disable' | 'debug-reset' | 'debug-info';

async function sayAndListen(
  { device, wire: { shell, matcher } }: Session,
  id: OffStep,
  signal: AbortSignal,
  onLine: (line: string) => void,
): Promise<readonly string[] | undefined> {
  const line = { kind: 'debug', command: { id } } as const;
  const text = wireText(line);
  using budget = openBudget(LINE_MS, () => timedOut(device, 'command'), signal);
  writeLine(shell.channel, line);
  let answer: string[] | undefined;
  let idle = false;
  for (;;) {
    for (const each of shell.screen.lines) {
      if (answer) answer.push(each);
      else if (each.trimEnd().endsWith(text)) answer = [];
      else onLine(each);
    }
    shell.screen.drop();
    if (answer && (idle || matcher.match(shell.screen.tail()))) return answer.filter((each) => each !== '');
    try {
      const news = await shell.news(budget.signal, answer ? SETTLE_MS : undefined);
      if (news === 'closed') throw sessionLost(device);
      idle = news === 'idle';
    } catch (error) {
      if (signal.aborted) throw abortError(signal);
      if (budget.signal.aborted) return answer;
      throw error;
    }
  }
}
