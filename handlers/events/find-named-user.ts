import { isOrdinaryWord } from './ordinary-words.ts';

/**
 * The user whom a sentence names: "for marlow", "für marlow", "for user marlow", "user marlow", "marlow on" and a device,
 * "marlow cannot log in", "marlow's push". Undefined where none is named, where the words may mean something else ("for us", "for Contoso
 * Ltd"), and where several are named.
 */
export function findNamedUser(sentence: string, aliases: readonly string[]): string | undefined {
  const words = sentence.split(/\s+/);
  const users = words.flatMap((_, at) => [
    ...namesAfter(words, at, aliases),
    ...nameBefore(words, at, aliases),
  ]);
  const [user, ...others] = new Set(users);
  return others.length === 0 ? user : undefined;
}

const FOR = new Set(['for', 'für', 'fuer']);
const ARTICLES = new Set(['the', 'our', 'my', 'your', 'this', 'that', 'a', 'den', 'die']);
const USER_WORDS = new Set([
  'user',
  'username',
  'account',
  'login',
  'colleague',
  'benutzer',
  'kollegen',
  'kollegin',
]);
const ON = new Set(['on', 'at', 'auf', 'an', 'bei']);
/** What is said of a user who cannot log in. */
const CANNOT = new Set([
  'cannot',
  'cant',
  'couldnt',
  'doesnt',
  'gets',
  'receives',
  'kann',
  'kommt',
  'bekommt',
  'kriegt',
]);

/** What a user has, and does with it. Samples: "marlow's next login", "can marlow log in". */
const LOGIN = new Set(['login', 'push', 'phone', 'account', 'anmeldung', 'log', 'connect', 'sich']);

function namesAfter(words: readonly string[], at: number, aliases: readonly string[]): readonly string[] {
  const word = words[at]?.toLowerCase() ?? '';
  if (/^\(?(?:user(?:name)?|benutzer)[:=]?$/.test(word)) {
    // Sample: "user is called finch"
    const [called = ''] = /^(?:is (?:called|named)|heißt) /.exec(words.slice(at + 1).join(' ')) ?? [];
    return nameAt(words, at + called.split(' ').length, { aliases, isSaid: true });
  }
  const isAsked = at === 1 && /^(?:what|how) about$/i.test(words.slice(0, 2).join(' '));
  if (!FOR.has(bare(word)) && !isAsked) return [];
  let next = at + 1;
  if (ARTICLES.has(words[next]?.toLowerCase() ?? '')) next += 1;
  const isSaid = USER_WORDS.has(bare(words[next] ?? '').toLowerCase());
  if (isSaid) next += 1;
  else if (next > at + 1) return [];
  return nameAt(words, next, { aliases, isSaid });
}

/** Samples: "marlow on fgt-branch-07", "marlow cannot log in", "can marlow log in", "marlow's next login". */
function nameBefore(words: readonly string[], at: number, aliases: readonly string[]): readonly string[] {
  const word = bare(words[at] ?? '')
    .replaceAll(/['’]/g, '')
    .toLowerCase();
  const next = bare(words[at + 1] ?? '').toLowerCase();
  const isBeforeDevice = ON.has(word) && aliases.some((alias) => alias.toLowerCase() === next);
  const isAsked = LOGIN.has(word) && /^(?:can|could|kann)$/i.test(words[at - 2] ?? '');
  const has = words.slice(at + 1, at + 3).some((each) => LOGIN.has(bare(each).toLowerCase()));
  if (has && /^[a-z].*['’]s$/.test(words[at] ?? '')) return nameAt(words, at, { aliases, isSaid: true });
  if (at === 0 || !(isBeforeDevice || isAsked || CANNOT.has(word)) || /[.,;:!?)]$/.test(words[at - 1] ?? ''))
    return [];
  const before = bare(words[at - 2] ?? '').toLowerCase();
  const isAlone =
    at === 1 || isOrdinaryWord(before) || aliases.some((alias) => alias.toLowerCase() === before);
  const isName = /^[a-z][\w.@\\+-]*$/.test(words[at - 1] ?? '');
  return isAlone && isName ? nameAt(words, at - 1, { aliases, isSaid: true }) : [];
}

/** `isSaid`: a word before it says that it is a user. */
function nameAt(
  words: readonly string[],
  at: number,
  { aliases, isSaid }: { readonly aliases: readonly string[]; readonly isSaid: boolean },
): readonly string[] {
  const word = words[at];
  if (word === undefined || word.includes('<')) return [];
  const name = bare(word).replace(/['’]s$/, '');
  const isAlias = aliases.some((alias) => alias.toLowerCase() === name.toLowerCase());
  if (isAlias || isOrdinaryWord(name) || !/^[\w.@\\+-]{1,64}$/.test(name)) return [];
  // "for 2 days", "for ACME": without "user" before it, a number or an abbreviation is more likely something else.
  if (!isSaid && (/^[\d.:]+[a-z]?$/i.test(name) || /^[A-Z]{2,}$/.test(name))) return [];
  const rest = words.slice(at + 1);
  if (/^(?:and|or|&)$/i.test(rest[0] ?? '') || word.endsWith(',')) {
    const second = /^(?:and|or|&)$/i.test(rest[0] ?? '') ? rest[1] : rest[0];
    if (second !== undefined && isName(second)) return [name, bare(second)];
  }
  return isSaid || endsThere(word, rest[0]) ? [name] : [];
}

/** "for marlow, …", "for marlow please"; not "for Contoso Ltd", two words that together are a name of something. */
function endsThere(word: string, next: string | undefined): boolean {
  return next === undefined || /[.,;:!?)]$/.test(word) || /^[-–—(]/.test(next) || isOrdinaryWord(bare(next));
}

function isName(word: string): boolean {
  const name = bare(word);
  return name !== '' && !isOrdinaryWord(name);
}

function bare(word: string): string {
  return word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
}
