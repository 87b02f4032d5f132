/**
 * Messages that FortiOS daemons print into any session at any time: between lines, inside a line, in an echo, in or
 * after a prompt. This module removes them and joins what they split.
 */

/**
 * Exact texts without an open end: the end of a message decides which characters after it belong to the output. A
 * number at the end has one digit and precedes a space or a line end.
 */
const MESSAGES: readonly string[] = [
  'System file integrity \\w{1,40} check failed!',
  // HA synchronisation, with the wording before and after 6.4.
  "(?:slave|secondary)(?:'s)? (?:(?:configuration|external files) )?(?:is|are) not in sync with (?:master|primary)(?:'s)?, " +
    'sequence:\\d(?:(?:\\. | |\\.)\\(type [\\w-]{1,40}\\)|(?=\\s|$))',
  '(?:slave|secondary) starts to sync with (?:master|primary)',
  '(?:slave|secondary) succeeded to sync (?:external files )?with (?:master|primary)',
  'logout all admin users',
  'Wait for HA to be (?:primary|master) of all clusters\\.{3}',
  '(?:ge)?Get image from ha (?:primary|master) OK\\.',
  'Check image OK\\.',
  // Restart.
  'The system is going down NOW ?!!',
  'System is (?:rebooting|starting|shutting down)\\.{3}',
  'Please stand by while rebooting the system\\.(?:\\.\\.)?',
  'Restarting system\\.',
  'The system is halted\\.',
  // Licence.
  "\\*ATTENTION\\*: Admin sessions removed because license registration status changed to '[A-Za-z_ -]{1,40}'",
  "\\*ATTENTION\\*: license registration status changed to '[A-Za-z_ -]{1,40}'",
  // Resources and disks.
  '(?:The )?[Ss]ystem (?:has )?(?:enter(?:s|ed)|exit(?:s|ed)|left) (?:memory |kernel )?conserve mode',
  'Log disk is (?:almost )?full[.!]',
  'WARNING: File System Check Recommended! Unsafe reboot may have caused inconsistency in disk drive\\.',
  // A log line on the console: fields up to the end of the line. `execute log display` numbers its lines (`1: date=…`).
  '(?<!^\\d{1,4}: )date=\\d{4}-\\d\\d-\\d\\d time=\\d\\d:\\d\\d:\\d\\d (?:[a-z_]{1,30}=(?:"[^"\\n]{0,300}"|[^\\s"]{1,200}) ?){3,60}$',
];
const ANYWHERE = new RegExp(`(?:${MESSAGES.join('|')})`, 'g');
const UNCLEAR =
  /(?:is|are) not in sync with (?:master|primary)(?:'s)?, sequence:|(?<!^\d{1,4}: )date=\d{4}-\d\d-\d\d time=\d\d:\d\d:\d\d /;
/** One word of each message: most lines are tested for these only. */
const HINT =
  /integrity|(?:in|to) sync|logout all|Wait for HA|image (?:from|OK)|going down|System is|stand by|Restarting|halted|ATTENTION|conserve|Log disk|File System|^.{0,400}date=\d/;

/** Removes the messages from `text`. */
export function withoutMessages(text: string): string {
  return HINT.test(text) ? text.replace(ANYWHERE, '') : text;
}

/** Whether a message is followed by text that cannot be separated from it. */
export function holdsUnclearMessage(text: string): boolean {
  return UNCLEAR.test(text);
}

export function holdsMessage(text: string): boolean {
  return withoutMessages(text) !== text;
}

/** Whether one line, taken alone, is what the command prints. */
export type FitsLine = (line: string) => boolean;

/** Lines that messages split or separated, joined into one, with the numbers of the original lines. */
export interface JoinedLine {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** For a prompt or an echo, whose text is known: treats everything between two messages as one line. */
export function joinAroundMessages(lines: readonly string[]): readonly JoinedLine[] {
  const joined: JoinedLine[] = [];
  let isOpen = false;
  for (const [index, line] of lines.entries()) {
    const text = withoutMessages(line);
    const { starts, ends } = text === line ? NO_MESSAGE : messageEdges(line);
    const before = isOpen || starts ? joined.pop() : undefined;
    joined.push({ text: (before?.text ?? '') + text, from: before?.from ?? index, to: index });
    isOpen = ends;
  }
  return joined;
}

/**
 * The lines of one command's output without messages. A message with a line end of its own may be between two lines or
 * have split one: `fits` decides. If it cannot, both parts stay, and neither counts as a line of the output.
 */
export function cutMessages(lines: readonly string[], fits?: FitsLine): string[] {
  const kept: string[] = [];
  let seam: MessagePosition = 'none';
  for (const line of lines) {
    const rest = withoutMessages(line);
    if (rest === line) {
      append(kept, line, seam, fits);
      seam = 'none';
      continue;
    }
    const { starts, ends } = messageEdges(line);
    if (starts && seam === 'none') seam = 'between';
    if (rest === '') continue;
    append(kept, rest, seam, fits);
    seam = ends ? 'behind' : 'none';
  }
  return kept;
}

/** Position of a message before a line: between it and the previous one, or after the text of the previous one. */
type MessagePosition = 'none' | 'between' | 'behind';

const NO_MESSAGE = { starts: false, ends: false };

function messageEdges(line: string): { readonly starts: boolean; readonly ends: boolean } {
  const matches = [...line.matchAll(ANYWHERE)];
  const last = matches.at(-1);
  return {
    starts: matches[0]?.index === 0,
    ends: last !== undefined && last.index + last[0].length === line.length,
  };
}

function append(kept: string[], line: string, seam: MessagePosition, fits: FitsLine | undefined): void {
  const before = kept.at(-1);
  if (before !== undefined && seam !== 'none' && isSplit(before, line, seam, fits))
    kept[kept.length - 1] = before + line;
  else kept.push(line);
}

function isSplit(before: string, line: string, seam: MessagePosition, fits: FitsLine | undefined): boolean {
  const isIndent = before !== '' && before.trim() === '';
  // The message's own line end may leave an empty line.
  if (isIndent || line === '') return true;
  if (!fits) return seam === 'behind';
  return !(fits(before) && fits(line)) && fits(before + line);
}
