/** Words of an answer to a question. */
const MOST_WORDS = 30;
/**
 * Answers one form of a question only: `Can we avoid it?` and `Must we do it?` have opposite ones. `Yes, if …` is of a
 * pattern that holds one form, such as `Did our change break it?`
 */
const ONE_FORM =
  /^(?!(?:yes|no), if )(?:yes|no|not|only|probably|possibly|possible|perhaps|maybe|hardly|better|never|at most|see)\b/i;
/** A sentence, in which a full stop or a question mark may stand inside of a word or a name: `7.4.4`, `push.fortinet.com` */
const SENTENCE = /^(?:[^.]|\.(?=\S))+\.$/;
const VERB =
  /(?<!\w)(?:is|are|was|were|has|have|had|can|cannot|may|must|should|does|do|did|needs?|asks?|lies?|stays?|stops?|concerns?|works?|helps?|gets?|got|knows?|makes?|ends?|lets?|sends?|says?|shows?|suits?|uses?|opens?|cuts?|leaves?|names?|holds?|replaces|limits|fails?|wants?|answers?|brings?|brought|becomes?|changes?|restarts|interrupts|accepts?|counts?|lasts|lifts|comes?|decides|follows?|refused|provisions|ignores|belongs?|count|mean|takes?|exists?|found|succeed|keeps?|loses?|lose|gives?|serves?)(?!\w)/;

/** Whether a text is one sentence or two, each with a verb, that answer a question whatever its form. */
export function isStatement(text: string): boolean {
  const sentences = text.split(/(?<=\.) (?=[\p{Lu}`])/u);
  return (
    sentences.length <= 2 &&
    !ONE_FORM.test(text) &&
    text.split(' ').length <= MOST_WORDS &&
    sentences.every((sentence) => SENTENCE.test(sentence) && VERB.test(sentence))
  );
}
