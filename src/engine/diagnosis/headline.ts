import type { Attempt, UserTallies, UserTally } from '../facts/attempt.ts';
import { gotInByPush, gotInWithoutFactor, unresolved } from '../facts/attempts/got-in.ts';
import { saidYes, tunnelBy } from '../facts/attempts/login-failure.ts';
import { REST_MISSING } from '../facts/config/config-view.ts';
import { type Hop, hopIndex, PUSH_HOPS } from '../facts/hop.ts';
import { nameList } from '../rules/shared/logins.ts';
import { whoseLogins } from '../rules/shared/vpn-logins.ts';
import type { Diagnosis, Finding } from './diagnosis.ts';
import { lastProvedStep, lastStepBeforeEnd } from './last-proved-step.ts';
import { loggedSession } from './login-reason.ts';
import { unattributedPushHeadline } from './unattributed-push.ts';

/** What the user sees, by the first broken hop. */
const BREAK_TEXT: Record<Hop, string> = {
  connection: 'The client cannot connect to the VPN',
  login: 'The login was refused',
  'second-factor': 'No second factor is asked for',
  token: 'The token cannot be used',
  'push-service': 'No push is sent',
  'push-request': 'The push does not leave the FortiGate',
  notification: 'The push was sent, but the phone did not answer',
  callback: 'No answer from the phone reached the FortiGate',
  tls: 'The phone’s TLS connection to the FortiGate fails',
  approval: 'The approval did not count',
  authorisation: 'The push was approved, but the user was refused',
  tunnel: 'The login succeeds, but the tunnel does not come up',
};

/** The logins of a case. `users` counts those of a very long log, of which `attempts` is a part. */
export interface Logins {
  readonly attempts: readonly Attempt[];
  readonly users?: UserTallies | undefined;
  /** What a log without a login shows about a push (unattributed-push.ts). */
  readonly unattributed: ReadonlyMap<Hop, unknown>;
}

/** Ends the headline of an incomplete backup without a finding. */
export const CUT_BACKUP = 'No cause in what was read';

/** What was recognised in the evidence: nothing, something of a FortiGate, settings of a VPN, or something that push depends on. */
export type HeadlineContext = 'nothing' | 'something' | 'settings' | 'push';

export interface CauseHeadline {
  readonly verdict: Diagnosis['verdict'];
  readonly findings: readonly Finding[];
  readonly logins: Logins;
  readonly brokenHop: Hop | null;
  readonly about: HeadlineContext;
  /** Settings that were read: `SSL VPN and user groups`. */
  readonly settings?: string | undefined;
  /** Nothing in the evidence is of a push. */
  readonly isSilentOnPush?: boolean;
  /** The settings show a push service that is on and an address that phones are sent. */
  readonly isPushInOrder?: boolean;
  /** The only VPN that the evidence is about. */
  readonly vpn?: 'SSL VPN' | 'IPsec' | undefined;
  /** What FortiClient showed, as a person wrote. */
  readonly codes?: readonly string[];
  /** Lines of the log that look like a fault and are none. */
  readonly harmless?: readonly string[];
  /** Of a log without a login: how debug was typed, where that is the reason, else what the log proves. */
  readonly withoutLogin?: string | undefined;
  /** A person asks whether the lines are a fault, or complains of a login. */
  readonly said?: 'asked' | 'complaint' | undefined;
  /** Why a case that was read (almost) completely is not called healthy. */
  readonly notHealthy: readonly string[];
  /** Name of the device. */
  readonly place: string | undefined;
  /** A setting whose value is hidden and on which a finding would rest; else what two places of the evidence say differently. */
  readonly undecided?: string | undefined;
  /** What the configuration shows about a login whose end the log alone does not explain. */
  readonly besidesLog?: string | undefined;
}

/** The headline of an answer about push: the cause, or how far the logins came. */
export function causeHeadline({
  verdict,
  findings,
  logins,
  brokenHop,
  about,
  settings = '',
  isPushInOrder = false,
  vpn,
  isSilentOnPush = false,
  notHealthy,
  place,
  undecided,
  besidesLog,
  codes = [],
  harmless = [],
  withoutLogin,
  said,
}: CauseHeadline): string {
  const { attempts } = logins;
  const [first] = findings;
  if (first) return first.title;
  if (verdict === 'healthy') {
    const isAllIn = attempts.length > 0 && attempts.every(({ outcome }) => outcome === 'succeeded');
    const line = healthyLine(logins, place);
    if (!isAllIn || said === undefined) return line;
    return said === 'asked'
      ? `Nothing in these lines is wrong. ${line}`
      : `${line} · no login that failed is in this log`;
  }
  if (about === 'nothing') {
    return codes.length > 0
      ? `FortiClient’s ${nameList(codes)} can have several causes`
      : 'This does not look like output of a FortiGate';
  }
  if (!brokenHop || !PUSH_HOPS.has(brokenHop)) {
    const step = besidesLog ?? lastProvedStep(attempts);
    if (step !== undefined) return step;
  }
  if (brokenHop) {
    return `${breakLine(brokenHop, logins)}${whose(brokenHop, attempts)}`;
  }
  const ended = endedByIke(attempts, isSilentOnPush);
  if (ended !== undefined) return ended;
  const unattributed = unattributedPushHeadline(logins.unattributed);
  if (unattributed !== undefined) return unattributed;
  const [but] = notHealthy;
  if (but !== undefined && attempts.some(gotInByPush)) return `${healthyLine(logins)}, but ${but}`;
  if (but?.startsWith('this account may not read')) return `T${but.slice(1)}`;
  if (but?.endsWith(REST_MISSING)) return `${but}. ${CUT_BACKUP}`;
  if (but !== undefined) return `Nothing wrong in what could be read, but ${but}`;
  if (withoutLogin !== undefined) return withoutLogin;
  const inSettings =
    settings === '' || attempts.length > 0
      ? undefined
      : isPushInOrder
        ? `The push settings${place === undefined ? '' : ` of \`${place}\``} are in order as far as they were read`
        : `No cause in what was read: ${settings}. No login was watched`;
  if (about === 'something') {
    const none = `No complete ${vpn ?? 'VPN'} login in this text`;
    return harmless.length === 0
      ? (inSettings ?? none)
      : `${none}; ${nameList(harmless)} ${harmless.length === 1 ? 'is' : 'are'} normal and no fault`;
  }
  if (about === 'settings')
    return inSettings ?? 'No cause in the settings that were read. No login was watched';
  return (
    lastStepBeforeEnd(attempts) ??
    withoutPush(logins) ??
    stopsBefore(attempts) ??
    undecided ??
    inSettings ??
    (said === 'asked' ? 'Nothing wrong in what was read so far' : 'No cause found so far')
  );
}

function breakLine(hop: Hop, logins: Logins): string {
  const { attempts } = logins;
  const failed = unresolved(attempts);
  if (hop === 'second-factor' && failed.length === 0) {
    return `${list(getUserTally(logins))} got in with the password alone: no second factor was asked for`;
  }
  if (
    hop === 'approval' &&
    failed.every(({ milestones }) => milestones.tokenResult && !milestones.callbackCompleted)
  ) {
    return 'The second factor was refused, and no answer from a phone was seen';
  }
  if (
    hop === 'approval' &&
    failed.every(({ milestones }) => !(milestones.callbackCompleted ?? milestones.tokenResult))
  ) {
    return failed.every(({ outcome }) => outcome === 'timed-out')
      ? 'The VPN gave up, and no approval was seen'
      : 'The login failed, and no approval was seen';
  }
  if (
    hop === 'approval' &&
    failed.every(({ milestones }) => milestones.gaveUp && milestones.callbackCompleted)
  ) {
    return 'The phone answered only after the VPN had given up';
  }
  if (hop === 'callback' && failed.some(({ milestones }) => milestones.callbackStarted)) {
    return 'A connection to the push port arrived, but no phone answered on it';
  }
  return BREAK_TEXT[hop];
}

/** The users whose logins broke at this hop. */
function whose(hop: Hop, attempts: readonly Attempt[]): string {
  const broke = tallyUsers(
    unresolved(attempts).filter(({ hops }) => hops[hopIndex(hop)]?.status === 'broken'),
  );
  const several = attempts.some(({ user }) => !broke.names.includes(user));
  return several && broke.count > 0 ? ` (${list(broke)})` : '';
}

/** IKE reports how a login ended, but not at which step. */
function endedByIke(attempts: readonly Attempt[], isSilentOnPush: boolean): string | undefined {
  const failed = unresolved(attempts);
  const refused = tallyUsers(failed.filter(({ milestones }) => milestones.refused));
  if (refused.count > 0) {
    return `${list(refused)} ${refused.count === 1 ? 'was' : 'were'} refused over IPsec: the debug of IKE does not show ${isSilentOnPush ? 'why' : 'whether by the password or the second factor'}`;
  }
  const left = tallyUsers(failed.filter(({ milestones }) => milestones.gaveUp));
  return left.count > 0
    ? `The VPN gave up on ${list(left)} over IPsec: the debug of IKE does not show at which step`
    : undefined;
}

/** The next step of a login, for a log that ends within it. */
const NEXT_STEP_TEXT: Readonly<Record<Hop, string>> = {
  connection: 'the connection of the client',
  login: 'the result of the password check',
  'second-factor': 'the second factor',
  token: 'the token',
  'push-service': 'the push',
  'push-request': 'the push request',
  notification: 'the phone',
  callback: 'the phone’s answer',
  tls: 'the phone’s answer',
  approval: 'the approval',
  authorisation: 'the end of the login',
  tunnel: 'the tunnel',
};

function stopsBefore(attempts: readonly Attempt[]): string | undefined {
  if (attempts.length === 0 || attempts.some(({ outcome }) => outcome !== 'incomplete')) return undefined;
  const last = Math.max(...attempts.map(({ hops }) => hops.findLastIndex(({ status }) => status === 'ok')));
  const next = attempts[0]?.hops.slice(last + 1).find(({ needed }) => needed !== false);
  return next ? `The log stops before ${NEXT_STEP_TEXT[next.id]}` : undefined;
}

/** How users got in, and which other system may have asked for a second factor; that none was asked for is no fault. */
function gotIn(logins: Pick<Logins, 'attempts' | 'users'>): string {
  const passed = logins.attempts.filter(({ outcome }) => outcome === 'succeeded');
  const names = logins.users ? list(logins.users.in) : whoseLogins(passed);
  const who = `${names.replace(/^a(?= user\b)/, 'A')} got in`;
  if (passed.every(({ milestones }) => milestones.manualCode?.push === false)) {
    return `${who} with a typed code`;
  }
  if (passed.every(isBySaml)) return `${who} by SAML: the identity provider asks for a second factor, if any`;
  if (passed.every(({ milestones }) => milestones.radiusChallenge)) {
    return `${who}: the RADIUS server asked for the second factor`;
  }
  if (passed.every(isInEventLogOnly)) return `${who}: ${NO_TUNNEL_LINE}`;
  const [only, another] = passed;
  const times = only && another === undefined ? loggedSession(only)?.times : undefined;
  if (times !== undefined) return `${who}: ${times}`;
  if (passed.every(({ milestones }) => milestones.radiusAsked)) {
    return `${who}: the RADIUS server asks for a second factor, if any`;
  }
  if (!passed.every((each) => gotInWithoutFactor(each) && isByPassword(each))) return who;
  const isShown = passed.every(({ milestones }) => milestones.secondFactorSkipped);
  return `${who} by password${isShown ? ', without a second factor' : ''}`;
}

/** A server or the FortiGate accepted the password, or IKE asked for one before the tunnel came up. */
function isByPassword({ milestones, trace: { signs } }: Attempt): boolean {
  const accepted = milestones.passwordAccepted ?? saidYes(signs);
  return (accepted ?? signs['eap-received'] ?? signs['xauth-asked']) !== undefined;
}

const NO_TUNNEL_LINE = 'the event log shows the login, and no tunnel after it';

/** Its line in the event log is that of a browser, or of FortiClient before its tunnel. */
function isInEventLogOnly({ trace: { signs } }: Attempt): boolean {
  return signs['event-login'] !== undefined && !tunnelBy(signs);
}

function isBySaml({ milestones, trace: { signs } }: Attempt): boolean {
  const answer = signs['saml-user'] ?? signs['saml-cached'] ?? signs['saml-attribute'];
  return milestones.checkedBy?.by === 'saml' || answer !== undefined;
}

/** A user got in, and the log does not show that it was by push. */
function withoutPush(logins: Logins): string | undefined {
  const { attempts } = logins;
  const users = getUserTally(logins);
  if (users.count === 0 || attempts.some(gotInByPush)) return undefined;
  const passed = attempts.filter(({ outcome }) => outcome === 'succeeded');
  if (passed.every((each) => each.trace.signs['portal-given'] && gotInWithoutFactor(each))) {
    return `${list(users)} got in as far as the portal: the log shows no address for the tunnel`;
  }
  if (passed.every(isInEventLogOnly)) return `${list(users)} got in: ${NO_TUNNEL_LINE}`;
  const typed = passed.every(({ milestones }) => milestones.manualCode?.push === false);
  if (attempts.every(({ outcome, milestones }) => outcome !== 'succeeded' || milestones.radiusChallenge)) {
    return `${list(users)} got in, and a RADIUS server asked for the second factor: its push was not seen`;
  }
  if (passed.every(({ milestones }) => milestones.radiusAsked && !milestones.secondFactorAsked)) {
    return `${list(users)} got in: the RADIUS server asks for a second factor, if any`;
  }
  return typed
    ? `${list(users)} got in with a typed code: no push was seen`
    : `${list(users)} got in, but the log does not show with which second factor`;
}

function healthyLine({ attempts, users }: Logins, place?: string): string {
  const byPush = users?.byPush ?? tallyUsers(attempts.filter(gotInByPush));
  if (byPush.count === 0 && attempts.some(({ outcome }) => outcome === 'succeeded')) {
    const failed = attempts.filter(({ outcome }) => outcome !== 'succeeded' && outcome !== 'incomplete');
    return `${gotIn({ attempts, users })}${failedBefore(failed.length, users)}`;
  }
  if (byPush.count === 0) {
    const seen = attempts.length === 0 ? 'no login was watched' : 'no push was seen';
    return `The push configuration${place === undefined ? '' : ` of \`${place}\``} is in order; ${seen}`;
  }
  return `${list(byPush)} got in: push works here${failedBefore(attempts.filter(brokeAtPush).length, users)}`;
}

/** In a very long log not every login is kept and can be counted. */
function failedBefore(failed: number, users: UserTallies | undefined): string {
  if (users || failed === 0) return '';
  return failed === 1 ? ' · a login before that failed' : ` · ${failed} logins before that failed`;
}

function brokeAtPush({ outcome, hops }: Attempt): boolean {
  const broken = hops.find(({ status }) => status === 'broken');
  return outcome !== 'succeeded' && broken !== undefined && hopIndex(broken.id) >= hopIndex('push-service');
}

function getUserTally({ attempts, users }: Pick<Logins, 'attempts' | 'users'>): UserTally {
  return users?.in ?? tallyUsers(attempts.filter(({ outcome }) => outcome === 'succeeded'));
}

function tallyUsers(attempts: readonly Attempt[]): UserTally {
  const names = [...new Set(attempts.map((each) => each.user))];
  return { names, count: names.length };
}

function list({ names, count }: UserTally): string {
  return count <= Math.min(names.length, 3)
    ? nameList(names)
    : `${names.slice(0, 2).join(', ')} and ${count - 2} more`;
}
