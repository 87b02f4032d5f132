import { valueIfKnown } from '../../facts/fact.ts';
import { defineRule, healthy } from '../define-rule.ts';
import { configBlock, quoted, vdomFix } from '../shared/fix.ts';
import { nameList } from '../shared/logins.ts';
import { ownAddressTest, quotesOfPackets, reachedElsewhere, unansweredSyns } from '../shared/vpn-port.ts';

export const rule = defineRule({
  id: 'source-interface-missing',
  title: 'SSL VPN does not listen on the interface that the client comes in on',
  severity: 'high',
  hop: 'connection',
  number: 102,
  forCustomer: 'the firewall does not offer the connection on the line that this user comes in on',
  needs: ['sslVpn'],
  wants: ['attempts', 'callbackPackets', 'zones', 'interfaces', 'liveAddresses'],
  versions: 'all with SSL VPN',
  references: ['KB211965'],
  // Another client that got through does not answer the question about this one.
  checkPartial: (facts) => (facts.sslVpn.state === 'known' ? undefined : reachedElsewhere(facts)),
  check({ sslVpn, attempts, callbackPackets, zones, ...addresses }, context) {
    const isOwn = ownAddressTest(addresses);
    const [portal, another] = sslVpn.value;
    const syns = portal ? unansweredSyns(callbackPackets, portal.port.value) : [];
    const seen = syns.filter(
      (each) => each.interface !== undefined && each.interface !== 'any' && isOwn(each.to.address),
    );
    if (!portal || another || seen.length === 0) {
      const reached = reachedElsewhere({ attempts });
      if (reached) return reached;
      return {
        verdict: 'unknown',
        reason: 'the evidence does not show on which interface a client of SSL VPN comes in',
        need: 'a sniffer capture of the port of SSL VPN while the client connects',
        commands: [],
        allowsHealthyCase: true,
      };
    }
    const inZones = (valueIfKnown(zones) ?? []).filter(({ name }) => portal.interfaces.value.includes(name));
    const listed = new Set([...portal.interfaces.value, ...inZones.flatMap(({ interfaces }) => interfaces)]);
    const missing = seen.filter(({ interface: name = '' }) => !listed.has(name));
    if (missing.length === 0 || listed.has('any')) {
      return healthy(
        'SSL VPN listens on the interface that the client comes in on',
        portal.interfaces.quotes,
      );
    }
    const names = [...new Set(missing.flatMap(({ interface: name }) => name ?? []))];
    const clients = nameList(missing.map(({ from }) => from.address));
    return {
      verdict: 'broken',
      // The effect of the setting is inferred, not documented.
      confidence: 'likely',
      title: `The client comes in on ${nameList(names)}, where SSL VPN does not listen`,
      summary: `Packets of ${clients} to TCP ${portal.port.value} arrive on ${nameList(names)} and get no answer; \`source-interface\` holds ${nameList(portal.interfaces.value)} only. Clients stop at 10 %, while clients on ${nameList(portal.interfaces.value)} connect.`,
      evidence: [...quotesOfPackets(missing), ...portal.interfaces.quotes],
      fix: vdomFix(context, portal.vdom, {
        apply: configBlock(
          'vpn ssl settings',
          names.map((name) => `append source-interface ${quoted(name)}`),
        ),
        undo: configBlock(
          'vpn ssl settings',
          names.map((name) => `unselect source-interface ${quoted(name)}`),
        ),
        verify: ['show vpn ssl settings | grep source-interface'],
        note: `Opens the VPN page on ${nameList(names)} too. If that is not wanted, give the clients the address of ${nameList(portal.interfaces.value)}.`,
      }),
    };
  },
});
