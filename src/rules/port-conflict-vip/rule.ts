import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { VirtualIp, Zone } from '../../facts/firewall-values.ts';
import type { Interface, PushService } from '../../facts/values.ts';
import { parseIpv4 } from '../../fortios/address.ts';
import { callbackAddress, callbackInterface } from '../callback-interface.ts';
import { callbackPort, flowsTo, passedOn } from '../callback-packets.ts';
import { defineRule } from '../define-rule.ts';
import { configEntry, noCliFix, vdomFix } from '../fix.ts';
import { moveCallbackPort } from '../free-port.ts';
import { REFERENCES } from '../references.ts';
import type { Fix, Judgement, RuleContext } from '../rule.ts';
import { coversPort, inRange, type ServiceNames } from '../service-ports.ts';

/** FortiOS writes a VIP that follows the interface's own address so. */
const INTERFACE_ADDRESS = '0.0.0.0';

type Taking = 'yes' | 'no' | 'unsure';

export const portConflictVip = defineRule({
  id: 'port-conflict-vip',
  title: 'A virtual IP takes the phone’s answer',
  severity: 'high',
  needs: ['pushService', 'vips', 'interfaces'],
  wants: [
    'global',
    'sslVpn',
    'customServices',
    'serviceGroups',
    'flowEvents',
    'callbackPackets',
    'liveAddresses',
    'zones',
  ],
  versions: 'all',
  references: [REFERENCES.SEED],
  witness(facts, context) {
    const port = callbackPort(facts.pushService);
    const seen = translation(facts, port);
    if (!seen) return undefined;
    const { to, quotes, vdom } = seen;
    const inner = `${to.address}${to.port === undefined ? '' : `:${to.port}`}`;
    const taking = inTheWay(facts)?.find(({ takes }) => takes(port) !== 'no')?.vip;
    return {
      verdict: 'broken',
      confidence: 'certain',
      title: `The phone’s answer is passed on to ${inner}, and never reaches the push service`,
      summary: `The log shows a connection to TCP ${port} of the FortiGate being sent on to ${inner}: ${
        taking ? `virtual IP ${taking.name}` : 'a virtual IP'
      } takes it. The phone gets no answer from the push service, and the login times out.`,
      evidence: [...quotes, ...(taking?.externalAddress.quotes ?? [])],
      fix: taking
        ? repair(taking, facts, context)
        : noCliFix(
            `Find it with \`show firewall vip\` in VDOM ${vdom ?? 'root'}: its \`mappedip\` holds ${to.address}. Narrow it to the ports its inside host needs, or move the push service to a port it does not take (\`set server-port\`).`,
          ),
      explains: ['callback-not-accepted'],
    };
  },
  check(facts, context): Judgement {
    const port = facts.pushService.value.serverPort.value;
    const judged = (inTheWay(facts) ?? []).map(({ vip, takes }) => ({ vip, taken: takes(port) }));
    const taking = judged.find(({ taken }) => taken === 'yes')?.vip;
    if (taking) {
      return {
        verdict: 'broken',
        // That a virtual IP wins over the local service is how FortiOS is known to work, not stated for push.
        confidence: 'likely',
        title: `The phone’s answer goes to virtual IP ${taking.name}, not to the FortiGate`,
        summary: `Virtual IP ${taking.name} ${taken(taking)} of ${taking.externalAddress.value} to an inside host, TCP ${port} included. The phone’s connection is sent on instead of being answered by the push service.`,
        evidence: [...taking.externalAddress.quotes, ...facts.pushService.value.serverPort.quotes],
        fix: repair(taking, facts, context),
      };
    }
    const unsure = judged.find((each) => each.taken === 'unsure')?.vip;
    if (unsure) {
      return {
        verdict: 'unknown',
        reason: `virtual IP ${unsure.name} takes services (${unsure.services.join(', ')}) whose ports the evidence does not show`,
        need: `whether one of these services covers TCP ${port}`,
        commands: ['custom-services'],
      };
    }
    return { verdict: 'healthy', reason: `no virtual IP takes TCP ${port} on the push address` };
  },
});

/** What became of the phone's packet, as a debug flow or a sniffer saw it. */
function translation(
  facts: Seen & Pick<Facts, 'flowEvents' | 'callbackPackets' | 'liveAddresses'>,
  port: number,
) {
  const flow = flowsTo(facts.flowEvents, port, facts).find((each) => each.dnat !== undefined);
  if (flow?.dnat) return { to: flow.dnat, quotes: flow.quotes, vdom: flow.vdom };
  const sniffed = passedOn(facts.callbackPackets, port, facts);
  return sniffed && { ...sniffed, vdom: undefined };
}

interface InTheWay {
  readonly vip: VirtualIp;
  readonly takes: (port: number) => Taking;
}

type Seen = Pick<Facts, 'pushService' | 'vips' | 'interfaces' | 'customServices' | 'serviceGroups' | 'zones'>;

/** Virtual IPs on the address and interface where the phone arrives. */
function inTheWay(facts: Seen): readonly InTheWay[] | undefined {
  const service = valueIfKnown(facts.pushService);
  const interfaces = valueIfKnown(facts.interfaces);
  const vips = valueIfKnown(facts.vips);
  if (!service || !interfaces || !vips) return undefined;
  const reached = reachedInterfaces(service, interfaces);
  const addresses = [
    callbackAddress(service),
    ...reached.flatMap((each) => [each.address, ...each.secondary]),
  ].filter((address) => address !== undefined);
  const services = {
    custom: valueIfKnown(facts.customServices) ?? [],
    groups: valueIfKnown(facts.serviceGroups) ?? [],
  };
  return vips
    .filter(
      (vip) =>
        vip.enabled &&
        isOnAddress(vip, addresses, reached) &&
        isOnInterface(vip, reached, interfaces, valueIfKnown(facts.zones) ?? []),
    )
    .map((vip) => ({ vip, takes: (port) => takesPort(vip, port, services) }));
}

function reachedInterfaces(service: PushService, interfaces: readonly Interface[]): readonly Interface[] {
  const target = callbackInterface(service, interfaces);
  return target.kind === 'exact' ? [target.interface] : target.interfaces;
}

function taken(vip: VirtualIp): string {
  if (vip.externalPort !== undefined) return `forwards port ${vip.externalPort}`;
  return vip.services.length > 0 ? `maps ${vip.services.join(', ')}` : 'maps every port';
}

type Repairing = Seen & Pick<Facts, 'global' | 'sslVpn'>;

/** A virtual IP without port forwarding takes every port, so that moving the port of the pushes would not help. */
function repair(vip: VirtualIp, facts: Repairing, context: RuleContext): Fix {
  const service: Fact<PushService> = facts.pushService;
  const takesAll = vip.externalPort === undefined && vip.services.length === 0;
  if (takesAll || service.state !== 'known') return narrow(vip, context);
  const others = inTheWay(facts) ?? [];
  return moveCallbackPort(
    context,
    service.value,
    {
      global: facts.global,
      sslVpn: facts.sslVpn,
      takes: (port) => others.some(({ takes }) => takes(port) !== 'no'),
    },
    [
      `Or narrow ${vip.name} to the ports its inside host needs (${vip.externalPort === undefined ? '`service`' : '`extport` and `mappedport`'}).`,
    ],
  );
}

function narrow(vip: VirtualIp, context: RuleContext): Fix {
  return vdomFix(
    context,
    vip.vdom,
    {
      apply: configEntry('firewall vip', vip.name, [
        'set portforward enable',
        'set protocol tcp',
        'set extport <port-of-the-inside-host>',
        'set mappedport <port-of-the-inside-host>',
      ]),
      undo: configEntry('firewall vip', vip.name, [
        'unset extport',
        'unset mappedport',
        'set portforward disable',
      ]),
      verify: ['show firewall vip'],
      note: `${vip.name} then passes on this one TCP port and nothing else: make one virtual IP for every port the inside host needs, or give it another public address than the phone calls. The port of the pushes cannot be moved out of its way, since it takes them all.`,
    },
    'the virtual IP',
  );
}

function isOnAddress(vip: VirtualIp, addresses: readonly string[], reached: readonly Interface[]): boolean {
  const [first = '', last = first] = vip.externalAddress.value.split('-');
  if (first === INTERFACE_ADDRESS) return reached.some((each) => each.name === vip.externalInterface);
  const from = parseIpv4(first);
  const to = parseIpv4(last);
  return addresses.some((address) => {
    const value = parseIpv4(address);
    return value !== undefined && from !== undefined && to !== undefined && from <= value && value <= to;
  });
}

/** FortiOS translates only what comes in on the interface the virtual IP names. A name that is none may be a zone nobody saw. */
function isOnInterface(
  { externalInterface, vdom }: VirtualIp,
  reached: readonly Interface[],
  all: readonly Interface[],
  zones: readonly Zone[],
): boolean {
  const inScope = reached.filter(
    (each) => vdom === undefined || each.vdom === undefined || each.vdom === vdom,
  );
  if (reached.length > 0 && inScope.length === 0) return false;
  const zone = zones.find((each) => each.name === externalInterface && (each.vdom ?? vdom) === vdom);
  const names = zone?.interfaces ?? [externalInterface];
  return (
    names.includes('any') ||
    inScope.some((each) => names.includes(each.name)) ||
    names.some((name) => !all.some((each) => each.name === name))
  );
}

function takesPort(vip: VirtualIp, port: number, services: ServiceNames): Taking {
  if (vip.takes === 'none') return 'no';
  if (vip.takes === 'ports') return inRange(vip.externalPort ?? '', port) ? 'yes' : 'no';
  return vip.services.length > 0 ? coversPort(vip.services, port, vip.vdom, services) : 'yes';
}
