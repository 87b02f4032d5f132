import { withoutMessages } from '../../engine/fortios/async-messages.ts';
import { debugLine } from '../../engine/fortios/debug-commands.ts';
import { parsePromptLine } from '../../engine/fortios/prompt.ts';

/** The echo of the command that enables debug is at the beginning of the capture. */
const OPENED = debugLine({ id: 'debug-enable' });

/** Lines in any one second. A login with full debug prints some hundred lines. */
const MAX_LINES = 3_000;
const MAX_CHARS = 512 * 1024;
/** Characters in total. */
const MAX_KEPT_CHARS = 4 * 1024 * 1024;

/** `now`: milliseconds of a monotonic clock. */
export function createCapture(host: string) {
  const lines: string[] = [];
  let kept = 0;
  let second = { from: Number.NEGATIVE_INFINITY, lines: 0, characters: 0 };
  let flood = false;

  function count(line: string, now: number): void {
    if (now - second.from >= 1000) second = { from: now, lines: 0, characters: 0 };
    second.lines += 1;
    second.characters += line.length;
    kept += line.length + 1;
    if (second.lines > MAX_LINES || second.characters > MAX_CHARS || kept > MAX_KEPT_CHARS) flood = true;
  }

  return {
    lines,
    /** Whether there was more output than one login prints, or than a device should be made to print. */
    isFlood: () => flood,
    add(raw: string, now: number) {
      const line = withoutTyping(raw, host);
      if (line === '' || line === OPENED || flood) return;
      count(line, now);
      lines.push(line);
    },
  };
}

/** Output of a debug session, without what we typed into it. */
export type DebugCapture = ReturnType<typeof createCapture>;

/** The prompt, and the echo of the keys that keep the session open, precede the next line that a daemon prints. */
function withoutTyping(raw: string, host: string): string {
  const line = withoutMessages(raw).replaceAll(' \b', '').replaceAll('\b', '');
  if (!line.startsWith(host)) return line.trim() === '' ? '' : line;
  return parsePromptLine(line, host)?.command ?? line;
}
