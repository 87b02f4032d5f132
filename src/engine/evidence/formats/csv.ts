import Papa from 'papaparse';
import { readLogFields } from '../../fortios/debug/log-fields.ts';
import { eventLine, fieldName } from './event-fields.ts';

/** Reads the rows of one table; its first line is the heading. */
export interface CsvTable {
  /** The row as a line of the event log, empty if it has the id of a different event, `undefined` after the end of the table. */
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
const DETAILS = /^[a-z]{2,20}=/;
const NUMBER = /^\d{1,20}$/;
const MIN_COLUMNS = 3;
const MAX_HEADING = 8_000;
const MAX_ROW = 64_000;

/** Recognises a heading by the column of the log id and another known column, or by those that tell the id. */
export function beginsCsv(line: string): CsvTable | undefined {
  if (line.length > MAX_HEADING || !/log[ _-]?(?:id|desc)|action/i.test(line) || line.includes('='))
    return undefined;
  for (const { separates, readCells } of LAYOUTS) {
    if (!line.includes(separates)) continue;
    const heading = readCells(line, line);
    const names = heading?.map(fieldName) ?? [];
    const known = names.filter((name) => name !== undefined);
    const has = (...columns: readonly string[]) =>
      columns.every((each) => known.some((name) => name === each));
    const isOfEvents = has('logid') || has('action', 'tunneltype');
    const mayTell = (has('action') || has('logdesc')) && known.length >= MIN_COLUMNS;
    if (heading && heading.length >= MIN_COLUMNS && (isOfEvents || mayTell) && known.length > 1) {
      return createTable(heading, (row) => readCells(row, line));
    }
  }
  return undefined;
}

function createTable(
  heading: readonly string[],
  readRow: (line: string) => readonly string[] | undefined,
): CsvTable {
  const idAt = heading.findIndex((name) => fieldName(name) === 'logid');
  return {
    row(line) {
      const values = line.length > MAX_ROW ? undefined : readRow(line);
      if (!values) return undefined;
      const more = values.slice(heading.length);
      if (values.length < heading.length || !more.every((cell) => DETAILS.test(cell))) return undefined;
      const fields = heading.map((name, at) => [name, values[at] ?? ''] as const);
      const details = more.flatMap((cell) => [...readLogFields(cell)]);
      return eventLine([...fields, ...details]) ?? (NUMBER.test(values[idAt] ?? '') ? '' : line);
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
