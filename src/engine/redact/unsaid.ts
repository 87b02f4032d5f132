import { hintOfForm } from './hint.ts';
import { isSaidSomewhere, isWordOfLanguages, type Language } from './languages.ts';
import { isListed, isOrdinary, isPassphrase } from './ordinary-words.ts';
import { isTechnical } from './values.ts';

/** Names of products and abbreviations. */
export const NAMED =
  /^(?:Forti\w*|Open(?:PGP|SS[HL]|VPN|LDAP|WRT|ID)|GnuPG|(?:Network|Libre|Java|Power|Share|Key)[A-Z]\w+|[A-Z]{2,6}s?|[A-Z]{2,8}-?\d{1,6}|[A-Z]{2,4}-[A-Z]{2,4})$/;

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

const ANY_MARK = /[!#$%&*+?^~§€]/;
/** A mark among letters that no name or abbreviation has there: `Sturm#Wolke9`, `Igel!Hase`, no `Tunnel#12`, `Yahoo!-Konto` or `fw01#diagnose`. */
const MARK_INSIDE =
  /^(?![\p{L}_-]+#\d+(?:-\d+)?$|[\w.-]+#(?:diag|get$|show|conf|exec|sh$|end$|edit$|next$)|FRITZ!|.*!-|(?:.*[^a-z\d])?[A-Z]{1,2}&|.*%[\dA-F]{2}|.*&[a-z]{2,6};)(?=.*\p{L}.*\p{L}.*\p{L})(?:(?=.*\d).*[\p{L}\d][!#$%&*+?^~§€][\p{L}\d]|.*\p{L}{2}[#$%^*~]\p{L}{2}|\p{Lu}\p{Ll}{2,}!\p{Lu}\p{Ll}{2,}$)/u;
/** `Igel;Hase;8`, `Igel#2031`, `Igel=31`, unless a word of them says what the rest is: `Port=8443`. */
const WITH_PARTS = /^\p{Lu}\p{Ll}{3,}(?:[;#=&](?:\p{L}+|\d{1,4})){1,3}$/u;
/** `Igel!1805`: with a digit and at least eight characters a password without a word that says so. */
const UNMISTAKABLE = /^(?=.*\d)(?=.*\p{L}{3})\p{L}.*[\p{L}\d][!$%*^][\p{L}\d]/u;
const MIN_UNMISTAKABLE = 8;
/** Part of every line with such a word. */
export const MARKED_HINT = hintOfForm(
  /[!#$%&*^~](?=[A-Za-z\d\u00c0-\uffff]{2})(?<=(?:^|\s)[^\s\\/=:<>{}@|]{0,40}[A-Za-z\d\u00c0-\uffff]{2}.)/,
);

/** `tor-bleibt-zu`, `kiste-Kiwi`; no `end-to-end`. */
const JOINED =
  /^\p{L}{2,20}-(?:\p{L}{2,20}-\p{L}{2,20}(?:-\p{L}{2,20}){0,3}|(?<=\p{Ll}-)\p{Lu}\p{Ll}{2,20})$/u;
/** `moos-laterne`, `ufer_ro` */
const COINED = /^(?=.*\p{Ll}{4})\p{L}{2,20}[-_]\p{L}{2,20}$/u;
export function isJoined(word: string): boolean {
  return JOINED.test(word) && word.split('-').some((part) => /\p{Ll}{3}/u.test(part) && !isOrdinary(part));
}

/** `wattkiesel`, `moos-laterne`, `ufer_ro`: a word, or joined words, that no sentence says. */
export function isCoined(word: string, languages: readonly Language[] = []): boolean {
  if (isUnsaid(word, languages) || isJoined(word)) return true;
  const parts = word.split(/[-_]/);
  return (
    COINED.test(word) &&
    parts.every(
      (part) => part.length < 4 || !(isSaid(part, languages) || isOrdinary(part) || NAMED.test(part)),
    )
  );
}

/** What devices and programs are called. */
export const DEVICE =
  /^(?:Outlook|Google|Microsoft|Safari|Opera|Edge|Wireshark|Notepad|PuTTY|Postman|Exchange|Office|Azure|Teams|Share[Pp]oint|Chrome|Firefox|Cisco|Debian|Ubuntu|Branch|Router|Switch|Filiale|Standort|Site|Raum|Room|Laptop|Node)/;
/** `Libelle22`, no `Server2` and no `Windows11`. */
function isChosenName(word: string): boolean {
  return (
    word.length >= 8 &&
    !DEVICE.test(word) &&
    !isOrdinary(word.replace(/[-_.\d]+$/, '')) &&
    !isTechnical(word) &&
    !NAMED.test(word)
  );
}

export function hasInnerMark(word: string): boolean {
  return word.length <= MAX_LENGTH && ANY_MARK.test(word) && MARK_INSIDE.test(word) && !isTechnical(word);
}

/** `fgt-branch-07` */
export function isPlaceName(word: string): boolean {
  return /^\p{Ll}+(?:-\p{Ll}+)*-?\d{0,3}$/u.test(word) && /[-\d]/.test(word);
}

/** A path, a member, an address, a number with its unit, an identifier, an algorithm, a product. */
const IDENTIFIER =
  /[\\/<>{}()]|^[\w-]+(?::\S|=[^=]+$|=[^,=]*,[\w-]+=)|^\+?[\d.,:%h-]+$|^\d+(?:[.,]\d+)?[a-z]{1,5}$|^0x|^[\da-f]{8}-[\da-f]{4}-|^[^@]+@[\w-]+\.|^--?\w|\d{4}-\d\d-\d\d|^%|^(?:aes|rsa|sha|tls|chacha|3?des|md5|ecdsa|dh|pbkdf|x509|ikev|mschap)[\dv-]|^(?:Forti|FGT|FAC|FAZ|FMG|FTK|Windows|Win\d|iPhone|iPad|Android|Galaxy|Pixel|Edge|Okta|Citrix|AADSTS|CVE-)/i;
/** `--key=Igel1805` */
const OPTION = /^--?\w[\w-]{0,31}=(?<value>.+)$/;
/** `haus.am.see`, and no name of a host, a file or a class. */
const DOTTED =
  /^(?!(?:com|org|net|java\w?|io|www)\.)\p{Ll}{2,20}(?:\.\p{Ll}{1,20}){1,4}\.(?!(?:com|net|org|info|local|localdomain|lan|internal|intern|corp|home|example|test|invalid|cloud|arpa|conf|log|cfg|json|yaml|html)$)\p{Ll}{3,20}$/u;
/** `InvalidClientTokenId`: an identifier of three parts or more. */
const IDENTIFIER_PARTS = /^\p{L}\p{Ll}+(?:\p{Lu}\p{Ll}+){2,}$/u;
const HEXADECIMAL = /^[\da-f-]+$/i;
const MARK = /[\p{L}\d][!$%&*+?^~§€@][\p{L}\d]|[\p{L}\d]{3}!$/u;

/** Whether a sentence says the word about a secret, where the language of the sentence is known in that language. */
export function isSaid(word: string, languages: readonly Language[]): boolean {
  return (
    (IDENTIFIER_PARTS.test(word) &&
      word.split(/(?=\p{Lu})/u).some((part) => part.length > 3 && isOrdinary(part))) ||
    (INNER_CAPITAL.test(word) && word.split(/(?=\p{Lu})/u).every(isOrdinary)) ||
    isListed(word.replace(/(?:['’]?s)$/, '')) ||
    isListed(word) ||
    (languages.length === 0 ? isOrdinary(word) || isSaidSomewhere(word) : isWordOfLanguages(languages, word))
  );
}

/** `Salbei.honig`, and neither `Fehler.code` nor `carlos.silva`. */
function isTwoWords(word: string, languages: readonly Language[]): boolean {
  return (
    /^\p{Lu}\p{Ll}{2,}[._]\p{Ll}{4,}$/u.test(word) &&
    word.split(/[._]/).every((part) => !isSaid(part, languages))
  );
}

/** Characters. */
const MAX_LENGTH = 128;
/**
 * How much a word looks like a secret: 0 not at all, 1 where nothing else can stand, 2 chosen by a person, 3 by a
 * program, 4 wherever a secret is named nearby, 5 everywhere.
 */
export function readLook(whole: string, languages: readonly Language[]): number {
  // Without the rest that `inWhole` assumes behind a line that was cut.
  const word = whole.length > MAX_LENGTH ? whole.slice(0, -MAX_LENGTH).replace(/[.,;]$/, '') : whole;
  if (word.length < 4 || word.length > MAX_LENGTH) return 0;
  if (LONG.test(word)) {
    if (word.length < 5 || (NAMED.test(word) && !/^[A-Z]{6}$/.test(word)) || isSaid(word, languages))
      return 0;
    return INNER_CAPITAL.test(word) && !isTechnical(word) ? 2 : 1;
  }
  if (/^\d{4,12}$/.test(word)) return 1;
  if (DOTTED.test(word) || isTwoWords(word, languages)) return 2;
  if (isTechnical(word) || NAMED.test(word.replace(/\d+\.\d[\d.]*$/, '')) || DEVICE.test(word)) return 0;
  if (WITH_PARTS.test(word) && !isSaid(word.split(/[;#=&]/, 1)[0] as string, languages)) return 2;
  const option = OPTION.exec(word)?.groups?.value;
  if (option !== undefined) return readLook(option, languages);
  if (IDENTIFIER.test(word)) return 0;
  if (word.includes(' ')) return isPassphrase(word) ? 2 : word.split(' ').every(isOrdinary) ? 0 : 1;
  if (hasInnerMark(word)) {
    if (/[;=:|]/.test(word)) return 3;
    return word.length >= MIN_UNMISTAKABLE && UNMISTAKABLE.test(word) ? 5 : 4;
  }
  if (HEXADECIMAL.test(word)) return 1;
  const changes = count(word, /\p{Ll}(?=[\p{Lu}\d])|\p{Lu}(?=\d)|\d(?=\p{L})/gu);
  const joints = count(word, /\d(?=[-_.]\p{L})|\p{L}(?=[-_.]\d)/gu);
  if (changes > 2 || joints > 3) return /\p{Ll}/u.test(word) ? 3 : 2;
  if (changes === 2 || MARK.test(word)) return 2;
  return isChosenCompound(word, changes + joints) ||
    (/^\p{Lu}(?:(?:\p{Ll}{5,}|\p{Ll}{4}(?=[-_.]))(?:[-_.]?\d{1,6}){1,2}|\p{Ll}{3,}[-_.]?(?:19|20)\d\d)$/u.test(
      word,
    ) &&
      isChosenName(word))
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
