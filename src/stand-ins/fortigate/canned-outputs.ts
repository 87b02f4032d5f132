import type { ConfigScope } from '../../engine/fortios/config/types.ts';
import { CERTIFICATE_DETAILS, certificateDetails } from './certificate-details.ts';
import type { DeviceState } from './device-state.ts';
import { routeDetails } from './routes.ts';
import { fortitokenInfo } from './tokens.ts';

/** Every command below, by its full text. */
export const CANNED: readonly string[] = [
  'get system status',
  'get system interface physical',
  'get system vdom-property',
  'get system ha status',
  'get system performance status',
  CERTIFICATE_DETAILS,
  'diagnose sys vd list',
  'diagnose sys ntp status',
  'diagnose fortitoken info',
  'diagnose vpn ssl blocklist list',
  'get router info routing-table details',
  'get vpn ssl monitor',
  'get vpn ipsec tunnel summary',
  'execute log display',
];

/** Commands whose answer is generated from the configuration, by their full text. `undefined`: not one of them. */
export function cannedOutput(
  command: string,
  state: DeviceState,
  scope: ConfigScope,
  now: Date,
): string[] | undefined {
  if (command === CERTIFICATE_DETAILS || command.startsWith(`${CERTIFICATE_DETAILS} `)) {
    const name = command.slice(CERTIFICATE_DETAILS.length + 1).replaceAll('"', '');
    return certificateDetails(state, scope, name === '' ? undefined : name);
  }
  const route = routeDetails(command, state, scope);
  if (route) return route;
  switch (command) {
    case 'get system interface physical':
      return interfacePhysical(state, scope);
    case 'get system vdom-property':
      return vdomNames(state).flatMap((name) => [`== [ ${name} ]`, `name: ${name}    `]);
    case 'diagnose sys vd list':
      return vdList(state);
    case 'diagnose fortitoken info':
      return fortitokenInfo(state, scope, now);
    case 'get system ha status':
      return ['HA Health Status: OK', 'Mode: Standalone', 'Group: 0', 'Debug: 0'];
    case 'get system performance status':
      return [
        'CPU states: 2% user 1% system 0% nice 97% idle 0% iowait 0% irq 0% softirq',
        'CPU0 states: 2% user 1% system 0% nice 97% idle 0% iowait 0% irq 0% softirq',
        'Memory: 1908300k total, 992316k used (52.0%), 648822k free (34.0%), 267162k freeable (14.0%)',
        'Uptime: 12 days,  3 hours,  8 minutes',
      ];
    case 'diagnose vpn ssl blocklist list':
      return [];
    case 'get vpn ssl monitor':
      return [
        'SSL-VPN Login Users:',
        ' Index   User    Group   Auth Type      Timeout         Auth-Timeout    From     HTTP in/out    HTTPS in/out    Two-factor Auth',
        '',
        'SSL-VPN sessions:',
        ' Index   User    Group   Source IP      Duration        I/O Bytes       Tunnel/Dest IP ',
      ];
    case 'get vpn ipsec tunnel summary':
      return [];
    case 'execute log display':
      return ['0 logs found.', '0 logs returned.'];
    case 'diagnose sys ntp status':
      return ntpStatus(state, scope);
    default:
      return undefined;
  }
}

/** A device without VDOMs is one VDOM called root. */
function vdomNames(state: DeviceState): string[] {
  return ['root', ...state.vdoms().filter((name) => name !== 'root')];
}

function vdList(state: DeviceState): string[] {
  const names = [...vdomNames(state), 'vsys_ha', 'vsys_fgfm'];
  return [
    'system fib version=63',
    'list virtual firewall info:',
    ...names.map((name, index) => `name=${name}/${name} index=${index} enabled fib_ver=40 use=168 rt_num=46`),
  ];
}

function interfacePhysical(state: DeviceState, scope: ConfigScope): string[] {
  const interfaces = state.block(scope, 'system interface')?.entries ?? [];
  return [
    '== [onboard]',
    ...interfaces.flatMap((entry) => {
      const value = (name: string) => entry.settings.findLast((each) => each.name === name)?.values.join(' ');
      return [
        `\t==[${entry.key}]`,
        `\t\tmode: ${value('mode') ?? 'static'}`,
        `\t\tip: ${value('ip') ?? '0.0.0.0 0.0.0.0'}`,
        '\t\tipv6: ::/0',
        `\t\tstatus: ${value('status') === 'down' ? 'down' : 'up'}`,
        '\t\tspeed: 1000Mbps (Duplex: full)',
      ];
    }),
  ];
}

function ntpStatus(state: DeviceState, scope: ConfigScope): string[] {
  const on = state.value(scope, 'system ntp', 'ntpsync') === 'enable';
  return [
    `synchronized: ${on ? 'yes' : 'no'}, ntpsync: ${on ? 'enabled' : 'disabled'}, server-mode: disabled`,
    '',
  ];
}
