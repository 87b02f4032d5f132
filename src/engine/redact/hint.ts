import {
  createMultiPatternMatcher,
  type MultiPatternMatcher,
  type Pattern,
} from '../fortios/debug/multi-pattern-matcher.ts';

/**
 * What every secret of a finder has in its line. A finder looks only at lines with its hint, and `mayHoldSecret` is made
 * of all hints: neither can know less than the other.
 */
export interface Hint {
  test(line: string): boolean;
}

/** Words of all hints, and for each word the numbers of the hints that have it. */
export const WORDS: Pattern[] = [];
const OWNERS: number[][] = [];
const NUMBERS = new Map<string, number>();
/** Hints whose words say little without another condition. */
const CONDITIONS: Hint[] = [];
const FORMS: string[] = [];
let forms: RegExp | undefined;
/** The other hints, with the numbers of their words. */
const UNCONDITIONAL = new Map<Hint, readonly number[]>();
/** For each hint the number of the latest line with one of its words. */
const SEEN: number[] = [];

let matcher: MultiPatternMatcher | undefined;
/** The last line, its number, and the words in it. */
let last = '';
let lines = 0;
let found: number[] = [];
let isEnough = false;

/**
 * `anyCase` and `exact` are lists of words in the notation of `createMultiPatternMatcher`, separated by `|`. A line with
 * one of them may hold a secret if it meets `condition`, too.
 */
export function hint(anyCase: string, exact = '', condition?: RegExp): Hint {
  const owner = SEEN.push(-1) - 1;
  const words = [
    ...split(anyCase).map((word) => addWord(word, false, owner, condition === undefined)),
    ...split(exact).map((word) => addWord(word, true, owner, condition === undefined)),
  ];
  matcher = undefined;
  const made: Hint = {
    test(line) {
      read(line);
      return SEEN[owner] === lines && (condition === undefined || condition.test(line));
    },
  };
  if (condition) CONDITIONS.push(made);
  else UNCONDITIONAL.set(made, words);
  return made;
}

/** For a form that has no words: it is tried with every line, together with the others. */
export function hintOfForm(form: RegExp): Hint {
  FORMS.push(form.source);
  forms = undefined;
  return form;
}

/** A row of a table of patterns: `words ⟶ pattern`, with exact words behind `‖`, and a condition behind another arrow. */
export function patternRow(strings: TemplateStringsArray, flags: string) {
  const [words = '', source = '', condition] = splitCells(strings);
  const [anyCase = '', exact] = words.split('‖');
  const isUnicode = /\\p\{|[^\0-\uffff]/u.test(source);
  return {
    hint: hint(anyCase, exact, condition === undefined ? undefined : new RegExp(condition, 'i')),
    pattern: new RegExp(source, isUnicode ? `${flags}u` : flags),
  };
}

/** `(?i:…)` in any case, which older browsers do not know. */
export function expression(source: string): RegExp {
  return source.startsWith('(?i:') ? new RegExp(source.slice(4, -1), 'i') : new RegExp(source);
}

export function splitCells(strings: TemplateStringsArray): readonly string[] {
  return (strings.raw[0] as string).replaceAll('\\`', '`').split(' ⟶ ');
}

/** It has the words of all of them; only hints with a condition are asked themselves. */
export function joinHints(...hints: readonly Hint[]): Hint {
  const owner = SEEN.push(-1) - 1;
  const others = hints.filter((each) => !UNCONDITIONAL.has(each));
  const words = hints.flatMap((each) => UNCONDITIONAL.get(each) ?? []);
  for (const word of words) OWNERS[word]?.push(owner);
  const made: Hint = {
    test(line) {
      read(line);
      return SEEN[owner] === lines || others.some((each) => each.test(line));
    },
  };
  if (others.length === 0) UNCONDITIONAL.set(made, words);
  return made;
}

/** Whether any finder may find something in the line. */
export function hasHint(line: string): boolean {
  read(line);
  forms ??= new RegExp(FORMS.join('|'));
  return isEnough || (found.length > 0 && CONDITIONS.some((each) => each.test(line))) || forms.test(line);
}

/** The matcher of all words, together with the words of a caller. */
export function matchHintsAnd(others: readonly string[]): MultiPatternMatcher {
  matcher = createMultiPatternMatcher(WORDS, others);
  return matcher;
}

function read(line: string): void {
  // A comparison of the same string object costs nothing.
  if (last === line && matcher) return;
  matcher ??= matchHintsAnd([]);
  last = line;
  lines += 1;
  found = [];
  isEnough = matcher.find(line, found);
  for (const word of found) for (const owner of OWNERS[word] as number[]) SEEN[owner] = lines;
}

function split(list: string): readonly string[] {
  return list === '' ? [] : list.split(/(?<!\\)\|(?:\n +)?/).map((word) => word.replace('\\|', '|'));
}

function addWord(word: string, isExact: boolean, owner: number, isAlone: boolean): number {
  const key = `${isExact} ${isExact ? word : word.toLowerCase()}`;
  const number = NUMBERS.get(key) ?? WORDS.length;
  NUMBERS.set(key, number);
  WORDS[number] = { word, isExact, isEnough: isAlone || WORDS[number]?.isEnough === true };
  OWNERS[number] ??= [];
  OWNERS[number].push(owner);
  return number;
}
