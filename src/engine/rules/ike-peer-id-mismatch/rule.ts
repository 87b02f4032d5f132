import type { Attempt } from '../../facts/attempt.ts';
import type { Phase1 } from '../../facts/device/settings.ts';
import { type Fact, type Sourced, valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { broken, defineRule } from '../define-rule.ts';
import type { Broken, RuleContext } from '../rule.ts';
import { NEXT_LOGIN, OPENS_NOTHING } from '../shared/answers.ts';
import { CLIENTS } from '../shared/changes.ts';
import { profileHasOtherId } from '../shared/client-profile.ts';
import { byLines } from '../shared/disturbed.ts';
import { findPhase1, gotFurther, quoteSigns, tunnelNames, versionOfClient } from '../shared/ike-logins.ts';
import { nameList, needsLogin } from '../shared/logins.ts';
import { countOfLogins, failedWith, listQuotes, without } from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'ike-peer-id-mismatch',
  title: 'The client’s local ID is not the one that the tunnel asks for',
  severity: 'high',
  hop: 'connection',
  number: 146,
  forCustomer: 'a name in the settings of the program differs from that of the firewall',
  disturbs: byLines('only this computer'),
  afterChange: [[CLIENTS, 'the new clients have another profile than those before.']],
  place: 'in the local ID in the client’s profile, which the tunnel does not accept',
  leavesFortigate: true,
  answers: [
    // `do capitals matter?`
    [
      /(?<!\p{L})(?:upper|lower|capitals?|case|Groß\p{L}*|Klein\p{L}*|majuscule\p{L}*|mayúscula\p{L}*|maiuscol\p{L}*|maiúscula\p{L}*|hoofdletter\p{L}*)(?!\p{L})/iu,
      'The local ID has to be the text of `peerid` in the phase 1, with the same capitals.',
    ],
    // `can that be done centrally?`
    [
      /(?<!\p{L})(?:EMS|central\p{L}*|zentral\p{L}*|centraal)(?!\p{L})/iu,
      'EMS can set the local ID in the profile of all clients; without EMS each client needs it, or `peerid` becomes what they send.',
    ],
    [
      /peertype|any (?:peer|local|id)/i,
      '`peertype any` accepts every ID, but FortiOS may then take the client for one of another tunnel.',
    ],
    // `What does "gw validation failed" mean here?`
    [
      /gw validation failed/i,
      'Here `gw validation failed` means that the tunnel does not accept the local ID which the client sent.',
    ],
    // `Where in FortiClient is that set?`, `Wo im FortiClient steht das?`
    [
      /\b(?:where|wo|où|dónde|waar)\b.{0,60}\b(?:FortiClient|client|profile?)\b/i,
      'FortiClient has the local ID in the settings of the connection: Advanced Settings, Phase 1, Local ID. In an exported profile it is `<localid>`.',
    ],
    [
      /\bPSK\b|pre-?shared|\bkeys?\b|Schlüssel|\bclave\b|\bclé\b/i,
      'The login ends at the local ID, before the pre-shared key is proven: the log says nothing against the key.',
    ],
    ['who', 'The cause stops every client with this local ID; a client with the right ID gets further.'],
    [
      [/\blocal ?-?id\b/i, 'which-value'],
      'The local ID has to be the text of `peerid` in the phase 1, with the same capitals.',
    ],
    [
      'where',
      'FortiClient has the local ID under Advanced Settings, Phase 1; the FortiGate has `peerid` in the phase 1.',
    ],
    [
      'verify',
      'A debug of ike shows the ID that the client sends; `show vpn ipsec phase1-interface` shows `peerid`.',
    ],
    ['elsewhere', 'Clients that get in send the local ID that the tunnel asks for.'],
    ['prevent', 'One profile for all clients is useful, with the local ID.'],
    ['choice', 'The client’s local ID becomes that of `peerid`; this leaves the other clients alone.'],
    NEXT_LOGIN,
    OPENS_NOTHING,
  ],
  loginReasons: { 'peer-id-refused': 'local ID not accepted' },
  descriptions: [
    {
      all: ['peerId', 'peerId missing|only|differs|works|types|not'],
      or: [['peerId', 'others works']],
      also: ['others works', 'peerId', 'psk', 'fails'],
      not: ['approval !not !saml', 'request phone', 'secondTunnel', 'networkId'],
      title: 'The client’s local ID is not the one that the tunnel asks for',
      fix: 'Look at phase 1 under “VPN > IPsec Tunnels”: “Accept Types” and “Peer ID” (`show vpn ipsec phase1-interface`). Write the same text into “Local ID” in the profile of the client, in the same upper and lower case, or let the tunnel accept any peer ID if it is the only dial-up tunnel.',
    },
  ],
  needs: ['attempts'],
  wants: ['phase1s', 'clientProfile', 'shownSettings'],
  references: ['KB339644', 'KB408078'],
  checkPartial: profileHasOtherId,
  check({ attempts, phase1s, shownSettings }, context) {
    const refused = failedWith(attempts.value, context, 'peer-id-refused', without('peer-id-accepted'));
    if (refused.length === 0) {
      return (
        askedByNone(attempts.value, phase1s, context) ??
        gotFurther(attempts.value, ['peer-id-accepted'], 'the tunnel accepted the client’s identity')
      );
    }
    const named = refused.flatMap((each) => {
      const id = each.login.trace.signs['peer-id']?.at(-1)?.fields;
      if (id?.kind !== 'FQDN' || id.id === undefined) return [];
      const phase1 = findPhase1(each.login, phase1s);
      const own =
        phase1?.peerType.value === 'one'
          ? phase1.peerId
          : (acceptedId(attempts.value, each.login) ?? pickedId(each.login, shownSettings));
      const isOpen = phase1?.peerType.value === 'any' || own?.value === id.id;
      // IKE begins with the first tunnel of the interface, and its local ID moves a client to its own.
      const meant = phase1 && !isNear(phase1.peerId.value, id.id) ? meantBy(id.id, phase1s) : undefined;
      return isOpen ? [] : [{ ...each, id: id.id, asked: meant?.peerId ?? own, meant }];
    });
    const [first] = named;
    if (!first) return needsLogin('the client was refused, but sent no name that the tunnel could refuse');
    const logins = named.map(({ login }) => login);
    const tunnel = first.meant?.name ?? tunnelNames(named);
    const others = first.meant ? [] : otherIds(first.login, phase1s);
    const ids = nameList(named.map(({ id }) => `“${id}”`));
    const { asked } = first;
    return broken(asked ? 'certain' : 'likely', {
      title: asked
        ? `The client calls itself ${ids}, and ${tunnel} asks for “${asked.value}”`
        : `${tunnel} does not accept the local ID ${ids} of the client`,
      summary: `${countOfLogins(logins, attempts.value)} ended with \`gw validation failed\` before the user was asked for a name. ${
        asked
          ? `${first.meant ? `The ID is nearly that of ${tunnel}, which lets in only` : 'The tunnel lets in only'} clients with the local ID “${asked.value}”.${others.length === 0 ? '' : ` Of the other tunnels, ${nameList(others)}.`}`
          : 'The settings of the tunnel (`peertype`, `peerid`, `eap`) are not in the evidence; a tunnel without EAP refuses clients with the same line.'
      }`,
      evidence: [...quoteSigns(first.login, 'peer-id'), ...(asked?.quotes ?? []), ...listQuotes(named)],
      ...(asked &&
        others.length === 0 && {
          answers: [
            [
              'tell',
              `The user can be told to change the local ID in FortiClient from ${ids} to “${asked.value}” (settings of the connection, Advanced Settings, Phase 1); nothing else has to change.`,
            ],
          ],
        }),
      fix: {
        todo: `Correct the local ID in the client’s profile${others.length > 0 ? ' to that of its own tunnel' : asked ? ` to “${asked.value}”` : ', as `show vpn ipsec phase1-interface` prints it behind `peerid`'}.`,
        forward: {
          to: 'the administrator of the client profiles',
          text: `The profile has the local ID ${ids}, which ${tunnel} does not accept${asked && others.length === 0 ? `; it must be “${asked.value}”` : ''}.`,
        },
      },
    });
  },
});

/** The only dial-up tunnel whose ID is nearly the one of the client. */
function meantBy(id: string, phase1s: Fact<readonly Phase1[]>): Phase1 | undefined {
  const near = (valueIfKnown(phase1s) ?? []).filter(
    ({ dialup, peerType, peerId }) =>
      dialup && peerType.value === 'one' && peerId.value !== id && isNear(peerId.value, id),
  );
  return near.length === 1 ? near[0] : undefined;
}

/** Characters that two names must share to be nearly equal. */
const MIN_SHARED = 4;

/** One begins with the other, or they differ in capitals or in one character: `sales` and `sales-eu`, `crew1` and `crew2`. */
function isNear(a: string, b: string): boolean {
  const [short = '', long = ''] = [a.toLowerCase(), b.toLowerCase()].toSorted((x, y) => x.length - y.length);
  if (short.length < MIN_SHARED) return false;
  if (long.startsWith(short)) return true;
  let from = 0;
  while (from < short.length && short[from] === long[from]) from += 1;
  // The rest behind one other character, or behind one more.
  const rests = [short.slice(from + 1), short.slice(from)];
  return long.length - short.length <= 1 && rests[long.length - short.length] === long.slice(from + 1);
}

/** `SALES asks for “sales”`: the tunnels that the client may have meant instead. */
function otherIds({ trace: { gateway } }: Attempt, phase1s: Fact<readonly Phase1[]>): readonly string[] {
  return (valueIfKnown(phase1s) ?? []).flatMap(({ name, dialup, peerType, peerId }) =>
    dialup && peerType.value === 'one' && name !== gateway ? [`${name} asks for “${peerId.value}”`] : [],
  );
}

/** `set peerid "rovers"`, of which the entry was left out: in an output that names the tunnel, or below a log of one. */
function pickedId(
  { trace: { gateway } }: Attempt,
  shown: Facts['shownSettings'],
): Sourced<string> | undefined {
  const settings = valueIfKnown(shown);
  return settings?.get(`${PHASE1} ${gateway} peerid`) ?? settings?.get(`${PHASE1} peerid`);
}

const PHASE1 = 'vpn ipsec phase1-interface';

/** The local ID of a client that the same tunnel accepted. */
function acceptedId(attempts: readonly Attempt[], { trace: { gateway } }: Attempt) {
  const other = attempts.find(
    ({ trace }) => trace.gateway === gateway && trace.signs['peer-id-accepted'] !== undefined,
  );
  const { kind, id } = other?.trace.signs['peer-id']?.at(-1)?.fields ?? {};
  if (!other || kind !== 'FQDN' || id === undefined) return undefined;
  return { value: id, quotes: quoteSigns(other, 'peer-id', 'peer-id-accepted') };
}

/** In aggressive mode the local ID chooses the tunnel, and the proposals are compared after that. */
function askedByNone(
  attempts: readonly Attempt[],
  phase1s: Fact<readonly Phase1[]>,
  context: RuleContext,
): Broken | undefined {
  const tunnels = (valueIfKnown(phase1s) ?? []).filter(
    ({ dialup, ikeVersion }) => dialup && ikeVersion.value === 1,
  );
  const [first] = failedWith(
    attempts,
    context,
    'no-proposal',
    without('proposal-mine', 'gateway-matched'),
  ).flatMap((each) => {
    const { kind, id } = each.login.trace.signs['peer-id']?.at(-1)?.fields ?? {};
    const isNamed = kind === 'FQDN' && id !== undefined && versionOfClient(each.login) === 1;
    return isNamed ? [{ ...each, id }] : [];
  });
  const asksOther = ({ peerType, peerId }: Phase1) => peerType.value === 'one' && peerId.value !== first?.id;
  if (!first || tunnels.length === 0 || !tunnels.every(asksOther)) return undefined;
  const asked = nameList(tunnels.map(({ name, peerId }) => `${name} asks for “${peerId.value}”`));
  return broken('likely', {
    title: `The client calls itself “${first.id}”, and ${asked}`,
    summary: `In aggressive mode the local ID of the client chooses the tunnel. No dial-up tunnel that was read asks for “${first.id}”, so none was compared with what the client offers.`,
    evidence: [
      ...quoteSigns(first.login, 'peer-id'),
      ...(first.login.trace.signs['no-proposal']?.slice(-1).map(({ quote }) => quote) ?? []),
      ...tunnels.flatMap(({ peerId }) => peerId.quotes),
    ].slice(0, 6),
    fix: {
      todo: `Correct the local ID in the client’s profile${tunnels.length === 1 ? ` to “${tunnels[0]?.peerId.value}”` : ' to that of its tunnel'}.`,
      forward: {
        to: 'the administrator of the client profiles',
        text: `The profile has the local ID “${first.id}”, which no tunnel asks for; ${asked}.`,
      },
    },
    explains: ['ike-proposal-mismatch'],
  });
}
