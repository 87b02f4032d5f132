/**
 * Entities that ticket systems and mail programs create, besides the three that Slack uses. FortiOS prints none of
 * them, but replacement messages in a backup are HTML pages between quotes.
 */
const ENTITY = /&(?:#(\d{2,5})|#[xX]([0-9a-fA-F]{2,4})|(quot|apos|nbsp|[lr][ds]quo|[nm]dash));/g;

const NAMED: Readonly<Record<string, string>> = {
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ldquo: '"',
  rdquo: '"',
  lsquo: "'",
  rsquo: "'",
  ndash: '-',
  mdash: '-',
};
const NUMBERED: Readonly<Record<number, string>> = {
  160: ' ',
  8211: '-',
  8212: '-',
  8216: "'",
  8217: "'",
  8220: '"',
  8221: '"',
};

/** Where FortiOS prints a double quote: after the words of a statement, after `msg=`, and in the JSON of a push. */
const QUOTING =
  /^[ \t]*(?:\S{1,60}(?: \([^()]{1,80}\))? [#$] )?(?:set|append|edit|config|select|unselect|unset|show|get|move|rename|delete) |[\w-]=&|[{,[]&[^&]{1,40}&[#\w]{1,6};[ \t]*:/;
const SPACES = /&(?:nbsp|#160|#[xX][aA]0);/g;

/** Decodes entities outside `"…"`, and encoded double quotes in a line that needs quotes and has none. */
export function decodeEntities(line: string): string {
  if (!line.includes(';')) return line;
  if (line.includes('"')) {
    return line
      .split(/("(?:[^"\\]|\\.)*(?:"|$))/)
      .map((part) => (part.startsWith('"') ? part : decode(part, false)))
      .join('');
  }
  return decode(line, QUOTING.test(line.replace(SPACES, ' ')));
}

/** The three entities of Slack: `&lt; &gt; &amp;` become `< > &`. */
export function unescapeEntities(text: string): string {
  return text.replace(/&(lt|gt|amp);/g, (entity, name: string) => MARKUP[name] ?? entity);
}

const MARKUP: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&' };

/** Every entity of a page. */
export function decodeHtml(text: string): string {
  return text.replace(/&#?\w{2,6};/g, (entity) => {
    const char = unescapeEntities(entity);
    return char === entity ? decode(entity, true) : char;
  });
}

function decode(text: string, quotes: boolean): string {
  return text.replace(ENTITY, (entity, decimal?: string, hex?: string, name?: string) => {
    const char = name === undefined ? decodeNumber(decimal, hex) : NAMED[name];
    return char === undefined || (char === '"' && !quotes) ? entity : char;
  });
}

function decodeNumber(decimal: string | undefined, hex: string | undefined): string | undefined {
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code >= 32 && code < 127 ? String.fromCharCode(code) : NUMBERED[code];
}
