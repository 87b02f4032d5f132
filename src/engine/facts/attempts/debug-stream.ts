import { lineCount, type PassedLines, type Section } from '../../evidence/types.ts';
import { createRecordReader, type RecordReader, readRecords } from '../../fortios/debug/read-records.ts';
import type { DebugRecord } from '../../fortios/debug/record.ts';
import { readTimestamp } from '../../fortios/debug/timestamp.ts';

/** The next item of a log: a message, or a number of lines without information. */
export type StreamItem = { readonly source: string; readonly record: DebugRecord } | PassedItem;

export interface PassedItem {
  readonly source: string;
  readonly passed: PassedLines;
  /** Number of the first line. */
  readonly start: number;
}

/** Markers of messages that also occur outside debug output: on a screen, in an export, in another device's log. */
const OUTSIDE_DEBUG =
  /trace_id=|logid=|01000321[56]|\bdiag|fortitoken|^(?:interfaces|filters)=\[|packets received by filter|\d -> |pushd|Sending push message\[|error_(?:code|message)|seconds? to log ?in|not belong to|^Command fail|^[ \t]*["{}\]]|no valid token|input value is invalid|(?:DEBUG|INFO|WARN|ERROR): {1,12}[A-Za-z]|tunneltype="?ssl-|\[(?:IKE|CFG)\d?\] |IKE_SA|CHILD_SA|charon|CoId=|^(?:EAP[ -]|received [A-Z]+_|server requested EAP|no trusted |constraint check|tried \d|giving up |XAuth )|openfortivpn | dialed a connection |NEIKEv2ErrorDomain|^Two-factor |^(?:[\d-]{10} [\d:]{8} )?ike /;

/** Lines. All lines have time stamps or none; a JSON body or a blank line may come first. */
const STAMP_LOOKAHEAD_LINES = 50;

/** Far more lines than one message without its own time stamp has. */
const EDGE_LINES = 400;

type Visit = (item: StreamItem) => void;

/**
 * Visits all messages of a case as if one console had printed them. Logs of several files are ordered by their time
 * stamps: one after the other if none overlap, as for parts of a paste, else message by message, as for daemons
 * logged to separate files. Without time stamps they keep the given order.
 */
export function visitAll(sections: readonly Section[], visit: Visit): void {
  const sources = [...bySource(withoutCopies(sections)).values()];
  const logs = sources.filter((list) => list.some((section) => section.kind === 'debug'));
  if (logs.length < 2 || !logs.every(hasTimes)) {
    for (const list of sources) {
      const items: StreamItem[] = [];
      visitSource(list, createRecordReader(), (item) => items.push(item));
      for (const item of byTime(items)) visit(item);
    }
    return;
  }
  for (const rest of sources.filter((list) => !logs.includes(list))) {
    visitSource(rest, createRecordReader(), visit);
  }
  const parts = inSequence(logs);
  if (parts) {
    const reader = createRecordReader();
    for (const list of parts) visitSource(list, reader, visit);
    return;
  }
  const streams = logs.map((list) => {
    const items: StreamItem[] = [];
    visitSource(list, createRecordReader(), (item) => items.push(item));
    return items;
  });
  merge(streams, visit);
}

/** Visits the messages of one source in order. `reader` has read the source's earlier sections. */
export function visitSource(sections: readonly Section[], reader: RecordReader, visit: Visit): void {
  let next = sections[0]?.start;
  for (const section of sections) {
    const { source, passed } = section;
    if (section.start !== next || section.kind !== 'debug') visitRecords(reader.end(), source, visit);
    next = section.start + lineCount(section);
    if (section.kind !== 'debug') {
      visitOutsideDebug(section, visit);
    } else if (passed) {
      visitRecords(reader.pass(passed.last, passed.longest), source, visit);
      visit({ source, passed, start: section.start });
    } else {
      let number = section.start;
      for (const line of section.lines) {
        visitRecords(reader.line(line, number), source, visit);
        number += 1;
      }
    }
  }
  const last = sections.at(-1);
  if (last) visitRecords(reader.end(), last.source, visit);
}

function visitRecords(records: readonly DebugRecord[], source: string, visit: Visit): void {
  for (const record of records) visit({ source, record });
}

/** Visits sections outside debug output: commands that enable debug, and lines with a form that nothing else has. */
function visitOutsideDebug(section: Section, visit: Visit): void {
  const { source, start, lines, command } = section;
  if (command !== undefined) {
    visit({ source, record: { daemon: 'other', line: start, raw: command, text: command } });
  }
  if (section.kind === 'config') return;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (!OUTSIDE_DEBUG.test(line)) continue;
    for (const record of readRecords([line], start + index)) {
      const { daemon } = record;
      if (daemon !== 'sslvpn' && daemon !== 'fnbamd' && daemon !== 'ftm-push') visit({ record, source });
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

/** Consecutive debug sections of one source without a line between them. */
interface Log {
  readonly source: string;
  readonly sections: Section[];
  lines: number;
}

/** Drops repeated copies of a log. */
function withoutCopies(sections: readonly Section[]): readonly Section[] {
  if (sections.every(({ source }) => source === sections[0]?.source)) return sections;
  const logs = new Map<number, Log[]>();
  const copies = new Set<Section>();
  for (const log of splitLogs(sections)) {
    const sameStart = logs.get(log.lines) ?? [];
    if (sameStart.some((other) => other.source !== log.source && isCopy(other, log))) {
      for (const section of log.sections) copies.add(section);
    } else logs.set(log.lines, [...sameStart, log]);
  }
  return copies.size === 0 ? sections : sections.filter((section) => !copies.has(section));
}

function splitLogs(sections: readonly Section[]): readonly Log[] {
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
      (passed ? [passed.first, passed.last] : lines.slice(0, STAMP_LOOKAHEAD_LINES)).some(
        (line) => readTimestamp(line) !== undefined,
      ),
  );
}

/** Seconds. Stamps of two daemons differ by this much, because some have a resolution of a second. */
const STAMP_TOLERANCE_S = 2;
/** Seconds. The end of daylight saving sets the clock back by an hour; what follows is later all the same. */
const ONE_HOUR = { from: 3_400, to: 3_700 } as const;

/**
 * Parts of one text that were pasted in another order than they happened: where the times go back, a part begins, and
 * parts that do not overlap are put in order.
 */
function byTime(items: readonly StreamItem[]): readonly StreamItem[] {
  if (isNewestFirst(items)) return items.toReversed();
  const parts: { items: StreamItem[]; first: number; last: number }[] = [];
  const untimed: StreamItem[] = [];
  for (const item of items) {
    const at = getTime(item);
    const part = parts.at(-1);
    if (at === undefined) (part?.items ?? untimed).push(item);
    else if (part && at >= part.last - STAMP_TOLERANCE_S) {
      part.items.push(item);
      part.last = Math.max(part.last, at);
    } else {
      const back = part ? part.last - at : 0;
      if (part && back > ONE_HOUR.from && back < ONE_HOUR.to) return items;
      parts.push({ items: [item], first: at, last: at });
    }
  }
  if (parts.length < 2) return items;
  const sorted = parts.toSorted((a, b) => a.first - b.first);
  const apart = sorted.every(
    (part, index) => part.first >= (sorted[index - 1]?.last ?? 0) - STAMP_TOLERANCE_S,
  );
  return apart ? [...untimed, ...sorted.flatMap((part) => part.items)] : items;
}

/** `date=2026-03-02 time=08:52:31 …`, `"date=2026-03-02","time=08:52:31"` */
const EVENT_STAMP = /\bdate="?(\d{4}-\d\d-\d\d)"{0,2}[ ,\t]{1,2}"?time="?(\d\d:\d\d:\d\d)/;

/** An event log without debug output, as a FortiGate lists it: the latest line first. */
function isNewestFirst(items: readonly StreamItem[]): boolean {
  let first: string | undefined;
  let latest: string | undefined;
  for (const item of items) {
    if (!('record' in item) || item.record.at !== undefined) return false;
    const [, date, time] = item.record.daemon === 'event' ? (EVENT_STAMP.exec(item.record.text) ?? []) : [];
    if (date === undefined) continue;
    const stamp = `${date} ${time}`;
    if (latest !== undefined && stamp > latest) return false;
    first ??= stamp;
    latest = stamp;
  }
  return first !== latest;
}

function getTime(item: StreamItem): number | undefined {
  return 'record' in item ? item.record.at : readTimestamp(item.passed.first)?.at;
}

/** Returns the logs in sequence if each ends before the next begins; `undefined` if two overlap. */
function inSequence(logs: readonly Section[][]): readonly Section[][] | undefined {
  const spans = logs
    .map((list) => ({ list, first: edgeTime(list, 'first'), last: edgeTime(list, 'last') }))
    .toSorted((a, b) => (a.first ?? 0) - (b.first ?? 0) || (a.last ?? 0) - (b.last ?? 0));
  const apart = spans.every(({ first, last }, index) => {
    const before = spans[index - 1]?.last ?? Number.NEGATIVE_INFINITY;
    return first !== undefined && last !== undefined && first >= before;
  });
  return apart ? spans.map((span) => span.list) : undefined;
}

/** Time of a log's first or last stamped line. */
function edgeTime(sections: readonly Section[], edge: 'first' | 'last'): number | undefined {
  const debug = sections.filter(({ kind }) => kind === 'debug');
  for (const { passed, lines } of edge === 'first' ? debug : debug.toReversed()) {
    const some = passed ? [passed.first, passed.last] : edgeLines(lines, edge);
    for (const line of edge === 'first' ? some : some.toReversed()) {
      const time = readTimestamp(line);
      if (time) return time.at;
    }
  }
  return undefined;
}

function edgeLines(lines: readonly string[], edge: 'first' | 'last'): readonly string[] {
  return edge === 'first' ? lines.slice(0, EDGE_LINES) : lines.slice(-EDGE_LINES);
}

/** Takes the earliest message next; a message without a time follows its predecessor. */
function merge(streams: readonly (readonly StreamItem[])[], visit: Visit): void {
  const heads = streams.flatMap((items) => {
    const [first] = items;
    const begins = items.find((item) => getTime(item) !== undefined);
    return first ? [{ items, index: 0, at: (begins && getTime(begins)) ?? 0 }] : [];
  });
  while (heads.length > 0) {
    const earliest = heads.reduce((a, b) => (isBefore(b, a) ? b : a));
    const item = earliest.items[earliest.index];
    if (item) visit(item);
    earliest.index += 1;
    const following = earliest.items[earliest.index];
    if (following) earliest.at = Math.max(earliest.at, getTime(following) ?? 0);
    else heads.splice(heads.indexOf(earliest), 1);
  }
}

interface Head {
  readonly items: readonly StreamItem[];
  readonly index: number;
  readonly at: number;
}

/** Within one second, the phone's answer comes before the result that it causes. */
function isBefore(a: Head, b: Head): boolean {
  return a.at < b.at || (a.at === b.at && isHandshake(a.items[a.index]) && !isHandshake(b.items[b.index]));
}

function isHandshake(item: StreamItem | undefined): boolean {
  return item !== undefined && 'record' in item && item.record.text.startsWith('SSL: ');
}
