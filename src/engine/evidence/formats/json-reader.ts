/**
 * JSON with the line number of each value. Members keep their order and their spelling. A text may stand in single
 * quotes, as Python prints it.
 */
export type JsonValue =
  | { readonly kind: 'text'; readonly text: string; readonly line: number }
  /** A number, `true`, `null`, or the placeholder of a redacted value: `<key#1>`. */
  | { readonly kind: 'word'; readonly text: string; readonly line: number }
  | { readonly kind: 'list'; readonly items: readonly JsonValue[]; readonly line: number }
  | {
      readonly kind: 'object';
      readonly members: readonly (readonly [name: string, value: JsonValue])[];
      readonly line: number;
    };

export type JsonObject = Extract<JsonValue, { kind: 'object' }>;

const MAX_DEPTH = 64;
const STRING = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/y;
const WORD = /[^\s,:{}[\]"']+/y;

/** `undefined` if the text is not JSON. `line` is the number of its first line. */
export function readJson(text: string, line: number): JsonValue | undefined {
  let at = 0;
  let current = line;

  function skip(): string {
    for (; at < text.length && text.charAt(at) <= ' '; at += 1) if (text.charAt(at) === '\n') current += 1;
    return text.charAt(at);
  }

  function string(): string | undefined {
    STRING.lastIndex = at;
    const match = STRING.exec(text);
    if (!match) return undefined;
    at += match[0].length;
    return unescapeJson(match[1] ?? match[2] ?? '');
  }

  function value(depth: number): JsonValue | undefined {
    const char = skip();
    const begun = current;
    if (depth > MAX_DEPTH) return undefined;
    if (char === '"' || char === "'") {
      const found = string();
      return found === undefined ? undefined : { kind: 'text', text: found, line: begun };
    }
    if (char === '{') return object(begun, depth);
    if (char === '[') return list(begun, depth);
    WORD.lastIndex = at;
    const word = WORD.exec(text)?.[0];
    if (word === undefined) return undefined;
    at += word.length;
    return { kind: 'word', text: word, line: begun };
  }

  function object(begun: number, depth: number): JsonValue | undefined {
    const members: [string, JsonValue][] = [];
    at += 1;
    while (skip() !== '}') {
      const name = string();
      if (name === undefined || skip() !== ':') return undefined;
      at += 1;
      const found = value(depth + 1);
      if (!found) return undefined;
      members.push([name, found]);
      if (!skipSeparator('}')) return undefined;
    }
    at += 1;
    return { kind: 'object', members, line: begun };
  }

  function list(begun: number, depth: number): JsonValue | undefined {
    const items: JsonValue[] = [];
    at += 1;
    while (skip() !== ']') {
      const found = value(depth + 1);
      if (!found) return undefined;
      items.push(found);
      if (!skipSeparator(']')) return undefined;
    }
    at += 1;
    return { kind: 'list', items, line: begun };
  }

  /** Whether a comma was passed or the end comes next. */
  function skipSeparator(end: string): boolean {
    const char = skip();
    if (char === ',') at += 1;
    return char === ',' || char === end;
  }

  const found = value(0);
  skip();
  return at >= text.length ? found : undefined;
}

const ESCAPE = /\\(?:u([\da-f]{4})|x([\da-f]{2})|(.))/gis;
const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** `\x1b` is of Python; what is no escape stays: `EXAMPLE\oriole`. */
function unescapeJson(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replaceAll(ESCAPE, (all: string, wide?: string, narrow?: string, char = '') => {
    const code = wide ?? narrow;
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    return ESCAPED[char] ?? (/[\w\s]/.test(char) ? all : char);
  });
}

/** Tracks brackets and strings to find the end of JSON that spans several lines. */
export function createJsonBalance(): (line: string) => number {
  let depth = 0;
  let inString = false;
  return (line) => {
    for (let at = 0; at < line.length; at += 1) {
      const char = line.charAt(at);
      if (inString) {
        if (char === '\\') at += 1;
        else if (char === '"') inString = false;
      } else if (char === '"') inString = true;
      else if (char === '{' || char === '[') depth += 1;
      else if (char === '}' || char === ']') depth -= 1;
    }
    return depth;
  };
}
