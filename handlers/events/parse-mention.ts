import { redactSideText } from '../../src/engine/evidence/side-text.ts';
import type { CheckTarget } from '../../src/platform/runs/run.ts';
import {
  COMMAND_WORDS,
  ONE_DEVICE_ONLY,
  type ParsedRequest,
  parseRequest,
  typedText,
} from '../commands/parse-request.ts';
import { findNamedUser } from './find-named-user.ts';
import { commandMeant, putOffWords } from './follow-up.ts';
import { isOrdinaryWord } from './ordinary-words.ts';

export type ParsedMention =
  | Exclude<ParsedRequest, { kind: 'nothing' }>
  /** The message names several devices that this person may check. */
  | { readonly kind: 'several-devices'; readonly targets: readonly CheckTarget[] }
  /** It names devices, and says not to check them, or not now. `words`: those that say so. */
  | { readonly kind: 'put-off'; readonly words: string; readonly targets: readonly CheckTarget[] }
  /**
   * The message names no device that this person may check. `asCommand`: what it means if it is read as a command, which
   * can still name a device that is refused.
   */
  | { readonly kind: 'no-device'; readonly asCommand: ParsedRequest };

/** Longer messages are not searched for a device: they are a description of something, and are about the thread. */
const MAX_SENTENCE_LENGTH = 2000;
const NAME = /(?<![\w.@\\-])[a-z0-9][\w.-]*/gi;
type RunVerb = 'history' | 'cancel' | 'escalate' | 'bundle';

/**
 * A message to the bot in ordinary words, or a command as after the slash. Only `devices`, which this person may check
 * here, count as devices: all other words are ordinary, so that the answer says nothing about other devices.
 */
export function parseMention(text: string, devices: readonly string[]): ParsedMention {
  const exact = parseRequest(text);
  const command = asCommand(exact, devices);
  if (command !== undefined) return command;
  const sentence = typedText(redactSideText(text)).trim();
  if (sentence.length > MAX_SENTENCE_LENGTH) return { kind: 'no-device', asCommand: exact };
  if (exact.kind === 'unclear' && /^(?:--|Unknown option)/.test(exact.reason)) return exact;
  const aliases = findAliases(sentence, devices);
  const [alias, ...others] = aliases;
  if (alias === undefined) return meantCommand(sentence) ?? { kind: 'no-device', asCommand: exact };
  const verb = findVerb(sentence);
  if (verb !== undefined) return others.length === 0 ? { kind: verb, alias } : ONE_DEVICE_ONLY;
  const focus = parseFocus(sentence, aliases);
  if (focus.kind === 'unclear') return focus;
  const targets = aliases.map((named) => ({ alias: named, ...focus.options }));
  const words = putOffWords(sentence);
  if (words !== undefined) return { kind: 'put-off', words, targets };
  return others.length === 0
    ? { kind: 'check', alias, ...focus.options }
    : { kind: 'several-devices', targets };
}

/**
 * Words of a message that have the form of a device name: a letter, a digit and a separator, as in `fgt-branch-07`.
 */
export function deviceLikeWords(text: string): readonly string[] {
  const words = [...typedText(redactSideText(text)).slice(0, MAX_SENTENCE_LENGTH).matchAll(NAME)];
  return words.map(([word]) => withoutEnd(word)).filter((word) => /^[a-z](?=.*\d).*[-_.]/i.test(word));
}

/** A few words, of a sentence about one device, that say nothing to the bot: perhaps a name of a user. */
export function wordsNotUnderstood(text: string, { alias, user }: CheckTarget): readonly string[] {
  const words = typedText(redactSideText(text)).split(/\s+/).map(withoutEnd);
  const hasMore = words.length > MAX_WORDS_EXPLAINED || user !== undefined || text.includes('--');
  if (hasMore) return [];
  const known = [alias.toLowerCase(), ...COMMAND_WORDS];
  const unknown = words.filter(
    (word) =>
      /^[\p{L}][\w.@\\-]*$/u.test(word) && !known.includes(word.toLowerCase()) && !isOrdinaryWord(word),
  );
  return unknown.length > 2 ? [] : unknown;
}

/** More words are a description. */
const MAX_WORDS_EXPLAINED = 8;

function meantCommand(sentence: string): ParsedMention | undefined {
  const command = commandMeant(sentence);
  return putOffWords(sentence) === undefined ? command : undefined;
}

function asCommand(exact: ParsedRequest, devices: readonly string[]): ParsedMention | undefined {
  if (exact.kind === 'nothing' || exact.kind === 'unclear') return undefined;
  if (exact.kind === 'check') {
    const alias = knownAlias(exact.alias, devices);
    return alias === undefined ? undefined : { ...exact, alias };
  }
  if (exact.kind !== 'cancel' && exact.kind !== 'escalate' && exact.kind !== 'bundle') return exact;
  if (exact.alias === undefined || knownAlias(exact.alias, devices) !== undefined) return exact;
  // "escalate this": the word after the verb is not a device.
  return isOrdinaryWord(withoutEnd(exact.alias)) ? { kind: exact.kind } : exact;
}

function findAliases(sentence: string, devices: readonly string[]): readonly string[] {
  const found = [...sentence.matchAll(NAME)].flatMap(([word]) =>
    COMMAND_WORDS.has(word.toLowerCase()) ? [] : (knownAlias(word, devices) ?? []),
  );
  return [...new Set(found)];
}

/** As the inventory spells it. A name at the end of a sentence has a full stop or a question mark after it. */
function knownAlias(word: string, devices: readonly string[]): string | undefined {
  const spellings = [word, withoutEnd(word)].map((each) => each.toLowerCase());
  return devices.find((alias) => spellings.includes(alias.toLowerCase()));
}

function withoutEnd(word: string): string {
  return word.replace(/[^\p{L}\p{N}]+$/u, '');
}

function findVerb(sentence: string): RunVerb | undefined {
  const [, verb] =
    /^(?:(?:please|pls|can|could|you|show|me|the|zeig|mir|den|bitte)\s+)*(history|verlauf|cancel|escalate|bundle)\b/i.exec(
      sentence,
    ) ?? [];
  return verb?.toLowerCase().replace('verlauf', 'history') as RunVerb | undefined;
}

type Focus =
  | { readonly kind: 'focus'; readonly options: Omit<CheckTarget, 'alias'> }
  | Extract<ParsedRequest, { kind: 'unclear' }>;

/** Options as after the slash command; else the user whom the sentence names. */
function parseFocus(sentence: string, aliases: readonly string[]): Focus {
  const options = [...sentence.matchAll(/(?:^|\s)(--[a-z]+(?:=|\s+)(?:"[^"]*"|[^\s"]+))/gi)].map(
    ([, option]) => option,
  );
  const parsed = parseRequest(['check', aliases[0], ...options].join(' '));
  if (parsed.kind === 'unclear') return parsed;
  const { user, vdom, live } = parsed.kind === 'check' ? parsed : {};
  const named = user ?? findNamedUser(sentence, aliases);
  return { kind: 'focus', options: { user: named, vdom, live } };
}
