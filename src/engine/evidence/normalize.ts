import { isDebugMark } from './debug-lines.ts';
import { decodeEntities } from './html-entities.ts';
import { createPrefixRemover } from './line-prefix.ts';
import { createTextBuilder, eachLine } from './lines-of.ts';
import { createQuotedPrintable } from './quoted-printable.ts';
import { createLineJoiner } from './rewrap.ts';
import { applyTerminalEdits } from './terminal-edits.ts';

/** `--More-- ` and what FortiOS sends to erase it: CR, nine spaces, CR. Some terminals and editors drop the CRs. */
const PAGER = /--More-- ?(?:\r {0,20}\r)?|\r {1,20}\r/g;
/** The lookbehind prevents a long run of CRs from being tried at each position. */
const LAST_CRS = /(?<!\r)\r+$/;
/** Joiners, direction marks and variation selectors that chats and office programs insert between letters. */
const INVISIBLE = /\p{Cf}|\p{Variation_Selector}/gu;
const ODD_SPACES = /[\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g;
const DOUBLE_QUOTES = /[\u201c-\u201f]/g;
const SINGLE_QUOTES = /[\u2018-\u201b]/g;
const HYPHENS = /[\u2010\u2011\u2212]|(?<=^|\s)[\u2013\u2014](?=\d)/g;
/** Control characters that terminals interpret and people do not see. */
const CONTROLS = /[^\P{Cc}\t\n]/gu;

/** `<http://host|host>`, `<mailto:a@b|a@b>`: Slack turns names that look like hosts into links. `<@U1>` stays. */
const SLACK_LINK = /<((?:https?|ftps?|mailto|tel|ssh):[^\s<>|]{1,2000})(?:\|([^<>|\n]{1,2000}))?>/g;
const SLACK_ENTITY = /&(lt|gt|amp);/g;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&' };

const FENCE_LINE =
  /^[ \t]*```(?:text|txt|bash|sh|shell|console|log|plain|plaintext|conf|cfg|ini|json|diff|none)?[ \t]*$/;
const INLINE_CODE_LINE = /^([ \t]*)`([^`]*)`([ \t]*)$/;
/** A mail that was answered and forwarded has several quote marks. */
const QUOTED_LINE = /^[ \t]*(?:>[ \t]?){1,9}/;

/**
 * Undoes changes by Slack, terminals and editors. Lines keep their number, except that a lone CR becomes a line end,
 * as in some editors: two joined lines would be worse than a wrong number.
 */
export function normalizeText(text: string): string {
  const normalizer = createNormalizer();
  const normalized = createTextBuilder();
  eachLine(text, (line, ended) => {
    for (const each of normalizer.line(line, ended)) normalized.add(each);
  });
  for (const each of normalizer.end()) normalized.add(each);
  return normalized.text();
}

function normalizeCharacters(text: string): string {
  if (PRINTABLE.test(text)) return text;
  return text
    .replace(INVISIBLE, '')
    .replace(ODD_SPACES, ' ')
    .replace(DOUBLE_QUOTES, '"')
    .replace(SINGLE_QUOTES, "'")
    .replace(HYPHENS, '-');
}

/**
 * Every line that needs normalisation contains one of these, a control character, or a character beyond ASCII; `*` is
 * any character.
 */
export const DAMAGE_PATTERNS: readonly string[] = [
  '--More',
  '<h*',
  '<f*',
  '<m*',
  '<t*',
  '<s*',
  '&lt',
  '&gt',
  '&amp',
  '&#*',
  '&quot',
  '&apos',
  '&nbsp',
  '&ldq',
  '&rdq',
  '&lsq',
  '&rsq',
  '&nda',
  '&mda',
  '](h*',
  '](m*',
  '|ht*',
  '|ma*',
];
const DAMAGE =
  /[^ -~\t]|`|--More--|<\/?[A-Za-z]|&(?:lt|gt|amp|quot|apos|nbsp|[lr][ds]quo|[nm]dash|#\w{2,5});|[(|](?:http|mailto)/;
/** Or the line may be quoted: most lines are neither, which one search says. */
const DAMAGED_OR_QUOTED = new RegExp(`^[ \\t]*[>|]|${DAMAGE.source}`);

/** `normalizeText` for text that arrives line by line. */
export interface Normalizer {
  /**
   * Takes a line without its LF; `ended` is false if it had none. Returns the lines that are complete now: a quotation
   * waits for the next line.
   */
  line(text: string, ended?: boolean): readonly string[];
  /** Whether no line is held back. */
  isIdle(): boolean;
  /** Whether the lines held back only need to know if the next line begins a debug message: then `end` returns them. */
  isIdleBeforeMessage(): boolean;
  end(): readonly string[];
}

export function createNormalizer(): Normalizer {
  const encoding = createQuotedPrintable();
  const prefixes = createPrefixRemover();
  const joiner = createLineJoiner();
  let held: string | undefined;
  let quotedBefore = false;

  function release(quotedAfter: boolean): readonly string[] {
    if (held === undefined) return [];
    const bare = held.replace(QUOTED_LINE, '');
    const text = quotedBefore || quotedAfter || isDebugMark(bare) ? bare : held;
    held = undefined;
    quotedBefore = true;
    return text.split('\n').flatMap(whole);
  }

  function whole(line: string): readonly string[] {
    const ready = prefixes.line(line);
    const [only] = ready;
    return ready.length === 1 && only !== undefined
      ? joiner.line(only)
      : ready.flatMap((text) => joiner.line(text));
  }

  function normalizeLine(text: string, ended: boolean): readonly string[] {
    const bare = ended && text.endsWith('\r') ? text.slice(0, -1) : text;
    if (held === undefined && !DAMAGED_OR_QUOTED.test(bare)) {
      quotedBefore = false;
      return whole(bare);
    }
    const line = DAMAGE.test(bare) ? normalizeDamaged(text, ended) : bare;
    const quoted = QUOTED_LINE.test(line);
    const ready = release(quoted);
    if (quoted) {
      held = line;
      return ready;
    }
    quotedBefore = false;
    if (ready.length === 0 && !line.includes('\n')) return whole(line);
    return [...ready, ...line.split('\n').flatMap(whole)];
  }

  return {
    isIdle: () => held === undefined && prefixes.isIdle() && joiner.isIdle() && !encoding.isOpen(),
    isIdleBeforeMessage: () => held === undefined && joiner.isIdleBeforeMessage() && !encoding.isOpen(),
    end() {
      return [
        ...encoding.end().flatMap((each) => normalizeLine(each, true)),
        ...release(false),
        ...prefixes.end().flatMap((each) => joiner.line(each)),
        ...joiner.end(),
      ];
    },
    line(text, ended = true) {
      if (!encoding.isOpen() && !text.startsWith('Content-') && !text.startsWith('content-')) {
        return normalizeLine(text, ended);
      }
      return encoding.line(text).flatMap((each) => normalizeLine(each, ended));
    },
  };
}

function normalizeDamaged(text: string, ended: boolean): string {
  const paged = text.replace(PAGER, '');
  return normalizeLine(normalizeCharacters(ended ? paged.replace(LAST_CRS, '') : paged));
}

/** Nothing of it is an odd character, a control, or an edit of a terminal. */
const PRINTABLE = /^[ -~\t]*$/;

function normalizeLine(line: string): string {
  const plain = PRINTABLE.test(line)
    ? line
    : applyTerminalEdits(line).replaceAll('\r', '\n').replace(CONTROLS, '');
  const slack = withoutCodeMarks(plain)
    .replace(
      SLACK_LINK,
      (_link, target: string, label?: string) => label ?? target.replace(/^(?:mailto|tel):/, ''),
    )
    .replace(SLACK_ENTITY, (_entity, name: string) => ENTITIES[name] ?? '');
  return decodeEntities(withoutMarkup(slack));
}

function withoutCodeMarks(line: string): string {
  if (!line.includes('`')) return line;
  if (FENCE_LINE.test(line)) return '';
  return line.replaceAll('```', '').replace(INLINE_CODE_LINE, '$1$2$3');
}

/** `[host](http://host)` and `[host|http://host]`: Markdown and Jira also turn names into links. */
const MARKDOWN_LINK = /\[([\w.@-]{1,253})\]\((?:https?:\/\/|mailto:)\1\/?\)/g;
const JIRA_LINK = /\[([\w.@-]{1,253})\|(?:https?:\/\/|mailto:)\1\/?\]/g;
const NAME = '(?:pre|code|br|p|div|span|font|b|i|u|em|strong|li|ul|td|tr)';
const TAGS_BEFORE = new RegExp(`^(?:[ \\t]*</?${NAME}(?: [^<>]{0,300})?/?>)+`, 'i');
const TAGS_BEHIND = new RegExp(`(?:</?${NAME} ?/?>[ \\t]*){1,9}$`, 'i');
const TAGS = new RegExp(`</?${NAME}(?: [^<>]{0,300})?/?>`, 'gi');
/** Of a line in a page, which ends with the next tag. */
const BREAKS_BEHIND = /(?:<br ?\/?>[ \t]*){1,9}$/i;
/** A page in one line, which is split into its lines later: `<p>[1738] handle_req-Rcvd auth req 7<br>[1739] …` */
const SEVERAL = /[^\s<>][ \t]{0,9}<\/?(?:br|p|div|li|tr|pre)\b[^<>]{0,300}>[ \t]{0,9}[^\s<]/i;
/** A CLI statement, as typed or printed. */
const STATEMENT =
  /^[ \t]*(?:\S{1,60}(?: \([^()]{1,80}\))? [#$] )?(?:(?:config|edit|set|unset|append|show|get) \S|(?:next|end)[ \t]*$)/;

/** Removes the markup of web pages and wikis: links everywhere, tags around a CLI statement. */
function withoutMarkup(line: string): string {
  const linked = line.includes('[') ? line.replace(MARKDOWN_LINK, '$1').replace(JIRA_LINK, '$1') : line;
  if (!linked.includes('<')) return linked;
  const text = linked.startsWith('<') ? linked : linked.replace(BREAKS_BEHIND, '');
  if (isDebugMark(text) || text.includes('SSL: (')) return SEVERAL.test(text) ? text : text.replace(TAGS, '');
  const begun = text.replace(TAGS_BEFORE, '');
  const bare = begun.replace(TAGS_BEHIND, '');
  // A tag inside an open quoted value belongs to an HTML page that the device stores.
  const isOpen = bare.split('"').length % 2 === 0;
  return STATEMENT.test(bare.replaceAll('&nbsp;', ' ')) ? (isOpen ? begun : bare) : text;
}
