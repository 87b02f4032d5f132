/** A line as it is being typed. */
export interface LineState {
  readonly text: string;
  /** Characters left of the cursor. */
  readonly cursor: number;
}

export interface Edited {
  readonly state: LineState;
  /** Bytes that FortiOS sends for it. */
  readonly echo: string;
}

export const EMPTY_LINE: LineState = { text: '', cursor: 0 };

const BELL = '\x07';
const CLEAR_TO_END = '\x1b[K';

/** One key of FortiOS's line editing; an unknown one rings the bell. */
export function editLine(state: LineState, key: string): Edited {
  const { text, cursor } = state;
  const left = text.slice(0, cursor);
  const right = text.slice(cursor);
  switch (key) {
    case '\b':
    case '\x7f':
      if (cursor === 0) return { state, echo: BELL };
      return {
        state: { text: left.slice(0, -1) + right, cursor: cursor - 1 },
        echo: right === '' ? `\b${CLEAR_TO_END}` : '\b\x1b[P',
      };
    case '\x1b[3~':
      return right === ''
        ? { state, echo: BELL }
        : { state: { text: left + right.slice(1), cursor }, echo: '\x1b[P' };
    case '\x15':
      return { state: EMPTY_LINE, echo: eraseLine(state) };
    case '\x02':
    case '\x1b[D':
      return cursor === 0 ? { state, echo: BELL } : { state: { text, cursor: cursor - 1 }, echo: '\b' };
    case '\x06':
    case '\x1b[C':
      return right === ''
        ? { state, echo: BELL }
        : { state: { text, cursor: cursor + 1 }, echo: right.charAt(0) };
    case '\x01':
      return { state: { text, cursor: 0 }, echo: '\b'.repeat(cursor) };
    case '\x05':
      return { state: { text, cursor: text.length }, echo: right };
    default:
      return key < ' ' ? { state, echo: BELL } : insert(state, key);
  }
}

export function insert({ text, cursor }: LineState, typed: string): Edited {
  return {
    state: { text: text.slice(0, cursor) + typed + text.slice(cursor), cursor: cursor + typed.length },
    echo: cursor === text.length ? typed : `\x1b[${typed.length}@${typed}`,
  };
}

/** Another line in place of this one, as the arrow keys show earlier ones. */
export function replaceLine(state: LineState, text: string): Edited {
  return { state: { text, cursor: text.length }, echo: `${eraseLine(state)}${text}` };
}

function eraseLine({ text, cursor }: LineState): string {
  if (text === '') return '';
  return cursor === 0 ? CLEAR_TO_END : `\x1b[${cursor}D${CLEAR_TO_END}`;
}
