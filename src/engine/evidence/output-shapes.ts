import { COMMENT_MARK } from '../fortios/output/key-value.ts';

/** Command output in a text without the prompt and the command above it. */
export interface ShapedOutput {
  readonly from: number;
  readonly to: number;
  readonly command: string;
}

interface Shape {
  readonly command: string | ((lines: readonly string[], at: number) => string | undefined);
  readonly starts: RegExp;
  /** Lines that belong to the output. */
  readonly continues: RegExp;
  /** A line required near its start if the first line alone is not conclusive. */
  readonly holds?: RegExp;
  /** The last line, if the output has a fixed one. */
  readonly ends?: RegExp;
  /** Returns a value that the output prints once: if it appears again, another output has begun. */
  readonly once?: RegExp;
}

/** Lines searched before and after the start for `holds`; limits the cost. */
const HOLDS_WITHIN_LINES = 8;

/** `get system status` writes the colon directly after a key with a capital; tables of settings do neither. */
const STATUS_ROW = new RegExp(`^[ \\t]*${COMMENT_MARK}[A-Z][\\w /.()-]{0,59}:(?:[ \\t]|$)`);
const PUSH_ROW =
  /^[ \t]*(?:proxy|interface|server-port|server-cert|server-ip|server|status(?!.*\b(?:up|down)\b))[ \t]*:(?:[ \t]|$)/;
const TOKEN_ROW = /^[ \t]*(?:FTK[A-Z0-9]{5,20}|<serial#\d{1,9}>)[ \t]+-?\d{1,9}[ \t]+\S/;
const TYPED_PING = /^[ \t]*exe(?:c|cu|cut|cute)?[ \t]+ping[ \t]+([\w.:-]{1,253})[ \t]*$/;
const PING_HEAD = /^[ \t]*PING ([^\s()]{1,253}) \([^()\s]{1,45}\): \d{1,6} data bytes/;

const SHAPES: readonly Shape[] = [
  {
    command: 'get system status',
    starts: new RegExp(
      `^[ \\t]*${COMMENT_MARK}(?:Version: Forti[\\w-]{1,40} v\\d|Virtual domain configuration: |Current HA mode: )`,
    ),
    continues: STATUS_ROW,
    once: /^[ \t#!]*(Version|Virtual domain configuration|Hostname):/,
  },
  {
    command: 'get system ftm-push',
    starts: PUSH_ROW,
    continues: PUSH_ROW,
    holds: /^[ \t]*server-port[ \t]*:[ \t]*\d/,
    once: /^[ \t]*([a-z-]{1,20})[ \t]*:/,
  },
  {
    command: 'get system ha status',
    starts: /^[ \t]*(?:HA Health Status:|Mode: (?:HA |[Ss]tandalone))/,
    continues:
      /^[ \t]*(?:HA Health Status|Model|Mode|Group(?: Name)?|Debug|Cluster (?:Uptime|state change time)|Primary selected using|Master selected using|ses_pickup|override|Configuration Status|System Usage stats|HBDEV stats|MONDEV stats|PINGSVR stats|Primary|Secondary|Master|Slave|number of (?:vcluster|member)|vcluster \d{1,2}|unicast_hb|upgrade_mode|WARNING)\b.{0,200}$|^[ \t]+\S|^[ \t]*$/,
    holds: /^[ \t]*Mode: /,
    once: /^[ \t]*(Mode):/,
  },
  {
    command: 'get system interface',
    starts: /^[ \t]*(?:== \[ [^\]]{1,60} \]|name:[ \t]+\S{1,60}[ \t]+mode:)/,
    continues: /^[ \t]*(?:== \[ |name:[ \t]+\S{1,60}[ \t]+mode:)/,
    holds: /^[ \t]*name:[ \t]+\S{1,60}[ \t]+mode:.{0,200}[ \t]ip:/,
  },
  {
    command: 'diagnose ip address list',
    starts: /^[ \t]*IP=\d{1,3}(?:\.\d{1,3}){3}->\S{1,80}[ \t]+index=\d{1,9}[ \t]+devname=/,
    continues: /^[ \t]*IP=\d{1,3}(?:\.\d{1,3}){3}->/,
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

/** One search for all shapes: in most lines none begins. */
const STARTS = new RegExp(SHAPES.map(({ starts }) => starts.source).join('|'));

/** The output at index `at`; it may begin earlier, but not before `earliest`. */
export function shapedOutputAt(
  lines: readonly string[],
  at: number,
  earliest: number,
): ShapedOutput | undefined {
  if (!STARTS.test(lines[at] ?? '')) return undefined;
  const shape = SHAPES.find((each) => begins(each, lines, at, earliest));
  if (!shape) return undefined;
  const command = typeof shape.command === 'string' ? shape.command : shape.command(lines, at);
  if (command === undefined) return undefined;
  let from = at;
  while (from > earliest && !isBlank(lines[from - 1]) && shape.continues.test(lines[from - 1] ?? ''))
    from -= 1;
  return { from, to: findEnd(shape, lines, at), command };
}

function begins({ starts, holds }: Shape, lines: readonly string[], at: number, earliest: number): boolean {
  if (!starts.test(lines[at] ?? '')) return false;
  return (
    !holds ||
    lines
      .slice(Math.max(earliest, at - HOLDS_WITHIN_LINES), at + HOLDS_WITHIN_LINES)
      .some((line) => holds.test(line))
  );
}

export function startsShapedOutput(lines: readonly string[], at: number): boolean {
  return shapedOutputAt(lines, at, at) !== undefined;
}

function findEnd(shape: Shape, lines: readonly string[], from: number): number {
  let end = from + 1;
  if (shape.ends?.test(lines[from] ?? '')) return end;
  const seen = new Set<string | undefined>([readKey(shape, lines[from])]);
  for (let at = from + 1; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (!shape.continues.test(line)) break;
    const key = readKey(shape, line);
    if (key !== undefined && seen.has(key)) break;
    if (SHAPES.some((other) => other !== shape && begins(other, lines, at, at))) break;
    seen.add(key);
    if (!isBlank(line)) end = at + 1;
    if (shape.ends?.test(line)) break;
  }
  return end;
}

function readKey({ once }: Shape, line = ''): string | undefined {
  return once?.exec(line)?.[1];
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
