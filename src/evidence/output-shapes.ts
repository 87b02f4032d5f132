/** Output of a command that stands in a text without the prompt and the command above it. */
export interface ShapedOutput {
  readonly from: number;
  readonly to: number;
  readonly command: string;
}

interface Shape {
  readonly command: string | ((lines: readonly string[], at: number) => string | undefined);
  readonly starts: RegExp;
  /** Lines that go on with it. */
  readonly continues: RegExp;
  /** What has to stand near its start, where one line is not proof enough. */
  readonly holds?: RegExp;
  /** The last line, where the output has one. */
  readonly ends?: RegExp;
}

/** Lines; also the bound that keeps looking for a proof cheap. */
const NEAR = 8;

const KEY_VALUE = /^[ \t]*[A-Za-z][\w /.()-]{0,59}:(?:[ \t]|$)/;
const PUSH_ROW =
  /^[ \t]*(?:proxy|interface|server-port|server-cert|server-ip|server|status)[ \t]*:(?:[ \t]|$)/;
const TOKEN_ROW = /^[ \t]*(?:FTK[A-Z0-9]{5,20}|<serial#\d{1,9}>)[ \t]+-?\d{1,9}[ \t]+\S/;
const TYPED_PING = /^[ \t]*exe(?:c|cu|cut|cute)?[ \t]+ping[ \t]+([\w.:-]{1,253})[ \t]*$/;
const PING_HEAD = /^[ \t]*PING ([^\s()]{1,253}) \([^()\s]{1,45}\): \d{1,6} data bytes/;

const SHAPES: readonly Shape[] = [
  {
    command: 'get system status',
    starts: /^[ \t]*(?:Version: Forti[\w-]{1,40} v\d|Virtual domain configuration: |Current HA mode: )/,
    continues: KEY_VALUE,
  },
  {
    command: 'get system ftm-push',
    starts: PUSH_ROW,
    continues: PUSH_ROW,
    holds: /^[ \t]*server-port[ \t]*:[ \t]*\d/,
  },
  {
    command: 'diagnose fortitoken info',
    starts: new RegExp(`^[ \\t]*FORTITOKEN[ \\t]+DRIFT[ \\t]+STATUS\\b|${TOKEN_ROW.source}`),
    continues: new RegExp(
      `${TOKEN_ROW.source}|^[ \\t]*$|^[ \\t]*FORTITOKEN[ \\t]|^[ \\t]*Total (?:global )?activated token|^[ \\t]*Token server status`,
    ),
    ends: /^[ \t]*Token server status/,
  },
  {
    command: (lines, at) => {
      const host = PING_HEAD.exec(lines[at] ?? '')?.[1] ?? typedAbove(lines, at);
      return host && `execute ping ${host}`;
    },
    starts: new RegExp(`${PING_HEAD.source}|^[ \\t]*Unable to resolve hostname`),
    continues:
      /^[ \t]*$|^[ \t]*(?:\d{1,6} bytes from |sendto failed|Timeout|--- .{1,260} ping statistics ---|\d{1,6} packets transmitted|round-trip )/,
    ends: /^[ \t]*(?:round-trip |Unable to resolve hostname)|100% packet loss/,
  },
  {
    command: 'get system interface physical',
    starts: /^[ \t]*(?:== \[onboard\]|==\[[^\]\s]{1,60}\])/,
    continues: /^[ \t]*==[ ]?\[|^[ \t]+[A-Za-z][\w ]{0,30}:(?:[ \t]|$)/,
    holds: /^[ \t]*==\[/,
  },
];

/** Reads the output that stands at `at`; it may begin above, but not before `earliest`. */
export function shapedOutputAt(
  lines: readonly string[],
  at: number,
  earliest: number,
): ShapedOutput | undefined {
  const shape = SHAPES.find((each) => each.starts.test(lines[at] ?? ''));
  if (!shape) return undefined;
  const command = typeof shape.command === 'string' ? shape.command : shape.command(lines, at);
  if (command === undefined) return undefined;
  const near = lines.slice(Math.max(earliest, at - NEAR), at + NEAR);
  if (shape.holds && !near.some((line) => shape.holds?.test(line))) return undefined;
  let from = at;
  while (from > earliest && !isBlank(lines[from - 1]) && shape.continues.test(lines[from - 1] ?? ''))
    from -= 1;
  return { from, to: endOf(shape, lines, at), command };
}

export function startsShapedOutput(lines: readonly string[], at: number): boolean {
  return shapedOutputAt(lines, at, at) !== undefined;
}

function endOf(shape: Shape, lines: readonly string[], from: number): number {
  let end = from + 1;
  if (shape.ends?.test(lines[from] ?? '')) return end;
  for (let at = from + 1; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (!shape.continues.test(line)) break;
    if (!isBlank(line)) end = at + 1;
    if (shape.ends?.test(line)) break;
  }
  return end;
}

function typedAbove(lines: readonly string[], at: number): string | undefined {
  for (let above = at - 1; above >= 0 && above >= at - 3; above -= 1) {
    const line = lines[above] ?? '';
    if (!isBlank(line)) return TYPED_PING.exec(line)?.[1];
  }
  return undefined;
}

function isBlank(line: string | undefined): boolean {
  return line === undefined || line.slice(0, 400).trim() === '';
}
