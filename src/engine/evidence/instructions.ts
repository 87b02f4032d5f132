/**
 * Distinguishes configuration printed by a device from configuration in a text about it: the syntax of a reference, a
 * how-to, a ticket that requests commands. Signs that device output never has:
 *
 * 1. syntax outside quotes: `{enable | disable}`, `[enable|disable]`, `{string}`, `{{ variable }}`
 * 2. verbs that are typed and never printed: `append`, `unselect`, `move`
 * 3. a placeholder outside quotes, `set server <public-ip>`: FortiOS prints such values between quotes
 * 4. prose directly above that asks a person to do it, or the headings of an article
 * 5. a page in Markdown around it: front matter or a title at the top, and a section above the block
 *
 * Prose that says whose output this is (`here is our configuration:`) overrides sign 4.
 */
export function isInstruction(lines: readonly string[], from: number, to: number): boolean {
  if (lines[from]?.startsWith('#config-version=')) return false;
  const block = lines.slice(from, Math.min(to, from + MAX_LINES)).map(withoutQuoted);
  if (block.some((line) => SYNTAX.test(line))) return true;
  if (to - from > MAX_SHORT) return false;
  if (block.some((line) => TYPED.test(line) || PLACEHOLDER.test(line))) return true;
  return isAskedFor(lines, from) || isArticle(lines, from) || isPage(lines, from);
}

/** Lines; a page of a reference shows its syntax near the start. */
const MAX_LINES = 80;
/** Lines; requests in a message are shorter. A longer text with a masked value is a person's own configuration. */
const MAX_SHORT = 40;
/** Lines above the block in which introducing prose, and the headings of an article, are looked for. */
const PROSE_WITHIN_LINES = 4;
const ARTICLE_WITHIN_LINES = 400;
const MAX_PROSE = 500;

const SYNTAX =
  /^[ \t]*(?:set|unset|append|edit|config)[ \t].*(?:\{+ ?[\w.-]+(?: ?[|,] ?[\w.-]+)* ?\}+|\[[\w-]+(?: ?\| ?[\w-]+)+\]|<[\w-]+_(?:int|str|ipv4|name)>)/;
const TYPED = /^[ \t]*(?:append|select|unselect|delete|purge|move|rename|clone)[ \t]+\S/;
/** A masked value is not a placeholder: `ENC <redacted>`. */
const PLACEHOLDER =
  /^[ \t]*(?:set|edit)[ \t](?!.*<[^<>]*(?:redact|remov|hidden|mask|secret|password|snip|omit|sanit|anonym|priva|confid)).*<[A-Za-z][A-Za-z _./-]{1,40}>/i;

/** What a person is asked to do with a block; `help`, `check` and `have a look` ask about it. */
const DO =
  "run|enter|type|apply|paste|execute|use|try|add|issue|set|configure|change|enable|disable|put|insert|restore|never|do not|don[’']t";
const ASKS: readonly RegExp[] = [
  // `please also run`; `could you please check?` asks about what the device has.
  new RegExp(
    `\\b(?:please|pls|kindly)[ \\t,]+(?:(?:also|just|now|then|first|only|go and)[ \\t]+)?(?:${DO})\\b`,
    'i',
  ),
  /\bbitte\b.{0,80}\b(?:eingeben|einfügen|ausführen|eintragen|setzen|ändern|anpassen|konfigurieren|einstellen|aktivieren|deaktivieren|umstellen|übernehmen)\b/i,
  /\b(?:veuillez (?:exécuter|saisir|ajouter|configurer|entrer|activer|utiliser)|por favor,? (?:ejecut|introdu|pegu|configur|añad|activ|us)\w+)/i,
  // At the beginning of a sentence or behind `then`: `he uses the following settings` tells what is there.
  /(?:^|[.!:,;>(][ \t]*|\b(?:then|and|to|just|now|instead|can|could|should|must)[ \t]+)(?:run|enter|type|apply|paste|execute|use|try|add|issue)[ \t]+(?:these|this|following|below|commands?|it|with|again|the[ \t]+(?:following|below|above|commands?|cli|lines?|settings?|config\w*|block|steps?|script|fix))\b/i,
  /\b(?:following|below|these)[ \t]+(?:cli[ \t]+)?(?:commands?|steps?|syntax|example)\b/i,
  /(?:^|[.!:>][ \t]*|\bin order[ \t]+)to[ \t]+(?:enable|configure|fix|solve|resolve|change|turn|switch|set|allow|activate)\b/i,
  // `They can log in with the code` tells what happens; `you should set` asks for it.
  /\byou[ \t]+(?:can|need|could)\b(?![ \t]+(?:see|find|tell)\b)|\b(?:you|we|they)[ \t]+(?:should|must|have[ \t]to)[ \t]+(?:set|use|add|have|run|enter|configure|change|enable|disable|see)\b/i,
  /\b(?:should|must)(?:n[’']t|[ \t]+not)?[ \t]+(?:look|read|(?:be|have)[ \t]*(?::|like|as follows|set\b|this:|the following|$))/i,
  /\bmake sure (?:that|to|you)\b|\bensure that\b|\b(?:for example|e\.g\.)[ \t]*:?[ \t]*$|\bhow to\b[^?]*$|\brecommended[ \t]+(?:way|settings?|config\w*|is|are|:)|\b(?:is|are) recommended\b/i,
  // What no device has: a warning, a condition, a default, a sample.
  /(?:^|[.!?:,;-][ \t]*)(?:never|do not|don[’']t)[ \t]+(?:do|use|paste|set|have|configure|leave)\b/i,
  /\b(?:if|when)[ \t]+you[ \t]+(?:see|have|find)\b|\bwould[ \t]+(?:look|happen|read)\b|\bwould be[ \t]*:?[ \t]*$|\bwhat if\b/i,
  /\b(?:the|its|factory)[ \t]+defaults?[ \t]+(?:is|are)\b|\baccording to[ \t]+(?:the[ \t]+)?(?:doc|manual|guide|kb|knowledge|article|reference)/i,
  /\bi[ \t]+(?:suggest|propose|recommend|advise)\b/i,
  // A guess: `Your configuration probably looks like this:`
  /\b(?:probably|likely|presumably|might|may)[ \t]+(?:looks?|be|have|has|contains?)[ \t]+(?:like|this|these|as follows|the following|something)\b/i,
  /\bso[ \t]+(?:sollte|darf|muss)n?\b/i,
  // A heading, no label with its value and no question: `Example user: wren`, `Solution?`
  /^[ \t]*(?:#+ |\d{1,2}[.)] |step \d|[-*] )?(?:syntax|example|solution|resolution|workaround|fix|configuration example|via (?:the )?cli|cli)\b[^:?]{0,40}:?[ \t]*$/i,
  // The headings of an answer of this program, which a person quotes or forwards.
  /^[ \t>]*(?:#{1,4} )?[*_]{0,2}(?:fix|undo|verify|what to do|also found)[*_:]{0,3}[ \t]*$/i,
  /^[ \t]*(?:step[ \t]+\d|\d{1,2}[.)][ \t]+(?:enable|configure|set|go|log|open|run|enter|add|create))\b/i,
];
/** Reported speech about what has to be set: `our vendor says that push must be off`, `the guide says:`. */
const REPORTED_SPEECH =
  /\b(?:vendor|partner|provider|reseller|consultant|colleague|support|tac|manual|article|guide|documentation|kb)\b.{0,60}\b(?:says?|said|tells?|told|writes?|wrote|suggest(?:s|ed)?|advise[sd]?|recommend(?:s|ed)?)\b(?:.{0,60}\b(?:must|should|has to|have to|needs? to|to (?:set|use|add|enable|disable|configure|change|switch|turn))\b|(?: this| the following)?[ \t]*:?[ \t]*$)/i;
const SAMPLE = /\b(?:sample|typical|hypothetical)[ \t]+(?:output|config(?:uration)?|settings?)\b/i;
const HANDED_OVER =
  /\b(?:here(?:'s| is| are| it is)|this is what|output (?:of|from|below)|attached|pasted|backup|printed|did)\b/i;
const REPORTS =
  /\b(?:here(?:'s| is| are| it is)|this is (?:our|my|the|what|how)|our|my|mine|ours|current(?:ly)?|existing|i (?:have|did|ran|see|get|got|set)|we (?:have|did|ran|see|get|got|use)|shows?|printed|output (?:of|from|below)|attached|pasted|backup|export(?:ed)?|taken from|as it is|right now|at the moment)\b|\b(?:output|config(?:uration)?)[ \t]*:[ \t]*$/i;
/** `Is it safe to paste this on a forum?` */
const ASKED_ABOUT =
  /\bis (?:it|this|that) (?:safe|ok(?:ay)?|fine|allowed) to (?:paste|post|share|send|publish)\b[^.!]*\?/i;
const ARTICLE =
  /^[ \t]*(?:(?:Technical|Troubleshooting) (?:Tip|Note)\b.*|(?:Description|Scope|Solution|Related (?:article|document)s?)[ \t]*:?[ \t]*)$/i;

function withoutQuoted(line: string): string {
  return line.slice(0, MAX_PROSE).replace(/"(?:[^"\\]|\\.)*"?/g, '""');
}

/** Reads the prose above, nearest line first: whether it asks for a change or introduces the sender's own output. */
function isAskedFor(lines: readonly string[], from: number): boolean {
  let seen = 0;
  for (let at = from - 1; at >= 0 && seen < 2 && from - at <= PROSE_WITHIN_LINES; at -= 1) {
    const line = (lines[at] ?? '').slice(0, MAX_PROSE);
    if (line.trim() === '') continue;
    if (/^[ \t]*(?:config|edit|set|next|end)\b/.test(line)) return false;
    seen += 1;
    if (SAMPLE.test(line) || (REPORTED_SPEECH.test(line) && !HANDED_OVER.test(line))) return true;
    if (REPORTS.test(line) || ASKED_ABOUT.test(line)) return false;
    if (ASKS.some((sign) => sign.test(line))) return true;
  }
  return false;
}

/** Whether two headings of an article in Fortinet's community are above. */
function isArticle(lines: readonly string[], from: number): boolean {
  let headings = 0;
  for (let at = from - 1; at >= 0 && from - at <= ARTICLE_WITHIN_LINES; at -= 1) {
    if (ARTICLE.test((lines[at] ?? '').slice(0, 200))) headings += 1;
    if (headings === 2) return true;
  }
  return false;
}

/** Lines of prose and configuration of a page above the block. */
const PAGE_WITHIN_LINES = 600;
/** `# Enabling push` at the top of a page; a message or ticket has none, and begins with words. */
const TITLE = /^# [A-Z][\w ’',:()/-]{3,120}$/;
const SECTION = /^#{2,4} \S/;

/** Whether the block stands in a page in Markdown without a word that it is output of a device. */
function isPage(lines: readonly string[], from: number): boolean {
  if (from > PAGE_WITHIN_LINES) return false;
  const above = lines.slice(0, from);
  const top = above.findLastIndex((line, at) => isTop(line, above[at - 1], above[at + 1]));
  if (top === -1 || !above.slice(top + 1).some((line) => SECTION.test(line))) return false;
  const prose = above.findLast((line) => line.trim() !== '') ?? '';
  return !REPORTS.test(prose.slice(0, MAX_PROSE));
}

function isTop(line: string, before = '', behind = ''): boolean {
  if (before.trim() !== '') return false;
  return TITLE.test(line) || (line === '---' && behind.startsWith('title:'));
}
