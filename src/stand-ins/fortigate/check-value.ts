import { createHash } from 'node:crypto';
import { isIPv4 } from 'node:net';
import type { FortiosVersion } from '../../engine/fortios/version.ts';
import { expand } from './abbreviation.ts';
import { type CliReply, failureReply } from './reply.ts';
import type { OptionSchema, ValueType } from './schema/types.ts';
import { within } from './schema/within.ts';

/** How a value is stored: its words, and how FortiOS prints them. */
export interface CheckedValue {
  readonly values: readonly string[];
  readonly printed: string;
}

type Checked = CheckedValue | { readonly refused: CliReply };

const MASK = /^(?:[1-2]?\d|3[0-2])$/;
const PORTS = /^\d{1,5}(?:-\d{1,5})?(?::\d{1,5}(?:-\d{1,5})?)?$/;

/**
 * Characters that no name and no text may contain, except a password (administration guide, "Text strings", 6.2 to
 * 7.6).
 */
export const UNSAFE = /[<>"']/;

export function isRefused(checked: Checked): checked is { readonly refused: CliReply } {
  return 'refused' in checked;
}

/**
 * Checks the words of a `set` against the attribute's type. `exists` looks an entry up. Codes: section 6 of the field
 * notes on the CLI; that an integer prints `integer out of range` before its parse error is inferred.
 */
export function checkValue(
  option: OptionSchema,
  words: readonly string[],
  version: FortiosVersion,
  exists: (table: string, key: string) => boolean,
): Checked {
  const { type } = option;
  const [first = ''] = words;
  const takesMore = isMany(type) || type.kind === 'any' || type.kind === 'network' || type.kind === 'ports';
  const extra = takesMore || (type.kind === 'secret' && first === 'ENC') ? undefined : words[1];
  if (extra !== undefined) return { refused: badValue(extra) };
  switch (type.kind) {
    case 'any':
      return { values: words, printed: words.map(quoteIfNeeded).join(' ') };
    case 'secret':
      return secretValue(words);
    case 'text':
      if (UNSAFE.test(first)) return { refused: unsafe(first) };
      return first.length > type.max ? { refused: badValue(first) } : quotedValue(words);
    case 'integer':
      return integerValue(first, type);
    case 'address':
      return isIPv4(first) ? bare(words) : { refused: badValue(first) };
    case 'network':
      return networkValue(words);
    case 'ports': {
      const bad = words.find(
        (each) => !PORTS.test(each) || each.split(/[-:]/).some((port) => Number(port) > 65_535),
      );
      return bad === undefined ? bare(words) : { refused: badValue(bad) };
    }
    case 'choice': {
      const known = type.choices.filter((each) => within(version, each.versions)).map((each) => each.word);
      const expanded = words.map((each) => expand(each, known));
      const bad = expanded.indexOf(undefined);
      return bad === -1
        ? bare(expanded.filter((each) => each !== undefined))
        : { refused: badValue(words[bad] ?? '') };
    }
    case 'reference': {
      const bad = words.find((each) => UNSAFE.test(each));
      if (bad !== undefined) return { refused: unsafe(bad) };
      const missing = words.find(
        (each) =>
          each !== '' && !type.builtIn.includes(each) && !type.tables.some((table) => exists(table, each)),
      );
      return missing === undefined
        ? quotedValue(words)
        : {
            refused: failureReply(
              -3,
              'entry not found in datasource',
              '',
              `value parse error before '${missing}'`,
            ),
          };
    }
    default:
      return type satisfies never;
  }
}

/** Whether it is a list, which `append` and `unselect` change. */
export function isMany(type: ValueType): boolean {
  return (type.kind === 'choice' || type.kind === 'reference') && type.many !== undefined;
}

export function badValue(word: string): CliReply {
  return failureReply(-3, `value parse error before '${word}'`);
}

/** Inferred from that guide and from return code -173, which REST clients report with these words. */
export function unsafe(word: string): CliReply {
  return failureReply(
    -173,
    'The string contains XSS vulnerability characters',
    `value parse error before '${word}'`,
  );
}

/** A string as FortiOS prints it: in double quotes, or `''` if it is empty. */
export function quote(value: string): string {
  return value === '' ? "''" : `"${value.replace(/["\\]/g, '\\$&')}"`;
}

function integerValue(word: string, { min, max }: { readonly min: number; readonly max: number }): Checked {
  if (!/^-?\d{1,12}$/.test(word)) return { refused: badValue(word) };
  const value = Number(word);
  if (value < min || value > max) {
    return { refused: failureReply(-3, 'integer out of range', `value parse error before '${word}'`) };
  }
  return bare([String(value)]);
}

/** `10.0.0.1 255.0.0.0`, `10.0.0.1/8`; printed with its mask. */
function networkValue(words: readonly string[]): Checked {
  const [address = '', prefix] = (words[0] ?? '').split('/');
  const mask = prefix === undefined ? words[1] : toMask(prefix);
  const extra = words[prefix === undefined ? 2 : 1];
  if (!isIPv4(address)) return { refused: badValue(words[0] ?? '') };
  if (mask === undefined || !isIPv4(mask)) return { refused: badValue(prefix ?? words[1] ?? address) };
  return extra === undefined ? bare([address, mask]) : { refused: badValue(extra) };
}

function toMask(prefix: string): string | undefined {
  if (!MASK.test(prefix)) return undefined;
  const bits = Number(prefix);
  return [0, 8, 16, 24].map((at) => 256 - 2 ** (8 - Math.min(8, Math.max(0, bits - at)))).join('.');
}

/** Never stored as typed: a device prints it encrypted. */
function secretValue(words: readonly string[]): Checked {
  const [first = '', second] = words;
  if (first === 'ENC' && second !== undefined) return { values: words, printed: `ENC ${second}` };
  const hash = hashSecret(first);
  return { values: ['ENC', hash], printed: `ENC ${hash}` };
}

/** How the simulated device stores a secret, after `ENC`. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(`look-alike ${secret}`).digest('base64');
}

function bare(values: readonly string[]): CheckedValue {
  return { values, printed: values.join(' ') };
}

function quotedValue(values: readonly string[]): CheckedValue {
  return { values, printed: values.map(quote).join(' ') };
}

function quoteIfNeeded(value: string): string {
  return /^[A-Za-z0-9_.:/+*,-]+$/.test(value) ? value : quote(value);
}
