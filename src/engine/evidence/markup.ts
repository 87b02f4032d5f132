import { isDebugMark } from './debug-lines.ts';

/** `[host](http://host)` and `[host|http://host]`: Markdown and Jira also turn names into links. */
const MARKDOWN_LINK = /\[([\w.@-]{1,253})\]\((?:https?:\/\/|mailto:)\1\/?\)/g;
const JIRA_LINK = /\[([\w.@-]{1,253})\|(?:https?:\/\/|mailto:)\1\/?\]/g;
const NAME = '(?:pre|code|br|p|div|span|font|b|i|u|em|strong|li|ul|td|tr)';
const TAGS_BEFORE = new RegExp(`^(?:[ \\t]*</?${NAME}(?: [^<>]{0,300})?/?>)+`, 'i');
const TAGS_BEHIND = new RegExp(`(?:</?${NAME} ?/?>[ \\t]*){1,9}$`, 'i');
const TAGS = new RegExp(`</?${NAME}(?: [^<>]{0,300})?/?>`, 'gi');
/** A CLI statement, as typed or printed. */
const STATEMENT =
  /^[ \t]*(?:\S{1,60}(?: \([^()]{1,80}\))? [#$] )?(?:(?:config|edit|set|unset|append|show|get) \S|(?:next|end)[ \t]*$)/;

/** Removes the markup of web pages and wikis: links everywhere, tags around a CLI statement. */
export function withoutMarkup(line: string): string {
  const text = line.includes('[') ? line.replace(MARKDOWN_LINK, '$1').replace(JIRA_LINK, '$1') : line;
  if (!text.includes('<')) return text;
  if (isDebugMark(text) || text.includes('SSL: (')) return text.replace(TAGS, '');
  const begun = text.replace(TAGS_BEFORE, '');
  const bare = begun.replace(TAGS_BEHIND, '');
  // A tag inside an open quoted value belongs to an HTML page that the device stores.
  const isOpen = bare.split('"').length % 2 === 0;
  return STATEMENT.test(bare) ? (isOpen ? begun : bare) : text;
}
