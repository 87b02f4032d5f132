const ESC = '\u001b';
const BELL = '\u0007';
const BACKSPACE = '\b';
/** Terminal escape sequences: cursor and erase (CSI), titles (OSC), character sets, and two-byte ones. */
const SEQUENCE = `${ESC}(?:\\[([0-?]{0,32})[ -/]{0,4}([@-~])|\\][^${BELL}${ESC}\n]{0,2000}(?:${BELL}|${ESC}\\\\)?|[()][0-9A-Za-z]|[ -~])`;
const NEXT_SEQUENCE = new RegExp(SEQUENCE, 'y');
const ANY_SEQUENCE = new RegExp(SEQUENCE, 'g');
/** Characters; command lines are shorter. The limit matters because editing takes quadratic time. */
const MAX_EDITED_LENGTH = 1_024;

/**
 * A line as the terminal finally showed it. FortiOS's line editor sends backspaces, `ESC[nD ESC[K` to erase, and
 * `ESC[n@`, `ESC[nP` to insert and delete.
 */
export function applyTerminalEdits(line: string): string {
  if (!line.includes(ESC) && !line.includes(BACKSPACE)) return line;
  if (line.length > MAX_EDITED_LENGTH) return line.replace(ANY_SEQUENCE, '').replace(/[\b\r]/g, '');
  const cells: string[] = [];
  let cursor = 0;
  for (let at = 0; at < line.length; ) {
    const char = line.charAt(at);
    if (char === ESC) {
      NEXT_SEQUENCE.lastIndex = at;
      const match = NEXT_SEQUENCE.exec(line);
      if (match) cursor = edit(cells, cursor, match[2] ?? '', Number.parseInt(match[1] || '1', 10) || 1);
      at += match?.[0].length ?? 1;
      continue;
    }
    if (char === '\r') cursor = 0;
    else if (char === BACKSPACE) cursor = Math.max(0, cursor - 1);
    else {
      cells[cursor] = char;
      cursor += 1;
    }
    at += 1;
  }
  return cells.join('');
}

function edit(cells: string[], cursor: number, action: string, count: number): number {
  switch (action) {
    case 'D':
      return Math.max(0, cursor - count);
    case 'C':
      return Math.min(cells.length, cursor + count);
    case 'K':
      cells.length = Math.min(cells.length, cursor);
      return cursor;
    case 'P':
      cells.splice(cursor, count);
      return cursor;
    case '@':
      // Without this limit a short text with cursor movements could become a very long line.
      if (cells.length >= MAX_EDITED_LENGTH) return cursor;
      cells.splice(cursor, 0, ...Array<string>(Math.min(count, MAX_EDITED_LENGTH)).fill(' '));
      return cursor;
    default:
      return cursor;
  }
}
