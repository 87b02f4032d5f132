import { isIPv4 } from 'node:net';
import type { SimulatorBehaviour } from './behaviour.ts';
import type { DeviceState } from './device-state.ts';
import type { CliReply } from './reply.ts';
import { FORTIGUARD_DNS } from './schema/factory-names.ts';

const PUSH_SERVER = 'push.fortinet.com';
const PUSH_ADDRESS = '203.0.113.80';
const COUNT = 5;

/** `execute ping <host>`: five echoes and a summary, or one line for a name that does not resolve. */
export function ping(host: string, state: DeviceState, behaviour: SimulatorBehaviour): CliReply {
  const address = resolve(host, state, behaviour);
  if (address === undefined) return { lines: ['Unable to resolve hostname.'] };
  const lost = host === PUSH_SERVER && behaviour.pushServer === 'lost';
  const echo = (seq: number) => `64 bytes from ${address}: icmp_seq=${seq} ttl=52 time=18.${seq} ms`;
  return {
    lines: [`PING ${host} (${address}): 56 data bytes`],
    stream: {
      lines: lost
        ? []
        : Array.from({ length: COUNT }, (_, seq) => ({
            text: echo(seq),
            afterMs: seq * (behaviour.pingIntervalMs ?? 0),
          })),
      endless: false,
      footer: (received) => [
        '',
        `--- ${host} ping statistics ---`,
        `${COUNT} packets transmitted, ${received} packets received, ${100 - (received / COUNT) * 100}% packet loss`,
        ...(received === 0 ? [] : ['round-trip min/avg/max = 18.0/18.2/18.4 ms']),
      ],
    },
  };
}

function resolve(host: string, state: DeviceState, behaviour: SimulatorBehaviour): string | undefined {
  if (isIPv4(host)) return host;
  if (host === PUSH_SERVER && behaviour.pushServer !== undefined) {
    return behaviour.pushServer === 'unresolved' ? undefined : PUSH_ADDRESS;
  }
  if (!canResolve(state, behaviour)) return undefined;
  return behaviour.hosts?.[host] ?? (host === PUSH_SERVER ? PUSH_ADDRESS : undefined);
}

/** Whether one of the servers answers. */
function canResolve(state: DeviceState, behaviour: SimulatorBehaviour): boolean {
  return (['primary', 'secondary'] as const).some((name, at) => {
    const server = state.setting('system dns', name) ?? FORTIGUARD_DNS[at] ?? '0.0.0.0';
    return server !== '0.0.0.0' && behaviour.deadDnsServers?.includes(server) !== true;
  });
}
