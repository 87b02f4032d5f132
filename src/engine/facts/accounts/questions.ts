import type { Quote, Section } from '../../evidence/types.ts';
import type { Fact } from '../fact.ts';
import type { AskedQuestion, QuestionTopic } from '../values.ts';
import { isOfPerson, keepFirst, personStart } from './person-lines.ts';
import { asksUnmarked, isMarked, mayAsk } from './question-marks.ts';
import { TOPIC_WORDS } from './question-topics.ts';
import { createMatcher } from './question-words.ts';

/** Lines of one paragraph that a question may begin in front of its last line. */
const MAX_LINES_BEFORE = 3;
const MAX_QUESTIONS = 40;
/** Characters of a question that an answer quotes. */
const MAX_SAID = 90;

/** What people ask in the text, one for each sentence that asks. */
export function readQuestions(sections: readonly Section[]): Fact<readonly AskedQuestion[]> {
  const questions = sections.flatMap((section) => findQuestions(section));
  const ofCase = questions.filter((question) => !isAside(question));
  const isAsked = ofCase.some(({ topic }) => topic !== 'other');
  return keepFirst(
    (isAsked ? ofCase : questions).slice(0, MAX_QUESTIONS),
    'the evidence contains no question',
  );
}

/** `anyone else moved to IPsec?` asks the round, not about the case. */
const asksRound = createMatcher({
  en: '(?:any|some)(?:one|body) (?:else |here |ever )*(?:seen|moved|had|has|have|using|runs?|running|knows?|migrated|tried|upgraded)|seen (?:this|that|it) before',
  de: '(?:hat|kennt|nutzt) (?:\\w+ )?(?:jemand|wer)',
  fr: "quelqu[’']un (?:a|connaît|utilise)|vous avez déjà vu",
  es: 'alguien (?:ha|sabe|tiene|usa)',
  it: 'qualcuno (?:ha|sa|usa)',
  pt: 'alguém (?:já|sabe|viu|usa)',
  nl: '(?:heeft|kent|gebruikt) iemand',
});

/** Whether others are asked, or another person asks in a quotation. */
function isAside({ sentence, quote }: AskedQuestion): boolean {
  return quote.text.startsWith('>') || asksRound(sentence) !== -1;
}

function findQuestions(section: Section): readonly AskedQuestion[] {
  const from = personStart(section);
  return section.lines.flatMap((line, index): readonly AskedQuestion[] => {
    if (index < from || line.length > MAX_LINE || !WORD_OR_MARK.test(line)) return [];
    if (section.kind === 'config' && !COMMENT.test(line)) return [];
    // The patterns of questions take 30 ms to compile: a log without words of a person does not need them.
    if (!isOfPerson(section, line) || !mayAsk(line)) return [];
    const quote: Quote = { source: section.source, line: section.start + index, text: line.trim() };
    const before = linesBefore(section, index, from);
    const text = [...before, line.trim()].join(' ');
    return splitSentences(text, before.join(' ').length).reduce<readonly AskedQuestion[]>(
      (asked, part) => joinQuestions(asked, toQuestion(part.sentence, quote), part),
      [],
    );
  });
}

/** Both halves of one question ask once: `Is that on us, or do we call the provider?` */
function joinQuestions(
  asked: readonly AskedQuestion[],
  added: readonly AskedQuestion[],
  { sentence, previous, goesOn }: Sentence,
): readonly AskedQuestion[] {
  const [last, [next]] = [asked.at(-1), added];
  if (goesOn && last && next && last.topic === next.topic && next.topic !== 'other')
    return [...asked.slice(0, -1), { ...last, sentence: `${last.sentence} ${sentence}` }, ...added.slice(1)];
  return [
    ...asked,
    ...added.map((question) =>
      POINTS_BACK.test(sentence) && UNCLEAR.has(question.topic) ? withPrevious(question, previous) : question,
    ),
  ];
}

/** `We reset his password twice. Should we reset it again?` asks about a step that was tried. */
function withPrevious(question: AskedQuestion, previous: string): AskedQuestion {
  const sentence = `${previous} ${question.sentence}`;
  const isAgain = question.topic === 'other' && AGAIN.test(question.sentence);
  const topic = isAgain ? findTopic(sentence, (each) => STEPS.has(each)).topic : question.topic;
  return { ...question, topic, sentence };
}

const AGAIN =
  /(?<!\p{L})(?:again|once more|nochmals?|noch einmal|erneut|encore|de nouveau|otra vez|de nuevo|di nuovo|ancora|de novo|outra vez|opnieuw|nog eens)(?!\p{L})/iu;
/** What people try, and ask whether to try again. */
const STEPS: ReadonlySet<QuestionTopic> = new Set(['reinstall', 'token', 'password', 'restart']);

/** `I read that port 389 works too. Is that ok?` asks about what stands before. */
const POINTS_BACK =
  /^(?:\S+ ){0,4}(?:it|that|this|they|das|dies|es|ça|cela|c['’]est|es(?:o|to)|is[st]o|questo|ciò|dat|dit|het)(?!\p{L})/iu;
/** Topics that only the words in front of the question make clear. */
const UNCLEAR: ReadonlySet<QuestionTopic> = new Set(['other', 'sound']);

const MAX_LINE = 2_000;
/** `2026-03-02 09:12:`, where a log is cut, has none. */
const WORD_OR_MARK = /[\p{L}?]/u;
/** `# do we have to undo this?` above a configuration */
const COMMENT = /^\s*# /;

/** The lines of the paragraph in front of the line, as far as no sentence ends there. */
function linesBefore(section: Section, index: number, from: number): readonly string[] {
  const before: string[] = [];
  for (let at = index - 1; at >= from && before.length < MAX_LINES_BEFORE; at -= 1) {
    const line = (section.lines[at] ?? '').trim();
    const isItem = /^(?:[#>*•|-]|\d{1,2}[.)]) /.test((section.lines[at + 1] ?? '').trim());
    if (isItem || line === '' || /[.!?:;,>]$/.test(line) || line.length > MAX_LINE) break;
    if (!isOfPerson(section, line)) break;
    before.unshift(line);
  }
  return before;
}

/** Where a sentence ends, or a second question begins: `…, or do we have to buy one?`, `1) is it lost, 2) how do they get in?` */
const END =
  /(?<=[.!?]["”»)]{0,2})\s+|(?<=[。？])|\s+(?=\(?\d\) )|,? (?:or|and|oder|und|ou|et|o|y|e|of|en) (?=(?:do|does|can|is|are|was|whose|who|why|how|what|which|without|should|shall|must|may|would|will|did|ohne|sans|zonder|senza|sem|was|wer|kann|muss|soll|müssen|brauchen|liegt|est-ce|faut-il|dois-je|hay|hace|tengo|precis\w{2,5}|moet|moeten) )/iu;

interface Sentence {
  readonly sentence: string;
  readonly previous: string;
  /** It is the second half of a question: `…, or do we have to buy one?` */
  readonly goesOn: boolean;
}

/** The sentences of a text that end behind `from`, with those before them. */
function splitSentences(text: string, from: number): readonly Sentence[] {
  const parts = text.split(END);
  const sentences: Sentence[] = [];
  let end = 0;
  for (const [index, part] of parts.entries()) {
    end = text.indexOf(part, end) + part.length;
    // A question that goes on is one as well.
    const isAsked = /[.!]["”»)]{0,2}$/.test(part) || part.includes('?') || !asksLater(parts, index);
    // `Two questions:` asks nothing.
    if (part.endsWith(':') && !isAsked) continue;
    const sentence = isAsked ? part : `${part.replace(/,$/, '')}?`;
    const previous = parts[index - 1] ?? '';
    const goesOn = index > 0 && !/[.!?:]["”»)]{0,2}$/.test(previous);
    if (end > from) sentences.push({ sentence, previous, goesOn });
  }
  return sentences;
}

function asksLater(parts: readonly string[], index: number): boolean {
  const end = parts.slice(index + 1).find((part) => /[.!?]["”»)]{0,2}$/.test(part));
  return end?.includes('?') ?? false;
}

/** `What does the data 532 mean`, `can anybody explain ret=4103`, `was bedeutet -7200`, `wofür steht E=691`, `que signifie 45 %`, `what is error -455` */
const MEANING =
  /\b(?:what(?: does|['’]s| is)|meaning of|was (?:bedeutet|heißt|heisst|ist|sagt)|(?:(?:can|could) \w+ (?:please )?)?explain|wofür steht|que (?:signifie|veut dire)|qué (?:significa|quiere decir)|o que significa|wat betekent)(?: (?:the|this|das|der|die|le|la|el|o|de|sub-?code|code|error|Fehler(?:code)?|data|result|return:?|E ?=))* ?["“'(]?(?:data |result |E=)?(?:[57][0-9a-f]{2}|-\d{1,5}|\d{1,2} ?%|(?<=(?:result|return:?) )\d{1,2}|(?<=E ?= ?)\d{3}|ret ?= ?\d{4})(?![\w.])["”')]?(?: (?:mean|stand for))?/iu;

function toQuestion(sentence: string, quote: Quote): readonly AskedQuestion[] {
  const hasMark = isMarked(sentence);
  if (!hasMark && !asksUnmarked(sentence)) return [];
  const coded = MEANING.exec(sentence);
  if (coded) {
    const rest = toQuestion(sentence.slice(coded.index + coded[0].length), quote);
    const said = `${coded[0]}?`;
    return [{ topic: 'meaning', said, sentence, quote }, ...rest.filter(({ topic }) => topic !== 'other')];
  }
  const { topic, at } = findTopic(sentence, (each) => hasMark || each !== 'sound');
  return [{ topic, said: clauseAt(sentence, at), sentence, quote }];
}

const CLAUSE = /[,;:–—(…] | - /gu;

/** The question from the clause that names the topic. Sample: `It worked yesterday, so is it the firewall or AD?` */
function clauseAt(sentence: string, at: number): string {
  const ends = [...sentence.slice(0, at).matchAll(CLAUSE)].map(({ index, 0: mark }) => index + mark.length);
  const clause = sentence.slice(ends.at(-1) ?? 0).replace(/^[\s("“«>*#-]+|[\s"”»)*]+$/gu, '');
  return clause.length <= MAX_SAID ? clause : `${clause.slice(0, MAX_SAID - 1).trimEnd()}…`;
}

const TOPICS = TOPIC_WORDS.map((words) => ({ topic: words.topic, matches: createMatcher(words) }));

/** A plan of the person, about which the fix says nothing: `is it safe to delete the block?` */
const ofPlan = createMatcher({
  any: '(?:delet|remov|disabl)\\w{1,3}|(?:turn|switch)(?:ing)? (?:it |this )?off|löschen|abschalten|ausschalten|deaktivieren|entfernen',
});
/** The trouble, not the fix: `why are the others disconnected at noon?` */
const ofTrouble = createMatcher({ any: '<why>' });

/** The topic of a sentence that asks, and where the sentence names it. */
function findTopic(
  sentence: string,
  fits: (topic: QuestionTopic) => boolean,
): { readonly topic: QuestionTopic; readonly at: number } {
  for (const { topic, matches } of TOPICS) {
    const at = fits(topic) ? matches(sentence) : -1;
    if (at !== -1 && !isExcepted(topic, sentence)) return { topic, at };
  }
  return { topic: 'other', at: 0 };
}

function isExcepted(topic: QuestionTopic, sentence: string): boolean {
  if (topic !== 'risk' && topic !== 'side-effect') return false;
  return ofPlan(sentence) !== -1 || (topic === 'risk' && ofTrouble(sentence) !== -1);
}
