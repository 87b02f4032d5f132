import type { Section } from '../../evidence/types.ts';
import { readRecords } from '../../fortios/debug/read-records.ts';
import type { DebugRecord } from '../../fortios/debug/record.ts';
import { readTimestamp } from '../../fortios/debug/timestamp.ts';

/** Words of the messages that stand outside debug output too: on a screen, in an export, in another device's log. */
const STRAY =
  /trace_id=|logid=|01000321[56]|\bdiag|fortitoken|^(?:interfaces|filters)=\[|packets received by filter|\d -> |pushd|error_(?:code|message)|seconds? to log ?in|no valid token|input value is invalid|^(?:[\d-]{10} [\d:]{8} )?ike /;

export interface SourcedRecord {
  readonly record: DebugRecord;
  readonly source: string;
}

/** Time stamps stand on every line or on none; a JSON body or a blank line may come first. Lines. */
const STAMP_REACH = 50;

/**
 * All messages of a case, as if one console had printed them. Logs of several files are merged by time where each has
 * time stamps; without, they follow each other as they were given, which is right for a paste in several parts.
 */
export function* streamRecords(sections: readonly Section[]): Generator<SourcedRecord> {
  const sources = [...bySource(withoutCopies(sections)).values()];
  const logs = sources.filter((list) => list.some((section) => section.kind === 'debug'));
  if (logs.length > 1 && logs.every(hasTimes)) {
    for (const rest of sources.filter((list) => !logs.includes(list))) yield* recordsOf(rest);
    yield* merge(logs.map(recordsOf));
    return;
  }
  for (const list of sources) yield* recordsOf(list);
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

/** The same log given twice is one log. */
function withoutCopies(sections: readonly Section[]): readonly Section[] {
  const seen = new Map<number, Section[]>();
  return sections.filter((section) => {
    if (section.kind !== 'debug') return true;
    const alike = seen.get(section.lines.length) ?? [];
    if (alike.some((other) => other.source !== section.source && sameLines(other, section))) return false;
    seen.set(section.lines.length, [...alike, section]);
    return true;
  });
}

function sameLines(a: Section, b: Section): boolean {
  return a.lines.every((line, index) => line === b.lines[index]);
}

function hasTimes(sections: readonly Section[]): boolean {
  return sections.some(
    (section) =>
      section.kind === 'debug' &&
      section.lines.slice(0, STAMP_REACH).some((line) => readTimestamp(line) !== undefined),
  );
}

function* recordsOf(sections: readonly Section[]): Generator<SourcedRecord> {
  for (const section of sections) {
    const { source } = section;
    if (section.kind === 'debug') {
      for (const record of readRecords(section.lines, section.start)) yield { record, source };
    } else {
      yield* strayRecords(section);
    }
  }
}

/** Outside debug output: the commands that turn it on, and lines whose form nothing else has. */
function* strayRecords(section: Section): Generator<SourcedRecord> {
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

/** Takes the earliest message next; a message without a time follows the one before it. */
function* merge(streams: readonly Generator<SourcedRecord>[]): Generator<SourcedRecord> {
  const heads = streams.flatMap((stream) => {
    const first = stream.next();
    return first.done ? [] : [{ stream, next: first.value, at: first.value.record.at ?? 0 }];
  });
  while (heads.length > 0) {
    const earliest = heads.reduce((a, b) => (b.at < a.at ? b : a));
    yield earliest.next;
    const following = earliest.stream.next();
    if (following.done) {
      heads.splice(heads.indexOf(earliest), 1);
    } else {
      earliest.next = following.value;
      earliest.at = Math.max(earliest.at, following.value.record.at ?? 0);
    }
  }
}
