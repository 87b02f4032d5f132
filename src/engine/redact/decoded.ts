import { hint } from './hint.ts';
import type { LineContext, Span } from './spans.ts';

type Find = (line: string, context: LineContext) => readonly Span[];

/** Escapes of HTML, JSON, programs, and links, encoded once or twice: `&quot;`, `\u0022`, `\x3d`, `%3D`, `%253D`. */
const ESCAPE =
  /&(?:amp;){0,3}(?:(quot|apos|amp|lt|gt|equals|colon)|#(\d{2,3})|#x([\da-f]{2,4}));|\\(?:u00|x)([2-7][\da-f])|%(?:25)*(0[9ad]|[2-7][\da-f])|(?<=[?&](?:text|msg|message|body|content)=[^\s&]{0,200})\+/gi;
const ESCAPE_HINT =
  /&(?:amp;){0,3}(?:quot|apos|amp|lt|gt|equals|colon|#)|\\u00[2-7]|\\x[2-7]|%(?:25)*(?:3[ad]|2[02])|[a-z]%[67][\da-f][a-z%]|[?&](?:text|msg|message|body|content)=[^\s&]{0,80}\+/i;
const ENTITIES: Readonly<Record<string, string>> = {
  quot: '"',
  apos: "'",
  amp: '&',
  lt: '<',
  gt: '>',
  equals: '=',
  colon: ':',
};

/** The beginnings of what is looked for in encoded text. */
const NAMES = 'passw Passw PASSW passp pwd= pass= psksecret secret Secret SECRET token= "token'.split(' ');

/** How the name begins in base64, with 0, 1 or 2 bytes before it. Characters that hold bits of other bytes are left out. */
function base64Forms(name: string): readonly string[] {
  return [0, 1, 2].map((before) => {
    const encoded = btoa('\0'.repeat(before) + name).replace(/=+$/, '');
    const whole = Math.floor(((before + name.length) * 8) / 6);
    return encoded.slice(before === 0 ? 0 : before + 1, whole);
  });
}

/** UTF-16 of Windows. */
const wide = (name: string) => Array.from(name, (letter) => `${letter}\0`).join('');
const hexOf = (name: string, separator: string) =>
  Array.from(name, (letter) => letter.charCodeAt(0).toString(16)).join(separator);

/** Part of every text that holds a secret's name in base64, and in hexadecimal. */
const BASE64_NAMES: readonly string[] = [
  ...NAMES.flatMap(base64Forms),
  ...['passw', 'Passw'].flatMap((name) => base64Forms(wide(name))),
];
const HEX_NAME_FORMS: readonly string[] = 'passw Passw PASSW pwd= pass= secret'
  .split(' ')
  .flatMap((name) => [hexOf(name, ''), hexOf(name, ' ')]);
const BASE64_HINT = hint('', BASE64_NAMES.join('|'));
const HEX_HINT = hint(HEX_NAME_FORMS.join('|'));
/** Letters of a name that links and pages write as escapes. */
const NAME_HINT = hint('%61|%73s|%77o|s%77|%70a', '&#|;#');

const BASE64_RUN = /[A-Za-z0-9+/_-]{12,}={0,2}/g;
const HEX_RUN = /(?:[0-9a-f]{2}){8,}|[0-9a-f]{2}(?:(?:[ ]{1,2}|:)[0-9a-f]{2}){5,}/gi;
const MAX_RUN = 16_384;

/** Whether a name may stand encoded in the line: then each of its digits counts. */
export function isEncoded(line: string): boolean {
  return NAME_HINT.test(line) || BASE64_HINT.test(line) || HEX_HINT.test(line);
}

/** Secrets whose name and value stand encoded in the line. `find` reads what is encoded. */
export function findDecoded(line: string, context: LineContext, find: Find): readonly Span[] {
  const spans: Span[] = [];
  if (NAME_HINT.test(line) || ESCAPE_HINT.test(line)) spans.push(...findUnescaped(line, context, find));
  if (BASE64_HINT.test(line)) spans.push(...runs(line, BASE64_RUN, fromBase64, context, find));
  if (HEX_HINT.test(line)) spans.push(...runs(line, HEX_RUN, fromHex, context, find));
  return spans;
}

/** The line with its escapes replaced, and the place of each character in the line. */
function findUnescaped(line: string, context: LineContext, find: Find): readonly Span[] {
  let text = '';
  const places: number[] = [];
  let at = 0;
  const copy = (end: number) => {
    for (let place = at; place < end; place++) places.push(place);
    text += line.slice(at, end);
  };
  for (const found of line.matchAll(ESCAPE)) {
    copy(found.index);
    places.push(found.index);
    const [, name, decimal, hex = found[4] ?? found[5] ?? ''] = found;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    if (found[0] === '+') text += ' ';
    else text += name === undefined ? String.fromCharCode(code) : ENTITIES[name.toLowerCase()];
    at = found.index + found[0].length;
  }
  if (at === 0) return [];
  copy(line.length);
  places.push(line.length);
  let from = 0;
  return text.split('\n').flatMap((part) => {
    const offset = from;
    from += part.length + 1;
    return find(part, context).map(({ start, end, kind, token }) => ({
      start: places[offset + start] ?? line.length,
      end: places[offset + end] ?? line.length,
      kind,
      ...(token === undefined ? {} : { token }),
    }));
  });
}

function runs(
  line: string,
  pattern: RegExp,
  decode: (run: string) => string | undefined,
  context: LineContext,
  find: Find,
): readonly Span[] {
  return Array.from(line.matchAll(pattern)).flatMap((run): readonly Span[] => {
    const text = run[0].length > MAX_RUN ? undefined : decode(run[0]);
    const kind = text?.split(/[\r\n\0]+/).flatMap((each) => find(each, context))[0]?.kind;
    return kind === undefined ? [] : [{ start: run.index, end: run.index + run[0].length, kind }];
  });
}

/** `undefined` for what is no text. */
function fromBase64(run: string): string | undefined {
  const body = run.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
  try {
    return readable(atob(body.slice(0, body.length - (body.length % 4 === 1 ? 1 : 0))));
  } catch {
    return undefined;
  }
}

function fromHex(run: string): string | undefined {
  const digits = run.replaceAll(/[ :]/g, '');
  return readable(
    Array.from({ length: digits.length >> 1 }, (_, at) =>
      String.fromCharCode(Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16)),
    ).join(''),
  );
}

function readable(text: string): string | undefined {
  const narrow = /^(?:[^\0]\0)+$/.test(text) ? text.replaceAll('\0', '') : text;
  const odd = narrow.replaceAll(/[\x20-\x7e\t\r\n\0\x80-\xff]/g, '').length;
  return odd * 8 > narrow.length ? undefined : narrow;
}
