import { addKinds, describeKinds, type ShownKind } from '../evidence/describe-kinds.ts';
import { createLineMap, type LineMap } from '../evidence/line-map.ts';
import { withoutOtherProducts } from '../evidence/other-products.ts';
import { LINE_COST, MAX_KEPT, type TakeSections } from '../evidence/section-cutter.ts';
import { splitByDevice } from '../evidence/split-by-device.ts';
import { lineCount, type Section } from '../evidence/types.ts';
import { type DebugFacts, DebugReader } from '../facts/attempts/debug-reader.ts';
import { visitAll, visitSource } from '../facts/attempts/debug-stream.ts';
import { readDebug } from '../facts/attempts/read-debug.ts';
import { quoteAt } from '../facts/config/quote-output.ts';
import { readFacts } from '../facts/read-facts.ts';
import { createRecordReader, type RecordReader } from '../fortios/debug/read-records.ts';
import type { CaseEvidence } from './case-evidence.ts';

/** Characters. More debug output is not kept for ordering all files by time. */
const MAX_DEBUG_LINES = 3_000_000;
/** Lines of debug that facts other than logins use. */
const NOTICE_LINES = /RADIUS, Access-|too many bad|validate the server certificate/i;
const MAX_NOTICE_LINES = 2_000;

interface Source {
  readonly name: string;
  readonly kinds: Set<ShownKind>;
  readonly records: RecordReader;
  readonly map: LineMap;
  lines: number;
  /** A final line break starts no new line. */
  endsBlank: boolean;
  dropped: boolean;
}

/** Collects the sections of a case. Debug that is too long to keep is processed at once and dropped. */
export class EvidenceCollector {
  readonly #maxKept;
  readonly #sources: Source[] = [];
  #kept: Section[] = [];
  #reader: DebugReader | undefined;
  #debugLines = 0;
  #debugSize = 0;
  #otherSize = 0;
  #noticeLines = 0;

  constructor(maxKept = MAX_KEPT) {
    this.#maxKept = maxKept;
  }

  /** Starts a source, which completes the previous one. Returns the consumer of its sections, in order. */
  open(name: string): TakeSections {
    const source: Source = {
      name,
      kinds: new Set(),
      records: createRecordReader(),
      map: createLineMap(),
      lines: 0,
      endsBlank: false,
      dropped: false,
    };
    this.#sources.push(source);
    return (sections) => {
      this.#note(source, sections);
      if (this.#reader) {
        this.#read(this.#reader, source, sections);
      } else {
        for (const section of sections) this.#kept.push(section);
        if (this.#debugSize > MAX_DEBUG_LINES || this.#otherSize > this.#maxKept)
          this.#reader = this.#beginReading();
      }
      return this.#otherSize > this.#maxKept ? 'full' : undefined;
    };
  }

  /** Line map of the source opened last. */
  lineMap(): LineMap {
    return this.#sources.at(-1)?.map ?? createLineMap();
  }

  finish(): CaseEvidence {
    const { sections, others } = withoutOtherProducts(this.#kept);
    const instructing = this.#kept.find(({ instruction }) => instruction);
    const passedOver = this.#reader !== undefined && this.#debugLines > 0;
    const debug = this.#reader?.finish(this.#debugLines);
    const about = {
      otherProducts: others,
      lineMaps: new Map(
        this.#sources.filter(({ map }) => !map.isPlain()).map(({ name, map }) => [name, map]),
      ),
      instruction: instructing && quoteAt(instructing, 0),
      sources: this.#sources.map(({ name, lines, map, endsBlank, kinds, dropped }) => ({
        name,
        lines: map.real(lines + 1) - (endsBlank && !map.marks(lines + 1) ? 2 : 1),
        kinds: [...describeKinds(kinds), ...(dropped ? [TOO_MUCH] : [])],
      })),
    };
    return {
      ...about,
      ...readFacts(sections, debug),
      recognised: passedOver || sections.some(isRecognised),
      devices: splitDevices(sections, debug).map(({ name, own, log }) => ({
        ...about,
        ...readFacts(own, log),
        name,
        recognised: (passedOver && name === undefined) || own.some(isRecognised),
      })),
    };
  }

  #note(source: Source, sections: readonly Section[]): void {
    for (const section of sections) {
      source.endsBlank = section.lines.at(-1) === '';
      source.lines += lineCount(section);
      addKinds(source.kinds, section);
      if (section.kind === 'debug') {
        this.#debugLines += lineCount(section);
        this.#debugSize += countLines(section);
      } else this.#otherSize += countLines(section) + section.lines.length * LINE_COST;
    }
  }

  /** From here on debug is processed as it arrives, and files are not ordered by time. */
  #beginReading(): DebugReader {
    const reader = new DebugReader();
    visitAll(this.#kept, (item) => reader.add(item));
    this.#kept = this.#kept.flatMap((section) => this.#withoutDebug(section));
    return reader;
  }

  #withoutDebug(section: Section): readonly Section[] {
    if (section.kind !== 'debug') return [section];
    const found: Section[] = [];
    for (const [index, line] of section.lines.entries()) {
      if (this.#noticeLines >= MAX_NOTICE_LINES) break;
      if (!NOTICE_LINES.test(line)) continue;
      this.#noticeLines += 1;
      found.push({ ...section, start: section.start + index, lines: [line] });
    }
    return found;
  }

  #read(into: DebugReader, source: Source, sections: readonly Section[]): void {
    visitSource(sections, source.records, (item) => into.add(item));
    for (const section of sections) {
      if (section.kind === 'debug' || this.#otherSize <= this.#maxKept)
        this.#kept.push(...this.#withoutDebug(section));
      else source.dropped = true;
    }
  }
}

/** A log too long to keep was not split by device: it belongs to none. */
function splitDevices(sections: readonly Section[], debug: DebugFacts | undefined) {
  const parts = splitByDevice(sections);
  if (parts.length < 2) return [];
  const devices = parts.map(({ name, sections: own }) => ({
    name,
    own,
    log: debug && (name === undefined ? debug : readDebug([])),
  }));
  const hasOwnPart = parts.some(({ name }) => name === undefined);
  return debug && !hasOwnPart ? [...devices, { name: undefined, own: [], log: debug }] : devices;
}

function isRecognised({ kind }: Section): boolean {
  return kind !== 'other';
}

const TOO_MUCH = 'more text than fits beside a log: its rest was searched for log lines only';

function countLines({ lines, passed }: Section): number {
  const openings = passed?.openings ?? [];
  return (
    openings.reduce((sum, { text }) => sum + text.length, 0) +
    lines.reduce((sum, line) => sum + line.length, 0)
  );
}
