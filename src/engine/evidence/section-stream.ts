import { Redactor } from '../redact/redactor.ts';
import { Unwrapper, type UnwrapStep } from './formats/unwrap.ts';
import type { LineMap } from './line-map.ts';
import { looksLikePlainEvidence } from './looks-like-evidence.ts';
import { normalizeText } from './normalize.ts';
import { SectionCutter, type TakeSections } from './section-cutter.ts';
import type { PassedLines } from './types.ts';

/** Equal short lines that may follow each other; more say nothing, and would cost as much as any line. */
const MAX_EQUAL = 1_000;
const MAX_REPEATED_LENGTH = 64;

/** Takes a text line by line and splits it into sections as early as possible. */
export class SectionStream {
  readonly #cutter: SectionCutter;
  readonly #map: LineMap | undefined;
  readonly #unwrapper = new Unwrapper(looksLikePlainEvidence);
  /** Number of the next line in the source. */
  #real = 1;
  /** The latest line of the source itself, how often it came in succession, and whether it was left out. */
  #latest: string | undefined;
  #equal = 0;
  #isLeftOut = false;

  /** `map` receives the positions of lines that were extracted from another format. */
  constructor(source: string, emit: TakeSections, map?: LineMap, maxHeld?: number) {
    this.#cutter = new SectionCutter(source, emit, maxHeld);
    this.#map = map;
  }

  /** A normalised and redacted line without its line end. */
  line(text: string): void {
    this.#apply(this.#unwrapper.line(text));
  }

  /** Lines that `noiseDaemon` skips. */
  pass(lines: PassedLines): void {
    this.#apply(this.#unwrapper.end());
    this.#resume();
    this.#cutter.pass(lines);
    this.#real += lines.count;
  }

  end(): void {
    this.#apply(this.#unwrapper.end());
    if (this.#isLeftOut && this.#latest !== undefined) {
      // The last line ends the text under its own number.
      const last = this.#latest;
      this.#real -= 1;
      this.#resume();
      this.#cutter.take(last);
    }
    this.#cutter.end();
  }

  /** A line of the source itself. */
  #takeOwn(text: string): void {
    if (text !== this.#latest) {
      this.#resume();
      this.#latest = text;
    } else if (this.#map && this.#equal >= MAX_EQUAL && text.length <= MAX_REPEATED_LENGTH) {
      this.#isLeftOut = true;
      this.#real += 1;
      return;
    }
    this.#equal += 1;
    this.#cutter.take(text);
    this.#real += 1;
  }

  /** Ends a succession of equal lines: the next line is numbered behind those left out. */
  #resume(): void {
    if (this.#isLeftOut) this.#map?.mark(this.#cutter.next, this.#real);
    this.#latest = undefined;
    this.#equal = 0;
    this.#isLeftOut = false;
  }

  #apply(steps: readonly UnwrapStep[]): void {
    for (const step of steps) {
      if (!('span' in step)) {
        for (const text of step) this.#takeOwn(text);
        continue;
      }
      this.#resume();
      // A secret hidden by this format only is found now, by a separate redactor, since nothing follows.
      const redactor = new Redactor();
      for (const { text, line } of step.lines) {
        for (const normalized of normalizeText(text).split('\n')) {
          this.#map?.mark(this.#cutter.next, this.#real + line);
          this.#cutter.take(redactor.line(normalized));
        }
      }
      this.#real += step.span;
      this.#map?.mark(this.#cutter.next, this.#real);
    }
  }
}
