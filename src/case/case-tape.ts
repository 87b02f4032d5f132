import { daemonBits, daemonsOf } from './fast-path/line-prefix.ts';
import type { SectionStream } from './section-stream.ts';

/** What a reader made of some text, in order, as plain values that another thread can be sent. */
export interface CaseTape {
  /** Names, lines, and how passed lines begin. */
  readonly texts: readonly string[];
  readonly steps: readonly number[];
}

/** Steps: the name of a text; so many lines; passed lines: how many, the bits of their daemons, the longest; the end. */
const OPEN = 0;
const LINES = 1;
const PASS = 2;
const END = 3;

export interface CaseRecorder {
  /** Begins a text. */
  readonly open: (name: string) => SectionStream;
  /** What was recorded since the last time. */
  take(): CaseTape;
}

export function recordCase(): CaseRecorder {
  let texts: string[] = [];
  let steps: number[] = [];
  /** Where the count of the lines at the end of the tape stands. */
  let lines = -1;

  function step(...numbers: readonly number[]): void {
    steps.push(...numbers);
    lines = -1;
  }

  const intake: SectionStream = {
    line(text) {
      if (lines === -1) {
        step(LINES, 0);
        lines = steps.length - 1;
      }
      texts.push(text);
      steps[lines] = (steps[lines] as number) + 1;
    },
    pass({ count, daemons, first, last, longest }) {
      texts.push(first, last);
      step(PASS, count, daemonBits(daemons), longest);
    },
    end: () => step(END),
  };

  return {
    open(name) {
      texts.push(name);
      step(OPEN);
      return intake;
    },
    take() {
      const tape = { texts, steps };
      texts = [];
      steps = [];
      lines = -1;
      return tape;
    },
  };
}

/** Does again what was recorded, tape after tape. */
export function playCase(open: (name: string) => SectionStream): (tape: CaseTape) => void {
  let intake: SectionStream | undefined;

  return ({ texts, steps }) => {
    let text = 0;
    let at = 0;
    const nextText = () => texts[text++] as string;
    const nextStep = () => steps[at++] as number;
    while (at < steps.length) {
      switch (nextStep()) {
        case OPEN:
          intake = open(nextText());
          break;
        case LINES:
          for (let left = nextStep(); left > 0; left -= 1) intake?.line(nextText());
          break;
        case PASS: {
          const count = nextStep();
          const daemons = daemonsOf(nextStep());
          intake?.pass({ count, daemons, first: nextText(), last: nextText(), longest: nextStep() });
          break;
        }
        case END:
          intake?.end();
      }
    }
  };
}
