import Papa from 'papaparse';
import { eventLine, fieldName } from './event-fields.ts';

/** Reads the rows of one table; its first line is the heading. */
export interface CsvTable {
  /** The row as a line of the event log, empty if it is a different event, `undefined` after the end of the table. */
  row(line: string): string | undefined;
}

const DELIMITERS = [',', ';', '\t', '|'];
const MIN_COLUMNS = 3;
const MAX_HEADING = 8_000;
const MAX_ROW = 64_000;

/** `date|time|user|action|reason`: these columns together are those of an event log. */
const OF_EVENTS = ['action', 'user', 'reason'];
const OF_TUNNELS = ['action', 'status', 'reason'];

/** Recognises a heading by the column of the log id and another known column, or by those that tell the id. */
export function beginsCsv(line: string): CsvTable | undefined {
  if (line.length > MAX_HEADING || !/log[ _-]?id|action/i.test(line) || line.includes('=')) return undefined;
  for (const delimiter of DELIMITERS) {
    if (!line.includes(delimiter)) continue;
    const heading = cells(line, delimiter);
    const names = heading?.map(fieldName) ?? [];
    const known = names.filter((name) => name !== undefined);
    const has = (...columns: readonly string[]) =>
      columns.every((each) => known.some((name) => name === each));
    const isOfEvents = has('logid') || has('action', 'tunneltype');
    const isLike = has(...OF_EVENTS) || has(...OF_TUNNELS);
    if (heading && heading.length >= MIN_COLUMNS && (isOfEvents || isLike) && known.length > 1) {
      return tableOf(heading, delimiter, isOfEvents);
    }
  }
  return undefined;
}

/** `"date=2026-03-02","time=08:12:09","logid=0101039426",…`: what FortiOS and FortiAnalyzer save as CSV. */
export function readPairs(line: string): string | undefined {
  const pairs = line.length > MAX_ROW ? undefined : cells(line, ',');
  return (
    pairs && eventLine(pairs.map((pair) => [pair.split('=', 1)[0] ?? '', pair.slice(pair.indexOf('=') + 1)]))
  );
}

/** `isOfEvents`: all its rows are events. */
function tableOf(heading: readonly string[], delimiter: string, isOfEvents: boolean): CsvTable {
  return {
    row(line) {
      const values = line.length > MAX_ROW ? undefined : cells(line, delimiter);
      if (!values || values.length !== heading.length) return undefined;
      return (
        eventLine(heading.map((name, at) => [name, values[at] ?? ''] as const)) ?? (isOfEvents ? '' : line)
      );
    },
  };
}

function cells(line: string, delimiter: string): readonly string[] | undefined {
  const { data, errors } = Papa.parse(line, { delimiter });
  return errors.length === 0 ? data[0]?.map((cell) => cell.trim()) : undefined;
}
