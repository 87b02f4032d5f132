export type OnCallRequest =
  | { readonly action: 'show' }
  | { readonly action: 'take'; readonly schedule?: string; readonly minutes?: number }
  | { readonly action: 'give'; readonly user: string; readonly schedule?: string; readonly minutes?: number }
  | { readonly action: 'release'; readonly schedule?: string };

const MENTION = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$|^([UW][A-Z0-9]{5,})$/;
const DURATION = /^(\d{1,3})(m|h|d)$/i;
const MINUTES: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440 };
export const ON_CALL_USAGE =
  'Use `oncall`, `oncall take [schedule] [8h]`, `oncall give @person [schedule] [8h]` or `oncall release [schedule]`.';

/** A request about silences; `target`: as typed, a device, `group:NAME`, `customer:NAME`, `site:NAME` or `all`. */
export type SilenceWords =
  | { readonly action: 'list' }
  | { readonly action: 'begin'; readonly target: string; readonly minutes: number; readonly reason?: string }
  | { readonly action: 'end'; readonly target: string };

export const SILENCE_USAGE =
  'Use `silence`, `silence DEVICE|group:NAME 2h [reason]` or `silence end DEVICE|group:NAME`.';

/** Parses the words after `silence`; undefined if they make no sense. */
export function parseSilence(words: readonly string[]): SilenceWords | undefined {
  const [first, second, ...others] = words;
  if (first === undefined) return { action: 'list' };
  // Phones put a space after a colon.
  if (/^\w+:$/.test(first)) return parseSilence([`${first}${second ?? ''}`, ...others]);
  if (second === undefined) return undefined;
  const [, amount, unit] = DURATION.exec(second) ?? [];
  if (amount === undefined) {
    const isEnd = first.toLowerCase() === 'end' && others.length === 0;
    if (isEnd) return { action: 'end', target: second };
    return second === 'for' && others.length > 0 ? parseSilence([first, ...others]) : undefined;
  }
  const minutes = Number(amount) * toMinutes(unit);
  const reason = others.join(' ') || undefined;
  return minutes === 0 ? undefined : { action: 'begin', target: first, minutes, reason };
}

/** Parses the words after `oncall`; undefined if they make no sense. */
export function parseOnCall([action, ...rest]: readonly string[]): OnCallRequest | undefined {
  if (action === undefined) return { action: 'show' };
  const words = [...rest];
  const user = parsePerson(takeFirst(words, MENTION));
  const duration = DURATION.exec(takeFirst(words, DURATION));
  const [schedule, ...others] = words;
  if (others.length > 0) return undefined;
  const minutes = duration === null ? undefined : Number(duration[1]) * toMinutes(duration[2]);
  const what = { schedule, minutes };
  switch (action.toLowerCase()) {
    case 'take':
      return user === undefined && minutes !== 0 ? { action: 'take', ...what } : undefined;
    case 'give':
      return user === undefined || minutes === 0 ? undefined : { action: 'give', user, ...what };
    case 'release':
      return user === undefined && minutes === undefined ? { action: 'release', ...what } : undefined;
    default:
      return undefined;
  }
}

/** The id of a person, mentioned or as an id; undefined for a bare `@name`. */
function parsePerson(word = ''): string | undefined {
  const [, mentioned, id] = MENTION.exec(word) ?? [];
  return mentioned ?? id;
}

/** Takes it out of the words; empty if none fits. */
function takeFirst(words: string[], pattern: RegExp): string {
  const index = words.findIndex((word) => pattern.test(word));
  return index < 0 ? '' : words.splice(index, 1).join('');
}

function toMinutes(unit = ''): number {
  return MINUTES[unit.toLowerCase()] ?? 0;
}

export interface PagerWords {
  /** Slack user id; absent if none is known, as after the slash command, where Slack sends the name only. */
  readonly person?: string;
  readonly alias?: string;
}

export const PAGER_USAGE = 'Use `page @person [host]`.';

/** Parses the words after `page`; undefined if they make no sense. */
export function parsePager(words: readonly string[]): PagerWords | undefined {
  const people = words.filter(isPerson);
  const [alias, ...others] = words.filter((word) => !isPerson(word));
  if (people.length > 1 || others.length > 0) return undefined;
  return { person: parsePerson(people[0]), alias };
}

function isPerson(word: string): boolean {
  return word.startsWith('@') || MENTION.test(word);
}
