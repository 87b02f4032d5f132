import Papa from 'papaparse';
import { eventLine, fieldName } from './event-fields.ts';

/** Reads the rows of one table; its first line is the heading. */
export interface CsvTable {
  /** The row as a line of the event log, empty if it is a different event, `undefined` after the end of the table. */
  row(line: string): string | undefined;
}

interface Layout {
  readonly separates: string;
  readonly readCells: (line: string, heading: string) => readonly string[] | undefined;
}

const LAYOUTS: readonly Layout[] = [
  ...[',', ';', '\t', '|'].map((separates) => ({
    separates,
    readCells: (line: string) => cells(line, separates),
  })),
  { separates: '  ', readCells: cellsBelow },
];
/** Behind the last column, as the page shows the details of an event: `logid=0101039947 tunneltype=ssl-tunnel` */
const DETAIL = /(?<!\S)([a-z]{2,20})=("[^"]{0,200}"|\S{1,200})/g;
const DETAILS = new RegExp(`^(?:${DETAIL.source} ?)+$`);
const MIN_COLUMNS = 3;
const MAX_HEADING = 8_000;
const MAX_ROW = 64_000;

/** `date|time|user|action|reason`: these columns together are those of an event log. */
const OF_EVENTS = ['action', 'user', 'reason'];
const OF_TUNNELS = ['action', 'status', 'reason'];

/** Recognises a heading by the column of the log id and another known column, or by those that tell the id. */
export function beginsCsv(line: string): CsvTable | undefined {
  if (line.length > MAX_HEADING || !/log[ _-]?id|action/i.test(line) || line.includes('=')) return undefined;
  for (const { separates, readCells } of LAYOUTS) {
    if (!line.includes(separates)) continue;
    const heading = readCells(line, line);
    const names = heading?.map(fieldName) ?? [];
    const known = names.filter((name) => name !== undefined);
    const has = (...columns: readonly string[]) =>
      columns.every((each) => known.some((name) => name === each));
    const isOfEvents = has('logid') || has('action', 'tunneltype');
    const isLike = has(...OF_EVENTS) || has(...OF_TUNNELS);
    if (heading && heading.length >= MIN_COLUMNS && (isOfEvents || isLike) && known.length > 1) {
      return createTable(heading, (row) => readCells(row, line), isOfEvents);
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

/** `2026/03/02 09:12:04  SSL VPN login fail  ssl-login-fail  wren  203.0.113.9  sslvpn_login_unknown_user`: copied from the log view of the GUI, without its heading. */
const ROW =
  /^(?:(\d{4}[-/]\d\d[-/]\d\d \d\d:\d\d:\d\d)(?:\t| {2,}))?[ \t]{0,8}SSL VPN [\w ]{2,30}?(?:\t| {2,})(ssl-login-fail|ssl-login|tunnel-up)(?:\t| {2,})(\S{1,120})(?:\t| {2,})(\d{1,3}(?:\.\d{1,3}){3})(?:\t| {2,})(\w[\w ]{2,60})$/;

/** A cheap test. */
export function isRow(line: string): boolean {
  return line.length < 300 && line.slice(0, 40).includes('SSL VPN ');
}

export function readRow(line: string): string | undefined {
  const [row, time = '', action = '', user = '', remip = '', reason = ''] = ROW.exec(line.trimEnd()) ?? [];
  return row && eventLine(Object.entries({ timestamp: time, action, user, remip, reason }));
}

/** `isOfEvents`: all its rows are events. */
function createTable(
  heading: readonly string[],
  readRow: (line: string) => readonly string[] | undefined,
  isOfEvents: boolean,
): CsvTable {
  return {
    row(line) {
      const values = line.length > MAX_ROW ? undefined : readRow(line);
      if (!values) return undefined;
      const more = values.slice(heading.length);
      if (values.length < heading.length || !more.every((cell) => DETAILS.test(cell))) return undefined;
      const fields = heading.map((name, at) => [name, values[at] ?? ''] as const);
      const details = more.flatMap((cell) =>
        Array.from(
          cell.matchAll(DETAIL),
          ([, name = '', value = '']) => [name, value.replaceAll('"', '')] as const,
        ),
      );
      return eventLine([...fields, ...details]) ?? (isOfEvents ? '' : line);
    },
  };
}

function cells(line: string, delimiter: string): readonly string[] | undefined {
  const { data, errors } = Papa.parse(line, { delimiter });
  return errors.length === 0 ? data[0]?.map((cell) => cell.trim()) : undefined;
}

const COLUMN = /\S+(?: \S+)*/g;

/** Cells of a table in columns: each begins below its heading, or none is empty. */
function cellsBelow(line: string, heading: string): readonly string[] | undefined {
  const parts = line.match(COLUMN) ?? [];
  if (parts.length < MIN_COLUMNS) return undefined;
  const starts = Array.from(heading.matchAll(COLUMN), ({ index }) => index);
  const isBelow = starts.every((at) => at === 0 || at >= line.length || line[at - 1] === ' ');
  if (isBelow) return starts.map((at, column) => line.slice(at, starts[column + 1]).trim());
  return parts.length === starts.length ? parts : undefined;
}
