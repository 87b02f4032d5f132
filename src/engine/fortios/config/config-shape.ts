/**
 * Checks that lines are what `show` prints: whole blocks of `config`, `edit`, `set`. Stricter than the parser, which
 * reads what people paste: here every line must be one that FortiOS prints.
 */

const VALUE = `(?:"(?:[^"\\\\]|\\\\.)*"|'[^']*'|[^\\s"'][^\\s"]*)`;
const SETTING = new RegExp(`^ *(?:set|append|select|unselect) [\\w.:-]{1,80}(?: ${VALUE})+ ?$`);
/** A setting whose quoted value continues after the end of the line. */
const OPEN_SETTING = new RegExp(`^ *set ([\\w.:-]{1,80})(?: ${VALUE})* "(?:[^"\\\\]|\\\\.)*$`);
const STRUCTURE = new RegExp(
  `^ *(?:config [A-Za-z0-9][\\w.+-]*(?: [A-Za-z0-9][\\w.+-]*){0,5}|edit ${VALUE}|unset [\\w.:-]{1,80}|next|end) *$`,
);
/** Settings whose values contain line ends: texts by people, and keys. Other values are on one line. */
const MULTILINE =
  /comment|desc|buffer|cert|key|csr|^ca$|crl|message|alias|text|script|content|note|header|footer|banner|body|info/;
const PEM_LINE =
  /^(?:[A-Za-z0-9+/=]{1,80}|-----(?:BEGIN|END) [A-Z0-9 ]{1,40}-----|(?:Proc-Type|DEK-Info): .{1,80})?"?\r?$/;

/** Whether a line that begins outside quotes is one that FortiOS prints. */
export function fitsConfigLine(line: string): boolean {
  return (
    line.trim() === '' ||
    line.startsWith('#') ||
    STRUCTURE.test(line) ||
    SETTING.test(line) ||
    opensText(line)
  );
}

function opensText(line: string): boolean {
  const name = OPEN_SETTING.exec(line)?.[1];
  return name !== undefined && MULTILINE.test(name);
}

/** The lines that FortiOS would not print, and `(no end)` if a block or a quote stays open. */
export function checkConfigShape(lines: readonly string[]): readonly string[] {
  const irregular: string[] = [];
  const open: ('config' | 'edit')[] = [];
  const indents: number[] = [];
  let quote: 'none' | 'text' | 'pem' = 'none';
  for (const line of lines) {
    if (quote !== 'none') {
      if (quote === 'pem' && !PEM_LINE.test(line)) irregular.push(line);
      if (closesQuote(line)) quote = 'none';
      continue;
    }
    if (line.trim() === '' && open.length > 0) irregular.push('(empty line)');
    if (!fitsConfigLine(line) || !isIndented(line, open.length, indents)) irregular.push(line);
    if (OPEN_SETTING.test(line)) quote = line.includes('"-----BEGIN ') ? 'pem' : 'text';
    else if (!follows(line.trim(), open)) irregular.push(line);
  }
  if (open.length > 0 || quote !== 'none') irregular.push('(no end)');
  return irregular;
}

/** All lines of one depth begin in the same column; a line that does not was printed by something else. */
function isIndented(line: string, depth: number, indents: number[]): boolean {
  const text = line.trimStart();
  if (text === '' || text.startsWith('#')) return true;
  const column = line.length - text.length;
  const own = /^(?:next|end)\s*$/.test(text) ? depth - 1 : depth;
  indents[own] ??= column;
  return indents[own] === column;
}

/** Tracks the nesting; false if a line is impossible at this depth. */
function follows(line: string, open: ('config' | 'edit')[]): boolean {
  const [verb = ''] = line.split(' ', 1);
  const inside = open.at(-1);
  switch (verb) {
    case 'config':
      open.push('config');
      return true;
    case 'edit':
      if (inside !== 'config') return false;
      open.push('edit');
      return true;
    case 'next':
      if (inside !== 'edit') return false;
      open.pop();
      return true;
    case 'end':
      if (inside === undefined) return false;
      // The last `next` before an `end` may be missing.
      if (inside === 'edit') open.pop();
      open.pop();
      return true;
    case 'set':
    case 'unset':
      return inside !== undefined;
    default:
      return true;
  }
}

function closesQuote(line: string): boolean {
  let isOpen = true;
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '\\') at += 1;
    else if (line[at] === '"') isOpen = !isOpen;
  }
  return !isOpen;
}
