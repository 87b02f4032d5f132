/** A backup with some of its blocks emptied. */
export interface ShortenedBackup {
  readonly text: string;
  /** Whether blocks were emptied. Line numbers and counts of the text say nothing then. */
  readonly isShortened: boolean;
}

const RETURN = 13;
const SPACE = 32;
const DOUBLE_QUOTE = 34;
const HASH = 35;
const SINGLE_QUOTE = 39;
const BACKSLASH = 92;
const HEADER = '#config-version=';
const UNREAD: ReadonlySet<string> = new Set([
  'passwd',
  'password',
  'private-key',
  'psksecret',
  'secret',
  'snmp-index',
  'uuid',
]);
/** Lines of one value: a page that FortiOS shows to users. */
const MAX_VALUE_LINES = 1_000;
const STATEMENT = /^ *(?:set|unset|append|select|unselect|edit|next|config|end)(?: |$)/;

/** Which entries of a table are read; absent: all of it. */
export type EntryFilter = ((entry: string) => boolean) | undefined;

/**
 * A whole backup whose blocks beside `wanted` are empty: `config firewall address` and `end`, without entries. Most of a
 * backup is such blocks. Only a text of which every line is plain FortiOS configuration is shortened, so that nothing can
 * be read otherwise than in the whole text; another one is returned as it is. Pure; takes time linear in the text.
 */
export function skipBlocks(text: string, wanted: ReadonlyMap<string, EntryFilter>): ShortenedBackup {
  const whole = { text, isShortened: false };
  if (!text.startsWith(HEADER)) return whole;
  const pieces: string[] = [];
  /** Paths of the open blocks, and of entries that hold blocks: `vdom`, `edit root`. */
  const open: string[] = [];
  /** Depth of the block whose content is left out; -1 outside. */
  let skipped = -1;
  const seen = new Set<string>();
  let keptFrom = 0;
  /** The table of which only some entries are read, and its depth. */
  let filter: EntryFilter;
  let filtered = -1;
  /** The entry of that table that is read now, and the pieces before it. */
  let entryAt = 0;
  let piecesBefore = 0;
  let depth = 0;

  for (let at = 0; at < text.length; ) {
    const end = endOfLine(text, at);
    const start = skipSpaces(text, at, end);
    const first = text.charCodeAt(start);
    if (start === end || first === HASH) {
      if (skipped >= 0 && first === HASH) return whole;
      at = end + 1;
      continue;
    }
    if (text.charCodeAt(end - 1) === RETURN) return whole;
    switch (text.slice(start, start + 3)) {
      case 'con': {
        if (text.slice(start, start + 7) !== 'config ') return whole;
        const path = text.slice(start + 7, end);
        depth += 1;
        open.push(path);
        if (skipped < 0 && isRoot(open) && !isWrapper(path)) {
          if (wanted.has(path)) {
            // A second block may change what the first one says.
            const place = open.join('\n');
            if (seen.has(place)) return whole;
            seen.add(place);
            filter = wanted.get(path);
            filtered = filter === undefined ? -1 : depth;
          } else {
            skipped = depth;
            pieces.push(text.slice(keptFrom, end + 1));
          }
        }
        at = end + 1;
        continue;
      }
      case 'end': {
        if (end !== start + 3 || open.length === 0) return whole;
        // The `end` of a VDOM also leaves its entry.
        if (open.at(-1)?.startsWith('edit ')) open.pop();
        open.pop();
        if (skipped === depth) {
          skipped = -1;
          keptFrom = at;
        }
        if (filtered === depth) filtered = -1;
        depth -= 1;
        at = end + 1;
        continue;
      }
      case 'edi': {
        if (text.slice(start, start + 5) !== 'edit ') return whole;
        if (open.length === 1 && open[0] === 'vdom') open.push(text.slice(start, end));
        if (filtered === depth) {
          pieces.push(text.slice(keptFrom, at));
          keptFrom = at;
          entryAt = at;
          piecesBefore = pieces.length;
        }
        break;
      }
      case 'nex': {
        if (end !== start + 4) return whole;
        if (open.length === 2 && open[1]?.startsWith('edit ')) open.pop();
        if (filtered === depth && filter?.(text.slice(entryAt, end)) === false) {
          pieces.length = piecesBefore;
          keptFrom = end + 1;
        }
        at = end + 1;
        continue;
      }
      default:
        if (!STATEMENT.test(text.slice(start, Math.min(end, start + 10)))) return whole;
    }
    const next = endOfStatement(text, start, end);
    if (next === -1) return whole;
    if (skipped < 0 && isUnread(text, start)) {
      pieces.push(text.slice(keptFrom, at));
      keptFrom = next;
    }
    at = next;
  }
  if (open.length > 0) return whole;
  pieces.push(text.slice(keptFrom));
  return { text: pieces.join(''), isShortened: true };
}

/** A setting that no fact is read from: most are secrets, which are expensive to find. */
function isUnread(text: string, start: number): boolean {
  return text.startsWith('set ', start) && UNREAD.has(text.slice(start + 4, text.indexOf(' ', start + 4)));
}

/** A block of the device or of a VDOM, and not one inside another block. */
function isRoot(open: readonly string[]): boolean {
  if (open.length === 1) return true;
  if (open.length === 2) return open[0] === 'global';
  return open.length === 3 && open[0] === 'vdom' && (open[1]?.startsWith('edit ') ?? false);
}

function isWrapper(path: string): boolean {
  return path === 'global' || path === 'vdom';
}

/** Index behind the statement; -1 if it is not plain: quotes that do not pair, an escaped line end, an open value. */
function endOfStatement(text: string, start: number, lineEnd: number): number {
  let isOpen = false;
  let end = lineEnd;
  let at = start;
  for (let lines = 0; lines < MAX_VALUE_LINES; lines += 1) {
    for (; at < end; at += 1) {
      const code = text.charCodeAt(at);
      if (code === DOUBLE_QUOTE) {
        isOpen = !isOpen;
        // Behind a value of several lines FortiOS ends the line.
        if (!isOpen && lines > 0) return at + 1 === end ? end + 1 : -1;
      } else if (code === BACKSLASH) {
        if (!isOpen) return -1;
        at += 1;
      } else if (code === SINGLE_QUOTE && !isOpen) return -1;
    }
    if (!isOpen) return end + 1;
    at = end + 1;
    if (at >= text.length) return -1;
    end = endOfLine(text, at);
  }
  return -1;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function skipSpaces(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && text.charCodeAt(at) === SPACE) at += 1;
  return at;
}
