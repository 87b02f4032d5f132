import type { Attempt } from '../../facts/attempt.ts';
import type { Phase1 } from '../../facts/device/settings.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { defineRule, notApplicable } from '../define-rule.ts';
import type { Judgement } from '../rule.ts';
import { noCliFix } from '../shared/fix.ts';
import { gotFurther, lineOf, phase1Of } from '../shared/ike-logins.ts';
import { nameList } from '../shared/logins.ts';
import {
  countOfLogins,
  failedWith,
  quotesOf,
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
  needs: ['attempts', 'phase1s'],
  wants: ['userGroups'],
  references: ['KB194213'],
  checkPartial: ({ attempts, phase1s }) =>
    attempts.state !== 'known' && phase1s.state === 'known'
      ? judgeSettings(phase1s.value, () => [])
      : undefined,
  check({ attempts, phase1s, userGroups }, context) {
    const dialups = phase1s.value.filter((each) => each.dialup);
    const rivals = (of: Phase1) => dialups.filter((each) => isRival(each, of));
    if (!dialups.some((each) => rivals(each).length > 0)) {
      return notApplicable('no two dial-up tunnels share an interface', ['phase1s']);
    }
    const taken = failedWith(attempts.value, context, 'psk-mismatch').flatMap((each) => {
      const phase1 = phase1Of(each.login, phase1s);
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
      const settings = judgeSettings(phase1s.value, (earlier, later) =>
        failed.filter((login) => {
          const isIn = ({ userGroup }: Phase1) =>
            valueIfKnown(userGroups)?.some(
              ({ name, members }) => name === userGroup && members.value.includes(login.user),
            );
          return phase1Of(login, phase1s) === earlier && isIn(later) && !isIn(earlier);
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
    return {
      verdict: 'broken',
      confidence: 'likely',
      title: `Clients of ${rest} are taken for clients of ${phase1.name}, the first dial-up tunnel on ${phase1.interface.value}`,
      summary: `${countOfLogins(logins, attempts.value)} matched ${phase1.name} and failed at its pre-shared key. ${whyFirst(phase1)} A client of ${phase1.name} itself with a wrong key leaves the same lines.`,
      evidence: [
        ...lineOf(first.login, 'gateway-matched'),
        ...quotesOf(taken),
        ...phase1.interface.quotes,
        ...others.flatMap((each) => each.interface.quotes),
      ],
      fix: noCliFix(
        `${whatToDo(phase1)} Connected clients have to change with it. If the client is one of ${phase1.name}, type its pre-shared key again.`,
      ),
      explains: ['ike-psk-mismatch', 'ikev1-no-push'],
    };
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

function isMainMode({ ikeVersion, mode }: Phase1): boolean {
  return ikeVersion.value === 1 && mode.value === 'main';
}

/** What the settings alone show: a tunnel whose clients an earlier one takes, or the ID by which each is found. */
function judgeSettings(
  phase1s: readonly Phase1[],
  findMisled: (earlier: Phase1, later: Phase1) => readonly Attempt[],
): Judgement | undefined {
  const dialups = phase1s.filter((each) => each.dialup);
  const sharing = dialups.filter((each) => dialups.some((other) => isRival(each, other)));
  const [hidden] = sharing.flatMap((later) => {
    const earlier = dialups.slice(0, dialups.indexOf(later)).find((each) => takesAllOf(each, later));
    return earlier ? [{ earlier, later }] : [];
  });
  if (hidden) return hiddenTunnel(hidden.earlier, hidden.later, findMisled(hidden.earlier, hidden.later));
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
function takesAllOf(earlier: Phase1, later: Phase1): boolean {
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
function hiddenTunnel(earlier: Phase1, later: Phase1, misled: readonly Attempt[]): Judgement {
  const who =
    misled.length === 0 ? '' : ` So was the login of ${whoseLogins(misled)}, a member of ${later.userGroup}.`;
  return {
    verdict: 'broken',
    confidence: 'likely',
    ...(misled.length === 0
      ? { concerns: 'some-users' }
      : { explains: ['user-not-in-vpn-rule', 'ike-user-group-mismatch', 'password-rejected'] }),
    title: `Clients of ${later.name} are taken for clients of ${earlier.name}, the first dial-up tunnel on ${earlier.interface.value}`,
    summary: `Both tunnels answer on the same address, and no ID tells their clients apart. ${whyFirst(earlier)} ${earlier.name} lets in ${earlier.userGroup}, ${later.name} ${later.userGroup}: users of the second group fail at the key or the group of the first tunnel.${who}`,
    evidence: [
      ...misled.slice(0, 1).flatMap((login) => lineOf(login, 'gateway-matched')),
      ...[earlier, later].flatMap(({ interface: port, peerType }) => [...peerType.quotes, ...port.quotes]),
    ],
    fix: noCliFix(`${whatToDo(earlier)} Connected clients have to change with it.`),
  };
}

function whyFirst(first: Phase1): string {
  return isMainMode(first)
    ? 'In main mode IKEv1 cannot tell dial-up tunnels of one address apart: the first in the list takes every client.'
    : 'Dial-up tunnels of one address are told apart by the local ID of the client only; without one, the first in the list takes every client.';
}

function whatToDo(first: Phase1): string {
  return `${isMainMode(first) ? 'Use aggressive mode or, better, IKEv2 for these tunnels, then give' : 'Give'} each one a local ID of its own (\`set peertype one\`, \`set peerid\`) and the same ID in the profiles of its clients; or give one of them another address of the interface (\`local-gw\`).`;
}
