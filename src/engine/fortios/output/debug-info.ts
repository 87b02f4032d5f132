/** `diagnose debug info`. Its layout is not known for every release, so only unambiguous lines are read. */
export interface DebugInfo {
  /** Whether this session prints debug output; absent if the output does not say. */
  readonly printing?: boolean;
  /** Daemons with enabled debug, as the device names them. */
  readonly running: readonly string[];
}

const PRINTING = /^\s*(?:console )?debug output:\s*(enable|disable)\b/i;
const LEVEL = /^\s*([A-Za-z][\w .-]{0,40}?) debug level:\s*(\S{1,20})/i;
const OFF = /^(?:0+|0x0+|disable)$/i;

/** `undefined` if no line can be understood. */
export function parseDebugInfo(lines: readonly string[]): DebugInfo | undefined {
  const printing = lines.map((line) => PRINTING.exec(line)?.[1]).find((word) => word !== undefined);
  const levels = lines.flatMap((line) => {
    const [, name, level] = LEVEL.exec(line) ?? [];
    return name === undefined || level === undefined ? [] : [{ name, level }];
  });
  if (printing === undefined && levels.length === 0) return undefined;
  return {
    printing: printing === undefined ? undefined : printing.toLowerCase() === 'enable',
    // The level of the CLI itself is never off, and does not concern a daemon.
    running: levels
      .filter(({ name, level }) => !/^cli$/i.test(name) && !OFF.test(level))
      .map(({ name }) => name),
  };
}
