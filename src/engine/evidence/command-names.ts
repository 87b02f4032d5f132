import { COMMANDS } from '../fortios/commands.ts';

/** A typed command in full words, and the scope that `sudo` gave it. */
export interface TypedCommand {
  readonly text: string;
  /** `sudo root get …`: the VDOM, or `global`. */
  readonly scope?: string;
}

/** Commands whose abbreviations (`get sys stat`, two letters of a word) are expanded, because facts are looked up by the full name. */
const KNOWN: readonly (readonly string[])[] = [
  ...new Set(
    [
      ...Object.values(COMMANDS).map((command): string => command.text),
      'get system ftm-push',
      'get system interface',
      'config global',
      'config vdom',
    ].flatMap(withVariants),
  ),
].map((text) => text.split(' '));
const BY_SUBJECT = Map.groupBy(KNOWN, ([, subject]) => subject?.slice(0, 2));
const EXACT: ReadonlySet<string> = new Set(KNOWN.map((words) => words.join(' ')));

/** First words with the shortest abbreviation that people use. */
const VERBS: readonly (readonly [verb: string, shortest: number])[] = [
  ['get', 3],
  ['show', 2],
  ['diagnose', 4],
  ['execute', 3],
  ['config', 4],
];

/** Second words that only FortiOS commands have after these verbs. */
const SUBJECTS =
  /^(?:get|show|config|diagnose|execute) (?:full-configuration|sys(?:tem)?|user|vpn|firewall|router|log|hardware|fortitoken(?:-cloud|-mobile)?|deb(?:ug)?|sniff?(?:er)?|test|ping|global|vdom|switch-controller|wireless-controller|webfilter|ha)\b/;

/**
 * `sh sys ftm-push` → `show system ftm-push`. A pipe and what follows it stay, because such an output is not complete.
 */
export function spellOut(typed: string): TypedCommand {
  const words = typed.trim().split(/\s+/);
  if (words[0] === 'sudo' && words.length > 2) {
    return { text: fullWords(words.slice(2)), scope: words[1] ?? '' };
  }
  return { text: fullWords(words) };
}

/** Whether an expanded command exists on a FortiGate and on hardly any other system. */
export function isFortiosCommand(text: string): boolean {
  return SUBJECTS.test(text);
}

function fullWords(typed: readonly string[]): string {
  const [first = '', ...rest] = typed;
  const verb = VERBS.find(([name, shortest]) => first.length >= shortest && name.startsWith(first))?.[0];
  const words = [verb ?? first, ...rest];
  const text = words.join(' ');
  if (EXACT.has(text)) return text;
  const known = BY_SUBJECT.get(words[1]?.slice(0, 2)) ?? [];
  const candidates = known.filter((each) => abbreviates(words, each));
  const longest = Math.max(0, ...candidates.map((known) => known.length));
  const best = candidates.filter((known) => known.length === longest);
  const [only] = best;
  return only && best.length === 1 ? [...only, ...words.slice(only.length)].join(' ') : text;
}

/** Tests whether each word of `known` begins with the typed word in its position. Further typed words are arguments. */
function abbreviates(words: readonly string[], known: readonly string[]): boolean {
  if (words.length < known.length) return false;
  for (let at = 0; at < known.length; at += 1) {
    const word = known[at] ?? '';
    const typed = words[at] ?? '';
    if (word !== typed && (typed.length < 2 || !word.startsWith(typed))) return false;
  }
  return true;
}

/** What one of these verbs shows can also be shown or opened with the others. */
function withVariants(text: string): readonly string[] {
  const path = /^show (?:full-configuration )?(.+)$/.exec(text)?.[1];
  if (path === undefined) return [text];
  return [`show ${path}`, `show full-configuration ${path}`, `config ${path}`];
}
