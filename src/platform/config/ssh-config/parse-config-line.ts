export interface ConfigLine {
  /** In lower case. */
  readonly keyword: string;
  readonly values: readonly string[];
}

/**
 * One line of `ssh_config`: a keyword, white space or one `=`, and values, which may be quoted. Undefined for an empty
 * line and a comment; `unreadable` for an open quote.
 */
export function parseConfigLine(raw: string): ConfigLine | 'unreadable' | undefined {
  const line = raw.replace(/[ \t\r\n\f]+$/, '').replace(/^[ \t]+/, '');
  if (line === '' || line.startsWith('#')) return undefined;
  const [, quoted, plain, rest = ''] = /^(?:"([^"]*)"|([^ \t=]+))[ \t]*=?[ \t]*(.*)$/.exec(line) ?? [];
  const keyword = quoted ?? plain;
  const values = splitValues(rest);
  if (keyword === undefined || values === undefined) return 'unreadable';
  return { keyword: keyword.toLowerCase(), values };
}

/** As a shell would, without expansions. `#` at the beginning of a word starts a comment. */
function splitValues(text: string): readonly string[] | undefined {
  const values: string[] = [];
  for (let at = 0; at < text.length; ) {
    const character = text[at] ?? '';
    if (character === ' ' || character === '\t') at += 1;
    else if (character === '#') break;
    else {
      const word = takeWord(text, at);
      if (!word) return undefined;
      values.push(word.value);
      at = word.end;
    }
  }
  return values;
}

function takeWord(text: string, start: number): { readonly value: string; readonly end: number } | undefined {
  let value = '';
  let quote = '';
  let at = start;
  for (; at < text.length; at += 1) {
    const character = text[at] ?? '';
    const next = text[at + 1] ?? '';
    const isEscaped = `'"\\${quote === '' ? ' ' : ''}`.includes(next) && next !== '';
    if (character === '\\' && isEscaped) {
      value += next;
      at += 1;
    } else if (quote === '' && (character === ' ' || character === '\t')) break;
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (quote !== '' && character === quote) quote = '';
    else value += character;
  }
  return quote === '' ? { value, end: at } : undefined;
}
