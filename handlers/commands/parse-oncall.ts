/** A request about who is on call. */
export type OnCallRequest =
  | { readonly action: 'show' }
  | { readonly action: 'take'; readonly schedule?: string; readonly minutes?: number }
  | {
      readonly action: 'give';
      readonly user: string;
      readonly schedule?: string;
      readonly minutes?: number;
    }
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
  const minutes = Number(amount) * minutesOf(unit);
  const reason = others.join(' ') || undefined;
  return minutes === 0 ? undefined : { action: 'begin', target: first, minutes, reason };
}

/** Parses the words after `oncall`; undefined if they make no sense. */
export function parseOnCall([action, ...rest]: readonly string[]): OnCallRequest | undefined {
  if (action === undefined) return { action: 'show' };
  const words = [...rest];
  const user = takeFirst(words, MENTION)?.find((group, index) => index > 0 && group !== undefined);
  const duration = takeFirst(words, DURATION);
  const [schedule, ...others] = words;
  if (others.length > 0) return undefined;
  const minutes = duration === undefined ? undefined : Number(duration[1]) * minutesOf(duration[2]);
  const what = {
    schedule,
    minutes,
  };
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

function takeFirst(words: string[], pattern: RegExp): RegExpExecArray | undefined {
  const index = words.findIndex((word) => pattern.test(word));
  const [word = ''] = index < 0 ? [] : words.splice(index, 1);
  return pattern.exec(word) ?? undefined;
}

function minutesOf(unit = ''): number {
  return MINUTES[unit.toLowerCase()] ?? 0;
}
