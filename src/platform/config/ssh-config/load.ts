import { globSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { FtmError } from '../../../engine/ftm-error.ts';

export interface SshConfigLine {
  /** In lower case. */
  readonly keyword: string;
  readonly values: readonly string[];
  /** `FILE:LINE`. */
  readonly where: string;
  /** Of an `Include`: the files that it names, in order. */
  readonly included?: readonly (readonly SshConfigLine[])[];
}

/** OpenSSH's own limit. */
const MAX_DEPTH = 16;

/**
 * A client configuration of OpenSSH with what it includes. Throws `ftm_config_invalid` for a file that cannot be read
 * and for a line that is not in the format.
 */
export function loadSshConfig(path: string, home: string): readonly SshConfigLine[] {
  return readLines(expandHome(path, home), home, 0);
}

export function expandHome(path: string, home: string): string {
  return path === '~' || path.startsWith('~/') ? join(home, path.slice(1)) : path;
}

function readLines(path: string, home: string, depth: number): readonly SshConfigLine[] {
  return readText(path)
    .split('\n')
    .flatMap((raw, index) => {
      const where = `${path}:${index + 1}`;
      const line = parseConfigLine(raw);
      if (line === undefined) return [];
      if (line === 'unreadable') throw invalid(`${where} has a quote that is not closed.`);
      if (line.keyword !== 'include') return [{ ...line, where }];
      if (depth === MAX_DEPTH) throw invalid(`${where} includes more than ${MAX_DEPTH} files in each other.`);
      const included = line.values.flatMap((pattern) =>
        expandFiles(pattern, home).map((file) => readLines(file, home, depth + 1)),
      );
      return [{ ...line, where, included }];
    });
}

/** A pattern that fits no file includes nothing. */
function expandFiles(pattern: string, home: string): readonly string[] {
  const path = expandHome(pattern, home);
  const isFile = (entry: { isDirectory: () => boolean }) => !entry.isDirectory();
  const found = globSync(isAbsolute(path) ? path : join(home, '.ssh', path), { withFileTypes: true });
  return found
    .filter(isFile)
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new FtmError('ftm_config_invalid', `The SSH configuration ${path} cannot be read.`, {
      advice: 'Check that it exists and that this user may read it, or name another file.',
      cause,
    });
  }
}

function invalid(problem: string): FtmError {
  return new FtmError('ftm_config_invalid', `The SSH configuration is not valid: ${problem}`, {
    advice: '`ssh -G HOST` shows how OpenSSH reads it.',
  });
}

/**
 * One line of `ssh_config`: a keyword, white space or one `=`, and values, which may be quoted. Undefined for an empty
 * line and a comment; `unreadable` for an open quote.
 */
function parseConfigLine(raw: string): Pick<SshConfigLine, 'keyword' | 'values'> | 'unreadable' | undefined {
  const line = raw.replace(/[ \t\r\n\f]+$/, '').replace(/^[ \t]+/, '');
  if (line === '' || line.startsWith('#')) return undefined;
  const [, quoted, plain, rest = ''] = /^(?:"([^"]*)"|([^ \t=]+))[ \t]*=?[ \t]*(.*)$/.exec(line) ?? [];
  const keyword = quoted ?? plain;
  const values = splitValues(rest);
  if (keyword === undefined || values === undefined) return 'unreadable';
  return { keyword: keyword.toLowerCase(), values };
}

/** As a shell would, without expansions. `#` at the beginning of a word starts a comment. */
function splitValues(text: string): readonly string[] | undefined {
  const values: string[] = [];
  for (let at = 0; at < text.length; ) {
    const character = text[at] ?? '';
    if (character === ' ' || character === '\t') at += 1;
    else if (character === '#') break;
    else {
      const word = takeWord(text, at);
      if (!word) return undefined;
      values.push(word.value);
      at = word.end;
    }
  }
  return values;
}

function takeWord(text: string, start: number): { readonly value: string; readonly end: number } | undefined {
  let value = '';
  let quote = '';
  let at = start;
  for (; at < text.length; at += 1) {
    const character = text[at] ?? '';
    const next = text[at + 1] ?? '';
    const isEscaped = `'"\\${quote === '' ? ' ' : ''}`.includes(next) && next !== '';
    if (character === '\\' && isEscaped) {
      value += next;
      at += 1;
    } else if (quote === '' && (character === ' ' || character === '\t')) break;
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (quote !== '' && character === quote) quote = '';
    else value += character;
  }
  return quote === '' ? { value, end: at } : undefined;
}
