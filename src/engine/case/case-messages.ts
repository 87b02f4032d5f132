import { daemonBits, daemonsOf } from './fast-path/line-prefix.ts';
import type { SectionStream } from './section-stream.ts';

/**
 * What was read of a case, in order, as plain values that can be sent to another thread. Redacted. Two flat lists: an
 * object for each run of lines took three times as long to copy (33 ms instead of 11 ms for a log of 64 MB).
 */
export interface CaseMessages {
  /** Names of texts, their lines, and the first and last line of those that were skipped. */
  readonly texts: readonly string[];
  /**
   * `OPEN` a text; `LINES` and how many; `SKIPPED`, how many, which daemons printed them, and the length of the longest;
   * `END` of the text.
   */
  readonly steps: readonly number[];
}

const OPEN = 0;
const LINES = 1;
const SKIPPED = 2;
const END = 3;

export interface CaseEncoder {
  /** Begins a text. */
  readonly open: (name: string) => SectionStream;
  /** Everything read since the last call. */
  take(): CaseMessages;
}

export function createCaseEncoder(): CaseEncoder {
  let texts: string[] = [];
  let steps: number[] = [];
  /** Lines that follow the last step. */
  let lines = 0;

  function endLines(): void {
    if (lines > 0) steps.push(LINES, lines);
    lines = 0;
  }

  const text: SectionStream = {
    line(line) {
      texts.push(line);
      lines += 1;
    },
    pass({ count, daemons, first, last, longest }) {
      endLines();
      texts.push(first, last);
      steps.push(SKIPPED, count, daemonBits(daemons), longest);
    },
    end() {
      endLines();
      steps.push(END);
    },
  };

  return {
    open(name) {
      texts.push(name);
      steps.push(OPEN);
      return text;
    },
    take() {
      endLines();
      const taken = { texts, steps };
      texts = [];
      steps = [];
      return taken;
    },
  };
}

/** Takes the messages of an encoder, in order. */
export function createCaseDecoder(open: (name: string) => SectionStream): (messages: CaseMessages) => void {
  let text: SectionStream | undefined;

  return ({ texts, steps }) => {
    let textAt = 0;
    let stepAt = 0;
    const nextText = () => texts[textAt++] ?? '';
    const nextNumber = () => steps[stepAt++] ?? 0;
    while (stepAt < steps.length) {
      switch (nextNumber()) {
        case OPEN:
          text = open(nextText());
          break;
        case LINES:
          for (let left = nextNumber(); left > 0; left -= 1) text?.line(nextText());
          break;
        case SKIPPED: {
          const count = nextNumber();
          const daemons = daemonsOf(nextNumber());
          text?.pass({ count, daemons, first: nextText(), last: nextText(), longest: nextNumber() });
          break;
        }
        default:
          text?.end();
      }
    }
  };
}
