import { InvalidArgumentError, Option } from 'commander';
import { sameAddress } from '../../engine/fortios/address.ts';
import { FORTIOS_LINES, isKnownRelease } from '../../engine/fortios/version.ts';
import { findSymptom, SYMPTOMS } from '../../engine/rules/symptoms.ts';
import { parseDuration } from '../../platform/config/duration.ts';
import { inventoryPath } from '../../platform/config/environment.ts';
import { withEnvFile } from '../process/env-file.ts';
import type { Io } from '../terminal/io.ts';
import { COLOURS } from '../terminal/with-output.ts';
import { FORMATS } from './options.ts';

/** Sessions of one process; each takes a connection and memory for what the device prints. */
const MAX_CONCURRENCY = 64;
const MAX_DAYS = 730;

export function inventoryOption(io: Io): Option {
  return new Option('--inventory <FILE>', 'the inventory').default(inventoryPath(io.env));
}

export function sshConfigOption(): Option {
  return new Option(
    '--ssh-config [FILE]',
    'read settings that are not in the inventory from an SSH client configuration (~/.ssh/config if no file is named); HOST may then be a host of that file',
  );
}

export function outputOption(): Option {
  return new Option('--output <FILE>', 'write the answer to a file instead of standard output');
}

export function colorOption(): Option {
  return new Option('--color <WHEN>', 'colours in the text; auto also follows FORCE_COLOR and NO_COLOR')
    .choices(COLOURS)
    .default('auto');
}

/** Commands refuse the formats that they cannot print. */
export function formatOption(): Option {
  return new Option('--format <FORMAT>', 'how to print the answer')
    .choices([...FORMATS, 'csv'])
    .default('text');
}

export function upgradeOption(): Option {
  return new Option(
    '--upgrade-to <VERSION>',
    'asks another question: which logins an upgrade to this FortiOS release stops, such as 7.4.9',
  ).argParser(fortiosRelease);
}

export function collectValues(value: string, earlier: string[]): string[] {
  return [...earlier, value];
}

/** Seconds of `60`, `90s` or `2m`. */
export function seconds(text: string): number {
  const ms = parseDuration(/^\d+$/.test(text) ? `${text}s` : text);
  if (ms === undefined || ms % 1000 !== 0) {
    throw new InvalidArgumentError('It is a number of seconds or a duration, such as 60, 90s or 2m.');
  }
  return ms / 1000;
}

export function clientAddress(text: string): string {
  if (!sameAddress(text, text)) throw new InvalidArgumentError('It is an address, such as 203.0.113.7.');
  return text;
}

/** `09:12`, `2026-03-02`, `2026-03-02 09:12:04`, with a `T` instead of the blank too. */
export function logTime(text: string): string {
  if (!/^(?:\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?|\d\d:\d\d(?::\d\d)?)$/.test(text)) {
    throw new InvalidArgumentError(
      'It is a time as the log spells it, such as 09:12, 09:12:04 or "2026-03-02 09:12".',
    );
  }
  return text.replace('T', ' ');
}

function fortiosRelease(text: string): string {
  if (isKnownRelease(text)) return text;
  throw new InvalidArgumentError(
    `It is a release of FortiOS ${FORTIOS_LINES.join(', ')}, such as 7.4.9. Changes of others are not known.`,
  );
}

/** A sentence with a percentage or code of FortiClient. */
export function knownSymptom(text: string): string {
  if (findSymptom(text)) return text;
  const known = SYMPTOMS.map(({ shown }) => shown).join(', ');
  throw new InvalidArgumentError(`It holds a known percentage or code of FortiClient: ${known}.`);
}

function wholeNumber(min: number, max: number, what = 'number'): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d{1,5}$/.test(text) && number >= min && number <= max) return number;
    throw new InvalidArgumentError(`It is a ${what} from ${min} to ${max}.`);
  };
}

export const concurrency = wholeNumber(1, MAX_CONCURRENCY);
export const dayCount = wholeNumber(1, MAX_DAYS, 'number of days');
export const portNumber = wholeNumber(0, 65_535);

/** With the settings of a file `.env` in the current folder; those of the environment go first. */
export function withEnvSettings(io: Io): Io {
  return { ...io, env: withEnvFile(io.env, '.') };
}
