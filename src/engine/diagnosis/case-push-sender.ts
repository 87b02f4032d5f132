import { sameUser } from '../facts/accounts/same-user.ts';
import type { Attempt, AttemptMilestones } from '../facts/attempt.ts';
import { gotInWithoutFactor, isPushSeen } from '../facts/attempts/got-in.ts';
import { findLoginFailure, upBy } from '../facts/attempts/login-failure.ts';
import { type Fact, unknown, valueIfKnown } from '../facts/fact.ts';
import type { FactKey, Facts } from '../facts/facts.ts';
import { hopIndex, PUSH_HOPS } from '../facts/hop.ts';
import type { Endpoint } from '../facts/log-events.ts';
import type { UserNotice } from '../facts/values.ts';
import type { RuleContext } from '../rules/rule.ts';
import { type PushSender, pushSender } from '../rules/shared/push-sender.ts';
import { isIke, isRadius, unansweredClients } from '../rules/shared/vpn-port.ts';
import { saysConnected } from './explained-lines.ts';

const UNASKED: PushSender = {
  kind: 'unasked',
  statement: 'no login of this evidence uses a push of the FortiGate',
};

/**
 * Who sends the pushes of the case; none where its logins need none and nothing else in it is about push. `facts` are
 * those of the user in question, `device` those of every user.
 */
export function casePushSender(facts: Facts, device: Facts, context: RuleContext): PushSender {
  const sender = pushSender(facts, context);
  const isOther = isUnasked(facts, device, context.user) || isTunnelOnly(facts, device, context.user);
  return sender.kind === 'fortigate' && isOther ? UNASKED : sender;
}

/** A tunnel for users alone, without a word of push. */
function isTunnelOnly(facts: Facts, device: Facts, named: string | undefined): boolean {
  const isTunnel = valueIfKnown(facts.phase1s)?.some(({ dialup }) => dialup) ?? false;
  const isLogin = (valueIfKnown(facts.attempts) ?? []).length > 0;
  // What is told of others must not change the answer about a user.
  return named === undefined && isTunnel && !isLogin && !isOfWay(facts) && isSilentOnPush(facts, device);
}

/** What a question is about where the evidence shows one of these facts. */
const SUBJECTS = {
  push: [
    'pushEvents',
    'pushdEvents',
    'provisioningErrors',
    'tokenEvents',
    'tokenStates',
    'tokenConfigs',
    'facTokenEvents',
    'looseCallbacks',
    'pushServerLookup',
    'pushConfigErrors',
  ],
  /** A VPN, or one of its steps before the second factor. */
  vpn: ['sslPortals', 'samlServers'],
  /** What the phone’s answer meets, and beside a VPN its clients. */
  way: ['administrators', 'vips', 'localInPolicies'],
  /** A reading of the device, which looks for every cause, or a way that a push may take. */
  device: ['wholeBackup', 'refusals', 'flowEvents', 'flowDrops'],
} as const satisfies Readonly<Record<string, readonly FactKey[]>>;

/** Whether a fact of this subject is known, also where it is empty. */
function holds(facts: Facts, subject: keyof typeof SUBJECTS): boolean {
  return SUBJECTS[subject].some((key) => facts[key].state === 'known');
}

/** A text without a login, about a VPN. With a user named, its log is about other users. */
function isAboutVpnOnly(facts: Facts, named: string | undefined): boolean {
  const daemons = valueIfKnown(facts.debugLog)?.daemons;
  const isLog =
    named === undefined && (daemons?.sslvpn || daemons?.fnbamd || facts.ikeLogins.state === 'known');
  // Accounts that were not shown may have tokens.
  const isWithAccounts =
    facts.localUsers.state === 'known' &&
    (valueIfKnown(facts.phase1s)?.some(({ dialup }) => dialup) ||
      valueIfKnown(facts.sslVpn)?.some(({ enabled }) => enabled.value));
  // A backup holds servers and portals whatever the question is.
  const isPiece = facts.truncatedBackup.state !== 'known';
  const isClient = isClientCapture(facts);
  const isVpn = isWithAccounts || (isPiece && (isLog || isClient || holds(facts, 'vpn')));
  return isVpn && !isOfWay(facts);
}

/** A reading of the device, or a way that a push may take. */
function isOfWay(facts: Facts): boolean {
  return holds(facts, 'device') || (facts.callbackPackets.state === 'known' && !isClientCapture(facts));
}

/** Packets of a client that begins a login, or that misses the VPN, and none of a phone. */
function isClientCapture(facts: Facts): boolean {
  const { packets } = valueIfKnown(facts.callbackPackets) ?? { packets: [] };
  const isOfLogin = (port: number | undefined) => isIke(port) || isRadius(port);
  const isOfVpn =
    packets.length > 0 && packets.every(({ from, to }) => isOfLogin(from.port) || isOfLogin(to.port));
  return isOfVpn || unansweredClients(facts).length > 0;
}

/**
 * Nothing in the evidence is of a push, of a token, of the phone’s answer or of a way that only it takes, and no login
 * came to a second factor: the question may be about any login.
 */
export function isSilentOnPush(facts: Facts, device: Facts): boolean {
  const { attempts, debugLog, interfaces, shownSettings } = facts;
  const isBackup = facts.wholeBackup.state === 'known' || facts.truncatedBackup.state === 'known';
  const isVpn = facts.sslVpn.state === 'known' || facts.phase1s.state === 'known';
  const settings = [...(valueIfKnown(shownSettings)?.keys() ?? [])];
  const speaksOfPush =
    isBackup ||
    facts.pushService.state === 'known' ||
    (!isVpn && holds(facts, 'way')) ||
    usesTokens(device) ||
    bringsPush(facts) ||
    (valueIfKnown(facts.userNotices) ?? []).some(({ kind }) => kind === 'push-named') ||
    valueIfKnown(debugLog)?.daemons['ftm-push'] === true ||
    listEndpoints(facts).some(({ port }) => port === DEFAULT_PUSH_PORT) ||
    (valueIfKnown(interfaces) ?? []).some(({ allowaccess }) => allowaccess.value.includes('ftm')) ||
    settings.some((name) => name.includes('ftm') || name.includes('two-factor'));
  const logins = valueIfKnown(attempts) ?? [];
  return !speaksOfPush && logins.every((login) => isWithoutFactor(login) || isBeforeFactor(login));
}

const DEFAULT_PUSH_PORT = 4_433;

/** Of the packets that a sniffer or debug flow shows. */
function listEndpoints({ callbackPackets, flowEvents }: Facts): readonly Endpoint[] {
  const all = [...(valueIfKnown(callbackPackets)?.packets ?? []), ...(valueIfKnown(flowEvents) ?? [])];
  return all.flatMap(({ from, to }) => [...(from ? [from] : []), ...(to ? [to] : [])]);
}

/** The log ends, or IKE refuses, before any line about a second factor. */
function isBeforeFactor({ outcome, milestones }: Attempt): boolean {
  const isEnd = outcome === 'incomplete' || milestones.refused !== undefined;
  return isEnd && FACTOR_MARKS.every((name) => milestones[name] === undefined);
}

/** An account of the device has a token or another second factor. */
function usesTokens({ localUsers, administrators }: Facts): boolean {
  return [...(valueIfKnown(localUsers) ?? []), ...(valueIfKnown(administrators) ?? [])].some(
    ({ twoFactor, token }) => twoFactor.value !== 'disable' || token !== undefined,
  );
}

/** Words of a person about the connection are in a question about any VPN; a token that is named may be another user’s. */
const ABOUT_CONNECTION: ReadonlySet<UserNotice['kind']> = new Set([
  'late-end',
  'no-tunnel',
  'other-client',
  'unreachable',
  'not-in',
  'free-client',
  'ipsec-client',
  'ssl-client',
  'windows-certificate',
  'windows-no-certificate',
  'push-named',
  'nps-event',
]);

function bringsPush(facts: Facts): boolean {
  const notices = valueIfKnown(facts.userNotices) ?? [];
  return (
    SUBJECTS.push.some((key) => isShown(facts[key])) ||
    notices.some(({ kind }) => !ABOUT_CONNECTION.has(kind))
  );
}

/** The log says only that pushes were sent, and shows a tunnel for each: what it sent was answered. */
function isPushAnswered(facts: Facts, logins: readonly Attempt[]): boolean {
  const events = valueIfKnown(facts.pushEvents) ?? [];
  const up = logins.filter(({ trace: { signs } }) => signs['event-tunnel-up'] && upBy(signs));
  return (
    events.every(({ sent }) => sent) &&
    events.length <= up.length &&
    up.length === logins.length &&
    !bringsPush({ ...facts, pushEvents: unknown('the log shows a tunnel for each push') })
  );
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
function isUnasked(facts: Facts, device: Facts, named: string | undefined): boolean {
  const { attempts, debugLog, localUsers, pushService } = facts;
  const logins = valueIfKnown(attempts) ?? [];
  if (logins.length === 0 && (usesTokens(device) || !isAboutVpnOnly(device, named))) return false;
  if (logins.length > 0 && saysConnected(facts))
    return logins.every(({ outcome }) => outcome === 'succeeded');
  if (!logins.every(isWithoutFactor)) return false;
  const isPushLog = named === undefined && valueIfKnown(debugLog)?.daemons['ftm-push'];
  if (isPushLog || (bringsPush(facts) && !isPushAnswered(facts, logins))) return false;
  const push = valueIfKnown(pushService);
  // A backup holds these settings whatever the question is.
  const isBackup = facts.wholeBackup.state === 'known' || facts.truncatedBackup.state === 'known';
  if (push && (push.status.value === 'enable' || !isBackup)) return false;
  const users = valueIfKnown(localUsers) ?? [];
  const isQuestion = named !== undefined && logins.length > 0 && logins.every(gotInWithoutFactor);
  return !users.some(
    (user) =>
      (isQuestion && sameUser(named, user.name)) ||
      (user.twoFactor.value !== 'disable' &&
        logins.some((login) => sameUser(login.user, user.name) && !typedCodeAtClient(login))),
  );
}

/** Its VPN shows that it ended before a second factor, or succeeded without one. */
function isWithoutFactor({ milestones, hops, trace, outcome }: Attempt): boolean {
  if (outcome === 'succeeded' && isAskedByRadius(milestones)) return trace.vpn !== undefined;
  if (isTypedCode(milestones)) return outcome === 'succeeded' && upBy(trace.signs) !== undefined;
  if (FACTOR_MARKS.some((name) => milestones[name] !== undefined)) return false;
  // Of some logins the log holds only what the directory answered.
  const isLocal = milestones.checkedBy?.by === 'local-user';
  // A RADIUS server that asks for one does so itself, and shows a challenge.
  if (outcome === 'succeeded' && milestones.radiusAsked) return true;
  const isEndSeen = milestones.loginFailed ?? findLoginFailure(trace.signs);
  if (trace.vpn === undefined && !isLocal && !isEndSeen) return false;
  const { signs } = trace;
  // The client had the password accepted; a group or a second factor may have stopped it.
  if (signs['endpoint-accepted'] && (signs['endpoint-eap-ended'] ?? signs['endpoint-refused'])) return false;
  const shown = signs['event-tunnel-up'] ?? signs['event-login'] ?? signs['endpoint-tunnel-up'];
  if (milestones.granted && shown) return true;
  // IKE says that the tunnel is up, and nothing in the log is about a factor.
  if (outcome === 'succeeded' && trace.vpn === 'ike' && hops[hopIndex('tunnel')]?.status === 'ok')
    return true;
  const broken = hops.find(({ status }) => status === 'broken');
  return (
    hops[hopIndex('second-factor')]?.needed === false || (broken !== undefined && !PUSH_HOPS.has(broken.id))
  );
}

/** The RADIUS server asked for the second factor itself, and the FortiGate sent no push. */
function isAskedByRadius(milestones: AttemptMilestones): boolean {
  return milestones.radiusChallenge !== undefined && !isPushSeen(milestones);
}

/** A code of the token was typed, and the FortiGate sent no push. */
function isTypedCode(milestones: AttemptMilestones): boolean {
  return milestones.manualCode?.push === false && !milestones.drift && !isPushSeen(milestones);
}

/** The log of a client that no push reaches holds the question for the code, and the tunnel after it. */
function typedCodeAtClient({ outcome, trace: { signs } }: Attempt): boolean {
  return outcome === 'succeeded' && signs['endpoint-token-asked'] !== undefined;
}

/** Any of them shows that a second factor was asked for or answered. */
const FACTOR_MARKS = [
  'secondFactorAsked',
  'vpnWait',
  'tokenWait',
  'tokenType',
  'drift',
  'manualCode',
  'tokenResult',
  'radiusChallenge',
  'callbackStarted',
  'pushTlsAlert',
] as const satisfies readonly (keyof AttemptMilestones)[];
