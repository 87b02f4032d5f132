import type { Interface, VirtualIp } from '../../facts/values.ts';
import { callbackAddress, callbackInterface } from '../callback-interface.ts';
import { defineRule } from '../define-rule.ts';
import { configEntry, vdomFix } from '../fix.ts';
import { moveCallbackPort } from '../free-port.ts';
import { REFERENCES } from '../references.ts';
import type { Fix, RuleContext } from '../rule.ts';

/** FortiOS writes a VIP that follows the interface's own address so. */
const INTERFACE_ADDRESS = '0.0.0.0';

export const portConflictVip = defineRule({
  id: 'port-conflict-vip',
  title: 'A virtual IP takes the phone’s answer',
  severity: 'high',
  needs: ['pushService', 'vips', 'interfaces'],
  wants: ['global', 'sslVpn'],
  versions: 'all',
  references: [REFERENCES.SEED],
  check({ pushService, vips, interfaces, global, sslVpn }, context) {
    const service = pushService.value;
    const port = service.serverPort.value;
    const target = callbackInterface(service, interfaces.value);
    const reached = target.kind === 'exact' ? [target.interface] : target.interfaces;
    const addresses = new Set(
      [callbackAddress(service), ...reached.flatMap((each) => [each.address, ...each.secondary])].filter(
        (address) => address !== undefined,
      ),
    );
    const taking = vips.value.find(
      (vip) => vip.enabled && isOnAddress(vip, addresses, reached) && takesPort(vip, port),
    );
    const takes = (each: number) =>
      vips.value.some((vip) => vip.enabled && isOnAddress(vip, addresses, reached) && takesPort(vip, each));
    if (!taking) {
      return { verdict: 'healthy', reason: `no virtual IP takes TCP ${port} on the push address` };
    }
    return {
      verdict: 'broken',
      // That a virtual IP wins over the local service is how FortiOS is known to work, not stated for push.
      confidence: 'likely',
      title: `The phone’s answer goes to virtual IP ${taking.name}, not to the FortiGate`,
      summary: `Virtual IP ${taking.name} ${taking.portForward ? `forwards port ${taking.externalPort}` : 'maps every port'} of ${taking.externalAddress.value} to an inside host, TCP ${port} included. The phone’s connection is sent on instead of being answered by the push service.`,
      evidence: [...taking.externalAddress.quotes, ...service.serverPort.quotes],
      fix: taking.portForward
        ? moveCallbackPort(context, pushService.value, { global, sslVpn, takes }, [
            `Or narrow ${taking.name} to the ports its inside host needs (\`extport\` and \`mappedport\`).`,
          ])
        : narrow(taking, context),
    };
  },
});

/** A virtual IP without port forwarding takes every port, so that moving the port of the pushes would not help. */
function narrow(vip: VirtualIp, context: RuleContext): Fix {
  return vdomFix(context, vip.vdom, {
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
  });
}

function isOnAddress(vip: VirtualIp, addresses: ReadonlySet<string>, reached: readonly Interface[]): boolean {
  const external = vip.externalAddress.value.split('-')[0] ?? '';
  if (external === INTERFACE_ADDRESS) return reached.some((each) => each.name === vip.externalInterface);
  return addresses.has(external);
}

function takesPort(vip: VirtualIp, port: number): boolean {
  if (!vip.portForward) return true;
  if (vip.protocol !== 'tcp' || vip.externalPort === undefined) return false;
  const [first, last = first] = vip.externalPort.split('-').map(Number);
  return first !== undefined && last !== undefined && first <= port && port <= last;
}
