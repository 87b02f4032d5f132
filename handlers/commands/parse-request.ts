import type { Act, ActVerb } from '../../src/bot/requests/act.ts';
import { unescapeEntities } from '../../src/engine/evidence/html-entities.ts';
import { redactSideText } from '../../src/engine/evidence/side-text.ts';
import { isIpAddress } from '../../src/engine/fortios/address.ts';
import { nearNames } from '../../src/engine/fortios/near-names.ts';
import { ALL_DEVICES } from '../../src/platform/runs/group.ts';
import type { CheckTarget } from '../../src/platform/runs/run.ts';
import type { RequestContext } from '../shared/request-context.ts';
import {
  ON_CALL_USAGE,
  type OnCallRequest,
  PAGER_USAGE,
  type PagerWords,
  parseOnCall,
  parsePager,
  parseSilence,
  SILENCE_USAGE,
  type SilenceWords,
} from './parse-oncall.ts';

export type ParsedRequest =
  /** No arguments: a form is shown if Slack allows one. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'help' }
  | { readonly kind: 'list' }
  | { readonly kind: 'history'; readonly alias?: string }
  | { readonly kind: 'cancel'; readonly alias?: string }
  | { readonly kind: 'escalate'; readonly alias?: string }
  | { readonly kind: 'bundle'; readonly alias?: string }
  | { readonly kind: 'handover' }
  | { readonly kind: 'page'; readonly wanted: PagerWords }
  | { readonly kind: 'oncall'; readonly wanted: OnCallRequest }
  | ({ readonly kind: 'silence'; readonly wanted: SilenceWords } & Pick<Partial<CheckTarget>, 'alias'> & {
        readonly group?: string;
      })
  | { readonly kind: 'explain'; readonly rule: string }
  | { readonly kind: 'auto'; readonly value?: 'on' | 'off' }
  | ({ readonly kind: 'check' } & CheckTarget)
  /** `group`: its name, or `ALL_DEVICES`. */
  | ({ readonly kind: 'group'; readonly group: string } & Pick<CheckTarget, 'user' | 'vdom'>)
  /** `reason` is for the person. `meant`: what the words mean if the first device exists; several are a choice. */
  | { readonly kind: 'unclear'; readonly reason: string; readonly meant?: readonly CheckTarget[] };

export type Kind = ParsedRequest['kind'];
export type Parsed<K extends Kind> = Extract<ParsedRequest, { readonly kind: K }>;

export interface Command<K extends Kind, V extends ActVerb = ActVerb> extends RequestContext {
  readonly act: Act<V>;
  readonly parsed: Parsed<K>;
}

const MAX_LENGTH = 300;
const OPTIONS = ['user', 'vdom', 'live', 'client'] as const;
type Option = (typeof OPTIONS)[number];

/**
 * Parses the text after the command or the bot's name: `<host> [--user U] [--vdom V] [--live SECONDS] [--client ADDRESS]`, or one of
 * `group:NAME | customer:NAME | site:NAME | all`,
 * `help | list | history [host] | cancel [host] | escalate [host] | bundle [host] | handover | auto [on|off] |
 * page [@person] [host] | oncall [take|give|release] | silence [<host> <duration> | end <host>] | explain <rule>`; a device with such a name is requested with `check <host>`. Accepts what Slack and phones change:
 * linked host names, curly quotes, `--` turned into a dash, backticks around the name.
 */
export function parseRequest(text: string): ParsedRequest {
  const parsed = parseWords(text);
  return redactSideText(text) === text ? parsed : withoutSecrets(parsed, redactSideText(text));
}

/** Fields whose words are chosen from a list, or are ids and addresses. */
const SAFE_FIELDS = new Set(['kind', 'action', 'value', 'person', 'client']);

/** People may type anything after a command: a value that contained a secret is not stored. */
function withoutSecrets(parsed: ParsedRequest, left: string): ParsedRequest {
  if (parsed.kind === 'unclear')
    return { kind: 'unclear', reason: 'This looks like it contains a password, so I did not process it.' };
  const safe = JSON.stringify(parsed, (field, value: unknown) => {
    if (typeof value !== 'string' || value === ALL_DEVICES || SAFE_FIELDS.has(field)) return value;
    return field === 'reason' || left.includes(value) ? redactSideText(value) : '<secret>';
  });
  return JSON.parse(safe) as ParsedRequest;
}

function parseWords(text: string): ParsedRequest {
  if (text.length > MAX_LENGTH) return { kind: 'unclear', reason: 'This is too long for a device name.' };
  const words = splitWords(typedText(text));
  const [first, ...rest] = words;
  if (first === undefined) return { kind: 'nothing' };
  if (first.toLowerCase() === 'check')
    return rest.length === 0 ? { kind: 'nothing' } : (parseNamedGroup(rest) ?? parseDevice(rest));
  return parseVerb(first, rest) ?? parseGroup(words) ?? parseDevice(words);
}

type Parse = (rest: readonly string[]) => ParsedRequest | undefined;

/** What follows a verb; undefined if the verb is the name of a device. */
const VERBS = {
  list: (rest) => (rest.length === 0 ? { kind: 'list' } : undefined),
  auto: parseSwitch,
  handover: (rest) => (rest.length === 0 ? { kind: 'handover' } : undefined),
  oncall: withoutOptions((rest) => {
    const wanted = parseOnCall(rest);
    return wanted === undefined ? { kind: 'unclear', reason: ON_CALL_USAGE } : { kind: 'oncall', wanted };
  }),
  silence: withoutOptions((rest) => {
    const wanted = parseSilence(rest);
    if (wanted === undefined) return { kind: 'unclear', reason: SILENCE_USAGE };
    if (wanted.action === 'list') return { kind: 'silence', wanted };
    const target = parseGroup([wanted.target]);
    if (target?.kind === 'unclear') return target;
    return target?.kind === 'group'
      ? { kind: 'silence', wanted, group: target.group }
      : { kind: 'silence', wanted, alias: wanted.target };
  }),
  page: withoutOptions((rest) => {
    const wanted = parsePager(rest);
    return wanted === undefined ? { kind: 'unclear', reason: PAGER_USAGE } : { kind: 'page', wanted };
  }),
  explain(rest) {
    const [rule, ...others] = rest;
    if (rule === undefined)
      return { kind: 'unclear', reason: 'Which rule? An answer names its rules in the report.' };
    // `48 %` is two words.
    return others.length === 0 || (others.length === 1 && others[0] === '%')
      ? { kind: 'explain', rule: rest.join(' ') }
      : { kind: 'unclear', reason: 'One rule at a time, please.' };
  },
  history: aboutDevice('history'),
  escalate: aboutDevice('escalate'),
  bundle: aboutDevice('bundle'),
  cancel: aboutDevice('cancel'),
} satisfies Readonly<Record<string, Parse>>;

/** First words of commands. A device with such a name is requested with `check`. */
export const COMMAND_WORDS: ReadonlySet<string> = new Set(['check', 'all', 'help', ...Object.keys(VERBS)]);

/** Options follow only the name of a device. */
function withoutOptions(parse: Parse): Parse {
  return (rest) => (rest[0]?.startsWith('--') ? undefined : parse(rest));
}

function aboutDevice(kind: 'history' | 'escalate' | 'bundle' | 'cancel'): Parse {
  return ([alias, ...others]) => (others.length > 0 ? ONE_DEVICE_ONLY : { kind, alias });
}

function parseVerb(word: string, rest: readonly string[]): ParsedRequest | undefined {
  if (/^-*help$/i.test(word) && rest.length === 0) return { kind: 'help' };
  const verb = word.toLowerCase();
  return Object.hasOwn(VERBS, verb) ? VERBS[verb as keyof typeof VERBS](rest) : undefined;
}

/** `group:NAME` or `all`, with options. A device named `all` is asked for with `check all`. */
function parseGroup(words: readonly string[]): ParsedRequest | undefined {
  const [first = '', ...rest] = words;
  const isAll = first.toLowerCase() === 'all' && (rest[0]?.startsWith('--') ?? true);
  return isAll ? withOptions(ALL_DEVICES, rest) : parseNamedGroup(words);
}

function parseNamedGroup([first = '', ...rest]: readonly string[]): ParsedRequest | undefined {
  const [isNamed, kind = '', named = ''] =
    /^(group(?=:|$)|(?:customer|site)(?=:)):?(.*)$/is.exec(first) ?? [];
  if (isNamed === undefined) return undefined;
  const [next, ...others] = rest;
  // Phones put a space after a colon, and people in its place.
  const takesNext = named === '' && next !== undefined && !next.startsWith('--');
  const group = takesNext ? next : named;
  const type = kind.toLowerCase();
  if (group === '')
    return { kind: 'unclear', reason: `The name of the ${type} is missing, as in ${type}:branches.` };
  return withOptions(type === 'group' ? group : `${type}:${group}`, takesNext ? others : rest);
}

function withOptions(group: string, options: readonly string[]): ParsedRequest {
  const parsed = parseDevice([group, ...options]);
  if (parsed.kind !== 'check') return parsed;
  const { user, vdom, live } = parsed;
  if (live !== undefined) return { kind: 'unclear', reason: '--live can be used for one device only.' };
  return { kind: 'group', group, user, vdom };
}

/** With any other word after it, `auto` is a device name with options. */
function parseSwitch([value, ...others]: readonly string[]): ParsedRequest | undefined {
  if (value === undefined) return { kind: 'auto' };
  const word = value.toLowerCase();
  if (others.length === 0 && (word === 'on' || word === 'off')) return { kind: 'auto', value: word };
  return value.startsWith('--') ? undefined : { kind: 'unclear', reason: 'Use `auto on` or `auto off`.' };
}

export const ONE_DEVICE_ONLY: Extract<ParsedRequest, { kind: 'unclear' }> = {
  kind: 'unclear',
  reason: 'One device at a time, please.',
};

function parseDevice(given: readonly string[]): ParsedRequest {
  const words = [...given];
  const names: string[] = [];
  const options: Partial<Record<Option, string>> = {};
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (!word.startsWith('--')) {
      names.push(word);
      continue;
    }
    const [name = '', inlineValue] = word.slice(2).split(/=(.*)/s);
    const option = OPTIONS.find((known) => known === name.toLowerCase());
    if (option === undefined) return unknownOption(name, given);
    const value = inlineValue ?? words.shift();
    if (!value || value.startsWith('--')) return { kind: 'unclear', reason: `--${name} needs a value.` };
    options[option] = value;
  }
  const [alias, ...others] = names;
  if (alias === undefined) return { kind: 'unclear', reason: 'The device name is missing.' };
  if (others.length > 0) return severalNames(names, options);
  const { live, client, ...focus } = options;
  if (client !== undefined && !isIpAddress(client))
    return { kind: 'unclear', reason: '--client needs an IP address, such as 203.0.113.7.' };
  const seconds = live === undefined ? undefined : readSeconds(live);
  if (live !== undefined && seconds === undefined)
    return { kind: 'unclear', reason: '--live needs a number of seconds, such as 60.' };
  return {
    kind: 'check',
    alias,
    ...focus,
    details: client === undefined ? undefined : { client },
    live: seconds,
  };
}

/** `--usr marlow`: what would come of the option with the most similar name. */
function unknownOption(name: string, given: readonly string[]): ParsedRequest {
  const [near] = nearNames(OPTIONS, name);
  if (near === undefined) return { kind: 'unclear', reason: `Unknown option: --${name}.` };
  const start = `--${name}`;
  const { kind, ...corrected } = parseDevice(
    given.map((word) => (word.startsWith(start) ? `--${near}${word.slice(start.length)}` : word)),
  );
  const reason = `Unknown option: --${name}. Did you mean \`--${near}\`?`;
  return { kind: 'unclear', reason, meant: kind === 'check' ? [corrected as CheckTarget] : [] };
}

/** More words are a sentence. */
const MAX_NAMES = 3;

/** A second name is another device, or a user without `--user`: who knows the devices decides. */
function severalNames(names: readonly string[], options: Partial<Record<Option, string>>): ParsedRequest {
  const { user, vdom } = options;
  if (names.length > MAX_NAMES) return ONE_DEVICE_ONLY;
  return { ...ONE_DEVICE_ONLY, meant: names.map((alias) => ({ alias, user, vdom })) };
}

/** `60`, `60s`, `60 s`, `2m`; the limit is checked elsewhere. */
function readSeconds(text: string): number | undefined {
  const [, amount, unit] = /^(\d{1,5}) ?(s|sec|m|min)?$/i.exec(text.trim()) ?? [];
  if (amount === undefined) return undefined;
  return Number(amount) * (unit?.toLowerCase().startsWith('m') ? 60 : 1);
}

/** Text as it was typed: without links, curly quotes and formatting of Slack and phones. */
export function typedText(text: string): string {
  const unlinked = text.replace(/<(?:https?:\/\/|mailto:)[^|<>]*\|([^<>]*)>/g, '$1');
  return unescapeEntities(unlinked.replace(/<https?:\/\/([^<>|/]*)[^<>|]*>/g, '$1'))
    .replace(/[“”„]/g, '"')
    .replace(/(^|\s)[—–](?=\w)/g, '$1--')
    .replace(/[`*]/g, '');
}

/** Splits at white space; double quotes group words. */
function splitWords(text: string): string[] {
  return [...text.matchAll(/(?:[^\s"]|"[^"]*"?)+/g)].map(([word]) => word.replaceAll('"', ''));
}
