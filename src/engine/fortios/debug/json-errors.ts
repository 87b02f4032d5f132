/** An error object of a JSON answer: `{"error_code":31,"error_message":"token does not belong to product"}`. */
export interface JsonError {
  readonly code: number;
  readonly message: string;
  /** Positions of its number and its message: line as passed to `read`, and column. */
  readonly places: readonly { readonly line: number; readonly column: number }[];
}

export interface JsonErrorReader {
  /**
   * Takes the next part of the text, in order; parts may end anywhere, even inside a word. Returns the errors that end
   * in it.
   */
  read(text: string, line: number): readonly JsonError[];
  /** Whether the answer has begun and not ended. */
  isOpen(): boolean;
  /** The text ends here. Returns errors of objects that were not closed. */
  end(): readonly JsonError[];
}

const CODE = /^error_?code$/i;
const CODE_ANYWHERE = /error_?code/i;
const MESSAGE = /^error_?(?:message|msg)$/i;
const MAX_DEPTH = 64;
const MAX_LENGTH = 2_000_000;
const MAX_STRING = 200_000;

type Place = JsonError['places'][number];

/** An object that is not closed yet. */
interface OpenObject {
  code?: number;
  message?: string;
  places: Place[];
}

/**
 * Finds error objects in JSON of any shape: at any depth, with other fields around, null errors beside them, over
 * several lines, and in JSON that is a string in other JSON. Follows the grammar and stores only what belongs to
 * errors.
 */
export function createJsonErrorReader(): JsonErrorReader {
  let objects: OpenObject[] = [];
  /** Name of the member whose value comes next. */
  let name: string | undefined;
  /** The current string or word; `backslashes` before its opening quote, -1 for a word without quotes. */
  let token: { text: string; backslashes: number; place: Place; run: number } | undefined;
  let last: { text: string; place: Place } | undefined;
  let length = 0;

  function reset(): void {
    objects = [];
    name = undefined;
    token = undefined;
    last = undefined;
    length = 0;
  }

  function value(text: string, place: Place): void {
    const object = objects.at(-1);
    if (!object || name === undefined) return;
    if (CODE.test(name) && /^-?\d{1,9}$/.test(text)) {
      object.code = Number(text);
      object.places.push(place);
    } else if (MESSAGE.test(name) && text !== 'null') {
      object.message = text;
      object.places.push(place);
    }
    name = undefined;
  }

  function closed(object: OpenObject | undefined): readonly JsonError[] {
    if (!object || object.code === undefined || object.code === 0) return [];
    return [{ code: object.code, message: object.message ?? '', places: object.places }];
  }

  /** A complete string: a name, or a value, which may be JSON itself. */
  function string(text: string, place: Place): readonly JsonError[] {
    last = { text, place };
    if (name === undefined) return [];
    const inner = CODE_ANYWHERE.test(text) && text.includes('{') ? innerErrors(text, place) : [];
    value(text, place);
    last = undefined;
    return inner;
  }

  function punctuation(char: string, place: Place): readonly JsonError[] {
    switch (char) {
      case ':':
        name = last?.text;
        last = undefined;
        return [];
      case '{':
        if (objects.length < MAX_DEPTH) objects.push({ places: [] });
        name = undefined;
        return [];
      case '[':
        name = undefined;
        return [];
      case '}': {
        const done = closed(objects.pop());
        name = undefined;
        last = undefined;
        if (objects.length === 0) reset();
        return done;
      }
      case ',':
        name = undefined;
        last = undefined;
        return [];
      default:
        if (char === '-' || /\w/.test(char)) token = { text: char, backslashes: -1, place, run: 0 };
        return [];
    }
  }

  function read(text: string, line: number): readonly JsonError[] {
    const found: JsonError[] = [];
    // Text that begins inside an object whose start is missing.
    if (objects.length === 0 && !/^\s*[{[]/.test(text)) objects.push({ places: [] });
    length += text.length;
    let run = 0;
    for (let column = 0; column < text.length; column += 1) {
      const char = text.charAt(column);
      if (token && token.backslashes >= 0) {
        if (char === '"' && closes(token.run, token.backslashes)) {
          const { text: whole, backslashes, place } = token;
          token = undefined;
          found.push(...string(backslashes === 0 ? whole : whole.slice(0, -backslashes), place));
        } else {
          token.run = char === '\\' ? token.run + 1 : 0;
          if (token.text.length < MAX_STRING) token.text += char;
        }
        continue;
      }
      if (token && /[\w.+-]/.test(char)) {
        token.text += char;
        continue;
      }
      if (token) {
        value(token.text, token.place);
        token = undefined;
      }
      if (char === '"') {
        token = { text: '', backslashes: run, place: { line, column }, run: 0 };
        run = 0;
        continue;
      }
      run = char === '\\' ? run + 1 : 0;
      if (char !== '\\' && char > ' ') found.push(...punctuation(char, { line, column }));
    }
    if (length > MAX_LENGTH) found.push(...end());
    return found;
  }

  function end(): readonly JsonError[] {
    if (token?.backslashes === -1) value(token.text, token.place);
    else if (token && name !== undefined) value(token.text, token.place);
    const found = objects.toReversed().flatMap(closed);
    reset();
    return found;
  }

  return { read, end, isOpen: () => objects.length > 0 };
}

/** A quote ends a string if as many backslashes precede it as the opening one. */
function closes(run: number, backslashes: number): boolean {
  return backslashes === 0 ? run % 2 === 0 : run === backslashes;
}

function innerErrors(text: string, place: Place): readonly JsonError[] {
  const reader = createJsonErrorReader();
  const plain = text.replaceAll(/\\(["\\/])/g, '$1');
  const at = { line: place.line, column: place.column + Math.max(0, text.search(CODE_ANYWHERE)) };
  return [...reader.read(plain, 0), ...reader.end()].map((error) => ({ ...error, places: [at] }));
}
