/** A JSON text whose long strings were left out: each is replaced by its name, a short string. */
export interface ShortenedJson {
  readonly json: string;
  /** Position of each content in the bytes, between the quotes. */
  readonly strings: ReadonlyMap<string, ByteRange>;
}

export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** Bytes. No field of a job except its texts may have more. */
const LONG = 10_000;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LETTER_N = 0x6e;
/** No character of a text: Unicode reserves it for use inside a program. */
const MARK = '\ufdd0';
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Parsing all of a JSON text of 20 MB takes three times as much memory: for the text, for its strings, and for lines of
 * them. The lines of a long string can be read from the bytes instead (`linesOfJsonString`).
 */
export function shortenJson(bytes: Uint8Array): ShortenedJson {
  const parts: string[] = [];
  const strings = new Map<string, ByteRange>();
  let kept = 0;
  for (let open = bytes.indexOf(QUOTE); open !== -1; ) {
    const from = open + 1;
    const to = endOfString(bytes, from);
    if (to - from > LONG) {
      const name = `${MARK}${strings.size}`;
      strings.set(name, { from, to });
      parts.push(utf8.decode(bytes.subarray(kept, from)), name);
      kept = to;
    }
    open = bytes.indexOf(QUOTE, to + 1);
  }
  parts.push(utf8.decode(bytes.subarray(kept)));
  return { json: parts.join(''), strings };
}

/** The closing quote: one that is not escaped. */
function endOfString(bytes: Uint8Array, from: number): number {
  let end = bytes.indexOf(QUOTE, from);
  while (end !== -1 && isEscaped(bytes, from, end)) end = bytes.indexOf(QUOTE, end + 1);
  return end === -1 ? bytes.length : end;
}

function isEscaped(bytes: Uint8Array, from: number, at: number): boolean {
  let first = at;
  while (first > from && bytes[first - 1] === BACKSLASH) first -= 1;
  return (at - first) % 2 === 1;
}

/** The lines of a string of a JSON text. Throws a `SyntaxError` if it is not one. */
export function* linesOfJsonString(bytes: Uint8Array, { from, to }: ByteRange): Generator<string> {
  let begun = from;
  let escaped = false;
  for (let at = nextBackslash(bytes, from, to); at < to; at = nextBackslash(bytes, at + 2, to)) {
    if (bytes[at + 1] !== LETTER_N) {
      escaped = true;
      continue;
    }
    yield decode(bytes.subarray(begun, at), escaped);
    begun = at + 2;
    escaped = false;
  }
  yield decode(bytes.subarray(begun, to), escaped);
}

function nextBackslash(bytes: Uint8Array, from: number, to: number): number {
  const at = bytes.indexOf(BACKSLASH, from);
  return at === -1 ? to : at;
}

function decode(bytes: Uint8Array, escaped: boolean): string {
  const text = utf8.decode(bytes);
  return escaped ? (JSON.parse(`"${text}"`) as string) : text;
}
