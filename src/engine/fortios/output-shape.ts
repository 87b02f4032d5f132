import { holdsUnclearMessage } from './async-messages.ts';
import { checkConfigShape, fitsConfigLine } from './config/config-shape.ts';

/**
 * The form of a command's output, to detect text that the command did not print. Checks the form only, except for
 * values that decide how a session continues.
 */
export interface OutputShape {
  readonly fits: (line: string) => boolean;
  /** The lines that are not from this command; empty for a complete, clean output. */
  readonly irregular: (lines: readonly string[]) => readonly string[];
  /** FortiOS prints nothing else there, in any release: an output with another form twice is not used. */
  readonly isStrict: boolean;
}

const KEY = '[A-Za-z][\\w ./()#-]{0,60}';
const FIELD = new RegExp(`^\\s*${KEY}: ?.*$`);
/** Behind a header `== [ name ]`: a header cut in two must not look like the end of the line before it. */
const FIELD_OF_RECORD = new RegExp(`^\\s*${KEY}:(?!.*== ?\\[) ?.*$`);

/** `get system status`: the values that decide which commands are sent, and where, must be complete. */
const STATUS: readonly (readonly [key: RegExp, line: RegExp])[] = [
  [/^Version:/, /^Version: [\w-]+ v\d+\.\d+\.\d+,build\d+,\d+(?: \([\w.-]+\))*$/],
  [/^Virtual domain configuration:/, /^[\w ]+: (?:disable|enable|multiple|split-task)$/],
  [/^Current virtual domain:/, /^[\w ]+: [\w-]{1,31}$/],
  [/^Hostname:/, /^Hostname: ?[\w-]{0,35}$/],
  [/^System time:/, /^[\w ]+: \w{3} \w{3} {1,2}\d{1,2} \d\d:\d\d:\d\d \d{4}$/],
];

/** By the beginning of the command. Output of other commands is accepted unchecked. */
const LINES: readonly (readonly [command: string, fits: (line: string) => boolean])[] = [
  ['get system status', fitsStatus],
  [
    'diagnose sys vd list',
    any(
      /^system fib version=\d+$/,
      /^list virtual firewall info:$/,
      /^name=[\w-]+(?:\/[\w-]+)? index=\d+ (?!.*name=)\S.*$/,
    ),
  ],
  ['get system vdom-property', any(/^== ?\[ ?[\w-]{1,31} ?\]$/, FIELD_OF_RECORD)],
  [
    'get system interface physical',
    any(
      /^\s*== ?\[[^\]]{1,60}\]$/,
      // Values that facts are read from must be complete.
      /^\s+ip: [\d.]{7,15} [\d.]{7,15}$/,
      /^\s+(?:mode|status): ?[\w-]{0,20}$/,
      /^\s+(?!(?:ip|mode|status):)[A-Za-z][\w ./()-]{0,60}:(?!.*== ?\[).*$/,
    ),
  ],
  ['get system performance status', any(FIELD)],
  // Prose and key-value lines follow its headers.
  ['get system ha status', any(/^\S.*:|^ses_pickup\b|^ {2,}\S.*[:;=.>]/)],
  [
    'diagnose fortitoken info',
    any(
      /^\s*FORTITOKEN\s+DRIFT\s+STATUS\s*$/,
      /^\s*(?:FTK|<)[\w#<>-]{5,40}\s+-?\d{1,9}\s+\S.*$/,
      /^\s*Total (?:global )?activated token\s*: ?\d{1,9}$/,
      /^\s*Token server status\s*: ?(?:un)?reachable\b/,
    ),
  ],
  [
    'get router info routing-table details',
    any(
      /^Routing table for VRF=\d{1,3}$/,
      /^Routing entry for [\d.]{7,15}\/\d{1,2}$/,
      /^\s+Known via "[\w ]{1,20}", distance \d{1,3}, metric \d{1,10}(?:, [\w ]{1,40}){0,3}$/,
      /^\s+Last update [\w:]{1,20} ago$/,
      /^\s+(?:\* ?)?(?:vrf \d{1,3} )?(?:[\d.]{7,15}, via|directly connected,|via) \S.{0,120}$/,
      /^% ?(?:Network|Subnet) not in table$/,
    ),
  ],
  [
    'get vpn ssl monitor',
    any(/^SSL-VPN (?:Login Users|sessions):\s*$/, /^ {0,4}Index\s+User\b/, /^ {0,4}\d{1,6}\s+\S.*$/),
  ],
  ['get vpn ipsec tunnel summary', any(/^'[^']{1,40}' \S{1,60}\s+selectors\(total,up\): \d{1,6}\/\d{1,6}\b/)],
  ['get vpn certificate local details', any(/^== \[ .{1,60} \]$/, FIELD_OF_RECORD)],
];

/** `undefined` if the form of the output is not known. */
export function outputShape(command: string): OutputShape | undefined {
  if (command.startsWith('show ')) {
    return {
      fits: (line) => fitsConfigLine(line) || isError(line),
      irregular: irregularConfig,
      isStrict: true,
    };
  }
  const fits = LINES.find(([start]) => command.startsWith(start))?.[1];
  return (
    fits && {
      fits: withErrors(fits),
      irregular: (lines) => lines.filter((line) => !withErrors(fits)(line)),
      isStrict: false,
    }
  );
}

const ERRORS: readonly RegExp[] = [
  /^Command fail\. Return code -?\d{1,6}$/,
  /^(?:\d{1,7}: )?Unknown action 0$/,
  /^(?:command|value) parse error before '/,
  /^incomplete command in the end\b/,
  /^The current admin user does not have the permission\b/,
  /^Permission denied\b/,
  /^entry not found in datasource$/,
];

function isError(line: string): boolean {
  return ERRORS.some((pattern) => pattern.test(line));
}

function withErrors(fits: (line: string) => boolean): (line: string) => boolean {
  return (line) =>
    line.trim() === '' || isError(line) || (fits(line.trimEnd()) && !holdsUnclearMessage(line));
}

/** A refusal is not configuration and has no `end`. */
function irregularConfig(lines: readonly string[]): readonly string[] {
  const refused = lines.some(isError);
  const isRefusal = refused && lines.every((line) => line.trim() === '' || !line.startsWith('config '));
  if (isRefusal) return lines.filter((line) => line.trim() !== '' && !isError(line));
  if (lines.length === 0) return [];
  return [...lines.filter(holdsUnclearMessage), ...checkConfigShape(lines)];
}

function fitsStatus(line: string): boolean {
  const rule = STATUS.find(([key]) => key.test(line));
  return rule ? rule[1].test(line) : /^[A-Z]/.test(line) && FIELD.test(line);
}

function any(...patterns: readonly RegExp[]): (line: string) => boolean {
  return (line) => patterns.some((pattern) => pattern.test(line));
}
