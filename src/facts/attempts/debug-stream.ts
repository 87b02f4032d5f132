import { lineCount, type PassedLines, type Section } from '../../evidence/types.ts';
import { createRecordReader, type RecordReader, readRecords } from '../../fortios/debug/read-records.ts';
import type { DebugRecord } from '../../fortios/debug/record.ts';
import { readTimestamp } from '../../fortios/debug/timestamp.ts';

/** The next thing in a log: a message, or lines of which only their being there is known. */
export type StreamItem =
  | { readonly source: string; readonly record: DebugRecord }
  | { readonly source: string; readonly passed: PassedLines };

/** Words of the messages that stand outside debug output too: on a screen, in an export, in another device's log. */
const STRAY =
  /trace_id=|logid=|01000321[56]|\bdiag|fortitoken|^(?:interfaces|filters)=\[|packets received by filter|\d -> |pushd|error_(?:code|message)|seconds? to log ?in|no valid token|input value is invalid|^(?:[\d-]{10} [\d:]{8} )?ike /;

/** Time stamps stand on every line or on none; a JSON body or a blank line may come first. Lines. */
const STAMP_REACH = 50;

/**
 * All messages of a case, as if one console had printed them. Logs of several files are merged by time where each has
 * time stamps; without, they follow each other as they were given, which is right for a paste in several parts.
 */
export function* streamRecords(sections: readonly Section[]): Generator<StreamItem> {
  const sources = [...bySource(withoutCopies(sections)).values()];
  const logs = sources.filter((list) => list.some((section) => section.kind === 'debug'));
  if (logs.length > 1 && logs.every(hasTimes)) {
    for (const rest of sources.filter((list) => !logs.includes(list))) yield* itemsOf(rest);
    yield* merge(logs.map((list) => itemsOf(list)));
    return;
  }
  for (const list of sources) yield* itemsOf(list);
}

/** The messages of one source, in order. `reader` is what earlier sections of it were read with. */
export function* itemsOf(
  sections: readonly Section[],
  reader: RecordReader = createRecordReader(),
): Generator<StreamItem> {
  let next = sections[0]?.start;
  for (const section of sections) {
    const { source, passed } = section;
    if (section.start !== next) yield* sourced(reader.end(), source);
    next = section.start + lineCount(section);
    if (section.kind !== 'debug') {
      yield* sourced(reader.end(), source);
      yield* strayRecords(section);
    } else if (passed) {
      yield* sourced(reader.pass(passed.last, passed.longest), source);
      yield { source, passed };
    } else {
      let number = section.start;
      for (const line of section.lines) {
        yield* sourced(reader.line(line, number), source);
        number += 1;
      }
    }
  }
  const last = sections.at(-1);
  if (last) yield* sourced(reader.end(), last.source);
}

function* sourced(records: readonly DebugRecord[], source: string): Generator<StreamItem> {
  for (const record of records) yield { source, record };
}

/** Outside debug output: the commands that turn it on, and lines whose form nothing else has. */
function* strayRecords(section: Section): Generator<StreamItem> {
  const { source, start, lines, command } = section;
  if (command !== undefined) {
    yield { source, record: { daemon: 'other', line: start, raw: command, text: command } };
  }
  if (section.kind === 'config') return;
  for (const [index, line] of lines.entries()) {
    if (!STRAY.test(line)) continue;
    for (const record of readRecords([line], start + index)) {
      if (record.daemon !== 'sslvpn' && record.daemon !== 'fnbamd' && record.daemon !== 'ftm-push') {
        yield { record, source };
      }
    }
  }
}

function bySource(sections: readonly Section[]): Map<string, Section[]> {
  const sources = new Map<string, Section[]>();
  for (const section of sections) {
    const list = sources.get(section.source);
    if (list) list.push(section);
    else sources.set(section.source, [section]);
  }
  return sources;
}

/** Debug sections of one source that follow each other without a line between them. */
interface Log {
  readonly source: string;
  readonly sections: Section[];
  lines: number;
}

/** The same log given twice is one log. */
function withoutCopies(sections: readonly Section[]): readonly Section[] {
  const logs = new Map<number, Log[]>();
  const copies = new Set<Section>();
  for (const log of logsOf(sections)) {
    const alike = logs.get(log.lines) ?? [];
    if (alike.some((other) => other.source !== log.source && isCopy(other, log))) {
      for (const section of log.sections) copies.add(section);
    } else logs.set(log.lines, [...alike, log]);
  }
  return copies.size === 0 ? sections : sections.filter((section) => !copies.has(section));
}

function logsOf(sections: readonly Section[]): readonly Log[] {
  const logs: Log[] = [];
  let end: number | undefined;
  for (const section of sections) {
    const last = logs.at(-1);
    if (section.kind !== 'debug') end = undefined;
    else if (last && end === section.start && last.source === section.source) {
      last.sections.push(section);
      last.lines += lineCount(section);
    } else logs.push({ source: section.source, sections: [section], lines: lineCount(section) });
    if (section.kind === 'debug') end = section.start + lineCount(section);
  }
  return logs;
}

function isCopy(a: Log, b: Log): boolean {
  return (
    a.sections.length === b.sections.length &&
    a.sections.every((section, at) => {
      const other = b.sections[at];
      return (
        other !== undefined &&
        lineCount(section) === lineCount(other) &&
        section.passed?.last === other.passed?.last &&
        section.lines.every((line, index) => line === other.lines[index])
      );
    })
  );
}

function hasTimes(sections: readonly Section[]): boolean {
  return sections.some(
    ({ kind, passed, lines }) =>
      kind === 'debug' &&
      (passed ? [passed.first, passed.last] : lines.slice(0, STAMP_REACH)).some(
        (line) => readTimestamp(line) !== undefined,
      ),
  );
}

function timeOf(item: StreamItem): number | undefined {
  return 'record' in item ? item.record.at : readTimestamp(item.passed.first)?.at;
}

/** Takes the earliest message next; a message without a time follows the one before it. */
function* merge(streams: readonly Generator<StreamItem>[]): Generator<StreamItem> {
  const heads = streams.flatMap((stream) => {
    const first = stream.next();
    return first.done ? [] : [{ stream, next: first.value, at: timeOf(first.value) ?? 0 }];
  });
  while (heads.length > 0) {
    const earliest = heads.reduce((a, b) => (b.at < a.at ? b : a));
    yield earliest.next;
    const following = earliest.stream.next();
    if (following.done) {
      heads.splice(heads.indexOf(earliest), 1);
    } else {
      earliest.next = following.value;
      earliest.at = Math.max(earliest.at, timeOf(following.value) ?? 0);
    }
  }
}
