/** `diagnose debug info`. Its layout is not established for every release: only what can be told for sure is read. */
export interface DebugInfo {
  /** Whether this session prints debug output; absent where the output does not say. */
  readonly printing?: boolean;
  /** Daemons whose debug runs, as the device names them. */
  readonly running: readonly string[];
}

const PRINTING = /^\s*(?:console )?debug output:\s*(enable|disable)\b/i;
const LEVEL = /^\s*([A-Za-z][\w .-]{0,40}?) debug level:\s*(\S{1,20})/i;
const OFF = /^(?:0+|0x0+|disable)$/i;

/** `undefined` where nothing in it can be understood. */
export function parseDebugInfo(lines: readonly string[]): DebugInfo | undefined {
  const printing = lines.map((line) => PRINTING.exec(line)?.[1]).find((word) => word !== undefined);
  const levels = lines.flatMap((line) => {
    const [, name, level] = LEVEL.exec(line) ?? [];
    return name === undefined || level === undefined ? [] : [{ name, level }];
  });
  if (printing === undefined && levels.length === 0) return undefined;
  return {
    ...(printing === undefined ? {} : { printing: printing.toLowerCase() === 'enable' }),
    // The command line's own level is never off, and says nothing of a daemon.
    running: levels
      .filter(({ name, level }) => !/^cli$/i.test(name) && !OFF.test(level))
      .map(({ name }) => name),
  };
}
