import { type FortiosVersion, parseVersion } from '../fortios/version.ts';

/** The little of `get system status` that decides how to go on; the facts are read from it elsewhere. */
export interface DeviceStatus {
  readonly version: FortiosVersion;
  readonly multiVdom: boolean;
  /** The VDOM the session stands in, or the management VDOM at the root of a multi-VDOM device. */
  readonly currentVdom: string;
}

/** `FortiGate`, its rugged, Wi-Fi, carrier and VM kin; not FortiADC, FortiAnalyzer and the other products. */
const VERSION_LINE = /^Version: (?:Forti(?:GateRugged|Gate|Wifi|WiFi|Carrier|OS)|FG|FW)[^\n]* v\d/;
const VDOMS_ON: ReadonlySet<string> = new Set(['enable', 'multiple', 'split-task', 'split']);

/** `undefined` when this is not what a FortiGate prints. */
export function readStatus(lines: readonly string[]): DeviceStatus | undefined {
  const versionLine = lines.find((line) => VERSION_LINE.test(line));
  const version = versionLine === undefined ? undefined : parseVersion(versionLine);
  if (!version) return undefined;
  return {
    version,
    multiVdom: VDOMS_ON.has(fieldOf(lines, 'Virtual domain configuration')),
    currentVdom: fieldOf(lines, 'Current virtual domain') || 'root',
  };
}

function fieldOf(lines: readonly string[], key: string): string {
  const line = lines.find((each) => each.startsWith(`${key}:`));
  return line?.slice(key.length + 1).trim() ?? '';
}
