/** An error object of a JSON answer: `{"error_code":31,"error_message":"token does not belong to product"}`. */
export interface JsonError {
  readonly code: number;
  readonly message: string;
  /** Positions of its number and its message: line as passed to `read`, and column. */
  readonly places: readonly { readonly line: number; readonly column: number }[];
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
export class JsonErrorReader {
  #objects: OpenObject[] = [];
  /** Name of the member whose value comes next. */
  #name: string | undefined;
  /** The current string or word; `backslashes` before its opening quote, -1 for a word without quotes. */
  #token: { text: string; backslashes: number; place: Place; run: number } | undefined;
  #last: { text: string; place: Place } | undefined;
  #length = 0;

  /** Whether the answer has begun and not ended. */
  get isOpen(): boolean {
    return this.#objects.length > 0;
  }

  #reset(): void {
    this.#objects = [];
    this.#name = undefined;
    this.#token = undefined;
    this.#last = undefined;
    this.#length = 0;
  }

  #value(text: string, place: Place): void {
    const object = this.#objects.at(-1);
    if (!object || this.#name === undefined) return;
    if (CODE.test(this.#name) && /^-?\d{1,9}$/.test(text)) {
      object.code = Number(text);
      object.places.push(place);
    } else if (MESSAGE.test(this.#name) && text !== 'null') {
      object.message = text;
      object.places.push(place);
    }
    this.#name = undefined;
  }

  /** A complete string: a name, or a value, which may be JSON itself. */
  #string(text: string, place: Place): readonly JsonError[] {
    this.#last = { text, place };
    if (this.#name === undefined) return [];
    const inner = CODE_ANYWHERE.test(text) && text.includes('{') ? innerErrors(text, place) : [];
    this.#value(text, place);
    this.#last = undefined;
    return inner;
  }

  #punctuation(char: string, place: Place): readonly JsonError[] {
    switch (char) {
      case ':':
        this.#name = this.#last?.text;
        this.#last = undefined;
        return [];
      case '{':
        if (this.#objects.length < MAX_DEPTH) this.#objects.push({ places: [] });
        this.#name = undefined;
        return [];
      case '[':
        this.#name = undefined;
        return [];
      case '}': {
        const done = listErrors(this.#objects.pop());
        this.#name = undefined;
        this.#last = undefined;
        if (this.#objects.length === 0) this.#reset();
        return done;
      }
      case ',':
        this.#name = undefined;
        this.#last = undefined;
        return [];
      default:
        if (char === '-' || /\w/.test(char)) this.#token = { text: char, backslashes: -1, place, run: 0 };
        return [];
    }
  }

  /**
   * Takes the next part of the text, in order; parts may end anywhere, even inside a word. Returns the errors that end
   * in it.
   */
  read(text: string, line: number): readonly JsonError[] {
    const found: JsonError[] = [];
    // Text that begins inside an object whose start is missing.
    if (this.#objects.length === 0 && !/^\s*[{[]/.test(text)) this.#objects.push({ places: [] });
    this.#length += text.length;
    let run = 0;
    for (let column = 0; column < text.length; column += 1) {
      const char = text.charAt(column);
      if (this.#token && this.#token.backslashes >= 0) {
        if (char === '"' && closes(this.#token.run, this.#token.backslashes)) {
          const { text: whole, backslashes, place } = this.#token;
          this.#token = undefined;
          found.push(...this.#string(backslashes === 0 ? whole : whole.slice(0, -backslashes), place));
        } else {
          this.#token.run = char === '\\' ? this.#token.run + 1 : 0;
          if (this.#token.text.length < MAX_STRING) this.#token.text += char;
        }
        continue;
      }
      if (this.#token && /[\w.+-]/.test(char)) {
        this.#token.text += char;
        continue;
      }
      if (this.#token) {
        this.#value(this.#token.text, this.#token.place);
        this.#token = undefined;
      }
      if (char === '"') {
        this.#token = { text: '', backslashes: run, place: { line, column }, run: 0 };
        run = 0;
        continue;
      }
      run = char === '\\' ? run + 1 : 0;
      if (char !== '\\' && char > ' ') found.push(...this.#punctuation(char, { line, column }));
    }
    if (this.#length > MAX_LENGTH) found.push(...this.end());
    return found;
  }

  /** The text ends here. Returns errors of objects that were not closed. */
  end(): readonly JsonError[] {
    if (this.#token?.backslashes === -1) this.#value(this.#token.text, this.#token.place);
    else if (this.#token && this.#name !== undefined) this.#value(this.#token.text, this.#token.place);
    const found = this.#objects.toReversed().flatMap(listErrors);
    this.#reset();
    return found;
  }
}

function listErrors(object: OpenObject | undefined): readonly JsonError[] {
  if (!object || object.code === undefined || object.code === 0) return [];
  return [{ code: object.code, message: object.message ?? '', places: object.places }];
}

/** A quote ends a string if as many backslashes precede it as the opening one. */
function closes(run: number, backslashes: number): boolean {
  return backslashes === 0 ? run % 2 === 0 : run === backslashes;
}

function innerErrors(text: string, place: Place): readonly JsonError[] {
  const reader = new JsonErrorReader();
  const plain = text.replaceAll(/\\(["\\/])/g, '$1');
  const at = { line: place.line, column: place.column + Math.max(0, text.search(CODE_ANYWHERE)) };
  return [...reader.read(plain, 0), ...reader.end()].map((error) => ({ ...error, places: [at] }));
}
