import { parseDocument } from 'yaml';

/** Devices that are parsed at a time. */
const PIECE = 200;
/** A name at the beginning of a line, and the blanks before it. */
const FIRST_NAME = /^( +)[\w.-]+:(?:\s|$)/;
const BLANK = /^\s*(?:#|$)/;

/**
 * The contents of an inventory with many devices, some devices at a time: the parser takes 40 MB for 5,000 devices at once.
 * Undefined where pieces could mean something else than the whole: few devices, aliases, other versions of YAML, errors.
 */
export function readInPieces(text: string): Readonly<Record<string, unknown>> | undefined {
  const lines = text.split(/(?<=\n)/);
  const above = lines.findIndex((line) => line.trimEnd() === 'devices:');
  const isIndented = (line: string) => line.startsWith(' ') || BLANK.test(line);
  const length = lines.slice(above + 1).findIndex((line) => !isIndented(line));
  const end = length === -1 ? lines.length : above + 1 + length;
  const starts = startsOfDevices(lines, above + 1, end);
  if (above === -1 || starts.length <= PIECE || lines.some((line) => line.startsWith('%'))) return undefined;

  const rest = read([...lines.slice(0, above), ...lines.slice(end)]);
  if (rest === undefined || 'devices' in rest) return undefined;
  const devices = new Map<string, unknown>();
  for (let at = 0; at < starts.length; at += PIECE) {
    const piece = read(lines.slice(starts[at], starts[at + PIECE] ?? end));
    if (piece === undefined) return undefined;
    for (const [name, device] of Object.entries(piece)) {
      if (devices.has(name)) return undefined;
      devices.set(name, device);
    }
  }
  return { ...rest, devices: Object.fromEntries(devices) };
}

/** Lines at which a device begins; none if the first entry is no plain name. */
function startsOfDevices(lines: readonly string[], from: number, to: number): readonly number[] {
  const starts: number[] = [];
  let indent: string | undefined;
  for (let at = from; at < to; at += 1) {
    const line = lines[at] ?? '';
    if (indent === undefined && BLANK.test(line)) continue;
    const found = FIRST_NAME.exec(line)?.[1];
    indent ??= found;
    if (indent === undefined) return [];
    if (found === indent) starts.push(at);
  }
  return starts;
}

function read(lines: readonly string[]): Readonly<Record<string, unknown>> | undefined {
  const document = parseDocument(lines.join(''), { prettyErrors: false });
  if (document.errors.length > 0) return undefined;
  try {
    const contents: unknown = document.toJS({ maxAliasCount: 0 });
    if (contents === null) return {};
    return typeof contents === 'object' && !Array.isArray(contents) ? { ...contents } : undefined;
  } catch {
    return undefined;
  }
}
