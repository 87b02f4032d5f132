import { atLeast, formatVersion } from '../../engine/fortios/version.ts';
import type { SimulatorBehaviour } from './behaviour.ts';
import type { DeviceState } from './device-state.ts';

/** `get system status` in the form of the device's version; lines that a version lacks are left out. */
export function systemStatus(
  state: DeviceState,
  behaviour: SimulatorBehaviour,
  currentVdom: string,
  now: Date,
): string[] {
  const { version } = state;
  const since = (bound: string, ...lines: string[]) => (atLeast(version, bound) ? lines : []);
  const build = String(version.build ?? 0).padStart(4, '0');
  const tag = atLeast(version, '7.0.0') ? '(GA.M)' : '(GA)';
  return [
    `Version: ${modelName(state, behaviour)} v${formatVersion(version)},build${build},250101 ${tag}`,
    ...since('7.4.8', 'First GA patch build date: 230509'),
    ...since('7.4.1', atLeast(version, '7.4.8') ? 'Current Security Level: Low' : 'Security Level: Low'),
    ...since('6.2.0', 'Firmware Signature: certified'),
    'Virus-DB: 1.00000(2018-04-09 18:07)',
    'Extended DB: 1.00000(2018-04-09 18:07)',
    'IPS-DB: 6.00741(2015-12-01 02:30)',
    'APP-DB: 6.00741(2015-12-01 02:30)',
    ...since('7.2.0', 'IoT-Detect: 0.00000(2022-08-17 17:31)'),
    `Serial-Number: ${serialNumber(state)}`,
    'BIOS version: 05000000',
    'System Part-Number: P00000-00',
    'Log hard disk: Not available',
    `Hostname: ${hostname(state, behaviour)}`,
    ...since('6.2.0', 'Private Encryption: Disable'),
    'Operation Mode: NAT',
    `Current virtual domain: ${currentVdom}`,
    'Max number of virtual domains: 10',
    `Virtual domains status: ${Math.max(1, state.vdoms().length)} in NAT mode, 0 in TP mode`,
    `Virtual domain configuration: ${vdomConfiguration(state)}`,
    'FIPS-CC mode: disable',
    `Current HA mode: ${haMode(state, behaviour)}`,
    `Branch point: ${build}`,
    'Release Version Information: GA',
    `System time: ${clockText(now)}`,
    ...since('7.4.1', 'Last reboot reason: warm reboot'),
  ];
}

/** `Wed Jan  7 14:30:09 2026`. */
function clockText(now: Date): string {
  const [weekday = '', day = '', month = '', year = '', time = ''] = now.toUTCString().split(/,? /);
  return `${weekday} ${month} ${String(Number(day)).padStart(2)} ${time} ${year}`;
}

export function hostname(state: DeviceState, behaviour: SimulatorBehaviour): string {
  const scope = state.multiVdom ? ({ kind: 'global' } as const) : ({ kind: 'none' } as const);
  return behaviour.hostname ?? state.value(scope, 'system global', 'hostname') ?? serialNumber(state);
}

/** Invented, because a backup does not contain it. */
function serialNumber(state: DeviceState): string {
  return `${state.modelCode.replace(/^FGT?/, 'FGT').slice(0, 6).padEnd(6, '0')}TK00000000`.slice(0, 16);
}

function modelName(state: DeviceState, behaviour: SimulatorBehaviour): string {
  if (behaviour.model !== undefined) return behaviour.model;
  const code = state.modelCode;
  if (/^FG(?:T)?VM/.test(code)) return 'FortiGate-VM64';
  return `FortiGate-${code.replace(/^(?:FGT|FG)/, '')}`;
}

function vdomConfiguration(state: DeviceState): string {
  if (!state.multiVdom) return 'disable';
  return atLeast(state.version, '6.2.0') ? 'multiple' : 'enable';
}

function haMode(state: DeviceState, behaviour: SimulatorBehaviour): string {
  if (behaviour.haRole === undefined) return 'standalone';
  const primary = behaviour.haRole === 'Primary';
  if (atLeast(state.version, '6.4.0')) return `a-p, ${primary ? 'primary' : 'secondary'}`;
  return `a-p, ${primary ? 'master' : 'backup'}`;
}
