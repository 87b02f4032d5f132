import type { SecretKind } from '../kinds.ts';
import {
  FOREIGN_HINT,
  FOREIGN_MOVE,
  FOREIGN_MOVED,
  FOREIGN_VERB,
  foreignNounIn,
  NOUN,
  UNSPACED_LINK,
  UNSPACED_NOUN,
} from '../nouns.ts';
import { isOrdinary } from '../ordinary-words.ts';
import { secretKindOf } from '../secret-names.ts';
import type { Span } from '../spans.ts';
import { isAlreadyHidden } from '../tokens.ts';
import {
  isTechnical,
  lineEnd,
  matchAt,
  readQuoted,
  readWhole,
  SECRET_LIKE,
  startsExpression,
  toSpan,
} from '../values.ts';

/** How sentences of some languages put a secret behind its noun. */
interface Grammar {
  /** A preposition, where `moved` says that somebody changed the secret. */
  readonly move: RegExp;
  readonly moved: RegExp;
  /** Behind a verb only what looks like a secret: the words of these languages are not known. */
  readonly isStrict: boolean;
}

/** English and German. */
const KNOWN: Grammar = {
  move: /(?<!wait|waits|waiting|warten|wartet)[ \t]{1,4}(?:to|from|auf|von|in|zu)[ \t]{1,4}(?=\S)/iy,
  moved:
    /chang|rotat|renew|(?<!\w)(?:re)?set(?:s|ting)?(?!\w)|updat|ändert|gesetzt|umgestellt|setzen|gestellt|ändern/i,
  isStrict: false,
};
const FOREIGN: Grammar = { move: FOREIGN_MOVE, moved: FOREIGN_MOVED, isStrict: true };

/** In English and German. */
const VERB =
  /[ \t]{1,4}(?:(?:is|was|ist|war|lautete?|heißt|heisst|hieß|(?:should|must|will|would|has to)[ ]be)(?:[ \t](?:now|still|earlier|previously|früher|bisher|jetzt|nun|noch|immer|vorher|also|currently|aktuell|wieder|again))?|neu|alt|new|old|(?:on[ ])?both[ ](?:sides|ends|peers)):?[ \t]{1,4}(?=\S)/iy;
/** Other verbs behind such a noun, and numbers, behind which only what looks like a secret is one. */
const STRICT_VERB =
  /[ \t]{1,4}(?:est|resté|es|era|è|é|jest|je|är|er|это|değeri|value|type \d|\d{1,2})[ \t]{1,4}(?=\S)/iuy;
/** A mark behind a noun, or a quotation. */
const MARK =
  /[*_~`"'”’]{0,3}(?:[ \t]?\([^()]{1,48}\))?[*_~]{0,2}[ \t]{0,4}(?:={0,2}>|[-–—]{1,2}>|[→➜⇒»≔¦·•]|…|<<<|:=|:(?!\/\/)|[=：–—]|(?<=[ \t])-(?=[ \t])|\\t|[.*]{3,40}|<(?:b|strong|i|em|code|tt|kbd)>|\p{Extended_Pictographic})(?:[*_~]{0,2}[ \t]{0,4}|(?:[ \t|:–=>…→-]|<\w{1,6}>){0,12})(?=\S)|[ \t]{1,4}\(?(?=["'“„‘`]\S)|[ \t]\((?=[^\s()]{4,64}\))|['’]s[ \t](?=\S{5,64}[ \t.,;!]{0,16}$)/uy;
const WORD = /[ \t]{1,4}[^\s:：=>("“,;!?]{1,32}(?<!\.)(?=[ \t:：=]|$)|[ \t]?\([^()]{1,48}\)/y;
/** A second value behind the first. */
const NEXT =
  /["'”’`]?,?[ \t]{1,2}(?:(?:expected|instead of|statt|to|auf|in|zu|neu|new|alt|old|remote|dann|then|und|and|or|oder|but|aber)[ \t]{1,2}(?:(?:is|was|ist|now|jetzt|nun)[ \t]{1,2}){0,2})(?=\S)|["'”’`]?[ \t]?\/[ \t]?(?=\S)/iy;
/** Another clause begins. */
const OTHER_CLAUSE =
  /^[ \t]+(?:although|because|but|if|since|so|that|then|when|which|while|who|mismatch|error|failure|policy|aber|dass|obwohl|weil|wenn|während)$/i;
const MAX_WORDS = 7;
/** Characters; after this distance a sentence is no longer about its noun. */
const WINDOW = 96;

/** Without a mark the value stands behind these words and the noun: `with password X`, `als PSK X`, `eva password X`. */
const BEFORE_VALUE =
  /(?:(?<!\p{L})(?:with|using|as|als|and|mit|und|new|neues?|neuer|neuem|temp|temporary|initial|local|remote|wi-?fi|wlan|the creds|(?:user(?:name)?|benutzer)[ :=]{1,2}\S{1,32}|login \S{1,32}|name \S{1,32})|\d\.\d{1,3}|,|\()[ \t]{1,4}$/iu;
/** `try the password …`, `habe Passwort … eingetragen`. */
const TRIES =
  /(?<!\p{L})(?:use|using|try|tried|enter|entered|type|typed|set|bitte|habe|benutze|nutze|verwende|mit|probiere?|nimm)(?:[ \t](?:the|this|a|new|das|den|dem|der|die|unser|mein))?[ \t]{1,4}$/iu;
/** A line that a daemon printed has no sentences. */
const DAEMON = /^(?:\[\d{1,6}[\]:]|ike[ ]\S*:|_{0,2}[a-z]+d?_\w{2,40}|[a-z]{2,12}d?(?:\[\d{1,6}\])?:[ ])/;
const FIRST = /^[\s>|+*•!@$%:'#;/-]{0,16}(?:(?:subject|betreff|re|aw|wg|fwd):[ \t]{1,4}){0,3}$/i;
/** The end of a clause, or a word behind a value that was tried. */
const CLAUSE_END =
  /^(?:[ \t]{2,}|["'”’`]?[.!,;)]{0,2}\s*$|[,;]|["'”’`]?[ \t](?:for|to|in|instead|works?|fails|nicht|verwenden|benutzen|nutzen|probieren|eingetragen|eingegeben|gesetzt|klappt|geht|funktioniert|twice|Show)(?!\w))/;
/** `my password, Rinderbraten, is refused`. */
const APPOSED = /,[ \t](?=[^\s,]{5,64},[ \t])/y;
const OWNED = /(?<!\p{L})(?:my|our|his|her|their|mein|unser|sein|ihr)(?:[ \t]\S{1,16})?[ \t]$/iu;

const CODE = /^(?=[^\d]*\d)[A-Z0-9_-]{12,40}$/;
/** Four characters. */
const MIXED = /^(?=\D{0,3}\d)(?=\P{L}{0,3}\p{L})[\p{L}\p{N}]{4}$/u;
const DIGITS = /^\d{4,12}$/;
/** Such a number says how many. */
const UNIT =
  /^[ \t](?:char|digit|day|byte|bit|time|second|minute|hour|month|user|zeichen|tag|stelle|mal|of |von )/i;
/** Names of products and abbreviations. */
const NAMED = /^(?:Forti\w*|[A-Z]{2,6}s?|[A-Z]{2,8}-?\d{1,6})$/;
const STOPS = '|,;)]}"“”„\'<>(`';
const UNSPACED_LETTER = /[\u3000-\u9fff\uac00-\ud7af\uff01-\uff60]/;
/** `Invalid password : …`, `if not password: …` */
const DENIED =
  /(?<!\w)(?:invalid|wrong|bad|incorrect|missing|no|not|expired|without|falsches|ohne|kein)[ \t]{1,4}$/i;

/** Part of every noun, and much cheaper to search for. */
const NOUN_STEM =
  /pass|pw|psk|secret|shared|commun|api[ \t]?key|seed[ \t:]|(?:activation|recovery|backup|enrol\w{0,6}|invitation|registration|licen[cs]e)[ \t](?:code|key)|p\/w|[ \t](?:string|key|token)(?!\w)/gi;

/** Secrets in sentences: behind a noun and the words that belong to it, in the place that a mark or a verb opens. */
export function findSlots(line: string): readonly Span[] {
  const known = nounsIn(line).flatMap((noun) => slotsOf(line, noun, KNOWN));
  if (!FOREIGN_HINT.test(line)) return known;
  const others = Array.from(line.matchAll(foreignNounIn(line))).flatMap((noun) =>
    slotsOf(line, noun, /passw|kennw|geheimnis|ssel|code$/i.test(noun[0]) ? KNOWN : FOREIGN),
  );
  return [...known, ...others];
}

/** A noun begins with the word of its stem, or with the word before that one: `shared secret`. */
function nounsIn(line: string): readonly RegExpExecArray[] {
  const nouns: RegExpExecArray[] = [];
  let past = 0;
  for (const stem of line.matchAll(NOUN_STEM)) {
    const at = stem.index + (/^\s/.test(stem[0]) ? 1 : 0);
    if (at < past) continue;
    const start = wordStart(line, at);
    const noun =
      nounAt(line, wordStart(line, start - 1), past) ?? nounAt(line, start, past) ?? nounAt(line, at, past);
    if (!noun) continue;
    nouns.push(noun);
    past = noun.index + noun[0].length;
  }
  return nouns;
}

function nounAt(line: string, at: number, past: number): RegExpExecArray | null {
  return at < past || /\w/.test(line[at - 1] ?? '') ? null : matchAt(NOUN, line, at);
}

function wordStart(line: string, at: number): number {
  let start = Math.max(0, at);
  while (start > 0 && at - start < 40 && /[\w-]/.test(line[start - 1] as string)) start--;
  return start;
}

interface Slot {
  readonly kind: SecretKind;
  readonly isStrict: boolean;
  /** Behind a mark, not behind words. */
  readonly isMarked: boolean;
}

function slotsOf(
  line: string,
  { 0: noun, index: start }: RegExpExecArray,
  grammar: Grammar,
): readonly Span[] {
  const from = start + noun.length;
  // `name=value` and `"name":` are no sentences.
  if (/^(?:=\S|["\\])/.test(line.slice(from, from + 2))) return [];
  const kind = secretKindOf(noun, 'colon') ?? 'password';
  // `RADIUS-Secret`.
  const before = line.slice(Math.max(0, start - WINDOW), start).replace(/[A-Za-z]{2,12}-$/, '');
  if (UNSPACED_NOUN.test(noun)) {
    const link = UNSPACED_LINK.exec(line.slice(from, from + WINDOW))?.[0].length ?? 0;
    return slotAt(line, from + link, { kind, isStrict: true, isMarked: false });
  }
  const first = bareSlot(line, from, before, { kind, isStrict: grammar.isStrict, isMarked: true });
  const found = first.length > 0 ? first : linkedSlot(line, from, before, kind, grammar);
  const next = found[0] && matchAt(NEXT, line, found[0].end);
  return found[0] && next
    ? [
        ...found,
        ...slotAt(line, found[0].end + next[0].length, { kind, isStrict: grammar.isStrict, isMarked: false }),
      ]
    : found;
}

/** Directly behind the noun. */
function bareSlot(line: string, from: number, before: string, slot: Slot): readonly Span[] {
  const apposed = OWNED.test(before) ? matchAt(APPOSED, line, from) : null;
  if (apposed) return slotAt(line, from + apposed[0].length, slot);
  const blanks = /^[ \t]{1,40}(?=\S)/.exec(line.slice(from, from + 48))?.[0];
  if (blanks === undefined || matchAt(VERB, line, from)) return [];
  const isCode = slot.kind === 'activation-code' || slot.kind === 'seed';
  const isFirst = FIRST.test(before);
  const isPlaced =
    isCode ||
    BEFORE_VALUE.test(before) ||
    DAEMON.test(before) ||
    (isFirst && /^\p{Lu}/u.test(line.slice(from).trimStart()));
  const isTried = TRIES.test(before) || isFirst;
  const found = slotAt(line, from + blanks.length, {
    ...slot,
    isStrict: slot.isStrict || !(isPlaced || isTried),
    isMarked: isPlaced,
  });
  // A word of the label: `password query: 1`.
  if (found[0] && /^[ \t]?[:=][ \t]/.test(line.slice(found[0].end))) return [];
  return isPlaced || !isTried || (found[0] && CLAUSE_END.test(line.slice(found[0].end))) ? found : [];
}

/** Behind words of the noun's phrase, and a mark or a verb. */
function linkedSlot(
  line: string,
  from: number,
  before: string,
  kind: SecretKind,
  { move, moved, isStrict }: Grammar,
): readonly Span[] {
  const isMoved = moved.test(before) || (!isStrict && moved.test(line.slice(from, from + WINDOW)));
  let at = from;
  for (let words = 0; words < MAX_WORDS; words += 1) {
    const mark = matchAt(MARK, line, at);
    if (mark) {
      const found = slotAt(line, at + mark[0].length, { kind, isStrict: false, isMarked: true });
      if (DENIED.test(before) && (found[0]?.end ?? 0) < lineEnd(line)) return [];
      if (words > 0 && line[at + mark[0].length] === '`' && !/[=:：]/.test(mark[0])) return [];
      // The quotation marks of a name: `Enter passphrase for key 'id_rsa':`.
      const named =
        found[0] && words > 0 && /^["'”’`]{1,2}(?=[ \t]?:)/.exec(line.slice(found[0].end, found[0].end + 4));
      if (found[0] && named) {
        at = found[0].end + named[0].length;
        continue;
      }
      if (found.length > 0 || !mark[0].trim().startsWith('(')) return found;
    }
    const said = matchAt(VERB, line, at);
    const moving = !said && isMoved ? matchAt(move, line, at) : null;
    const link = said ?? moving ?? matchAt(isStrict ? FOREIGN_VERB : STRICT_VERB, line, at);
    if (link) {
      const isKnown = said !== null || (moving !== null && !isStrict);
      const found = slotAt(line, at + link[0].length, { kind, isStrict: !isKnown, isMarked: false });
      if (found.length > 0) return found;
    }
    const word = link ?? matchAt(WORD, line, at);
    if (!word || OTHER_CLAUSE.test(word[0])) return [];
    at += word[0].trimEnd().length;
  }
  return [];
}

/** The word at `at`, if it is none that sentences say there. */
function slotAt(line: string, at: number, { kind, isStrict, isMarked }: Slot): readonly Span[] {
  if (
    isAlreadyHidden(line.slice(at, at + 40)) ||
    startsExpression(line, at) ||
    /^(?:[$#%]?\{|\$\(|[a-z_]{2,24}=|https?:\/\/)/.test(line.slice(at, at + 26))
  )
    return [];
  const quoted = readQuoted(line, at);
  if (quoted) {
    const text = line.slice(quoted.start, quoted.end);
    const isSaid = text.split(' ').every(isOrdinary) || /^[@.]{0,2}[\w-]{0,20}\//.test(text);
    return quoted.open || isSaid ? [] : toSpan(line, quoted, kind);
  }
  const word = readWhole(line, at, STOPS, at + 128);
  const foreign = line.slice(at, word.end).search(UNSPACED_LETTER);
  let end = foreign === -1 ? word.end : at + foreign;
  while (end > at && /[.!?…:]/.test(line[end - 1] as string)) end--;
  const text = line.slice(at, end);
  const value = { ...word, end };
  if (kind === 'activation-code' || kind === 'seed') return CODE.test(text) ? toSpan(line, value, kind) : [];
  if (SECRET_LIKE.test(text) && !isTechnical(text)) return toSpan(line, value, kind);
  const isWord =
    (text.length >= 5 && /^[\p{L}\p{N}$]/u.test(text) && /\p{L}/u.test(text)) ||
    MIXED.test(text) ||
    (DIGITS.test(text) && !UNIT.test(line.slice(word.end, word.end + 16)));
  if (
    isStrict ||
    !isWord ||
    isOrdinary(text) ||
    isTechnical(text) ||
    NAMED.test(text) ||
    line[word.end] === '('
  )
    return [];
  // A sentence goes on behind a word of it.
  const isSaid = /^\p{Ll}+$/u.test(text) && /^[ \t]\p{Ll}/u.test(line.slice(word.end, word.end + 3));
  return isSaid && !isMarked ? [] : toSpan(line, value, kind);
}
