import { StringDecoder } from 'node:string_decoder';

const TAIL = 400;
const MARKER = '--More-- ';
/** The pager erases its marker with CR, nine spaces, CR; anything between two CRs on one line is overwritten. */
const ERASED_MARKER = /--More-- ?\r {1,40}\r/g;
const ERASE = /\r {1,40}\r/g;
const ESCAPE = String.fromCharCode(27);
const SEQUENCES = new RegExp(`${ESCAPE}\\[[0-9;?]{0,12}[A-Za-z@]`, 'g');

export function createOutputBuffer() {
  const decoder = new StringDecoder('utf8');
  /** Finished lines, without line ends, pager residue and escape sequences. */
  const lines: string[] = [];
  let unfinished: string[] = [];
  let tail = '';
  let received = 0;
  let dropped = 0;

  function endLine(): void {
    lines.push(cleanLine(unfinished.join('')));
    unfinished = [];
    tail = '';
  }

  return {
    lines,
    feed(bytes: Buffer) {
      const text = decoder.write(bytes);
      received += text.length;
      const pieces = text.split('\n');
      for (const [index, piece] of pieces.entries()) {
        if (index > 0) endLine();
        unfinished.push(piece);
        tail = (tail + piece).slice(-TAIL);
      }
    },
    /** The last characters of the unfinished line: a prompt, a question, or an incomplete line. */
    tail: () => afterLastReturn(tail),
    /** Characters held; the caller sets the limit. */
    size: () => received - dropped,
    /** Characters received in total: if unchanged, the question on the screen is one that was already answered. */
    received: () => received,
    /** Forgets the finished lines and keeps the unfinished one, which holds the prompt. */
    drop() {
      lines.length = 0;
      dropped = received;
    },
  };
}

/**
 * The text a session has printed since `drop()`, as clean lines. Each byte is processed a bounded number of times, so
 * 50,000 lines, or one line of megabytes, cost linear time.
 */
export type OutputBuffer = ReturnType<typeof createOutputBuffer>;

export function atPager(screen: OutputBuffer): boolean {
  return screen.tail() === MARKER;
}

function cleanLine(raw: string): string {
  if (!raw.includes('\r') && !raw.includes(ESCAPE)) return raw;
  return raw.replace(ERASED_MARKER, '').replace(ERASE, '').replace(SEQUENCES, '').replaceAll('\r', '');
}

/** A lone CR returns to the start of the line: the text after it is what remains visible there. */
function afterLastReturn(text: string): string {
  return text.slice(text.lastIndexOf('\r') + 1);
}
