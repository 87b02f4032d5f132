/** Percentages. */
export interface Load {
  readonly cpu?: number;
  readonly memory?: number;
}

const IDLE = /^CPU states:.{0,60}?\b(\d{1,3})% idle\b/;
/** `Memory: 1024108k total, 688360k used (67.2%), …`; in older releases `Memory states: 21% used`. */
const USED = /^Memory(?:: .{0,60}?used \((\d{1,3})(?:\.\d+)?%\)| states: (\d{1,3})% used)/;

/** `get system performance status`: total load of the device; values that are not printed are absent. */
export function parsePerformanceStatus(lines: readonly string[]): Load {
  const idle = firstNumber(lines, IDLE);
  const used = firstNumber(lines, USED);
  return { cpu: idle === undefined ? undefined : Math.max(0, 100 - idle), memory: used };
}

function firstNumber(lines: readonly string[], pattern: RegExp): number | undefined {
  for (const line of lines) {
    const match = pattern.exec(line);
    const text = match?.slice(1).find((group) => group !== undefined);
    if (text !== undefined) return Number(text);
  }
  return undefined;
}
