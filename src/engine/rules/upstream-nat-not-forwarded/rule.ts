import type { Attempt, UnattributedCallback } from '../../facts/attempt.ts';
import { type DescribedSentence, findStatement, statedQuote } from '../../facts/described/described.ts';
import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { Interface } from '../../facts/network/interface-values.ts';
import { isIpAddress, isPrivateAddress } from '../../fortios/address.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';
import { LONGER_TIMER, TYPED_CODE } from '../shared/answers.ts';
import { callbackInterface } from '../shared/callback-interface.ts';
import { conversationsTo, flowsTo, watchFix } from '../shared/callback-packets.ts';
import { DEVICE_IN_FRONT } from '../shared/changes.ts';
import { ROUTER_OF_PROVIDER } from '../shared/described-symptoms.ts';
import { nameList } from '../shared/logins.ts';
import { pushAddress } from '../shared/push-address.ts';
import { unansweredLogins } from '../shared/unanswered-pushes.ts';
import { holdsPublicAddress, isWan, listAddresses, wanInterfaces } from '../shared/wan-interfaces.ts';

export const rule = defineRule({
  id: 'upstream-nat-not-forwarded',
  title: 'The device in front of the FortiGate does not forward the phone’s answer',
  severity: 'critical',
  hop: 'callback',
  number: 18,
  forCustomer: 'a router in front of the firewall does not pass the answers of phones on',
  disturbs: 'nobody: elsewhere',
  afterChange: [[DEVICE_IN_FRONT, 'the forwarding of the device before it has to be set there again.']],
  place: 'on the device in front of the FortiGate',
  leavesFortigate: true,
  stops: 'every user with push',
  answers: [
    // `what does the provider enter?`
    [
      [
        'request',
        /(?<!\p{L})(?:enter|eintragen|einstellen|saisir|configurer|poner|configurar|inserire|invoeren)(?!\p{L})/iu,
      ],
      'The device in front has to forward the TCP port in `server-port`, by default 4433, from its public address to the WAN address of the FortiGate.',
    ],
    LONGER_TIMER,
    TYPED_CODE,
    [
      /\bsafe to forward\b/i,
      'The forward opens only the push port, not the admin page; the FortiGate asks callers for a certificate.',
    ],
    [
      /\b(?:ISP|provider|carrier|Anbieter)\b/i,
      'The provider is needed if it runs the device in front, which has to forward the push port.',
    ],
    [
      'change',
      'Nothing on the FortiGate has to be changed: the device in front has to forward the push port.',
    ],
    [
      'which-address',
      '`server` needs the public address of the device in front, which forwards the port to the FortiGate.',
    ],
    [
      'side-effect',
      'The forward opens only the push port, not the admin page; the FortiGate asks callers for a certificate.',
    ],
    ['where', 'The forward belongs on the device in front, from its public address to the FortiGate.'],
    [
      'verify',
      'A sniffer on the push port shows it: a press on Approve brings a packet once the port is forwarded.',
    ],
    ['own-change', 'A new router or line in front needs the forward of the push port again.'],
    ['choice', 'The device in front has to forward the port; no setting of the FortiGate can replace that.'],
    [
      'prevent',
      'The forward of the push port belongs in the notes on the device in front, for its next replacement.',
    ],
    // `TCP or UDP?`
    [
      ['which-port', /\b(?:TCP|UDP)\b/],
      'The device in front has to forward the TCP port in `server-port`, by default 4433, to the FortiGate.',
    ],
  ],
  descriptions: [
    {
      all: ['routerBefore', 'forwards port443|only|not !pushPort / packets not / noPacket', 'approve'],
      or: [['routerBefore', 'forwards not pushPort', 'approve']],
      also: ['wan privateAddress', 'pushSettings|serverField publicAddress'],
      decided: {
        all: ['routerBefore', 'pushPort packets not / pushPort noPacket', 'approve'],
        fix: 'Ask those who run the device in front to forward TCP 4433 of the public address `<public-address>` to the FortiGate, `<private-address>` port 4433, as it does for the VPN. Nothing on the FortiGate has to be changed if `server` of push has that public address.',
      },
      title: 'The device in front of the FortiGate does not forward the phone’s answer',
      fix: "Run `diagnose sniffer packet any 'tcp port 4433' 4` while a user approves: no packet means that the device in front keeps it. Let the team of that device forward TCP 4433 of the public address to the FortiGate, as it does for the VPN, and set `server` of push to that public address.",
    },
  ],
  needs: ['pushService'],
  wants: [
    'interfaces',
    'liveAddresses',
    'hostLookups',
    'attempts',
    'looseCallbacks',
    'debugLog',
    'callbackPackets',
    'flowEvents',
    'userNotices',
    'described',
    'saidNetwork',
  ],
  references: ['KB277343'],
  check(facts, context) {
    const { pushService, interfaces, liveAddresses, attempts, looseCallbacks, debugLog } = facts;
    const service = pushService.value;
    const live = valueIfKnown(liveAddresses);
    const address = pushAddress(service, context);
    if (!address) return notApplicable('no callback address is set');
    const value = address.setting.value;
    if (isPrivateAddress(value)) return notApplicable(`${value} is private itself: fix that first`);
    const all = valueIfKnown(interfaces);
    const target = all && callbackInterface(service, all, live);
    const own = target?.kind === 'exact' ? target.interface : undefined;
    const facing = own ? [own] : wanInterfaces(all ?? [...(live?.keys() ?? [])].map(namedOnly));
    const open = facing.find((each) => holdsPublicAddress(each, live));
    if (open) return notApplicable(`${open.name} has a public address, so there is no NAT in front of it`);
    if (address.field === 'interface' && facing.some((each) => listAddresses(each, live).length > 0)) {
      return notApplicable(`pushes carry the private address of ${value} itself: fix that first`);
    }
    const port = service.serverPort.value;
    const arrived =
      arrival(attempts, looseCallbacks) ??
      conversationsTo(facts.callbackPackets, port, facts)[0]?.syns[0]?.quotes[0] ??
      flowsTo(facts.flowEvents, port, facts)[0]?.quotes[0];
    if (arrived) {
      return healthy('a phone’s answer reached the FortiGate', [arrived]);
    }
    const read = facing.flatMap((each) => listAddresses(each, live));
    const drawn = read.length > 0 ? undefined : valueIfKnown(facts.saidNetwork)?.inner;
    const inner = drawn ? [drawn.value] : read;
    if (inner.length === 0) {
      return undecided({
        reason: 'the evidence does not show the address of the WAN interface',
        need: 'the current address of the WAN interface',
        commands: ['interfaces', 'interface-addresses'],
      });
    }
    const sniffer = `diagnose sniffer packet any 'tcp port ${port}' 4 20 l`;
    const silent = valueIfKnown(debugLog)?.daemons['ftm-push'] ? unansweredLogins(attempts, context) : [];
    const [first] = silent;
    const refusesItself = (own ? [own] : (all ?? []).filter(isWan)).some(
      ({ partial, allowaccess }) => (own ?? partial) && !allowaccess.value.includes('ftm'),
    );
    const empty = emptyCapture(facts.callbackPackets, port);
    const ports = (valueIfKnown(facts.described) ?? []).find((sentence) => forwardsOthers(sentence, port));
    const pressed = empty && valueIfKnown(facts.userNotices)?.find(({ kind }) => kind === 'push-shown');
    const said = ports ?? pressed;
    if (refusesItself || (!first && !empty && !ports)) {
      const outside = isIpAddress(value) ? value : `the address behind ${value}`;
      return undecided({
        reason: `the WAN address ${inner.join(', ')} is private and the phone connects to ${value}, so a device in front has to forward TCP ${port}; the evidence does not show whether it does`,
        need: `whether packets to TCP ${port} arrive while the user presses Approve (\`${sniffer}\`), forwarded from ${outside}; or the debug output of one login`,
        commands: 'debug-recipe',
      });
    }
    const to = inner[0] ?? '';
    const isOfProvider = statedQuote(ROUTER_OF_PROVIDER, facts.described) !== undefined;
    const note = `On the device in front, forward TCP ${port} to ${to}${ports ? ', as it forwards the ports of the VPN' : ''}. ${isOfProvider ? '' : 'If that device is a FortiGate, this is a `firewall vip` with `portforward` for this port and a policy that accepts it. '}Then run the capture while the user presses Approve: it must show a \`syn\`.`;
    const users = nameList(silent.map((each) => each.user));
    const shown = [
      ...(first
        ? [`The push for ${users} was sent, and no connection from a phone arrived before the login ended.`]
        : []),
      ...(empty
        ? [
            pressed
              ? 'Approve was pressed, and a capture on that port ended without a packet.'
              : 'A capture on that port ended without a packet.',
          ]
        : []),
      ...(ports ? [`The ports that are said to be forwarded do not include ${port}.`] : []),
    ];
    const isOpen = said ? '' : ', unless the user never pressed Approve';
    return broken(first || said ? 'likely' : 'possible', {
      title:
        first || said
          ? `The device in front does not forward TCP ${port} to ${to}`
          : `Nothing arrived on TCP ${port}: the device in front may not forward it to ${to}`,
      summary: `The FortiGate is behind another router or firewall: its WAN address ${inner.join(', ')} is private, and the push tells the phone to connect to ${value}:${port}. ${shown.join(' ')} So the device in front does not forward TCP ${port}${isOpen}.`,
      evidence: [
        ...(drawn?.quotes ?? []),
        ...(ports ? [ports.quote] : []),
        ...(empty?.quotes ?? []),
        ...(pressed ? [pressed.quote] : []),
        ...address.setting.quotes,
        ...silent.flatMap(({ milestones }) => (milestones.pushSent ? [milestones.pushSent.quote] : [])),
      ],
      ...(isOfProvider && {
        answers: [
          [
            /\b(?:ISP|provider|carrier|Anbieter)\b/i,
            `The router in front has to forward TCP ${port} to ${to}; nothing on the FortiGate has to be changed. The provider is needed only if you cannot log in to that router.`,
          ],
        ],
      }),
      fix: watchFix(context, facing[0]?.vdom, port, note),
    });
  },
});

/** An interface of which outputs show the address and nothing else. */
function namedOnly(name: string): Interface {
  const allowaccess = { value: [], explicit: false, quotes: [] };
  return { name, secondary: [], secondaryAccess: [], mode: 'static', allowaccess };
}

/** `the modem forwards just 443` */
function forwardsOthers(sentence: DescribedSentence, port: number): boolean {
  const ports: readonly string[] = sentence.quote.text.match(/(?<![\d.])\d{2,5}(?![\d.]*\.\d)/g) ?? [];
  const isSaid =
    findStatement('forwards only / routerBefore|provider opens|forwards only', [sentence]) !== undefined;
  return isSaid && ports.length > 0 && !ports.includes(String(port));
}

/** A capture of all packets of the port on every interface that ended with none. */
function emptyCapture(packets: Facts['callbackPackets'], port: number) {
  return valueIfKnown(packets)?.captures.find(
    ({ ports, interfaces, received }) =>
      received === 0 && interfaces.includes('any') && ports !== 'all' && ports.includes(port),
  );
}

function arrival(attempts: Fact<readonly Attempt[]>, looseCallbacks: Fact<readonly UnattributedCallback[]>) {
  const ofUser = valueIfKnown(attempts)?.find(
    ({ milestones }) => milestones.clientHello ?? milestones.callbackCompleted,
  );
  const loose = valueIfKnown(looseCallbacks)?.find((each) => each.clientHello ?? each.completed);
  return (
    ofUser?.milestones.clientHello?.quote ??
    ofUser?.milestones.callbackCompleted?.quote ??
    loose?.clientHello?.quote ??
    loose?.completed?.quote
  );
}
