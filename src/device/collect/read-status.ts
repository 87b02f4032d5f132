import { parseSystemStatus } from '../../engine/fortios/output/system-status.ts';
import { type FortiosVersion, parseVersion } from '../../engine/fortios/version.ts';

/** The part of `get system status` that determines the next commands; facts are read from it elsewhere. */
export interface DeviceStatus {
  readonly version: FortiosVersion;
  /** Absent if the line about virtual domains is missing: the scope of the other commands is unknown then. */
  readonly multiVdom?: boolean;
  /** The current VDOM, or the management VDOM at the root of a multi-VDOM device. */
  readonly currentVdom: string;
}

/** FortiGate and its rugged, Wi-Fi and carrier variants; not FortiADC, FortiAnalyzer and others. */
const FORTIGATE = /^Forti(?:Gate|WiFi|Wifi|Carrier|OS)/;

/** `undefined` if a FortiGate does not print this. */
export function readStatus(lines: readonly string[]): DeviceStatus | undefined {
  const status = parseSystemStatus(lines);
  const version = parseVersion(status.version?.value ?? '');
  if (!version || !FORTIGATE.test(status.model?.value ?? '')) return undefined;
  const mode = status.vdomConfiguration?.value;
  return {
    version,
    multiVdom: mode === undefined ? undefined : mode !== 'disable',
    currentVdom: status.currentVdom?.value ?? 'root',
  };
}
