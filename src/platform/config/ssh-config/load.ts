import { globSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { FtmError } from '../../../ftm-error.ts';
import { parseConfigLine } from './parse-config-line.ts';

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
