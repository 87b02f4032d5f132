import { createMatcher, type QuestionWords } from './question-words.ts';

const MARK = /\?(?=\s|["”»)\]*_?!]|$)|？/;
/** Asks without a mark, or worries: `My boss asks whether we have to roll back.`, `this makes me nervous` */
const indirect = createMatcher({
  en: 'whether|wonder(?:s|ing)?|let me know|please (?:confirm|tell|advise)|(?:can|could) you (?:please )?confirm|wants? to know (?:if|wh?\\w+|how)|(?:sanity|double)[- ]check|nervous|uneasy|worr(?:y|ies|ied)|scares?|(?:thinks?|believes?|claims?|fears?) (?:that )?(?:\\w+ ){0,2}(?:2FA|MFA|two[- ]factor|second factor)|why (?:only|just)',
  de: 'nervös|Sorgen machen|mach(?:t|en) (?:uns|mir|mirs) Sorgen|ob (?:das|es|wir|ich|man|da|die|der)|(?:warum|wieso) nur|wer ist schuld',
});

/** Begins a question, or follows a statement: `NPS says 66, is that us` */
const ASKS = {
  any: '(?:how long|wie lange|combien de temps|cu[aá]nto tiempo|quanto tempo|hoe lang) ?$',
  en: 'who else (?:is|has|gets)|(?:why|how come) (?:do|does|did|is|are|was|were|can|has|have|will|would|should|must)(?:n[’\']t)?|how (?:do|does|did|can|could|should|must|would) (?:I|we|he|she|they|it|you|one|the|this|that)|how (?:long|soon|often|many|much) (?:\\w+ ){0,2}?(?:do|does|is|are|can|will|must|should)|what (?:do|must|should|shall|can) (?:I|we|they|he|she)|what (?:does|did|is|are|was) (?:the|this|that|it|he|she|they|["“]\\w+|needed|wrong)|what (?:has |have (?:they|we) )?changed(?! is)|where (?:exactly )?(?:do|does|can|must|should|shall) (?:I|we|he|she|they|the|it)|(?:is|was|are|were) (?:it|this|that|there|they|these|those)(?! not)|(?:did|does|can|could|will|would) (?:I|we|it|he|she|they|this|that|the|our|my|these|those)(?! not)|(?:do|should|shall|must|may) (?:I|we)',
  fr: 'puis-je|peut-on|est-ce (?:que|qu)',
};
/** Begins a question; behind a comma the same words go on with a statement: `the server, which is in Lyon` */
const BEGINS = {
  any: '(?:solo|soltanto|nur|only|just|alleen|só|sólo) (?:lui|lei|er|sie|ihn|him|her|me|one|hij|zij|ele|ela|él|ella) (?:or|o|oder|ou|of)',
  en: '(?:which|what) (?:[\\w/.-]+ ){1,3}?(?:do|does|must|should|shall|can) (?:I|we|he|she|they|you|it|the|this|that)|which (?:[\\w/.-]+ ){1,2}(?:is|are) (?:needed|right|correct|it|missing)|who (?:can|must|should|has to|needs to|is|else)|is (?:the|our|my|his|her|\\w+ing)|(?:do|does|should|are|will|would) (?:they|he|she|these|those|all|the|others|everyone|my|our)',
  de: '(?:warum|wieso|weshalb)|wie (?:lange|kann|muss|soll|bekomme|prüfe|teste|sehe|verhindere|finde)\\w{0,2}|was (?:muss|soll|kann|trage|mache|sage|bedeutet|heißt|hat sich)|welche[mnrs]? (?:[\\w-]+ ){1,3}?(?:muss|müssen|soll|brauche|kann|gehört|nehme)n?|wo (?:genau )?(?:muss|kann|soll|stelle|finde|trage|sehe)|wer (?:muss|kann|soll)|(?:brauchen|brauche|müssen|sollen|liegt|reicht|hilft|kann|darf|können|dürfen|muss|soll|betrifft|trifft|unterbricht|geht|fliegen|stört) (?:ich|wir|das|es|er|sie|man|dann|alle)',
  fr: 'pourquoi|comment (?:je|puis-je|on|peut-on|faire|savoir|vérifier|éviter)|quel(?:le)?s? (?:\\w+ ){1,3}?(?:je|dois-je|faut-il|on|il faut|puis-je)|où (?:est-ce|dois-je|puis-je|je|faut-il|on)|combien de temps|qui (?:doit|peut)|faut-il|dois-je|devons-nous|doit-on|que (?:dois-je|faut-il|puis-je)',
  es: 'por ?qu[eé] (?:a|no|s[oó]lo|el|la|me|se|nos|funciona|sale)|c[oó]mo (?:puedo|podemos|lo|hago|s[eé]|compruebo|evit\\w+)|qu[eé] (?:\\w+ ){0,2}?(?:pongo|tengo que|debo|hago|les?|significa|ha cambiado|pido)|cu[aá]nto (?:tiempo|tarda|dura)|d[oó]nde (?:se|lo|pongo|tengo|puedo|está|debo|meto)|cu[aá]l(?:es)? (?:es|debo|pongo)|qui[eé]n (?:tiene|debe|puede)|puedo|podemos|se puede|afecta',
  it: 'perch[eéè] (?:non|solo|a|il|la|da|con|mi|si)|come (?:faccio|posso|possiamo|verifico|controllo|evit\\w+)|qual[ei] (?:\\w+ ){1,3}?(?:devo|dobbiamo|serve|uso|metto|va)|dove (?:devo|posso|metto|trovo|imposto)|(?:che )?cosa (?:devo|dico|gli|metto|è cambiato)|quanto (?:tempo|dura)|chi (?:deve|può)|posso|possiamo|si può',
  pt: 'por ?qu[eê] (?:s[oó]|n[aã]o|o|a|ele|ela|isso|d[aá]|funciona)|como (?:eu|posso|faço|podemos|verifico|sei|evit\\w+)|onde (?:eu|fica|coloco|posso|devo)|qual (?:\\w+ ){1,3}?(?:eu|devo|coloco|uso|preciso)|o que (?:eu|devo|digo|mudou|faço)|quem (?:deve|precisa)|quanto tempo|dá p(?:a)?ra|afeta',
  nl: 'waarom|hoe (?:kan|moet|weet|lang|controleer|voorkom)|welke (?:\\w+ ){1,3}?(?:moet|moeten|heb|kan|gebruik)|waar (?:moet|kan|staat|stel|vind)|wat (?:moet|betekent|zeg)|wie (?:moet|kan)|(?:moet|moeten|heeft|kan|mag|kunnen|mogen|raakt) (?:ik|we|hij|zij|dit|dat|het|er)',
};
const asks = createMatcher(behind('^[\\s>#*•"“(-]*|[,;:.!–—-] (?:(?:and|but|so) )?', ASKS));
const begins = createMatcher(behind('^[\\s>#*•"“(-]*|[:.!] (?:(?:and|but|so) )?', BEGINS));
/** Says that a question is open, and does not ask it: `Why it fails is unclear.`, `Warum, weiß ich nicht.` */
const leavesOpen = createMatcher({
  any: '(?:(?:un)?clear|not|unknown|no idea|mystery|unklar|weiß (?:ich|wir)|keine Ahnung|Rätsel|egal|on ne sait|aucune idée|ni idea|no (?:lo )?s[eé]|non (?:lo )?so|não sei|geen idee|weet ik) ?.{0,25}$',
});

/** `how long`, unlike `FGT-01 #`, `edit "x"` */
const TWO_WORDS = /[a-zÀ-ɏ]{2}\S* +["“(]?[a-zÀ-ɏ][a-zÀ-ɏ ]/i;

/** Whether a line may hold a question. */
export function mayAsk(line: string): boolean {
  return MARK.test(line) || indirect(line) !== -1 || (TWO_WORDS.test(line) && asksUnmarked(line));
}

/** Whether a sentence asks, by its mark or by words that only ask. */
export function isMarked(sentence: string): boolean {
  return /[?？]/.test(sentence) || indirect(sentence) !== -1;
}

/** Whether a sentence without a question mark asks. */
export function asksUnmarked(sentence: string): boolean {
  return (asks(sentence) !== -1 || begins(sentence) !== -1) && leavesOpen(sentence) === -1;
}

/** The words behind others, with further words behind them. */
function behind(lead: string, { any, ...words }: QuestionWords): QuestionWords {
  const goesOn = Object.entries(words).map(([language, each]) => [language, `(?<=${lead})(?:${each})(?= )`]);
  return { any: `(?<=${lead})(?:${any})`, ...Object.fromEntries(goesOn) };
}
