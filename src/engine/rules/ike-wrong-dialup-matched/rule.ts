import type { Attempt } from '../../facts/attempt.ts';
import type { Phase1 } from '../../facts/device/settings.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule, notApplicable } from '../define-rule.ts';
import type { Fix, Judgement, RuleContext } from '../rule.ts';
import { NEXT_LOGIN, OPENS_NOTHING } from '../shared/answers.ts';
import { configEntry, quoteValue, vdomFix } from '../shared/fix.ts';
import { findPhase1, gotFurther, quoteSigns } from '../shared/ike-logins.ts';
import { nameList } from '../shared/logins.ts';
import { noCliFix } from '../shared/no-cli-fix.ts';
import {
  countOfLogins,
  failedWith,
  listQuotes,
  vpnLoginsInQuestion,
  whoseLogins,
} from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'ike-wrong-dialup-matched',
  title: 'The client is taken for one of another dial-up tunnel',
  severity: 'high',
  hop: 'connection',
  number: 145,
  forCustomer: 'the firewall takes the connection for one of another group of users',
  disturbs: 'tunnels of this phase 1',
  place: 'on the FortiGate, which cannot tell two dial-up tunnels apart for this client',
  stops: 'every client of this tunnel',
  answers: [
    // `how do I keep the two apart?`
    [
      /(?<!\p{L})(?:apart|distinguish|separate\w*|unterscheid\p{L}*|auseinander\p{L}*|distingu\p{L}*|séparer|separar|separare|onderscheid\p{L}*)(?!\p{L})/iu,
      'A `peerid` of its own on each tunnel keeps them apart, with the same local ID in the clients; a second address with `local-gw` works, too.',
    ],
    [
      'enough',
      'One peer ID on one tunnel is enough for two: its clients need the same local ID, the others stay as they are.',
    ],
    [
      /\b(?:peer|local) ?-?id\b/i,
      'A peer ID on one tunnel leaves the others as they are; each client of that tunnel then needs the same local ID.',
    ],
    [
      /\b(?:PSK|pre-?shared)/i,
      'The pre-shared key may be right: it is compared with that of another tunnel.',
    ],
    [
      'clients',
      'Clients of the tunnel that gets IKEv2 or a local ID have to be changed; the others stay as they are.',
    ],
    ['risk', 'Clients of a tunnel that gets IKEv2 or a local ID fail until their profile has it too.'],
    [
      'elsewhere',
      'Clients that get in belong to the tunnel for which FortiOS takes them; those of the other one do not.',
    ],
    [
      'verify',
      'A debug of ike shows it: the line with `matched gateway` has to name the tunnel that is meant.',
    ],
    ['where', '`peerid`, `network-id` and `ike-version` are in the phase 1, and tell dial-up tunnels apart.'],
    ['own-change', 'A new dial-up tunnel on the same interface can take clients of the other one.'],
    ['prevent', 'Dial-up tunnels on one interface need a peer ID or another difference from the beginning.'],
    NEXT_LOGIN,
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: ['secondTunnel', 'switchedOff', 'psk|peerId'],
      or: [
        ['secondTunnel', 'landsElsewhere'],
        ['secondTunnel switchedOff|off works'],
        ['secondTunnel', 'psk differs', 'sameInterface|client|peerId'],
        ['secondTunnel sameInterface', 'psk|peerId|fails'],
        ['secondTunnel', 'switchedOff works'],
        ['secondTunnel', 'peerId', 'psk'],
      ],
      also: ['peerId', 'psk', 'switchedOff works', 'tunnel'],
      not: ['approval !not !saml', 'request phone', 'noPolicy', 'saml'],
      title: 'The client is taken for one of another dial-up tunnel',
      fix: 'Give each dial-up tunnel on the same interface its own peer ID (`set peertype one`, `set peerid "vendors"` in phase 1, or `set network-overlay enable` with a `network-id` for IKEv2), and write the same value as “Local ID” into the profile of the clients. To see whether this is it, switch the other tunnel off for a minute.',
    },
  ],
  needs: ['attempts', 'phase1s'],
  wants: ['userGroups'],
  references: ['KB194213'],
  checkPartial: ({ attempts, phase1s }, context) =>
    attempts.state !== 'known' && phase1s.state === 'known'
      ? (withoutRivals(phase1s.value) ?? judgeSettings(phase1s.value, context, () => []))
      : undefined,
  check({ attempts, phase1s, userGroups }, context) {
    const dialups = phase1s.value.filter((each) => each.dialup);
    const rivals = (of: Phase1) => dialups.filter((each) => isRival(each, of));
    const alone = withoutRivals(phase1s.value);
    if (alone) return alone;
    const taken = failedWith(attempts.value, context, 'psk-mismatch').flatMap((each) => {
      const phase1 = findPhase1(each.login, phase1s);
      if (
        !phase1?.dialup ||
        phase1 !== dialups.find((one) => rivals(phase1).includes(one) || one === phase1)
      ) {
        return [];
      }
      const others = rivals(phase1);
      const byName = phase1.peerType.value === 'one' && each.login.trace.signs['peer-id'] !== undefined;
      return others.length > 0 && !byName ? [{ ...each, phase1, others }] : [];
    });
    const [first] = taken;
    if (!first) {
      const failed = vpnLoginsInQuestion(attempts.value, context).filter(
        ({ outcome }) => outcome === 'failed',
      );
      const settings = judgeSettings(phase1s.value, context, (earlier, later) =>
        failed.filter((login) => {
          const isIn = ({ userGroup }: Phase1) =>
            valueIfKnown(userGroups)?.some(
              ({ name, members }) => name === userGroup && members.value.includes(login.user),
            );
          return findPhase1(login, phase1s) === earlier && isIn(later) && !isIn(earlier);
        }),
      );
      if (settings?.verdict === 'broken') return settings;
      return gotFurther(
        attempts.value,
        ['psk-accepted', 'gateway-changed', 'eap-received', 'ike-sa-added'],
        'the tunnel and the client have the same key',
      );
    }
    const logins = taken.map(({ login }) => login);
    const { phase1, others } = first;
    const rest = nameList(others.map(({ name }) => name));
    return broken('likely', {
      title: `Clients of ${rest} are taken for clients of ${phase1.name}, the first dial-up tunnel on ${phase1.interface.value}`,
      summary: `${countOfLogins(logins, attempts.value)} matched ${phase1.name} and failed at its pre-shared key. ${whyFirst(phase1)} A client of ${phase1.name} itself with a wrong key leaves the same lines.`,
      evidence: [
        ...quoteSigns(first.login, 'gateway-matched'),
        ...listQuotes(taken),
        ...phase1.interface.quotes,
        ...others.flatMap((each) => each.interface.quotes),
      ],
      fix: buildFix(phase1, others, dialups, context),
      explains: ['ike-psk-mismatch', 'ikev1-no-push'],
    });
  },
});

/** A client that calls one of them may be taken for a client of the other. */
function isRival(one: Phase1, other: Phase1): boolean {
  return (
    one !== other &&
    one.vdom === other.vdom &&
    one.interface.value === other.interface.value &&
    one.localGateway.value === other.localGateway.value &&
    one.ikeVersion.value === other.ikeVersion.value &&
    (isMainMode(one) ? isMainMode(other) : true)
  );
}

function withoutRivals(phase1s: readonly Phase1[]): Judgement | undefined {
  const dialups = phase1s.filter((each) => each.dialup);
  if (dialups.some((each) => dialups.some((other) => isRival(each, other)))) return undefined;
  return notApplicable('no two dial-up tunnels of one interface take the same clients', ['phase1s']);
}

function isMainMode({ ikeVersion, mode }: Phase1): boolean {
  return ikeVersion.value === 1 && mode.value === 'main';
}

/** What the settings alone show: a tunnel whose clients an earlier one takes, or the ID by which each is found. */
function judgeSettings(
  phase1s: readonly Phase1[],
  context: RuleContext,
  findMisled: (earlier: Phase1, later: Phase1) => readonly Attempt[],
): Judgement | undefined {
  const dialups = phase1s.filter((each) => each.dialup);
  const sharing = dialups.filter((each) => dialups.some((other) => isRival(each, other)));
  const [hidden] = sharing.flatMap((later) => {
    const earlier = dialups.slice(0, dialups.indexOf(later)).find((each) => takesAll(each, later));
    return earlier ? [{ earlier, later }] : [];
  });
  if (hidden) {
    const { earlier, later } = hidden;
    const misled = findMisled(earlier, later);
    return hiddenTunnel(earlier, later, misled, buildFix(earlier, [later], dialups, context));
  }
  const withId = sharing.filter((each) => !isMainMode(each) && each.peerType.value === 'one');
  const ids = new Set(withId.map(({ peerId }) => peerId.value));
  const [other, ...others] = sharing.filter((each) => !withId.includes(each));
  if (sharing.length === 0 || ids.size < withId.length || others.length > 0) return undefined;
  const named = withId.map(
    ({ name, peerId }) => `with the local ID ${peerId.value} a client matches ${name}`,
  );
  return {
    verdict: 'healthy',
    reason: [...named, ...(other ? [`without one of these it matches ${other.name}`] : [])].join(', '),
    evidence: withId.flatMap(({ peerId }) => peerId.quotes),
    decidedBy: ['phase1s'],
  };
}

/** Nothing that a client says leads to the later one: no ID, no network ID, no proposal. */
function takesAll(earlier: Phase1, later: Phase1): boolean {
  const isAny = (each: Phase1) => each.peerType.explicit && each.peerType.value === 'any';
  const overlap = (of: (each: Phase1) => readonly string[]) =>
    of(earlier).length === 0 ||
    of(later).length === 0 ||
    of(earlier).some((value) => of(later).includes(value));
  return (
    isRival(earlier, later) &&
    (isMainMode(earlier) || (isAny(earlier) && isAny(later))) &&
    earlier.networkId.value === later.networkId.value &&
    earlier.remoteMatch.value === 'any' &&
    overlap(({ dhGroups }) => dhGroups.value) &&
    overlap(({ proposals }) => proposals.value) &&
    earlier.userGroup !== undefined &&
    later.userGroup !== undefined &&
    earlier.userGroup !== later.userGroup
  );
}

/** `misled`: logins at the earlier tunnel of users whose group only the later one lets in. */
function hiddenTunnel(earlier: Phase1, later: Phase1, misled: readonly Attempt[], fix: Fix): Judgement {
  const who =
    misled.length === 0 ? '' : ` So was the login of ${whoseLogins(misled)}, a member of ${later.userGroup}.`;
  return broken('likely', {
    ...(misled.length === 0
      ? { concerns: 'some-users' }
      : { explains: ['user-not-in-vpn-rule', 'ike-user-group-mismatch', 'password-rejected'] }),
    title: `Clients of ${later.name} are taken for clients of ${earlier.name}, the first dial-up tunnel on ${earlier.interface.value}`,
    summary: `Both tunnels answer on the same address, and no ID tells their clients apart. ${whyFirst(earlier)} ${earlier.name} lets in ${earlier.userGroup}, ${later.name} ${later.userGroup}: users of the second group fail at the key or the group of the first tunnel.${who}`,
    evidence: [
      ...misled.slice(0, 1).flatMap((login) => quoteSigns(login, 'gateway-matched')),
      ...[earlier, later].flatMap(({ interface: port, peerType }) => [...peerType.quotes, ...port.quotes]),
    ],
    fix,
  });
}

function whyFirst(first: Phase1): string {
  return isMainMode(first)
    ? 'In main mode IKEv1 cannot tell dial-up tunnels of one address apart: the first in the list takes every client.'
    : 'Dial-up tunnels of one address are told apart by the local ID of the client only; without one, the first in the list takes every client.';
}

/** IKEv2 leads past a first tunnel in main mode, where one tunnel is hidden by it; else each needs an ID or an address. */
function buildFix(
  first: Phase1,
  later: readonly Phase1[],
  dialups: readonly Phase1[],
  context: RuleContext,
): Fix {
  const [other, ...more] = later;
  const hasV2 = dialups.some(
    ({ ikeVersion, interface: port }) => ikeVersion.value === 2 && port.value === first.interface.value,
  );
  if (!isMainMode(first) || !other || more.length > 0 || hasV2) {
    const ids = isMainMode(first) ? 'Use IKEv2 for these tunnels, with' : 'Give each tunnel';
    return noCliFix(
      `1. ${ids} a local ID of its own (\`set peertype one\`, \`set peerid\`); or give one of them another address of the interface (\`set local-gw\`). 2. Set the same in the profiles of its clients: connected ones have to change with it.`,
    );
  }
  const { name, userGroup, xauthType } = other;
  const isOfUsers = userGroup !== undefined;
  return vdomFix(
    context,
    other.vdom,
    {
      apply: configEntry('vpn ipsec phase1-interface', name, [
        'set ike-version 2',
        ...(isOfUsers ? ['set eap enable', 'set eap-identity send-request'] : []),
      ]),
      undo: configEntry('vpn ipsec phase1-interface', name, [
        ...(isOfUsers ? ['unset eap-identity', 'unset eap'] : []),
        'set ike-version 1',
        'set mode main',
        ...(xauthType.value === 'disable' ? [] : [`set xauthtype ${xauthType.value}`]),
        ...(isOfUsers ? [`set authusrgrp ${quoteValue(userGroup)}`] : []),
      ]),
      verify: [`show vpn ipsec phase1-interface ${quoteValue(name)} | grep ike-version`],
      note: `Then set IKE version 2 in the profile of every client of ${name}. Another way: an address of its own for one of the tunnels (\`local-gw\`).`,
    },
    'the tunnel',
  );
}
