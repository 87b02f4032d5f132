import { valueIfKnown } from '../../facts/fact.ts';
import { parseIpv4 } from '../../fortios/address.ts';
import { defineRule, healthy } from '../define-rule.ts';
import { noCliFix } from '../shared/fix.ts';
import { nameList } from '../shared/logins.ts';
import { openAddressBook } from '../shared/phone-sources.ts';
import { quotesOfPackets, reachedElsewhere, unansweredSyns } from '../shared/vpn-port.ts';

export const rule = defineRule({
  id: 'source-address-restricted',
  title: 'SSL VPN does not accept the address of the client',
  severity: 'high',
  hop: 'connection',
  number: 104,
  forCustomer: 'the firewall accepts connections from certain networks only',
  needs: ['sslVpn'],
  wants: ['attempts', 'callbackPackets', 'addresses', 'addressGroups'],
  versions: 'all with SSL VPN',
  references: ['KB211965'],
  // Another client that got through does not answer the question about this one.
  checkPartial: (facts) => (facts.sslVpn.state === 'known' ? undefined : reachedElsewhere(facts)),
  check(facts) {
    const { sslVpn, callbackPackets } = facts;
    const limited = sslVpn.value.find(({ sources }) => sources.explicit && !sources.value.includes('all'));
    if (!limited) {
      return healthy(
        'SSL VPN accepts every address',
        sslVpn.value.flatMap(({ sources }) => sources.quotes),
        ['sslVpn'],
      );
    }
    const book = openAddressBook(facts);
    const resolved = book.resolve(limited.sources.value, limited.vdom);
    const syns = unansweredSyns(callbackPackets, limited.port.value);
    const isNegated = limited.negated.value;
    const kept =
      'ranges' in resolved
        ? syns.filter(({ from }) => {
            const address = parseIpv4(from.address);
            if (address === undefined) return false;
            return resolved.ranges.some(([first, last]) => first <= address && address <= last) === isNegated;
          })
        : [];
    const names = nameList(limited.sources.value);
    if (kept.length === 0) {
      const reached = syns.length === 0 ? reachedElsewhere(facts) : undefined;
      if (reached) return reached;
      return {
        verdict: 'unknown',
        reason: `SSL VPN accepts ${isNegated ? `every address but ${names}` : `the addresses ${names} only`}; the evidence does not show a client that it keeps out`,
        need: `the public address of the client, and what ${names} ${limited.sources.value.length === 1 ? 'holds' : 'hold'}`,
        commands: valueIfKnown(facts.addresses) ? [] : ['addresses'],
        allowsHealthyCase: true,
      };
    }
    const clients = nameList(kept.map(({ from }) => from.address));
    return {
      verdict: 'broken',
      confidence: 'certain',
      title: isNegated
        ? `SSL VPN keeps ${clients} out: \`source-address-negate\` is on, and the address is in ${names}`
        : `SSL VPN does not accept ${clients}, which is not in ${names}`,
      summary: `Packets of ${clients} to TCP ${limited.port.value} arrive and get no answer. SSL VPN accepts ${
        isNegated ? `every address but those of ${names}` : `the addresses of ${names} only`
      }.`,
      evidence: [
        ...(isNegated ? limited.negated.quotes : []),
        ...limited.sources.quotes,
        ...quotesOfPackets(kept),
      ],
      fix: noCliFix(
        isNegated
          ? `Decide what ${names} is meant to be. If these are the networks that may connect, \`set source-address-negate disable\` in \`config vpn ssl settings\` turns the list round, and every other address is kept out. If they are to be kept out, take the address of this client off the list. Do not replace the list by \`all\`: that opens the VPN page to everybody.`
          : `If this client may connect, add an address object for it to the list (\`append source-address\` in \`config vpn ssl settings\`). Do not replace the list by \`all\`: that opens the VPN page to everybody.`,
      ),
    };
  },
});
