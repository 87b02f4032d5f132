import { valueIfKnown } from '../../facts/fact.ts';
import { defineRule } from '../define-rule.ts';
import { noCliFix } from '../shared/fix.ts';
import { loginsInQuestion } from '../shared/logins.ts';
import { REFERENCES } from '../shared/references.ts';
import { addressesOf, holdsPublicAddress } from '../shared/wan-interfaces.ts';

/** Port of push.fortinet.com. */
const HTTPS = 443;

const ADVICE =
  '`system ftm-push` has no setting for source address or outgoing interface (`interface`, from 7.6.4 on, is where the answer arrives). Give the management VDOM a route to push.fortinet.com through an interface whose address can reach the Internet, or translate the source address in front.';

export const rule = defineRule({
  id: 'push-egress-unsuitable',
  title: 'The push request leaves by an interface or address without Internet access',
  severity: 'high',
  hop: 'push-request',
  number: 29,
  forCustomer: 'the firewall uses an unsuitable line to the service that sends requests to phones',
  needs: [],
  wants: ['attempts', 'debugLog', 'callbackPackets', 'interfaces', 'liveAddresses', 'pushEvents'],
  versions: 'all',
  references: [REFERENCES.SCHEMA],
  check({ attempts, debugLog, callbackPackets, interfaces, liveAddresses, pushEvents }, context) {
    const logins = valueIfKnown(attempts) ?? [];
    const sent =
      logins.findLast(({ milestones }) => milestones.pushSent)?.milestones.pushSent?.quote ??
      valueIfKnown(debugLog)?.unclaimedPushes?.[0]?.quote ??
      valueIfKnown(pushEvents)?.findLast((each) => each.sent)?.quotes[0];
    if (sent) return { verdict: 'healthy', reason: 'a push request got through', evidence: [sent] };

    const connect = loginsInQuestion(logins, context).find(({ milestones }) => milestones.pushConnect)
      ?.milestones.pushConnect;
    const packets = valueIfKnown(callbackPackets)?.packets ?? [];
    const towards = packets.filter(({ to }) => to.port === HTTPS && to.address === connect?.address);
    const replied = packets.some(({ from }) => from.port === HTTPS && from.address === connect?.address);
    const live = valueIfKnown(liveAddresses);
    const all = valueIfKnown(interfaces) ?? [];
    const odd = towards.find(({ from, interface: name, direction, flags }) => {
      const on = all.find((each) => each.name === name);
      return (
        direction === 'out' &&
        flags.includes('syn') &&
        on !== undefined &&
        holdsPublicAddress(on, live) &&
        !addressesOf(on, live).includes(from.address)
      );
    });
    if (connect && odd && !replied) {
      return {
        verdict: 'broken',
        confidence: 'possible',
        title: `Pushes leave through ${odd.interface} with source address ${odd.from.address} and get no reply`,
        summary: `The FortiGate connects to the push server ${connect.address} through ${odd.interface}, but with source address ${odd.from.address}, which is not an address of that interface. No reply came. This is correct if a device in front translates that address.`,
        evidence: [connect.quote, ...odd.quotes],
        fix: noCliFix(ADVICE),
        explains: ['push-proxy-unreachable', 'cloud-communication-disabled'],
      };
    }
    return {
      verdict: 'unknown',
      reason: 'the evidence does not show the source address and outgoing interface of push requests',
      need: `a capture of one push: \`diagnose sniffer packet any 'host ${connect?.address ?? '<push-server>'} and port ${HTTPS}' 4 20 l\`; its source should be an address of that interface`,
      commands: ['interfaces', 'interface-addresses'],
    };
  },
});
