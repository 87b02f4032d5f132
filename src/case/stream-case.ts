import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { createMender, type Mender } from '../evidence/mend.ts';
import type { PassedLines } from '../evidence/types.ts';
import { createRedactor, type Redactor } from '../redact/redactor.ts';
import { createVault } from '../redact/vault.ts';
import { createCaseEvidence } from './case-evidence.ts';
import { type CaseFocus, conclude } from './conclude.ts';
import { type FillerRuns, recallFillerRuns } from './filler-runs.ts';
import { createFillerScan, FILLER_DAEMONS, type FillerScan } from './filler-scan.ts';
import { createTextIntake, type TextIntake } from './text-intake.ts';

/** A case whose texts arrive in pieces, raw: they are mended and redacted on the way, and only what matters is kept. */
export interface CaseStream {
  /**
   * The next bytes (UTF-8) of a source; sources come one after the other. The bytes may be reused afterwards. `runs`
   * is the filler in them, where it was looked for already.
   */
  add(name: string, bytes: Uint8Array, runs?: FillerRuns): void;
  finish(): Diagnosis;
}

/** A line longer than this is no log's; what is beyond is left out. Bytes. */
const LONGEST_LINE = 8_000_000;
/** Enough of a line to tell what it is, and when it was printed. Bytes. */
const HEAD = 120;
const LF = 0x0a;

/**
 * The same diagnosis as `diagnoseCase(redactCase(…))`, in memory that does not grow with the text. `seen` is text that
 * is known beforehand: tokens of an earlier redaction in it are not given out again.
 */
export function createCase(focus: CaseFocus = {}, seen: readonly string[] = []): CaseStream {
  const vault = createVault();
  for (const text of seen) vault.reserve(text);
  const evidence = createCaseEvidence();
  const scan = createFillerScan();
  let current: { readonly name: string; readonly text: TextReader } | undefined;

  return {
    add(name, bytes, runs) {
      if (current?.name !== name) {
        current?.text.end();
        const shown = createRedactor(vault).line(name);
        const intake = createTextIntake(shown, evidence.open(shown));
        current = { name, text: createTextReader(createRedactor(vault), intake) };
      }
      current.text.add(
        Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
        runs ? recallFillerRuns(runs) : scan,
      );
    },
    finish() {
      current?.text.end();
      return conclude(evidence.finish(), vault.receipt(), focus);
    },
  };
}

interface TextReader {
  /** `scan` is asked about `bytes` only. */
  add(bytes: Buffer, scan: FillerScan): void;
  end(): void;
}

/** Cuts bytes into lines; those that a scan finds to be filler become no text at all. */
function createTextReader(redactor: Redactor, intake: TextIntake): TextReader {
  const mender: Mender = createMender();
  let rest: Buffer[] = [];
  let restSize = 0;

  function line(text: string, ended: boolean): void {
    for (const mended of mender.line(text, ended)) intake.line(redactor.line(mended));
  }

  /** `bytes` up to `to` are whole lines. */
  function lines(bytes: Buffer, from: number, to: number, scan: FillerScan): void {
    let at = from;
    while (at < to) {
      if (mender.isIdle() && !redactor.isOpen()) {
        const next = scan.scan(bytes, at, to);
        if (next > at) intake.pass(passedOf(bytes, scan));
        at = next;
        if (at >= to) return;
      }
      const end = bytes.indexOf(LF, at);
      line(bytes.toString('utf8', at, Math.min(end, at + LONGEST_LINE)), true);
      at = end + 1;
    }
  }

  /** A line that the next bytes go on with. */
  function hold(bytes: Buffer): void {
    if (bytes.length > 0 && restSize < LONGEST_LINE) rest.push(Buffer.from(bytes));
    restSize += bytes.length;
  }

  return {
    add(bytes, scan) {
      const first = bytes.indexOf(LF);
      if (first === -1) {
        hold(bytes);
        return;
      }
      let from = 0;
      if (restSize > 0) {
        hold(bytes.subarray(0, first + 1));
        const whole = Buffer.concat(rest);
        rest = [];
        restSize = 0;
        if (whole.at(-1) === LF) lines(whole, 0, whole.length, createFillerScan());
        else line(whole.toString('utf8', 0, LONGEST_LINE), true);
        from = first + 1;
      }
      const last = bytes.lastIndexOf(LF);
      lines(bytes, from, last + 1, scan);
      hold(bytes.subarray(last + 1));
    },
    end() {
      line(Buffer.concat(rest).toString('utf8', 0, LONGEST_LINE), false);
      for (const mended of mender.end()) intake.line(redactor.line(mended));
      intake.end();
    },
  };
}

function passedOf(bytes: Buffer, { found }: FillerScan): PassedLines {
  return {
    count: found.count,
    daemons: DAEMONS[found.daemons] ?? [],
    first: headOf(bytes, found.first),
    last: found.count === 1 ? headOf(bytes, found.first) : headOf(bytes, found.last),
    longest: found.longest,
  };
}

function headOf(bytes: Buffer, from: number): string {
  const end = bytes.indexOf(LF, from);
  const text = bytes.toString('latin1', from, Math.min(end, from + HEAD));
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}

/** The names behind each set of bits. */
const DAEMONS: readonly (readonly string[])[] = Array.from(
  { length: 1 << FILLER_DAEMONS.length },
  (_, bits) => FILLER_DAEMONS.filter((__, index) => (bits & (1 << index)) !== 0).toSorted(),
);
