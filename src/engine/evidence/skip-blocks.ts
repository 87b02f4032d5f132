import { createTextMemory } from '../redact/text-memory.ts';
import type { BlockFilter } from './block-filter.ts';
import { opensBlock, opensRoot } from './config-run.ts';
import { endOfSkippedRun, type UnreadRuns, unreadRunsOf } from './plain-runs.ts';
import { endOfStatement, verbAt } from './plain-statements.ts';

/** A text that was read from a file. */
export interface FileText {
  /** UTF-8. */
  readonly bytes: Uint8Array;
  /** Each byte as one character, so that an index is the same in both. */
  readonly latin: string;
}

const LINE_FEED = 10;
const SPACE = 32;
const DOUBLE_QUOTE = 34;
const HASH = 35;
const DOT = 46;
/** Of `…` in UTF-8. */
const LAST_OF_ELLIPSIS = 0xa6;
const HEADER = '#config-version=';
/** The first may name another product, wherever it stands (`productOfLine`); the second was printed by a pager. */
const NOT_ALONE = /Version:|--More--/;
const CONFIG = 'config ';
/** Comments at the start that differ between backups and say nothing. */
const COUNTERS = /^#(?:conf_file_ver|buildno)=\d+$/;
const UNREAD: ReadonlySet<string> = new Set([
  'passwd',
  'password',
  'private-key',
  'psksecret',
  'secret',
  'snmp-index',
  'uuid',
]);
const BEYOND_ASCII = /[^\0-\x7f]/;
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The statements of a whole backup whose blocks beside `wanted` are empty: `config firewall address` and `end`, without
 * entries. Most of a backup is such blocks. Only a text of which every line is plain FortiOS configuration is shortened, so
 * that nothing can be read otherwise than in the whole text; undefined for another one. A statement has several lines where
 * its value has. Pure; takes time linear in the text, of which it looks at each byte once.
 */
export function skipBlocks(
  { bytes, latin }: FileText,
  wanted: ReadonlyMap<string, BlockFilter>,
): readonly string[] | undefined {
  if (!latin.startsWith(HEADER) || !latin.trimEnd().endsWith('\nend')) return undefined;
  if (latin.indexOf(HEADER, 1) !== -1) return undefined;
  if (NOT_ALONE.test(latin)) return undefined;
  const statements: string[] = [];
  /** Paths of the open blocks, and of entries that hold blocks: `vdom`, `edit root`. */
  const open: string[] = [];
  /** Number of open blocks. */
  let depth = 0;
  /** Depth and indentation of the block that is read, or whose content is left out; a depth of -1 outside. */
  let read = -1;
  let skipped = -1;
  let indent = 0;
  let filter: BlockFilter = {};
  let unread: UnreadRuns = {};
  /** Of the entry that is read now: its place in `statements`, and whether it has what makes it read. */
  let entryAt = 0;
  let isWanted = true;
  const seen = new Set<string>();

  let isUtf8 = true;

  function keep(from: number, to: number): void {
    let text = latin.slice(from, to);
    if (BEYOND_ASCII.test(text)) {
      text = utf8.decode(bytes.subarray(from, to));
      isUtf8 &&= !text.includes('\ufffd');
    }
    statements.push(text);
  }

  /** `set allowaccess ping ...`, also between quotes: somebody left the rest out. */
  function saysOmitted(end: number): boolean {
    const last = bytes[end - 1] === DOUBLE_QUOTE ? end - 2 : end - 1;
    return bytes[last] === DOT || bytes[last] === LAST_OF_ELLIPSIS;
  }

  function keepSetting(at: number, start: number, end: number): void {
    const space = latin.indexOf(' ', start + 4);
    const name = latin.slice(start + 4, space === -1 ? end : Math.min(end, space));
    if (filter.entriesWith?.has(name)) isWanted = true;
    const mask = filter.masks?.get(name);
    if (saysOmitted(end)) {
      isWanted = true;
      keep(at, end);
    } else if (mask !== undefined && isGiven(latin.slice(space, end)))
      statements.push(`${latin.slice(at, space)} ${mask}`);
    else if (filter.settings ? filter.settings.has(name) : !UNREAD.has(name)) keep(at, end);
  }

  function behindUnread(at: number): number {
    if (read === depth && unread.entries) {
      const end = unread.entries(latin, at);
      if (end > at) {
        entryAt = statements.length;
        isWanted = false;
        return end;
      }
    }
    return unread.settings?.(latin, at) ?? at;
  }

  for (let at = 0; at < bytes.length; ) {
    if (skipped === depth) at = endOfSkippedRun(latin, at);
    else if (read >= 0) at = behindUnread(at);
    let start = at;
    while (bytes[start] === SPACE) start += 1;
    if (bytes[start] === LINE_FEED || start === bytes.length) {
      at = start + 1;
      continue;
    }
    if (bytes[start] === HASH) {
      const lineEnd = endOfLine(latin, start);
      if (depth > 0 || start > at) return undefined;
      if (!COUNTERS.test(latin.slice(at, lineEnd))) keep(at, lineEnd);
      at = lineEnd + 1;
      continue;
    }
    const end = endOfStatement(bytes, start);
    if (end === -1) return undefined;
    const verb = verbAt(bytes, start, end);
    if (depth === 0 && verb !== 'config') return undefined;
    switch (verb) {
      case 'set':
        if (skipped < 0) keepSetting(at, start, end);
        break;
      case 'other setting':
        if (skipped >= 0) break;
        isWanted = true;
        keep(at, end);
        break;
      case 'next':
        if (open.length === 2 && open[1]?.startsWith('edit ')) open.pop();
        if (skipped >= 0) break;
        if (read === depth && !isWanted) statements.length = entryAt;
        else keep(at, end);
        break;
      case 'edit':
        if (endOfLine(latin, start) !== end) return undefined;
        if (open.length === 1 && open[0] === 'vdom') open.push(latin.slice(start, end));
        if (skipped >= 0) break;
        if (read === depth) {
          entryAt = statements.length;
          isWanted = filter.entriesWith === undefined;
        }
        keep(at, end);
        break;
      case 'end':
        // The `end` of a VDOM also leaves its entry.
        if (open.at(-1)?.startsWith('edit ')) open.pop();
        open.pop();
        if (skipped === depth) skipped = -1;
        if (read === depth) read = -1;
        if (skipped < 0) keep(at, end);
        depth -= 1;
        break;
      case 'config': {
        const path = latin.slice(start + CONFIG.length, end);
        if (endOfLine(latin, start) !== end) return undefined;
        depth += 1;
        open.push(path);
        if (skipped < 0) keep(at, end);
        if (skipped >= 0 || read >= 0) {
          // Further left it begins the next block, and this one was cut.
          if (start - at <= indent && (isWrapper(path) || isRoot(latin.slice(start, end)))) return undefined;
          // `set name` means something else in it.
          if (skipped < 0 && path.includes('comm')) return undefined;
          break;
        }
        if (isWrapper(path) && open.length === 1) break;
        if (!isPlace(open) || !isBlock(latin.slice(start, end))) return undefined;
        indent = start - at;
        const found = wanted.get(path);
        if (found === undefined) {
          skipped = depth;
          break;
        }
        // A second block may change what the first one says.
        const place = open.join('\n');
        if (seen.has(place)) return undefined;
        seen.add(place);
        filter = found;
        unread = unreadRunsOf(found);
        isWanted = true;
        read = depth;
        break;
      }
      case 'other':
        return undefined;
      default:
        verb satisfies never;
    }
    at = end + 1;
  }
  return open.length === 0 && isUtf8 ? statements : undefined;
}

/** Neither empty nor a placeholder. */
function isGiven(value: string): boolean {
  return value.length > ' ""'.length && !value.includes('<');
}

/** Backups have the same tables: the lines that were found to begin one. */
const roots = createTextMemory<true>();
const tables = createTextMemory<true>();

function isRoot(line: string): boolean {
  return isFound(roots, line, opensRoot);
}

function isBlock(line: string): boolean {
  return isFound(tables, line, opensBlock);
}

function isFound(
  found: ReturnType<typeof createTextMemory<true>>,
  line: string,
  test: (line: string) => boolean,
) {
  if (found.get(line)) return true;
  if (!test(line)) return false;
  found.set(line, true);
  return true;
}

/** A block of the device or of a VDOM, and not one inside another block. */
function isPlace(open: readonly string[]): boolean {
  if (open.length === 1) return true;
  if (open.length === 2) return open[0] === 'global';
  return open.length === 3 && open[0] === 'vdom' && (open[1]?.startsWith('edit ') ?? false);
}

function isWrapper(path: string): boolean {
  return path === 'global' || path === 'vdom';
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}
