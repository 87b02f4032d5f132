import type { LocalInPolicy } from '../../facts/network/firewall-values.ts';
import type { Fix, RuleContext } from '../rule.ts';
import { configBlock, configEntry, quoteValue, vdomFix } from '../shared/fix.ts';
import { isIke } from '../shared/vpn-port.ts';
import type { Arrival } from './arrival.ts';

/** What the new policy accepts, where it is not the phone's answer from everywhere. */
export interface Admitted {
  readonly port: number;
  /** The address of a client. */
  readonly source: string;
}

/** A policy above the denying one that accepts the phone's port, or that of a client of the VPN, with unused names. */
export function acceptAbove(
  denying: string,
  policy: LocalInPolicy | undefined,
  arrival: Arrival,
  policies: readonly LocalInPolicy[] | undefined,
  context: RuleContext,
  /** On which a dropped packet came in. */
  arrived?: string,
  client?: Admitted,
): Fix {
  const { services } = arrival;
  const port = client?.port ?? arrival.port;
  const transport = isIke(port) ? 'udp' : 'tcp';
  const prefix = client ? 'VPN' : 'FTM';
  const taken = new Set(policies?.map((each) => each.id));
  // A separate id for each port, because two findings may each add a policy.
  const id = findUnused(port, (number) => taken.has(String(number)) || String(number) === denying);
  const names = new Set([...services.custom, ...services.groups].map((each) => each.name));
  const same = services.custom.find(
    (each) =>
      each.name === `${prefix}-${port}` && transport === 'tcp' && each.tcpPorts.join() === String(port),
  );
  const name = same?.name ?? unusedName(`${prefix}-${port}`, names);
  const address = client && `VPN-${client.source}`;
  const [reached] = arrival.exact ? arrival.interfaces : [];
  const intf = interfaceFor(policy, reached?.name ?? arrived);
  return vdomFix(
    context,
    policy?.vdom ?? reached?.vdom,
    {
      apply: [
        ...(same ? [] : configEntry('firewall service custom', name, [`set ${transport}-portrange ${port}`])),
        ...(client && address !== undefined
          ? configEntry('firewall address', address, [`set subnet ${client.source} 255.255.255.255`])
          : []),
        'config firewall local-in-policy',
        `    edit ${id}`,
        `        set intf ${quoteValue(intf)}`,
        `        set srcaddr ${quoteValue(address ?? 'all')}`,
        '        set dstaddr "all"',
        '        set action accept',
        `        set service ${quoteValue(name)}`,
        '        set schedule "always"',
        '    next',
        `    move ${id} before ${denying}`,
        'end',
      ],
      undo: [
        'config firewall local-in-policy',
        `    delete ${id}`,
        'end',
        ...(address === undefined ? [] : configBlock('firewall address', [`delete ${quoteValue(address)}`])),
        ...(same ? [] : configBlock('firewall service custom', [`delete ${quoteValue(name)}`])),
      ],
      // The order of the `edit` lines is the order of the policies.
      verify: [
        'show firewall local-in-policy | grep edit',
        `show firewall service custom ${quoteValue(name)}`,
      ],
      note: client
        ? `This opens ${transport.toUpperCase()} ${port} on ${intf} to ${client.source} only; if ${id}, ${name} or ${address} is there already, take another number or name.`
        : `This opens TCP ${port} on ${intf} to every source${
            policies ? '' : `; if ${id} or ${name} is there already, take another number or name`
          }. The push service is then open to all and asks every caller for a client certificate.`,
    },
    'the policy',
  );
}

/** The interface name as in the denying policy: a member of a zone cannot be used by itself. */
function interfaceFor(policy: LocalInPolicy | undefined, reached: string | undefined): string {
  const named = policy?.interfaces ?? [];
  if (reached !== undefined && (!policy || named.includes(reached) || named.includes('any'))) return reached;
  return named[0] ?? '<wan>';
}

function findUnused(first: number, taken: (number: number) => boolean): number {
  let number = first;
  while (taken(number)) number += 1;
  return number;
}

function unusedName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  return `${name}-${findUnused(2, (number) => taken.has(`${name}-${number}`))}`;
}
