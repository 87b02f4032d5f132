/** Texts of which every match of an expression contains one; undefined where that cannot be told. */
type Contained = readonly string[] | undefined;

interface Part {
  /** All that the part matches, where that is little. */
  readonly all: Contained;
  /** What every match of the part contains. */
  readonly some: Contained;
}

const MIN_LENGTH = 3;
const MAX_WORDS = 120;
const MAX_CLASS = 12;
/** Longer words are no rarer. */
const ENOUGH = 5;
const NOTHING: Part = { all: [''], some: undefined };
const ANYTHING: Part = { all: undefined, some: undefined };
/** The end of a word, which is no character. */
const BORDER = '|';
/** Classes of which all characters have one form, and others. */
const CLASSES: Readonly<Record<string, Part>> = {
  b: { all: [BORDER], some: undefined },
  B: NOTHING,
  d: { all: ['0'], some: undefined },
  s: { all: [' '], some: undefined },
  W: { all: [' '], some: undefined },
  t: { all: [' '], some: undefined },
  n: { all: [' '], some: undefined },
  r: { all: [' '], some: undefined },
};

/** By code: a small letter for a letter, `0` for a digit, and a blank for what is no part of a word, so also beyond ASCII. */
export const FORMS: readonly string[] = Array.from({ length: 0x80 }, (_, code) => {
  const char = String.fromCharCode(code).toLowerCase();
  return /\d/.test(char) ? '0' : /\w/.test(char) ? char : ' ';
});
/** Characters that are themselves, before one that is no quantifier. */
const PLAIN = /[^\\^$.*+?()[\]{}|]+(?![*+?{])/y;
const QUANTIFIER = /(?:[*+?]|\{(\d+)(,?\d*)\})\??/y;
const GROUP = /\?(?::|<?[=!]|<\w+>)/y;
/** Behind a backslash. */
const CODE = /u(?:[\da-fA-F]{4}|\{[\da-fA-F]+\})|x[\da-fA-F]{2}|[pP]\{[^}]*\}|k<\w+>/y;

/** Words of three characters or more, in the form above. Lookarounds say nothing of what is matched. */
export function wordsOf(source: string): Contained {
  let at = 0;

  /** What stands here; reads on behind it. */
  function read(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match) at = pattern.lastIndex;
    return match;
  }

  function alternatives(): Part {
    const parts = [sequence()];
    while (source[at] === '|') {
      at += 1;
      parts.push(sequence());
    }
    if (parts.length === 1) return parts[0] as Part;
    const all = unite(parts.map((part) => part.all));
    if (all && all.length <= MAX_WORDS) return { all, some: undefined };
    return { all: undefined, some: unite(parts.map(longestOf)) };
  }

  function sequence(): Part {
    let run: readonly string[] = [''];
    let isWhole = true;
    let best: Contained;
    while (at < source.length && source[at] !== '|' && source[at] !== ')') {
      const part = repeated(atom());
      const joined = part.all && join(run, part.all);
      isWhole &&= joined !== undefined;
      if (!joined) best = better(better(best, long(run)), part.some);
      run = joined ?? part.all ?? [''];
    }
    return { all: isWhole ? run : undefined, some: better(best, long(run)) };
  }

  /** A part with its quantifier. */
  function repeated(part: Part): Part {
    if (!'*+?{'.includes(source[at] ?? ' ')) return part;
    const [quantifier = '', least = '', most] = read(QUANTIFIER) ?? [];
    const isOptional = '*?'.includes(quantifier.charAt(0)) || least === '0';
    if (quantifier.startsWith('?') || (least === '0' && most === ',1'))
      return { all: unite([part.all, ['']]), some: undefined };
    if (isOptional) return ANYTHING;
    if (part.all?.length !== 1) return { all: undefined, some: longestOf(part) };
    const all = [(part.all[0] as string).repeat(Number(least || 1))];
    return least !== '' && most === '' ? { all, some: undefined } : { all: undefined, some: long(all) };
  }

  function atom(): Part {
    const [plain] = read(PLAIN) ?? [];
    if (plain !== undefined) return literal(plain);
    const char = source[at] as string;
    at += 1;
    if (char === '(') return group();
    if (char === '[') return set();
    if (char === '\\') return escaped();
    if (char === '^' || char === '$') return NOTHING;
    return char === '.' ? ANYTHING : literal(char);
  }

  function group(): Part {
    const [lead = ''] = read(GROUP) ?? [];
    const inner = alternatives();
    at += 1;
    return /[=!]$/.test(lead) ? NOTHING : inner;
  }

  function set(): Part {
    const forms = new Set<string>();
    let isKnown = source[at] !== '^';
    while (at < source.length && source[at] !== ']') {
      const char = source[at] as string;
      at += 1;
      // A range.
      if (char === '-' && forms.size > 0 && source[at] !== ']') isKnown = false;
      const all = char === '\\' ? escaped().all : [toForm(char)];
      if (all === undefined || all[0] === BORDER) isKnown = false;
      for (const form of all ?? []) forms.add(form);
    }
    at += 1;
    return isKnown && forms.size <= MAX_CLASS ? { all: [...forms], some: undefined } : ANYTHING;
  }

  function escaped(): Part {
    const [code] = read(CODE) ?? [];
    if (code !== undefined)
      return /^[ux]/.test(code)
        ? literal(String.fromCodePoint(Number.parseInt(code.replace(/[ux{}]/g, ''), 16)))
        : ANYTHING;
    const char = source[at] as string;
    at += 1;
    return CLASSES[char] ?? (/\w/.test(char) ? ANYTHING : literal(char));
  }

  return longestOf(alternatives());
}

function toForm(char: string): string {
  return FORMS[char.charCodeAt(0)] ?? ' ';
}

function literal(text: string): Part {
  const small = text.toLowerCase();
  return { all: [/^[a-z_ ]*$/.test(small) ? small : text.split('').map(toForm).join('')], some: undefined };
}

function unite(parts: readonly Contained[]): Contained {
  const united: string[] = [];
  for (const words of parts) {
    if (words === undefined) return undefined;
    united.push(...words);
  }
  return united;
}

function join(before: readonly string[], behind: readonly string[]): readonly string[] | undefined {
  const [only = ''] = behind;
  if (behind.length === 1) return only === '' ? before : before.map((word) => word + only);
  if (before.length * behind.length > MAX_WORDS) return undefined;
  return before.flatMap((word) => behind.map((each) => word + each));
}

/** A border is a blank where the word begins or ends with it. */
function long(words: Contained): Contained {
  if (words === undefined || words.some(({ length }) => length < MIN_LENGTH)) return undefined;
  const whole = words.map((word) =>
    word.includes(BORDER) ? word.replace(/^\|+(?=\w)|(?<=\w)\|+$/g, ' ').replaceAll(BORDER, '') : word,
  );
  return whole.every(({ length }) => length >= MIN_LENGTH) ? whole : undefined;
}

function longestOf({ all, some }: Part): Contained {
  return better(long(all), some);
}

/** The one that fewer texts contain: its shortest word is longer, or it has fewer words. */
function better(one: Contained, other: Contained): Contained {
  if (one === undefined || other === undefined) return one ?? other;
  return rank(one) >= rank(other) ? one : other;
}

function rank(words: readonly string[]): number {
  return Math.min(ENOUGH, ...words.map(({ length }) => length)) * MAX_WORDS - words.length;
}
