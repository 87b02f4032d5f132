/** Characters of a word that are looked for: more say little more, and fewer are in most texts. */
const MAX_KEY = 6;

/**
 * The names of the expressions that may match a text: each needs one of some words (a prefilter, as in RE2). Reading 200
 * sentences takes half of the time, a tenth of a second a megabyte in `npm run bench -- dull 0.3`. The expressions have no
 * flags, and no escapes of several characters.
 */
export function createPrefilter<T>(
  expressions: readonly (readonly [name: T, expression: RegExp])[],
): (text: string) => ReadonlySet<T> {
  const always: T[] = [];
  const byKey = new Map<string, T[]>();
  for (const [name, { source }] of expressions) {
    const words = neededWords(source);
    if (words === undefined) always.push(name);
    for (const key of new Set(words?.map((word) => word.slice(0, MAX_KEY)))) {
      const names = byKey.get(key);
      if (names) names.push(name);
      else byKey.set(key, [name]);
    }
  }
  return (text) => {
    const found = new Set(always);
    for (let at = 0; at < text.length; at += 1)
      for (let length = 1; length <= MAX_KEY; length += 1)
        for (const name of byKey.get(text.slice(at, at + length)) ?? []) found.add(name);
    return found;
  };
}

const GROUP = /^\((?:\?(?:<?[=!]|<\w+>|:))?/;
const QUANTIFIER = /^(?:[?*+]|\{\d+(?:,\d*)?\})\??/;

/** Words of which every text that matches holds one; undefined where none is certain. */
function neededWords(source: string): readonly string[] | undefined {
  let at = 0;

  /** Alternatives, up to the end of the group. */
  function readGroup(): readonly string[] | undefined {
    let all: string[] | undefined = [];
    do {
      const words = readAlternative();
      all = words && all && [...all, ...words];
    } while (source[at++] === '|');
    return all;
  }

  function readAlternative(): readonly string[] | undefined {
    let best: readonly string[] | undefined;
    let run = '';
    const keep = (words: readonly string[] | undefined) => {
      if (words && shortest(words) > (best ? shortest(best) : 0)) best = words;
    };
    while (at < source.length && source[at] !== '|' && source[at] !== ')') {
      const char = readLiteral();
      const words = char === undefined ? readOther() : undefined;
      const isOptional = skipQuantifier();
      if (char !== undefined && isOptional === undefined) {
        run += char;
        continue;
      }
      keep([run]);
      run = char !== undefined && isOptional === false ? char : '';
      if (isOptional !== true) keep(words);
    }
    keep([run]);
    return best;
  }

  /** A literal character, also behind a backslash. */
  function readLiteral(): string | undefined {
    const char = source[at] as string;
    const isEscaped = char === '\\' && !/\w/.test(source[at + 1] ?? 'b');
    if (!isEscaped && '\\^$.[('.includes(char)) return undefined;
    at += isEscaped ? 2 : 1;
    return isEscaped ? source[at - 1] : char;
  }

  /** A class, an escape, an assertion or a group; the words that a group needs. */
  function readOther(): readonly string[] | undefined {
    const char = source[at];
    if (char === '[') {
      for (at += 1; source[at] !== ']'; at += 1) if (source[at] === '\\') at += 1;
      at += 1;
      return undefined;
    }
    if (char !== '(') {
      at += char === '\\' ? 2 : 1;
      return undefined;
    }
    const opening = GROUP.exec(source.slice(at, at + 40))?.[0] ?? '(';
    at += opening.length;
    const words = readGroup();
    return opening.endsWith('!') ? undefined : words;
  }

  /** Whether the quantifier allows none; undefined where there is no quantifier. */
  function skipQuantifier(): boolean | undefined {
    if (!'?*+{'.includes(source[at] ?? ' ')) return undefined;
    const [quantifier = ''] = QUANTIFIER.exec(source.slice(at, at + 12)) ?? [];
    at += quantifier.length;
    return /^(?:[?*]|\{0)/.test(quantifier);
  }

  return readGroup();
}

function shortest(words: readonly string[]): number {
  return Math.min(...words.map(({ length }) => length));
}
