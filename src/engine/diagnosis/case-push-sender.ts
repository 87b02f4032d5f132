import { sameUser } from '../facts/accounts/same-user.ts';
import type { Attempt, AttemptMilestones } from '../facts/attempt.ts';
import { gotInWithoutFactor } from '../facts/attempts/got-in.ts';
import { findLoginFailure } from '../facts/attempts/login-failure.ts';
import { type Fact, valueIfKnown } from '../facts/fact.ts';
import type { FactKey, Facts } from '../facts/facts.ts';
import { hopIndex, PUSH_HOPS } from '../facts/hop.ts';
import type { RuleContext } from '../rules/rule.ts';
import { type PushSender, pushSender } from '../rules/shared/push-sender.ts';

const UNASKED: PushSender = {
  kind: 'unasked',
  statement: 'no login of this evidence uses a second factor of the FortiGate',
};

/** Who sends the pushes of the case; nobody where its logins need none and nothing else in it is about push. */
export function casePushSender(facts: Facts, context: RuleContext): PushSender {
  const sender = pushSender(facts, context);
  return sender.kind === 'fortigate' && isUnasked(facts, context.user) ? UNASKED : sender;
}

/** Facts that only a question about push or tokens brings. */
const ABOUT_PUSH = [
  'pushEvents',
  'pushdEvents',
  'provisioningErrors',
  'tokenEvents',
  'tokenStates',
  'tokenConfigs',
  'userNotices',
  'facTokenEvents',
  'looseCallbacks',
  'pushServerLookup',
  'pushConfigErrors',
] as const satisfies readonly FactKey[];

/** Facts of a text about a VPN or one of its steps before the second factor. */
const ABOUT_VPN = ['ikeLogins', 'sslPortals', 'samlServers'] as const satisfies readonly FactKey[];
/** Facts of a reading of the device, which looks for every cause, and of a way that a push may take. */
const ABOUT_MORE = [
  'wholeBackup',
  'truncatedBackup',
  'refusals',
  'callbackPackets',
  'flowEvents',
  'flowDrops',
  'pushService',
  'localUsers',
  'administrators',
] as const satisfies readonly FactKey[];

/** A text without a login, about a VPN, with nothing that a second factor depends on. */
function isAboutVpnOnly(facts: Facts): boolean {
  const daemons = valueIfKnown(facts.debugLog)?.daemons;
  const isVpn = daemons?.sslvpn || daemons?.fnbamd || ABOUT_VPN.some((key) => facts[key].state === 'known');
  return isVpn && !ABOUT_MORE.some((key) => facts[key].state === 'known');
}

function isShown(fact: Fact<unknown>): boolean {
  return (
    fact.state !== 'unknown' &&
    !(fact.state === 'known' && Array.isArray(fact.value) && fact.value.length === 0)
  );
}

/**
 * Who pastes the push settings or the debug of push, or names a user who got in without a second factor and pastes the
 * account, asks about push.
 */
function isUnasked(facts: Facts, named: string | undefined): boolean {
  const { attempts, debugLog, localUsers, pushService } = facts;
  const logins = valueIfKnown(attempts) ?? [];
  // With a user named, the daemons and pushes in the log may be about other users.
  if (logins.length === 0 && (named !== undefined || !isAboutVpnOnly(facts))) return false;
  if (!logins.every(isWithoutFactor)) return false;
  const isPushLog = named === undefined && valueIfKnown(debugLog)?.daemons['ftm-push'];
  if (isPushLog || ABOUT_PUSH.some((key) => isShown(facts[key]))) return false;
  const push = valueIfKnown(pushService);
  // A whole backup holds these settings whatever the question is.
  if (push && (push.status.value === 'enable' || facts.wholeBackup.state !== 'known')) return false;
  const users = valueIfKnown(localUsers) ?? [];
  const isQuestion = named !== undefined && logins.every(gotInWithoutFactor);
  return !users.some(
    (user) =>
      (isQuestion && sameUser(named, user.name)) ||
      (user.twoFactor.value !== 'disable' && logins.some((login) => sameUser(login.user, user.name))),
  );
}

/** Its VPN shows that it ended before a second factor, or succeeded without one. */
function isWithoutFactor({ milestones, hops, trace, outcome }: Attempt): boolean {
  if (outcome === 'succeeded' && isAskedByRadius(milestones)) return trace.vpn !== undefined;
  if (isAboutFactor(milestones)) return false;
  // Of some logins the log holds only what the directory answered.
  const isLocal = milestones.checkedBy?.by === 'local-user';
  if (trace.vpn === undefined && !isLocal && !findLoginFailure(trace.signs)) return false;
  // A RADIUS server that asks for one does so itself, and shows a challenge.
  if (outcome === 'succeeded' && milestones.radiusAsked) return true;
  if (outcome === 'succeeded' && (trace.signs['event-tunnel-up'] ?? trace.signs['event-login'])) return true;
  const broken = hops.find(({ status }) => status === 'broken');
  return (
    hops[hopIndex('second-factor')]?.needed === false || (broken !== undefined && !PUSH_HOPS.has(broken.id))
  );
}

/** The RADIUS server asked for the second factor itself, and the FortiGate sent no push. */
function isAskedByRadius({
  radiusChallenge,
  pushConnect,
  pushSent,
  pushAlreadySent,
  callbackStarted,
}: AttemptMilestones): boolean {
  const push = pushConnect ?? pushSent ?? pushAlreadySent ?? callbackStarted;
  return radiusChallenge !== undefined && push === undefined;
}

function isAboutFactor(milestones: AttemptMilestones): boolean {
  const { secondFactorAsked, vpnWait, tokenWait, tokenType, drift, manualCode } = milestones;
  const { tokenResult, radiusChallenge, callbackStarted, pushTlsAlert } = milestones;
  return (
    (secondFactorAsked ??
      vpnWait ??
      tokenWait ??
      tokenType ??
      drift ??
      manualCode ??
      tokenResult ??
      radiusChallenge ??
      callbackStarted ??
      pushTlsAlert) !== undefined
  );
}
