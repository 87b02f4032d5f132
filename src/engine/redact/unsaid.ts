import { isSaidIn, isSaidSomewhere, type Language, languagesOf } from './languages.ts';
import { isListed, isOrdinary, isPassphrase } from './ordinary-words.ts';
import { isTechnical } from './values.ts';

/** Names of products and abbreviations. */
export const NAMED =
  /^(?:Forti\w*|Open(?:PGP|SS[HL]|VPN|LDAP|WRT|ID)|GnuPG|(?:Network|Libre|Java|Power|Share|Key)[A-Z]\w+|[A-Z]{2,6}s?|[A-Z]{2,8}-?\d{1,6}|[A-Z]{2,4}-[A-Z]{2,4})$/;

const SPELT =
  /^["'”’`]?[ \t]\((?:(?:all|in|with|one|no|zero|capital|lower|upper|small|mit|alles?|ganz|ohne|zusammen)(?!\w)[^()]{0,24}|klein|groß)|^,?[ ](?:(?:alles[ ]|ganz[ ])?(?:klein|groß)[ ]?geschrieben|all[ ](?:in[ ])?(?:lower|small|caps)|in[ ](?:small|lower|capital|upper)|alles[ ]klein)/i;

/** A word of a language as long as this is derived from another, and shows it by its ending. */
const LONG = /^\p{L}+$/u;
const MIN_LONG = 9;
/** `blueHeron`: no language writes so. */
const INNER_CAPITAL = /^\p{L}\p{Ll}{2,}\p{Lu}\p{Ll}{2,}\p{L}*$/u;

/** A word of letters that no sentence says: long without an ending, or with a capital inside. */
export function isUnsaid(word: string, languages: readonly Language[] = []): boolean {
  if (!LONG.test(word) || (word.length < MIN_LONG && !INNER_CAPITAL.test(word))) return false;
  return !isSaid(word, languages) && !isTechnical(word) && !NAMED.test(word);
}

/** `tigerlily all lower case` */
export function isSpeltOut(line: string, end: number): boolean {
  return SPELT.test(line.slice(end, end + 32));
}

/** `user wren, password friendly` */
const OF_USER =
  /(?:user|username|login|account|benutzer|konto|in as|guest|gast|admin)[ :=]{1,2}(?!n?or[ ]|and[ ]|und[ ]|oder[ ]|the[ ]|has[ ]|with[ ])\S{0,32}(?:,|[ ]\/|[ ](?:and|und|with|mit))?[ ](?:the[ ])?(?:pass\w{0,4}|pwd?|kennwort)[ :=]{1,3}["'“„]?$/i;
/** A remark about its letters shows a secret, and a capital within a sentence a noun: `sternring (all lower case)`. */
export function isSaidHere(line: string, at: number, text: string): boolean {
  const isSpelt = isSpeltOut(line, at + text.length);
  const isNoun =
    /^\p{Lu}\p{Ll}+ing$/u.test(text) && /(?<!\S)\p{Ll}+[ \t]$/u.test(line.slice(Math.max(0, at - 24), at));
  const isOfUser =
    OF_USER.test(line.slice(Math.max(0, at - 80), at)) &&
    /(?:ly|lich|ung|[hk]eit|ness|ful|able|ible|ive|ous|ity|isch|bar)$/.test(text);
  return isSaid(text, languagesOf(line)) && !isSpelt && !((isNoun || isOfUser) && !isListed(text));
}

const ANY_MARK = /[!#$%&*+?^~§€]/;
/** A mark among letters that no name or abbreviation has there: `Sturm#Wolke9`, no `Tunnel#12` and no `Yahoo!-Konto`. */
const MARK_INSIDE =
  /^(?!\p{L}+[#!]\d+$|FRITZ!|.*!-|(?:.*[^a-z\d])?[A-Z]{1,2}&|.*%[\dA-F]{2})(?=.*\p{L}.*\p{L}.*\p{L})(?:(?=.*\d).*[\p{L}\d][!#$%&*+?^~§€][\p{L}\d]|.*\p{L}{2}[#$%^*~]\p{L}{2})/u;

/** `tor-bleibt-zu`, `kiste-Kiwi`; no `end-to-end`. */
const JOINED =
  /^\p{L}{2,20}-(?:\p{L}{2,20}-\p{L}{2,20}(?:-\p{L}{2,20}){0,3}|(?<=\p{Ll}-)\p{Lu}\p{Ll}{2,20})$/u;
export function isJoined(word: string): boolean {
  return JOINED.test(word) && word.split('-').some((part) => /\p{Ll}{3}/u.test(part) && !isOrdinary(part));
}

/** What devices and programs are called. */
const DEVICE =
  /^(?:Outlook|Exchange|Office|Azure|Teams|Share[Pp]oint|Chrome|Firefox|Cisco|Debian|Ubuntu|Branch|Router|Switch|Filiale|Standort|Site|Raum|Room|Laptop|Node)/;
/** `Libelle22`, no `Server2` and no `Windows11`. */
function isChosenName(word: string): boolean {
  return (
    word.length >= 8 &&
    !DEVICE.test(word) &&
    !isOrdinary(word.replace(/[-_!]?\d+$/, '')) &&
    !isTechnical(word) &&
    !NAMED.test(word)
  );
}

export function hasInnerMark(word: string): boolean {
  return ANY_MARK.test(word) && MARK_INSIDE.test(word) && !isTechnical(word);
}

/** Another clause begins behind a value. */
const CONJUNCTION =
  /^["'”’`]?[ ](?:and|but|und|aber|so|then|dann|getestet|probiert|versucht|kommt|kam|tested)[ ]/i;

export function isBeforeClause(rest: string): boolean {
  return CONJUNCTION.test(rest);
}

/** `my password tor-bleibt-zu has a dash` */
const HAS = /^["'”’`]?[ ](?:has|hat|contains|enthält|includes|is|ist|fails|geht|funktioniert)[ ]/i;
const MARKED_OR_JOINED = /^\S{2,40}[-_.!#$%&+*]\S{2,40}$/;

/** Behind the value its sentence goes on. */
export function isBeforeVerb(line: string, start: number, end: number): boolean {
  const rest = line.slice(end, end + 24);
  return isBeforeClause(rest) || (MARKED_OR_JOINED.test(line.slice(start, end)) && HAS.test(rest));
}

/** `fgt-branch-07` */
export function isPlaceName(word: string): boolean {
  return /^\p{Ll}+(?:-\p{Ll}+)*-?\d{0,3}$/u.test(word) && /[-\d]/.test(word);
}

/** A whole sentence: `the PSK matches on both peers`, `der Schlüssel stimmt überein` */
const AGREES =
  /[ ](?:stimmt|stimmen|passt|passen|match(?:es|ed)?|agrees?|identical|identisch|(?:the[ ])?same|gleich)[ ](?:[^()=:]{0,40}[ ])?(?:überein|beiden[ ]\p{L}+|both[ ](?:sides|ends|peers|units|members))[.]?[ \t]?$/iu;

/** The words before a bracket say something about the secret, or are a whole sentence about it, behind which the name of a tunnel stands. */
export function isRemark(text: string, value: string): boolean {
  // `the PSK is the same on both sides (Libelle22x!)`
  if (
    value.length >= 8 &&
    /\p{Ll}/u.test(value) &&
    /[!#$%&*?§]|\d\p{L}/u.test(value) &&
    !/^Forti/i.test(value) &&
    !isTechnical(value)
  )
    return false;
  return (
    /["'”][ \t]$/.test(text) ||
    (AGREES.test(text) && isPlaceName(value.toLowerCase())) ||
    isOrdinary(text.slice(text.lastIndexOf(' ') + 1) || '?')
  );
}

/** A path, a member, an address, a number with its unit, an identifier, an algorithm, a product. */
const IDENTIFIER =
  /[\\/<>{}()]|^[\w-]+[=:]\S|^\+?[\d.,:%h-]+$|^\d+(?:[.,]\d+)?[a-z]{1,5}$|^0x|^[\da-f]{8}-[\da-f]{4}-|^[^@]+@[\w-]+\.|^--?\w|\d{4}-\d\d-\d\d|^%|^(?:aes|rsa|sha|tls|chacha|3?des|md5|ecdsa|dh|pbkdf|x509|ikev|mschap)[\dv-]|^(?:Forti|FGT|FAC|FAZ|FMG|FTK|Windows|Win\d|iPhone|iPad|Android|Galaxy|Pixel|Edge|Okta|Citrix|AADSTS|CVE-)/i;
const HEXADECIMAL = /^[\da-f-]+$/i;
const MARK = /[\p{L}\d][!$%&*+?^~§€@][\p{L}\d]|[\p{L}\d]{3}!$/u;

/** `kettle.ORBIT.5521`: no host name ends in digits, and no version begins with a word. */
const DOTTED = /^(?=.*\p{Lu})\p{L}{3,}(?:\.\p{L}{3,}){1,3}\.\d{3,4}$/u;

/** Whether a sentence says the word about a secret, where the language of the sentence is known in that language. */
export function isSaid(word: string, languages: readonly Language[]): boolean {
  return (
    isListed(word.replace(/(?:['’]?s)$/, '')) ||
    isListed(word) ||
    (languages.length === 0 ? isOrdinary(word) || isSaidSomewhere(word) : isSaidIn(languages, word))
  );
}

/** How much a word looks like a secret: 0 not at all, 1 where nothing else can stand, 2 chosen by a person, 3 by a program. */
export function lookOf(word: string, languages: readonly Language[]): number {
  if (word.length < 4 || word.length > 128) return 0;
  if (LONG.test(word)) {
    if (word.length < 5 || (NAMED.test(word) && !/^[A-Z]{6}$/.test(word)) || isSaid(word, languages))
      return 0;
    return INNER_CAPITAL.test(word) && !isTechnical(word) ? 2 : 1;
  }
  if (/^\d{4,12}$/.test(word)) return 1;
  if (DOTTED.test(word)) return 2;
  if (isTechnical(word) || NAMED.test(word) || DEVICE.test(word) || IDENTIFIER.test(word)) return 0;
  if (word.includes(' ')) return isPassphrase(word) ? 2 : word.split(' ').every(isOrdinary) ? 0 : 1;
  if (hasInnerMark(word)) return 3;
  if (HEXADECIMAL.test(word)) return 1;
  const changes = count(word, /\p{Ll}(?=[\p{Lu}\d])|\p{Lu}(?=\d)|\d(?=\p{L})/gu);
  const joints = count(word, /\d(?=[-_.]\p{L})|\p{L}(?=[-_.]\d)/gu);
  if (changes > 2 || joints > 3) return /\p{Ll}/u.test(word) ? 3 : 2;
  if (changes === 2 || MARK.test(word)) return 2;
  return isChosenCompound(word, changes + joints) ||
    (/^\p{Lu}\p{Ll}{5,}[-_]?\d{1,4}$/u.test(word) && isChosenName(word))
    ? 2
    : 1;
}

function count(word: string, pattern: RegExp): number {
  return word.match(pattern)?.length ?? 0;
}

/** `Fall-Leaves-88`, `rio-Verde-88x`; no `VPN-Users-02` and no `fgt-branch-07`. */
function isChosenCompound(word: string, turns: number): boolean {
  const parts = word.split(/[-_.\d]+/).filter((part) => part !== '');
  return (
    parts.length > 1 &&
    /\d/.test(word) &&
    /\p{Lu}/u.test(word) &&
    parts.every((part) => part.length < 3 || !isOrdinary(part)) &&
    (turns > 2 ||
      parts.every((part) => /^\p{Lu}\p{Ll}{2}/u.test(part)) ||
      parts.some((part) => /^\p{Ll}{3}/u.test(part)))
  );
}
