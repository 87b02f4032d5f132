import type { Quote } from '../../evidence/types.ts';
import { statedQuote } from '../../facts/described/described.ts';
import type { Phase1 } from '../../facts/device/settings.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { SniffedPacket } from '../../facts/log-events.ts';
import { broken, defineRule, undecided } from '../define-rule.ts';
import type { Instead, Judgement } from '../rule.ts';
import { DEVICE_IN_FRONT } from '../shared/changes.ts';
import { OTHER_NETWORK } from '../shared/described-symptoms.ts';
import { byLines } from '../shared/disturbed.ts';
import { gotFurther, quoteSigns, tunnelNames } from '../shared/ike-logins.ts';
import { nameList } from '../shared/logins.ts';
import { clientsText, countOfLogins, failedWith, firstQuotes, listQuotes } from '../shared/vpn-logins.ts';
import { silentClient } from '../shared/vpn-port.ts';

export const rule = defineRule({
  id: 'ike-udp-blocked',
  title: 'The client’s second IKE message does not arrive',
  severity: 'high',
  hop: 'connection',
  number: 111,
  forCustomer: 'the network in which the computer is lets only a part of the connection through',
  disturbs: byLines('nobody: elsewhere'),
  afterChange: [[DEVICE_IN_FRONT, 'first look whether that device lets UDP 500 and 4500 pass.']],
  place: 'on the way between the client and the FortiGate, where IKE packets do not get through',
  answers: [
    // `can we get around the blocked port?`
    [
      /\b(?:get around|around the block|over TCP|TCP)\b/i,
      'IKE over TCP is a way around the block: `transport auto` and one TCP port on the tunnel and in FortiClient (FortiOS 7.4.2, FortiClient 7.4.1).',
    ],
    ['enough', 'UDP 500 and 4500 are both needed: behind NAT the client goes on with 4500.'],
    [
      'clients',
      'The clients stay as they are if their network lets UDP 500 and 4500 through; IKE over TCP needs a change of their profile.',
    ],
    // `do I change the pre-shared key?`
    [
      /\b(?:PSK|pre-?shared|clave (?:pre-?)?compartida|clé (?:pré-?)?partagée)/i,
      'The pre-shared key can stay: it is checked only after the packets that are lost here.',
    ],
    [
      'who',
      'The cause stops clients in a network that blocks UDP 500 or 4500; the same client on mobile data shows it.',
    ],
    ['which-port', 'UDP 500 and 4500 to the VPN gateway have to be let through.'],
    [
      'change',
      'Nothing on the FortiGate is wrong; IKE over TCP (`transport auto`, FortiOS 7.4.2, FortiClient 7.4.1) is a way around the block.',
    ],
    [
      'place',
      'The network of the client does not let IKE through (UDP 500 or 4500), so the FortiGate is not at fault.',
    ],
    ['meanwhile', 'A hotspot of the phone is a way in: mobile data lets UDP 500 and 4500 pass.'],
    ['elsewhere', 'The hotspot lets UDP 500 and 4500 pass; the network in question loses them.'],
    [
      'prevent',
      'IKE over TCP (`transport auto`, FortiOS 7.4.2, FortiClient 7.4.1) gets through networks that block UDP.',
    ],
    [
      'verify',
      'A sniffer on UDP 4500 shows it: from a hotspot packets of the client arrive, from the network in question they do not.',
    ],
    ['where', 'UDP 500 and 4500 are let through on the router or firewall of that network.'],
    ['choice', 'The network lets UDP 500 and 4500 through, or tunnel and client use IKE over TCP.'],
    [
      'own-change',
      'A new router or network of the client can block UDP 4500, with a FortiGate that did not change.',
    ],
  ],
  descriptions: [
    {
      all: ['ipsec', 'mobileData works', 'foreignNet'],
      or: [
        ['ipsec fails|waits|not|unanswered', 'mobileData works'],
        ['ipsec', 'udpBlocked'],
        ['ipsec foreignNet fails|waits|not', 'mobileData'],
      ],
      also: ['udpBlocked', 'mobileData works', 'foreignNet', 'others works'],
      not: ['approval !not !saml', 'request phone', 'psk changed', 'proposal', 'peerId'],
      title: 'The network of the client does not let the IPsec packets through (UDP 500 or 4500)',
      fix: 'Let the user connect once over mobile data. If that works, the first network blocks UDP 500 or 4500: ask its administrator to allow both to the address of the VPN. Where that is impossible, IPsec over TCP helps, which the FortiGate (`set transport auto` in phase 1) and a current FortiClient can do.',
      decided: {
        all: ['mobileData works|connects !not', 'ipsec', 'udpBlocked|noPacket'],
        fix: 'Until it is solved, the user connects over mobile data, where the tunnel comes up. Ask the administrator of that network to allow UDP 500 and 4500 to the address of the VPN. Where that is impossible (a hotel), IPsec over TCP helps: `set transport auto` in phase 1 (FortiOS 7.4.2 or later), FortiClient 7.4.1 or later, and the same TCP port in its profile.',
      },
    },
  ],
  needs: ['attempts'],
  wants: ['callbackPackets', 'userNotices', 'described', 'phase1s'],
  references: ['AG442351'],
  checkPartial: (facts) => stopsBeforeNat(facts),
  check({ attempts, described, callbackPackets, userNotices }, context) {
    const shown = failedWith(
      attempts.value,
      context,
      'ike-timeout',
      (_, { trace: { signs } }) =>
        signs['gateway-matched'] !== undefined &&
        signs['ike-first']?.[0]?.quote.text.includes('SA_INIT') === true &&
        (signs['peer-id'] ??
          signs['eap-asked'] ??
          signs['port-changed'] ??
          signs['forticlient-version'] ??
          signs['peer-certificate'] ??
          signs['psk-mismatch']) === undefined,
    );
    const [first] = shown;
    if (!first) {
      return gotFurther(
        attempts.value,
        ['peer-id', 'eap-asked', 'port-changed', 'ike-sa-added'],
        'the client’s second message arrived',
      );
    }
    const logins = shown.map(({ login }) => login);
    const from = clientsText(logins);
    const { client } = first.login.trace;
    const isTried = wasTriedElsewhere(described);
    // A sniffer limited to the client and the port, which counted no packet.
    const silent = (valueIfKnown(callbackPackets)?.captures ?? []).find(
      ({ filter, ended }, index) =>
        ended &&
        client !== undefined &&
        filter.includes(client) &&
        /\b4500\b/.test(filter) &&
        !valueIfKnown(callbackPackets)?.packets.some(({ capture }) => capture === index),
    );
    const works = isTried ? undefined : statedQuote(WORKS_ELSEWHERE, described);
    // `sniffer on udp 4500 from her address: 0 packets`
    const counted = statedQuote('noPacket !supposed', described);
    if (works)
      return blockedByNetwork({
        from,
        tunnels: tunnelNames(shown),
        evidence: [
          ...listQuotes(shown),
          ...quoteSigns(first.login, 'ike-packet', 'gateway-matched'),
          ...(silent?.quotes ?? []),
          works,
          ...(counted ? [counted] : []),
        ],
        isSniffed: (silent ?? counted) !== undefined,
        said: valueIfKnown(userNotices)?.find(({ kind }) => kind === 'ipsec-client')?.quote,
      });
    return broken('possible', {
      title: `Only the first IKE message of ${from} arrives${isTried ? ', from another network too' : ': a network may block UDP 4500'}`,
      summary: `${countOfLogins(logins, attempts.value)} ended in a timeout: ${tunnelNames(shown)} answered the first message on UDP 500, and nothing more came from ${from}. Behind NAT the second one comes on UDP 4500. A client that drops the answer looks the same.`,
      evidence: [...listQuotes(shown), ...quoteSigns(first.login, 'ike-packet', 'gateway-matched')],
      fix: openPorts(from, client, { isTried, isSniffed: silent !== undefined }),
    });
  },
});

/** `with my phone's hotspot it works at once`, `en partage de connexion ça monte tout de suite` */
const WORKS_ELSEWHERE =
  'mobileData works !not / mobileData connects immediately !not|fails / otherWay works !not';

/** Another network lets the same client in, so the one in use stops UDP 4500. */
function blockedByNetwork({
  from,
  tunnels,
  evidence,
  isSniffed,
  isRepeated = false,
  said,
}: {
  readonly from: string;
  readonly tunnels: string;
  readonly evidence: readonly Quote[];
  readonly isSniffed: boolean;
  /** The client sends its first message again, so that the answer may have been stopped, too. */
  readonly isRepeated?: boolean;
  readonly said: Quote | undefined;
}): Judgement {
  const side = `The network of ${from} is at fault, not the FortiGate: only the first message arrives from there, and the same client connects in another network.`;
  return broken(isSniffed && !isRepeated ? 'certain' : 'likely', {
    title: `The network of ${from} blocks UDP ${isRepeated ? '500 or ' : ''}4500: only the first IKE message arrives`,
    summary: `${tunnels} answered the first message on UDP 500, and ${isRepeated ? 'the client sent it again instead of the next one' : 'nothing more came'}${isSniffed ? '; a sniffer on UDP 4500 saw no packet' : ''}. Behind NAT the second message comes on UDP 4500. By the message the same client connects in another network.`,
    evidence: firstQuotes([...evidence, ...(said ? [said] : [])]),
    answers: [
      ['place', side],
      ['elsewhere', side],
      ['meanwhile', 'The other network, in which the client connects, is the way for now.'],
      [
        'password',
        'The password stays as it is: the network stops the connection before a name or password is asked for.',
      ],
    ],
    fix: {
      todo: 'Use the other network meanwhile, such as the hotspot of the phone: nothing has to be changed at the user or the password. Only who runs this network can open UDP 500 and 4500. For such places, a tunnel with `transport auto` (IKEv2, FortiOS 7.4.2 or later) also takes TCP, with FortiClient 7.4.1 or later whose profile has the same port; the clients of Windows and macOS have no IKE over TCP.',
      forward: {
        to: 'the administrator of that network',
        text: `Please allow UDP 500 and 4500 to the VPN gateway; from ${from} only the first message arrived.`,
      },
    },
  });
}

/** A person says that another network makes no difference. */
function wasTriedElsewhere(described: Facts['described']): boolean {
  return statedQuote(OTHER_NETWORK, described, 'works !not') !== undefined;
}

function openPorts(
  from: string,
  client: string | undefined,
  { arrived = 'only the first message', isTried = false, isSniffed = false } = {},
): Instead | string {
  const look = isSniffed
    ? ''
    : ` See on the FortiGate whether anything arrives: \`diagnose sniffer packet any 'host ${client ?? '<client>'} and udp port 4500' 4 20 l\`.`;
  return isTried
    ? `It fails from another network too, so let the router in front of the FortiGate forward UDP 500 and 4500, and compare the tunnel’s settings with the client’s profile.${look} The client’s log of that minute shows what it did with the answer.`
    : {
        todo: `Try the same client on mobile data: if it connects there, its network blocks UDP 4500.${look} With IKEv2, FortiOS 7.4.2 and FortiClient 7.4.1 or later, a tunnel with \`transport auto\` also takes TCP; the client’s profile needs the same port.`,
        forward: {
          to: 'the administrator of that network',
          text: `Please allow UDP 500 and 4500 to the VPN gateway; from ${from} ${arrived} arrived.`,
        },
      };
}

const IKE = 500;
const IKE_BEHIND_NAT = 4_500;
/** Seconds. Clients repeat a message every few seconds; one that begins anew waits longer. */
const REPEATED_WITHIN_S = 15;

/**
 * A sniffer on both ports of IKE: from behind NAT, another source port than 500, the client sends on UDP 500, is answered,
 * and sends nothing on UDP 4500.
 */
function stopsBeforeNat({
  callbackPackets,
  userNotices,
  described,
  phase1s,
  attempts,
}: Pick<Facts, 'callbackPackets' | 'userNotices' | 'described' | 'phase1s' | 'attempts'>):
  | Judgement
  | undefined {
  const { captures, packets } = valueIfKnown(callbackPackets) ?? { captures: [], packets: [] };
  const said = valueIfKnown(userNotices)?.find(({ kind }) => kind === 'ipsec-client')?.quote;
  // Between two gateways the same packets belong to a tunnel between sites, and to no login.
  const tunnels = valueIfKnown(phase1s) ?? [];
  if (!said && tunnels.some(({ dialup }) => !dialup)) return undefined;
  const isOfPerson =
    said !== undefined ||
    tunnels.length > 0 ||
    statedQuote('client|laptop|remoteWork|user', described) !== undefined;
  const works = wasTriedElsewhere(described) ? undefined : statedQuote(WORKS_ELSEWHERE, described);
  for (const [index, capture] of [...captures.entries(), [undefined, HEADLESS] as const]) {
    if (!/\b500\b/.test(capture.filter)) continue;
    const isWhole = capture.ended && /\b4500\b/.test(capture.filter);
    const own = packets.filter((packet) => packet.capture === index);
    const first = own.find(isFirst);
    const client = first?.from.address ?? (isWhole ? silentClient(capture, 'udp') : undefined);
    const ofClient = own.filter(({ from, to }) => [from.address, to.address].includes(client ?? ''));
    const answer = ofClient.find(({ from, to }) => from.port === IKE && to.address === client);
    const isFurther =
      packets.some(
        ({ from, to }) =>
          [from.port, to.port].includes(IKE_BEHIND_NAT) && [from.address, to.address].includes(client ?? ''),
      ) ||
      valueIfKnown(attempts)?.some(
        ({ trace, outcome }) => trace.client === client && outcome === 'succeeded',
      );
    // A tunnel that the FortiGate began has the same ports on both sides.
    if (client === undefined || isFurther || ofClient[0]?.direction === 'out') continue;
    if (first && !answer) {
      const isSeen = !/\b(?:src|dst)\b/.test(capture.filter) && index !== undefined;
      if (isSeen && (isWhole || ofClient.length > 1))
        return onOtherInterface(first, tunnels) ?? notAnswered(first);
      continue;
    }
    if (!isOfPerson) continue;
    const shown = [...(first?.quotes ?? []), ...(answer?.quotes ?? [])];
    const isTried = wasTriedElsewhere(described);
    const again = first && answer && repeatedAfter(answer, ofClient);
    if (works && answer && isWhole)
      return blockedByNetwork({
        from: `client ${client}`,
        tunnels: 'The FortiGate',
        evidence: [...shown, ...(again?.quotes ?? []), ...capture.quotes, works],
        isSniffed: true,
        isRepeated: again !== undefined,
        said,
      });
    if (again) return answersLost(client, [...shown, ...again.quotes, ...(said ? [said] : [])], isTried);
    if (!isWhole || first?.from.port === IKE) continue;
    return blockedFor(client, [...shown, ...capture.quotes], said, {
      isAnswered: first !== undefined,
      isTried,
    });
  }
  return undefined;
}

/** Packets whose filter was cut off: they show what was answered, and not what was not. */
const HEADLESS = { filter: 'port 500', ended: false, interfaces: [], ports: [], quotes: [] };

/** To the port of IKE; from the same port only where the direction is shown. */
function isFirst({ from, to, direction }: SniffedPacket): boolean {
  return to.port === IKE && (from.port === IKE ? direction === 'in' : direction !== 'out');
}

/** A message that comes once more although it was answered. Its answer would have brought the next one. */
function repeatedAfter(answer: SniffedPacket, packets: readonly SniffedPacket[]): SniffedPacket | undefined {
  const at = packets.indexOf(answer);
  const sizes = new Set(
    packets
      .slice(0, at)
      .filter(isFirst)
      .map(({ size }) => size),
  );
  return packets
    .slice(at)
    .find(
      (packet) =>
        isFirst(packet) &&
        packet.size !== undefined &&
        sizes.has(packet.size) &&
        (packet.at ?? 0) - (answer.at ?? 0) <= REPEATED_WITHIN_S,
    );
}

function answersLost(client: string, evidence: readonly Quote[], isTried: boolean): Judgement {
  return broken('possible', {
    title: `The answers on UDP ${IKE} do not reach client ${client}: it repeats its message`,
    summary: `The FortiGate answers the client’s first message, and the client sends it again instead of the next one. What leaves the FortiGate gets lost on the way back, or in a firewall in front of the client. A client that drops the answer looks the same.`,
    evidence: firstQuotes(evidence),
    fix: openPorts(`client ${client}`, client, { isTried, isSniffed: true }),
  });
}

/** FortiOS answers IKE on the interface of the tunnel. */
function onOtherInterface(
  { from, interface: name, quotes }: SniffedPacket,
  tunnels: readonly Phase1[],
): Judgement | undefined {
  const own = tunnels.filter(({ dialup }) => dialup);
  if (name === undefined || name === 'any' || own.length === 0) return undefined;
  if (own.some((each) => each.interface.value === name || each.interface.value === '')) return undefined;
  const names = nameList(own.map((each) => each.name));
  const on = nameList(own.map((each) => each.interface.value));
  // The tunnel may be on a loopback interface that is reached through this one.
  return broken('possible', {
    title: `IKE packets of ${from.address} come in on ${name}, and ${names} listens on ${on}`,
    summary: `The packets arrive on UDP ${IKE} of ${name} and get no answer: FortiOS answers IKE on the interface of a tunnel, and no dial-up tunnel that was read is on ${name}.`,
    evidence: [...quotes, ...own.flatMap((each) => each.interface.quotes)].slice(0, 6),
    fix: `Give the client the address of ${on}, or make a dial-up tunnel on ${name} if its clients are meant to come in there.`,
  });
}

/** Why IKE is silent only its debug tells: no tunnel for clients, none with a policy, or a local-in policy. */
function notAnswered({ from, interface: name }: SniffedPacket): Judgement {
  const on = name === undefined || name === 'any' ? '' : ` on ${name}`;
  return undecided({
    reason: `IKE packets of ${from.address} arrive${on} (UDP ${IKE}), and the FortiGate does not answer`,
    need: 'the debug of IKE while the client connects',
    commands: 'debug-recipe',
    isHeadline: true,
  });
}

function blockedFor(
  client: string,
  evidence: readonly Quote[],
  said: Quote | undefined,
  { isAnswered, isTried }: { readonly isAnswered: boolean; readonly isTried: boolean },
): Judgement {
  return broken('possible', {
    title: isAnswered
      ? `Of client ${client} only UDP 500 arrives: a network may block UDP 4500`
      : `No IKE packet of client ${client} arrives: a network may block UDP 500 and 4500`,
    summary: isAnswered
      ? `The sniffer saw both ports of IKE. ${client} is behind NAT, its packets on UDP 500 were answered, and none came on UDP 4500, where IKE goes on behind NAT. A client that drops the answer looks the same.`
      : `The sniffer was limited to ${client} and both ports of IKE, and counted no packet. If the client tried meanwhile, its packets end before this FortiGate.`,
    evidence: [...evidence, ...(said ? [said] : [])],
    fix: openPorts(`client ${client}`, client, {
      isTried,
      isSniffed: true,
      ...(!isAnswered && { arrived: 'nothing' }),
    }),
  });
}
