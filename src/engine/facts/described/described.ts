import type { Quote, Section } from '../../evidence/types.ts';
import { isOfPerson, keepFirst, personStart } from '../accounts/person-lines.ts';
import { type Fact, valueIfKnown } from '../fact.ts';
import { COMMON_WORDS } from './common-words.ts';
import { LOGIN_WORDS } from './login-words.ts';
import { PUSH_SETTING_WORDS } from './push-setting-words.ts';
import { PUSH_WORDS } from './push-words.ts';
import { SERVER_WORDS } from './server-words.ts';
import { TOKEN_WORDS } from './token-words.ts';
import { TUNNEL_WORDS } from './tunnel-words.ts';

/**
 * Words of all languages by what they mean, so that a sentence is a set of meanings whatever the order of its words. They
 * are compared with folded text (`fold`): ASCII in lower case. Sample: `das alte iPhone zeigt die Anfrage` means old, phone,
 * shows, request.
 */
const MEANINGS = {
  ...COMMON_WORDS,
  ...PUSH_WORDS,
  ...PUSH_SETTING_WORDS,
  ...TOKEN_WORDS,
  ...LOGIN_WORDS,
  ...SERVER_WORDS,
  ...TUNNEL_WORDS,
};
const TABLE = Object.entries(MEANINGS) as readonly (readonly [Meaning, RegExp])[];

export type Meaning = keyof typeof MEANINGS;

/**
 * What a clause may mean where its sentence does not: the words look at the ends of a text, or at what must not be there.
 * Any other meaning of a clause is one of its sentence.
 */
const OF_PART: ReadonlySet<Meaning> = new Set(
  TABLE.flatMap(([meaning, { source }]) => (/\(\?<?!|[$^]|\\B/.test(source) ? [meaning] : [])),
);

/** A sentence that states something, as the meanings of its words. */
export interface DescribedSentence {
  readonly meanings: readonly Meaning[];
  readonly clauses: readonly (readonly Meaning[])[];
  /** The whole sentence as it was written: values in it keep their case. */
  readonly text: string;
  readonly quote: Quote;
}

/** Characters of one line, and sentences of a case with their characters, that are read: a description is short. */
const MAX_LINE = 2_000;
const MAX_SENTENCES = 200;
const MAX_CHARACTERS = 20_000;

/** What people state in their own words. */
export function readDescribed(sections: readonly Section[]): Fact<readonly DescribedSentence[]> {
  const stated = sections
    .filter(({ kind }) => kind !== 'config')
    .flatMap((section) => splitSentences(section))
    .slice(0, MAX_SENTENCES);
  const sentences = stated.map(({ folded, text, quote }) => {
    const read = isAsked(folded) ? findAsked : findMeanings;
    const meanings = read(folded);
    const clauses = folded.split(CLAUSE);
    const table = TABLE.filter(([meaning]) => meanings.includes(meaning) || OF_PART.has(meaning));
    return {
      meanings,
      clauses: clauses.length === 1 ? [meanings] : clauses.map((clause) => read(clause, table)),
      text,
      quote,
    };
  });
  return keepFirst(
    sentences.filter(({ meanings }) => meanings.length > 0),
    'the evidence contains no description of the trouble',
  );
}

/** Fewer words are a remark: `it does not work`. */
const MIN_WORDS = 10;
const MIN_MEANINGS = 3;

/** Whether a message describes a trouble with a login, so that it is worth reading without a log. */
export function describesTrouble(text: string): boolean {
  const section: Section = { kind: 'other', source: '', start: 1, lines: text.split('\n') };
  return isOfTrouble(valueIfKnown(readDescribed([section])) ?? []);
}

export function isOfTrouble(sentences: readonly DescribedSentence[]): boolean {
  const words = sentences.reduce((sum, { quote }) => sum + quote.text.split(/\s+/).length, 0);
  const meanings = new Set(sentences.flatMap(({ clauses }) => clauses.flat()));
  const isTrouble = meanings.has('not') || meanings.has('fails') || meanings.has('pushAsked');
  return isTrouble && meanings.size >= MIN_MEANINGS && words >= MIN_WORDS;
}

/** What a question may say: that push is wanted, and for which token. */
const OF_QUESTION: ReadonlySet<Meaning> = new Set<Meaning>(['pushAsked', 'hardwareSerial']);

function findAsked(question: string, table = TABLE): readonly Meaning[] {
  return findMeanings(question, table).filter((meaning) => OF_QUESTION.has(meaning));
}

/** `clause` is folded. */
function findMeanings(clause: string, table = TABLE): readonly Meaning[] {
  return table.flatMap(([meaning, words]) => (words.test(clause) ? [meaning] : []));
}

/** A denial reaches as far as its clause. */
const CLAUSE =
  /[,;()]| [-–—] |\b(?:but|whereas|while|although|aber|wahrend|sondern|obwohl|pero|aunque|mientras|mais|tandis|alors que|maar|terwijl|mentre|porem|enquanto|mas(?! (?:tarde|de|que|alla|o)\b)|since (?=we|i|he|she|they|our|the)|seit (?=wir|ich|er|sie|der|die|das)|depuis que?|desde que|da quando|sinds (?=we|ik|hij|ze|de|het))\b/i;
/** `bis zum 30. Juni` and `am 30.11. abends` go on. */
const END = /(?<=[.!?…]["')]{0,2})(?<![ (]\d{1,2}\.(?:\d{1,2}\.)?)\s+/;
/** `why does only her phone get no push?` states what it asks about; other questions state nothing. */
const ASKS = /\?["')]*$/;
/** `I see that push is off, is that normal?` states what is before its last comma. */
const TAG_QUESTION =
  /^((?!\w+ (?:which|what|welch|quel|cual|quale|welk))(?:in|on|under|since|after|im|seit|nach|dans|depuis|en|desde|nel|dal|sinds|i|we|he|she|they|my|our|ich|wir|er|sie|je|nous|on|io|noi|ho|abbiamo|ik|we|eu) .*),[^,]*\?["')]*$/;
/** `Which address push has, I do not know.` */
const DOES_NOT_KNOW =
  /\b(?:i|we) (?:do not|don't|dont|cannot|can't) (?:really )?(?:know|say|tell)\b(?! (?:why|who)\b)|\bweiss (?:ich|man) (?:leider )?nicht\b|\bich weiss (?:leider )?nicht\b|\bje ne sais pas\b(?! (?:qui|pourquoi)\b)|\bnon so\b|\bno se (?:si|que|cual|cuant\w+|quien)\b|\bnao sei\b|\b(?:ik weet niet|weet ik niet)\b/;
/** `Then go to config system ftm-push and set status disable there.`: a step to take, of which nothing says that it was taken */
const INSTRUCTS =
  /^(?:\S{1,3} )?(?:(?:then|now|first|next|please|and|dann|bitte|zuerst) ){0,2}(?:go to|type|enter|run|paste|open|gehe? (?:zu|in)|tippe?|gib)\b.{0,60}\b(?:config|set|unset|append) [a-z]/;
const ASKS_WHY = /\b(?:why|how come|warum|wieso|weshalb|pourquoi|por que|perche|waarom|hoe kan)\b/;
/** `date=2026-03-02 time=…`, `2026-03-02 09:12:04 …`, `Mar  2 09:12:04 fgt …`, `ERROR:  VPN …`, `tcpdump: …`, `%ASA-6-302013: …`, `{"port": …`, `set source-interface …`, `invalid auth params for user 'wren'`; prose: `config system ftm-push is not known here.`, `[10:13] Dunlin: yes` of a chat */
const OF_LOG =
  /^(?:\S+=\S+ \S+=|\[?\d{4}-\d\d-\d\d[ T]\d\d:|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d |(?:ERROR|WARN|INFO|DEBUG): |[%{|<]|\[(?!\d{1,2}:\d\d(?::\d\d)?\] [^\d:[\]]{1,30}: )|tcpdump: |invalid auth params for |listening on \w+, |(?:set|unset|append|config|edit) [\w"-]+(?!.*\w[.,!?](?: |$))|(?:next|end)$)/;
/** In a chat no full stop ends the line before: `it says AADSTS50011` / `do I change it in Entra?` */
const QUESTION =
  /^(?:do|does|did|can|could|should|must|muss|kann|soll|müssen|können|sollen|est-ce)\s.*\?["')]*$/i;
/** `10:13 <dunlin> the grey one`, `[10:13] Dunlin: yes` of a chat */
const SPEAKER = /^\[?\d{1,2}:\d\d(?::\d\d)?\]? (?:<[^>]{1,40}>|[^\d:[\]]{1,30}:) /;
/** `- since Friday`, `Betreff: Kein Push` */
const ITEM =
  /^(?:[#>*•-]|\d{1,2}[.)]|(?:from|to|cc|date|sent|subject|re|fwd?|von|an|datum|gesendet|betreff|de|à|envoyé|objet|para|enviado|asunto|da|oggetto|aan|van|onderwerp|assunto) ?:) /i;

/** `Dear colleagues,`, `Bonjour,` */
const SALUTATION = /^(?:\S+ ){0,3}\S+,$/;
const WORD = /^["'(“„]*\p{L}[\p{L}'’-]*[.,;:!?)"'”“]*$/u;

/** Parts of a line that may end a sentence, as `10 % (-14).` */
const MAX_END = 4;

/** `the`, `und`, `con`: a row of other words is no sentence. */
const FUNCTION_WORD =
  /(?<!\p{L})(?:an?|the|is|are|was|be|and|or|but|if|so|in|on|at|to|of|for|by|as|with|we|i|it|she|he|they|you|my|our|her|his|this|that|after|since|when|from|all|not|has|have|only|does|do|d[aeio]|das|der|den|dem|des|die|du|ein\w{0,2}|und|ist|im|am|mit|von|zu|zum|bei|nach|seit|wir|ich|sie|er|es|nur|nicht|hat|auf|el|la|las|los|una?|y|en|que|con|se|su|le|les|et|une|est|sur|dans|avec|pas|il|elle|nous|je|ne|au|het|een|van|op|met|zijn|naar|te|che|per|non|lo|os|em|com|para|por|não|são|il|gli|al|dell?a?|nel|un|no|na|um|uma)(?!\p{L})/giu;
const WORDS_PER_FUNCTION_WORD = 6;
const PUNCTUATION = /[\p{L}\d%]["”“’)]{0,2}[.,;!?](?: |$)/u;
const MIN_CHECKED = 6;

/** `eth0    Link encap:Ethernet` is none: words make up at least half of what people write, but for the end of a sentence. */
function isProse(text: string, open: Sentence | undefined): boolean {
  const parts = text.split(/\s+/);
  if (open && parts.length <= MAX_END) return true;
  const isRow = !PUNCTUATION.test(text) && parts.length >= MIN_CHECKED;
  if (isRow && (text.match(FUNCTION_WORD) ?? []).length * WORDS_PER_FUNCTION_WORD < parts.length)
    return false;
  return parts.filter((part) => WORD.test(part)).length * 2 >= parts.length;
}

interface Sentence {
  readonly folded: string;
  readonly text: string;
  /** Its longest line. */
  readonly quote: Quote;
}

/** Sentences of the paragraphs that a person wrote; a sentence may go on in the next line. */
function splitSentences(section: Section): readonly Sentence[] {
  const sentences: Sentence[] = [];
  let characters = 0;
  const from = personStart(section);
  let open: Sentence | undefined;
  const close = () => {
    const folded = open?.folded.replace(TAG_QUESTION, '$1');
    if (open && folded !== undefined && states(folded)) sentences.push({ ...open, folded });
    open = undefined;
  };
  for (let index = 0; index < section.lines.length; index += 1) {
    const line = section.lines[index] ?? '';
    if (sentences.length >= MAX_SENTENCES || characters > MAX_CHARACTERS) break;
    const text = line.slice(0, MAX_LINE).trim();
    if (
      index < from ||
      text === '' ||
      OF_LOG.test(text.replace(ITEM, '')) ||
      !isProse(text.replace(SPEAKER, ''), open) ||
      !isOfPerson(section, text)
    ) {
      close();
      continue;
    }
    if (QUESTION.test(text)) close();
    characters += text.length;
    for (const [at, part] of text.split(END).entries()) {
      if (at > 0 || ITEM.test(part) || SPEAKER.test(part)) close();
      const quote = { source: section.source, line: section.start + index, text: part };
      const isLonger = open === undefined || part.length > open.quote.text.length;
      open = {
        folded: `${open?.folded ?? ''} ${fold(part.replace(SPEAKER, ''))}`.trim(),
        text: `${open?.text ?? ''} ${part}`.trim(),
        quote: open && !isLonger ? open.quote : quote,
      };
    }
    if (/[.!?…:]["')]{0,2}$/.test(text) || SALUTATION.test(text)) close();
  }
  close();
  return sentences;
}

function states(text: string): boolean {
  return !DOES_NOT_KNOW.test(text) && !INSTRUCTS.test(text) && (!isAsked(text) || findAsked(text).length > 0);
}

function isAsked(text: string): boolean {
  return ASKS.test(text) && !ASKS_WHY.test(text);
}

/** Lower case without accents, with plain quotation marks, single spaces and no emphasis: `Gerät „*neu*“` becomes `gerat "neu"`. */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[’‘´`]/g, "'")
    .replace(/[“”„«»]/g, '"')
    .replace(/\*/g, '')
    .replace(/\s+/g, ' ');
}

/**
 * Whether the sentences state it. A statement is a row of meanings: `push not arrives|rings`; `|` says either, `!` says
 * that the meaning is not there. One with a denial is looked for in one clause, any other one in one sentence. ` / ` is
 * between statements of which one suffices.
 */
export function findStatement(
  statement: string,
  sentences: readonly DescribedSentence[],
): DescribedSentence | undefined {
  if (sentences.length === 0) return undefined;
  for (const each of statement.split(' / ')) {
    const sentence = findOneStatement(each, sentences);
    if (sentence) return sentence;
  }
  return undefined;
}

function findOneStatement(
  statement: string,
  sentences: readonly DescribedSentence[],
): DescribedSentence | undefined {
  const terms = statement.split(' ').map((term) => {
    const isDenied = term.startsWith('!');
    return { isDenied, either: (isDenied ? term.slice(1) : term).split('|') };
  });
  const isOfClause = terms.some(({ isDenied, either }) => isDenied || either.join() === 'not');
  const fits = (meanings: readonly string[]) =>
    terms.every(({ isDenied, either }) => isDenied !== either.some((each) => meanings.includes(each)));
  return sentences.find(({ clauses, meanings }) => (isOfClause ? clauses.some(fits) : fits(meanings)));
}

/** The words of each clause as they were written, with what they mean. */
export function listClauses({ text, clauses, meanings }: DescribedSentence) {
  const parts = text.split(CLAUSE);
  // Folding may take an accent from the word that ends a clause.
  return parts.length === clauses.length
    ? parts.map((part, index) => ({ text: part, meanings: clauses[index] ?? [] }))
    : [{ text, meanings }];
}

/** The line of a person that states it, in a sentence that does not state `except`. */
export function statedQuote(
  statement: string,
  described: Fact<readonly DescribedSentence[]>,
  except?: string,
): Quote | undefined {
  const sentences = valueIfKnown(described) ?? [];
  return findStatement(
    statement,
    except === undefined ? sentences : sentences.filter((each) => !findStatement(except, [each])),
  )?.quote;
}

/** Whether each word of the statement is a meaning. */
export function isStatement(statement: string): boolean {
  return statement.split(/ \/ | /).every((term) =>
    term
      .replace(/^!/, '')
      .split('|')
      .every((each) => each in MEANINGS),
  );
}
