import { FOREIGN_MOVE, FOREIGN_VERB } from '../nouns.ts';
import { matchAt } from '../values.ts';

/** In English and German: the preposition before the new value of a secret that was changed. */
export const MOVE =
  /(?<!wait|waits|waiting|warten|wartet|mails?|links?|messages?|requests?)[ \t]{1,4}(?:to|auf|in|zu|(?:from|von)(?=[ \t]\S{1,64}[ \t](?:to|auf|in|zu)[ \t]))[ \t]{1,4}(?=\S)/iy;

/** In English and German. */
export const VERB =
  /[ \t]{1,4}(?:(?:is|was|be|ist|war|lautete?|heißt|heisst|hieß|(?:should|must|will|would|has to|might|could|may|can)[ ]be)(?:[ \t](?:(?:ab|seit|as of|since)[ \t]\S{3,10}|from[ \t]now[ \t]on|today|heute|now|still|earlier|previously|actually|probably|apparently|übrigens|früher|bisher|jetzt|nun|noch|immer|vorher|also|currently|aktuell|wieder|again|always|usually|simply|just|literally|einfach|mal|meist(?:ens)?|vorläufig|vorerst|wie[ ]immer|auf[ ]beiden[ ]Seiten|on[ ]both[ ](?:sides|ends))){0,2}|(?:nehmen|verwenden|benutzen|nutzen|haben|hatten|setzen|vergeben)[ \t]wir(?:[ \t](?:immer|meist(?:ens)?|einfach|noch|jetzt))?|we[ ](?:use|used|set|chose|took)(?:[ ](?:always|usually|just))?|neu|alt|new|old|(?:on[ ])?both[ ](?:sides|ends|peers)):?[ \t]{1,4}(?=\S)/iy;
/** Other verbs behind such a noun, and numbers, behind which only what looks like a secret is one. */
export const STRICT_VERB =
  /[ \t]{1,4}(?:est|resté|vaut|es|era|è|é|(?:quedó|ficou)[ ]como|jest|je|är|er|это|değeri|value|(?:I[ ])?(?:type|enter)(?![ ]\d)|reads|equals|type \d|\d{1,2})[ \t]{1,4}(?=\S)/iuy;
/** A mark behind a noun, or a quotation. */
const MARK =
  /[*_~`"'”’]{0,3}(?:[ \t]?\([^()]{1,48}\))?[*_~]{0,2}[ \t]{0,4}(?:={0,2}>|[-–—]{1,2}>|[→➜⇒»≔¦·•▸►]|…|<<<|:=|:(?!\/\/)|[=：–—]|(?<=[ \t])-(?=[ \t])|\\t|[.*]{3,40}(?![.*]|[ \t]{1,4}(?:to|auf|in|zu)[ \t])|<(?:b|strong|i|em|code|tt|kbd)>|\p{Extended_Pictographic})(?:[*_~]{0,2}[ \t]{0,4}|(?:[ \t|:–=>…→-]|<\w{1,6}>){0,12})(?=\S)|\?(?:[ \t]{1,4}(?:={0,2}>|-{1,2}>|[→–-])(?=[ \t]))?(?=[ \t]\S{5,64}\s{0,16}$)[ \t]|[ \t]{1,4}(?:\(?(?=["'“„‘`]\S)|[«»‹›][ \u00a0]?(?=\S))|[ \t]\((?=[^\s()]{4,64}\))|['’]s[ \t](?=\S{5,64}[ \t.,;!]{0,16}$)/uy;
export const WORD =
  /[ \t]{1,4}\d{1,2}\.(?:\d{1,2}\.(?:\d{2,4})?)?(?=[ \t:：=])|[ \t]{1,4}(?:[^\s:：=>("“,;!?]|!(?=[A-Za-z-])){1,48}(?<!\.)(?=[ \t:：=]|$|\?[ \t](?:[-=]>|→))|[ \t]?\([^()]{1,48}\)/y;
/** Another clause begins. */
export const OTHER_CLAUSE =
  /^[ \t]+(?:although|because|but|if|since|so|that|then|when|which|while|who|match|mismatch|error|failure|policy|aber|dass|obwohl|weil|wenn|während|--[a-z][\w-]{1,40})$/i;
/** Behind these words another verb has its own prepositions: `changed the password and works from …`. */
export const AND = /^[ \t]+(?:and|or|und|oder|et|y|e)$/i;

/** A word that links no value to a noun before it; empty where no word stands. */
interface PlainWord {
  readonly word: string;
  readonly beginsClause: boolean;
  readonly isAnd: boolean;
}

interface Step {
  readonly mark: RegExpExecArray | null;
  readonly plain: PlainWord | undefined;
}

/** Of the last line: it may hold many nouns, and each would read the words behind the next ones again. */
let steps = { line: '', known: new Map<number, Step>() };

export function stepAt(line: string, at: number, isForeign: boolean): Step {
  if (steps.line !== line) steps = { line, known: new Map() };
  // A comparison of the same string object costs nothing; of an equal one, its length.
  steps.line = line;
  const place = isForeign ? -1 - at : at;
  const known = steps.known.get(place);
  if (known) return known;
  const mark = matchAt(MARK, line, at);
  const step = { mark, plain: mark ? undefined : plainWordAt(line, at, isForeign) };
  steps.known.set(place, step);
  return step;
}

function plainWordAt(line: string, at: number, isForeign: boolean): PlainWord | undefined {
  const links = [VERB, isForeign ? FOREIGN_VERB : STRICT_VERB, MOVE, FOREIGN_MOVE];
  if (links.some((link) => matchAt(link, line, at))) return undefined;
  const word = matchAt(WORD, line, at)?.[0] ?? '';
  return { word, beginsClause: OTHER_CLAUSE.test(word), isAnd: AND.test(word) };
}
