import type { ConfigScope } from '../fortios/config/types.ts';
import type { SimulatorBehaviour } from './behaviour.ts';
import type { DeviceState } from './device-state.ts';

/** Commands whose answer is made from the configuration, by their full text. `undefined`: not one of them. */
export function cannedOutput(
  command: string,
  state: DeviceState,
  behaviour: SimulatorBehaviour,
  scope: ConfigScope,
): string[] | undefined {
  switch (command) {
    case 'get system interface physical':
      return interfacePhysical(state, scope);
    case 'get system vdom-property':
      return vdomNames(state).flatMap((name) => [`== [ ${name} ]`, `name: ${name}    `]);
    case 'diagnose sys vd list':
      return vdList(state);
    case 'diagnose fortitoken info':
      return fortitokenInfo(state, scope);
    case 'get system ha status':
      return ['HA Health Status: OK', 'Mode: Standalone', 'Group: 0', 'Debug: 0'];
    case 'diagnose vpn ssl blocklist list':
      return [];
    case 'execute ping push.fortinet.com':
      return ping(behaviour.pushServer ?? 'reachable');
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

/** Every token is well, a locked or a never activated one excepted. */
function fortitokenInfo(state: DeviceState, scope: ConfigScope): string[] {
  const tokens = state.block(scope, 'user fortitoken')?.entries ?? [];
  const rows = tokens.map((entry) => {
    const has = (name: string) => entry.settings.some((each) => each.name === name);
    const locked = entry.settings.some((each) => each.name === 'status' && each.values[0] === 'lock');
    const unused = has('activation-code') && !has('reg-id');
    return `${entry.key.padEnd(21)}0      ${locked ? 'locked' : unused ? 'provisioning' : 'provisioned'}`;
  });
  return [
    'FORTITOKEN           DRIFT  STATUS',
    ...rows,
    '',
    `Total activated token: ${tokens.length}`,
    `Total global activated token: ${tokens.length}`,
    '',
    'Token server status: reachable',
  ];
}

function ping(result: 'reachable' | 'lost' | 'unresolved'): string[] {
  if (result === 'unresolved') return ['Unable to resolve hostname.'];
  const host = 'push.fortinet.com';
  const reply = (seq: number) => `64 bytes from 203.0.113.80: icmp_seq=${seq} ttl=52 time=18.${seq} ms`;
  const lost = result === 'lost';
  return [
    `PING ${host} (203.0.113.80): 56 data bytes`,
    ...(lost ? [] : [0, 1, 2, 3, 4].map(reply)),
    '',
    `--- ${host} ping statistics ---`,
    `5 packets transmitted, ${lost ? 0 : 5} packets received, ${lost ? 100 : 0}% packet loss`,
    ...(lost ? [] : ['round-trip min/avg/max = 18.0/18.2/18.4 ms']),
  ];
}
