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
import { isForeignSentence, isPassphrase } from '../ordinary-words.ts';
import { secretKindOf } from '../secret-names.ts';
import type { Span } from '../spans.ts';
import { isBeforeVerb, isPlaceName, isRemark, isUnsaid } from '../unsaid.ts';
import { endsWith, lineEnd, matchAt, matchesIn, readQuoted, toSpan } from '../values.ts';
import { DENIED_BEFORE, isClosing } from './marked-values.ts';
import { AND, MOVE, OTHER_CLAUSE, STRICT_VERB, stepAt, VERB, WORD } from './slot-steps.ts';
import { placeAt, type Slot, slotAt, valueIn } from './slot-values.ts';

/** In English and German: a change of the secret. */
const MOVED =
  /chang|rotat|renew|(?<!\w)(?:re)?set(?:s|ting)?(?!\w|[ ]name[ ]")|updat|ändert|gesetzt|umgestellt|setzen|gestellt|ändern/i;
/** German puts the verb behind the value. */
const MOVED_BEHIND = /ändert|gesetzt|umgestellt|setzen|gestellt|ändern/i;
/** A second value behind the first. */
const NEXT =
  /["'”’`]?,?[ \t]{1,2}(?:(?:expected|instead of|statt|to|auf|in|zu|neu|new|alt|old|remote|heute|today|inzwischen|dann|then|und|and|or|oder|but|aber)[ \t]{1,2}(?:(?:is|was|ist|now|jetzt|nun)[ \t]{1,2}){0,2})(?=\S)|["'”’`]?[ \t]?\/[ \t]?(?=\S)/iy;
/** Behind such a word stands what the secret is called, not the secret: `Secret name: radius-hq`. */
const NAMING =
  /(?<=[ \t](?:ID|name|type|template|policy|length|age|label|status|state|attribute|owner|path|source|by|via))/iy;
/** `the secret to a stable tunnel is …` */
const IDIOM = /^[ \t]to[ \t](?!use|enter|type|be)[a-z]/;
const MAX_WORDS = 9;
/** Characters; beyond this distance a sentence is about another noun. */
const WINDOW = 96;

/** Without a mark the value stands behind these words and the noun: `with password X`, `als PSK X`, `eva password X`. */
const BEFORE_VALUE =
  /(?<=(?:(?<!\p{L})(?:with|using|as|als|and|mit|und|avec|con|com|met|med|et|y|e|i|en|och|new|old|previous|current|read|write|ro|rw|altes|persönliches|beiden[ ]seiten|both[ ](?:sides|ends)|neues?|neuer|neuem|temp|temporary|initial|local|remote|wi-?fi|wlan|the creds|(?:user(?:name)?|benutzer|utilisateur|usuario|utente)[ :=]{1,2}\S{1,32}(?:[ ]\/)?|login \S{1,32}|name \S{1,32})|\d\.\d{1,3}|,|[-–—|]|\()[ \t]{1,4}|\(|(?:user|login|account|admin|benutzer|with|as|and|mit|und|for|für)[ \t:]{1,2}\S{1,64}(?:[ \t]\p{Ll}{3,12})?[ \t]\()/iuy;
/** `Mit neuem Passwort meldet der Server …` */
const WITH = /(?<=(?<!\p{L})mit[ \t](?:\p{L}+[ \t]){0,2})/iuy;
const GERMAN_VERB = /^[ \t]+\p{Ll}{3,12}t[ \t]/u;
/** `try the password …`, `habe Passwort … eingetragen`. */
const TRIES =
  /(?<=(?<!\p{L})(?:with|use|using|try|tried|enter|entered|type|typed|set|bitte|habe|benutze|nutze|verwende|mit|probiere?|nimm|has|have|had|hat|con|avec|com|met|gilt)(?:[ \t](?:the|this|a|new|das|den|dem|der|die|unser|mein|la|le|el|il|het))?[ \t]{1,4})/iuy;
/** A line that a daemon printed has no sentences. */
const DAEMON =
  /^(?:\[\d{1,6}[\]:]|(?:&gt;|[\s>+-]){0,16}ike[ ]\S*:|_{0,2}[a-z]+d?_\w{2,40}|[a-z]{2,12}d?(?:\[\d{1,6}\])?:[ ])/;
const FIRST = /^[\s>|+*•!@$%:'#;/-]{0,16}(?:(?:subject|betreff|re|aw|wg|fwd):[ \t]{1,4}){0,3}$/i;
/** The end of a clause, or a word behind a value that was tried. */
const CLAUSE_END =
  /^(?:[ \t]{2,}|["'”’`]?[.!,;)]{0,2}\s*$|[,;]|[ \t](?:[-–—][ \t]|\((?:old|new|alt|neu|wrong|falsch|temp\w{0,6})\))|["'”’`]?[ \t](?:for|to|in|instead|read|ro|rw|works?|fails|nicht|verwenden|benutzen|nutzen|probieren|eingetragen|eingegeben|gesetzt|klappt|geht|funktioniert|twice|Show|wurde|stimmt|(?:does|did)(?:[ ]not|n['’]t)[ ]match|\(valid)(?!\w))/;
/** Behind such a word, one that is long enough is no verb: `Support passwd kastanienhain (valid until …)`. */
const OBJECT = /^[ \t]{1,4}\S{9,64}[ \t](?:(?:wurde|stimmt|d(?:oes|id)(?: not|n['’]t) match)(?!\w)|\(valid )/;
/** `my password, Rinderbraten, is refused`; at the end of the line and behind `the` only what looks like a secret. */
const APPOSED = /,[ \t](?=[^\s,]{5,64}(?:(,)[ \t]|[ \t]now(?!\w)|[.!]?\s*$))/y;
const OWNER =
  '(?<!\\p{L})(?:(my|our|his|her|their|mein|unser|sein|ihr|mon|notre|mi|mia|minha)|the)(?:[ \\t]\\S{1,16}){0,2}[ \\t]';
const OWNED = new RegExp(`${OWNER}$`, 'iu');
const BEHIND_OWNER = new RegExp(`(?<=${OWNER})`, 'iuy');

/** Part of every noun, and much cheaper to search for. */
const NOUN_STEM =
  /pass|pw|(?:code|safe|security)[ -]?word|psk|secret|shared|commun|api[ \t]?key|seed[ \t:]|(?:activation|redemption|transfer|recovery|backup|enrol\w{0,6}|invitation|registration|licen[cs]e|emergency|rescue|access)[ \t](?:code|key)|p\/w|[ \t-](?:string|key|token)(?!\w)/gi;

/** Secrets in sentences: behind a noun and the words that belong to it, in the place that a mark or a verb opens. */
export function findSlots(line: string): readonly Span[] {
  const known = nounsIn(line).flatMap((noun) => slotsOf(line, noun, false));
  if (!FOREIGN_HINT.test(line)) return known;
  const others = matchesIn(foreignNounIn(line), line).flatMap((noun) =>
    slotsOf(line, noun, !/passw|wort|geheimnis|ssel|code$/i.test(noun[0])),
  );
  return [...known, ...others];
}

/** A noun begins with the word of its stem, or with the word before that one: `shared secret`. */
function nounsIn(line: string): readonly RegExpExecArray[] {
  const nouns: RegExpExecArray[] = [];
  let past = 0;
  for (const stem of matchesIn(NOUN_STEM, line)) {
    const at = stem.index + (/^\s/.test(stem[0]) ? 1 : 0);
    if (at < past) continue;
    const start = wordStart(line, at);
    const noun =
      nounAt(line, wordStart(line, start - 1), past) ??
      nounAt(line, start, past) ??
      (start < at ? nounAt(line, at, past) : null);
    if (!noun) continue;
    nouns.push(noun);
    past = noun.index + noun[0].length;
  }
  return nouns;
}

function nounAt(line: string, at: number, past: number): RegExpExecArray | null {
  return at < past || isOfWord(line.charCodeAt(at - 1)) ? null : matchAt(NOUN, line, at);
}

function wordStart(line: string, at: number): number {
  let start = Math.max(0, at);
  while (start > 0 && at - start < 40 && (line[start - 1] === '-' || isOfWord(line.charCodeAt(start - 1))))
    start--;
  return start;
}

/** `\w` */
function isOfWord(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f
  );
}

function slotsOf(
  line: string,
  { 0: noun, index: start }: RegExpExecArray,
  isForeign: boolean,
): readonly Span[] {
  const from = start + noun.length;
  // `name=value`, `"name":` and `type=password name=pw` are no sentences.
  if (
    (/^(?:=\S|["\\]| -S )/.test(line.slice(from, from + 4)) && !UNSPACED_NOUN.test(noun)) ||
    line.startsWith('type=', start - 5)
  )
    return [];
  const kind = secretKindOf(noun, 'colon') ?? 'password';
  // `RADIUS-Secret`.
  const ahead = line.slice(Math.max(0, start - WINDOW), start);
  const before = ahead.endsWith('-') ? ahead.replace(/[A-Za-z]{2,12}-$/, '') : ahead;
  if (UNSPACED_NOUN.test(noun)) {
    const link = UNSPACED_LINK.exec(line.slice(from, from + WINDOW))?.[0].length ?? 0;
    return slotAt(line, from + link, { kind, isStrict: true, isMarked: false });
  }
  const lead = isForeign ? noun : undefined;
  const first = bareSlot(line, from, before, { kind, isStrict: isForeign, isMarked: true, lead });
  const found = first.length > 0 ? first : linkedSlot(line, from, before, kind, isForeign);
  const next = found[0] && matchAt(NEXT, line, found[0].end);
  return found[0] && next
    ? [
        ...found,
        ...slotAt(line, found[0].end + next[0].length, { kind, isStrict: isForeign, isMarked: false, lead }),
      ]
    : found;
}

/** Directly behind the noun. */
function bareSlot(line: string, from: number, before: string, slot: Slot): readonly Span[] {
  const apposed = matchAt(APPOSED, line, from);
  const owned = apposed && OWNED.exec(before);
  if (owned)
    return slotAt(line, from + apposed[0].length, {
      ...slot,
      isStrict: slot.isStrict || !owned[1] || !apposed[1],
    });
  const blanks =
    /^[ \t]{1,40}(?:(?:immer|meist(?:ens)?|vorläufig|vorerst|always|usually|bitte|please)[ \t])?(?=\S)/.exec(
      line.slice(from, from + 64),
    )?.[0];
  if (blanks === undefined || matchAt(VERB, line, from)) return [];
  const at = from + blanks.length;
  const place = placeAt(line, at);
  if (!place) return [];
  const free = valueIn(line, place, { ...slot, isMarked: true });
  const strict = slot.isStrict ? free : valueIn(line, place, { ...slot, isStrict: true });
  // Nothing before this word makes it a value.
  if (free.length === 0 && strict.length === 0) return [];
  if (endsWith(before, WITH) && GERMAN_VERB.test(line.slice(from, from + 24))) return [];
  const isCode = slot.kind === 'activation-code' || slot.kind === 'seed';
  const isFirst = FIRST.test(before);
  const isPlaced =
    isCode ||
    endsWith(before, BEFORE_VALUE) ||
    DAEMON.test(before) ||
    (isFirst && /^\p{Lu}/u.test(line.slice(from).trimStart()));
  const isTried =
    endsWith(before, TRIES) ||
    isFirst ||
    // `bind pw moonlight`
    (line.length - from < 256 &&
      /(?:^|[ ,;(])(?:pwd?|psk)[ ]\S+$/i.test(line.slice(Math.max(0, from - 5)))) ||
    OBJECT.test(line.slice(from, from + WINDOW));
  const isOwned = !isPlaced && !isTried && endsWith(before, BEHIND_OWNER);
  const isStrict = !(isPlaced || isTried || isOwned);
  const found = isStrict ? strict : isPlaced ? free : valueIn(line, place, { ...slot, isMarked: false });
  // A word of the label: `password query: 1`.
  if (found[0] && /^[ \t]?[:=](?:[ \t]|$)/.test(line.slice(found[0].end))) return [];
  if (!found[0] || isPlaced || !(isTried || isOwned)) return found;
  const { start, end } = found[0];
  const isWhole =
    CLAUSE_END.test(line.slice(end)) ||
    isBeforeVerb(line, start, end) ||
    (endsWith(before, TRIES) && isUnsaid(line.slice(start, end)));
  if (isWhole) return found;
  return slot.lead === undefined ? strict : [];
}

/** Behind words of the noun's phrase, and a mark or a verb. */
function linkedSlot(
  line: string,
  from: number,
  before: string,
  kind: SecretKind,
  isForeign: boolean,
): readonly Span[] {
  let at = from;
  let isOther = false;
  if (IDIOM.test(line.slice(from, from + 12)) && kind === 'secret' && !MOVED.test(before)) return [];
  for (let words = 0; words < MAX_WORDS; words += 1) {
    const { mark, plain } = stepAt(line, at, isForeign);
    if (plain) {
      // The next item of a list.
      if (/^[ \t]+\d\.$/.test(plain.word) && /^[ \t]\p{L}/u.test(line.slice(at + plain.word.length)))
        return [];
      if (plain.word === '' || (plain.beginsClause && !isOfThat(plain.word, line.slice(from, at)))) return [];
      isOther ||= plain.isAnd;
      at += plain.word.trimEnd().length;
      continue;
    }
    if (mark) {
      const start = at + mark[0].length;
      const rest = line.slice(start, lineEnd(line));
      const isLabel = words > 0 && /^[ \t]?[:=：＝][ \t]*$/.test(mark[0]) && FIRST.test(before);
      if (isLabel && isPassphrase(rest))
        return toSpan(line, { start, end: lineEnd(line), next: line.length }, kind);
      if (isForeignSentence(rest)) return [];
      const found = slotAt(line, start, { kind, isStrict: false, isMarked: true });
      const isOpening = mark[0].trim() === '' || mark[0].trim().startsWith('(');
      if (found.length === 0 && !isOpening) return [];
      if (endsWith(before, DENIED_BEFORE) && (found[0]?.end ?? 0) < lineEnd(line)) return [];
      if (words > 0 && line[at + mark[0].length] === '`' && !/[=:：]/.test(mark[0])) return [];
      // The quotation marks of a prompt, and a remark: `"known good" password (wren)`.
      const text = before + line.slice(from, at);
      if (isClosing(line, at + mark[0].length)) return [];
      if (endsWith(text, NAMING) && /[=:：]/.test(mark[0])) return [];
      // `tried 1 shared key for 'hub' - 'spoke3'`
      const owner = /[ \t](?:for|für)$/.test(text) ? readQuoted(line, at + mark[0].length) : undefined;
      if (owner && /^[ \t]-[ \t]/.test(line.slice(owner.next))) return [];
      // The port of an address.
      if (mark[0] === ':' && /\d$/.test(text) && /^\d/.test(line.slice(at + 1))) return [];
      // The name of a host: `check the shared secret (fgt01)`.
      if (
        /[ \t]\($/.test(mark[0]) &&
        /^[a-z]{2,5}(?:\d{1,3}|-[a-z\d]{2,8})\)/.test(line.slice(at + mark[0].length))
      )
        return [];
      const value = line.slice(found[0]?.start ?? 0, found[0]?.end ?? 0);
      if (mark[0].endsWith('(') && isRemark(text, value) && !isPasscode(line.slice(0, from), value))
        return [];
      // The quotation marks of a name: `Enter passphrase for key 'id_rsa':`.
      const named =
        found[0] && words > 0 && /^["'”’`]{1,2}(?=[ \t]?:)/.exec(line.slice(found[0].end, found[0].end + 4));
      if (found[0] && named) {
        at = found[0].end + named[0].length;
        continue;
      }
      const name =
        found.length === 0 && words > 0 && mark[0].trim() === ''
          ? readQuoted(line, at + mark[0].length)
          : undefined;
      if (name && !name.open) {
        at = name.next;
        continue;
      }
      if (found.length > 0 || !mark[0].trim().startsWith('(')) return found;
    }
    const said = matchAt(VERB, line, at);
    const moving = said || isOther ? undefined : moveAt(line, at, before + line.slice(from, at), isForeign);
    const link = said ?? moving?.link ?? matchAt(isForeign ? FOREIGN_VERB : STRICT_VERB, line, at);
    if (link) {
      const isCalled =
        moving &&
        !PLACE.test(link[0]) &&
        !link[0].includes('à') &&
        CALLED.test(line.slice(at + link[0].length));
      const isStrict = !isCalled && (isForeign || !(said || moving?.isKnown));
      const lead = isStrict && !moving ? link[0].trim() : undefined;
      const found = slotAt(line, at + link[0].length, { kind, isStrict, isMarked: false, lead });
      const isPlace =
        moving !== undefined &&
        PLACE.test(link[0]) &&
        isPlaceName(line.slice(found[0]?.start ?? 0, found[0]?.end ?? 0));
      if (found.length > 0 && !isPlace) return found;
    }
    const word = link ?? matchAt(WORD, line, at);
    if (!word || (OTHER_CLAUSE.test(word[0]) && !isOfThat(word[0], line.slice(from, at)))) return [];
    isOther ||= AND.test(word[0]);
    at += word[0].trimEnd().length;
  }
  return [];
}

/** `the root password on that box: …` */
function isOfThat(word: string, before: string): boolean {
  return /[ ]that$/i.test(word) && /[ ](?:on|for|of|in|at|to|from)$/i.test(before);
}

/** The preposition behind which the value stands, if the words before it, or in English and German those behind it, say so. */
function moveAt(line: string, at: number, before: string, isForeign: boolean) {
  const move = isForeign ? null : matchAt(MOVE, line, at);
  const foreign = matchAt(FOREIGN_MOVE, line, at);
  if (!move && !foreign) return undefined;
  const isKnown =
    !isForeign &&
    (MOVED.test(before) || MOVED_BEHIND.test(line.slice(at, at + WINDOW).split(/[,;.] /, 1)[0] as string));
  const link = isKnown ? move : FOREIGN_MOVED.test(before) ? foreign : null;
  return link ? { link, isKnown } : undefined;
}

/** Behind `auf`, `von` and `in` a host may stand as well: `auf fgt-branch-07 geändert`. */
const PLACE = /auf|von|in|from|na|en|naar/i;

/** `cambié la contraseña a Kastanie y …`: a name that ends the clause. */
const CALLED = /^\p{Lu}\p{Ll}{4,31}(?:[ \t](?:y|e|et|pero|mas|mais|ma|og|och)[ \t]|[.,;]?\s*$)/u;

/** `my passcode for the portal (48392075)` */
function isPasscode(before: string, value: string): boolean {
  return /^\d{6,8}$/.test(value) && /passcode$/i.test(before);
}
