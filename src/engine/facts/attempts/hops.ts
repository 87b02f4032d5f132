import { mayHaveAskedUser } from '../accounts/radius-wait.ts';
import type { AttemptHop, AttemptOutcome, LoginTrace, Moment } from '../attempt.ts';
import { HOPS, type Hop, type HopStatus, PUSH_HOPS } from '../hop.ts';
import { secondsBetween, toMoment } from './event-ref.ts';
import { type LoginFailure, saidYes, tunnelBy, upBy } from './login-failure.ts';
import { type LoginState, type Milestones, NEXT_CODE, SUCCESS, wasAsked } from './login-state.ts';
import { DEFAULT_WAIT_S, type LogEnd } from './outcome.ts';

type HopReading = readonly [status: HopStatus, ...evidence: (Moment | undefined)[]];

interface View {
  readonly login: LoginState;
  readonly milestones: Milestones;
  readonly outcome: AttemptOutcome;
  /** The log covers enough time afterwards for an absent line to be meaningful. */
  readonly isConclusive: boolean;
  readonly end: LogEnd;
  /** The log covers the time in which the phone could have answered. */
  readonly coversAnswer: boolean;
  readonly trace: LoginTrace;
  /** The line that shows where it ended, besides those of push. */
  readonly failure: LoginFailure | undefined;
  /** A code was typed: the push was not used. */
  readonly codeTyped: boolean;
}

/** Seconds. ftm-push acts within a second or two of the request. */
const PUSH_DEADLINE_S = 15;
/** Without time stamps: after this many messages the login's own line would have come. */
const PUSH_MESSAGES = 200;
const MOBILE_TOKEN = 1;
const UNKNOWN: HopReading = ['unknown'];

/** Status of each hop as the log shows it (domain notes §3.3 and §3.4). */
export function loginHops(
  login: LoginState,
  outcome: AttemptOutcome,
  end: LogEnd,
  shownBy: Pick<View, 'trace' | 'failure'>,
): readonly AttemptHop[] {
  const { milestones } = login;
  const view: View = {
    ...shownBy,
    login,
    milestones,
    outcome,
    end,
    isConclusive: isSettled(login, outcome, end, PUSH_DEADLINE_S),
    coversAnswer: isWaitedFor(login, outcome, end),
    codeTyped:
      milestones.drift !== undefined ||
      milestones.manualCode?.push === false ||
      isCodeRefused(milestones, outcome),
  };
  const pushNeeded = !isWithoutFactor(view);
  let broken = false;
  return HOPS.map((id) => {
    if (!pushNeeded && PUSH_HOPS.has(id)) return { id, status: 'not-reached', needed: false, evidence: [] };
    const reading = HOP_READERS[id](view);
    const [status] = reading;
    const shown = broken && status !== 'ok' ? 'not-reached' : status;
    broken ||= status === 'broken';
    if (shown === 'not-reached' || reading.length === 1) return { id, status: shown, evidence: [] };
    const [, ...evidence] = reading;
    return { id, status: shown, evidence: evidence.flatMap((moment) => moment?.quote ?? []) };
  });
}

/** The FortiGate asked for no second factor of its own, as the log shows. */
function isWithoutFactor({ milestones, login, trace }: View): boolean {
  if (wasAskedForFactor(milestones)) return false;
  const { signs } = trace;
  if ((signs['saml-cached'] ?? signs['saml-job'] ?? signs['certificate-accepted']) !== undefined) return true;
  if (milestones.secondFactorSkipped ?? (milestones.granted && milestones.checkedBy)) return true;
  return login.withoutToken && milestones.granted !== undefined && !milestones.radiusAsked;
}

function wasAskedForFactor(milestones: Milestones): boolean {
  const { secondFactorAsked, vpnWait, tokenWait, pushSent, tokenResult } = milestones;
  return (secondFactorAsked ?? vpnWait ?? tokenWait ?? pushSent ?? tokenResult) !== undefined;
}

/** A code was refused: the result came before the wait ended and without a callback. */
function isCodeRefused({ tokenResult, callbackStarted }: Milestones, outcome: AttemptOutcome): boolean {
  const refused = tokenResult !== undefined && tokenResult.code !== SUCCESS;
  return refused && !callbackStarted && outcome !== 'timed-out';
}

const HOP_READERS: Readonly<Record<Hop, (view: View) => HopReading>> = {
  // The VPN passes a name on only once the client is connected.
  connection: ({ login, failure, trace }) => {
    if (failure?.hop === 'connection') return ['broken', failure.seen];
    if (login.user) return ['ok', toMoment(login.started)];
    const reached = failure?.seen ?? upBy(trace.signs);
    return reached ? ['ok', toMoment(login.started)] : UNKNOWN;
  },

  login: ({ milestones, login, failure, trace }) => {
    const ownFailure = wasAsked(milestones) ? undefined : failure;
    if (ownFailure?.hop === 'login') return ['broken', ownFailure.seen];
    const yes = ownFailure?.hop === 'authorisation' ? yesBefore(ownFailure, trace) : undefined;
    if (yes) return ['ok', yes];
    const { passwordAccepted, passwordRefused, loginFailed, groupMismatch, secondFactorSkipped } = milestones;
    if (passwordAccepted) return ['ok', passwordAccepted];
    // The last line of a login alone does not show how far it got.
    const failedHere = login.fromStart && !wasAsked(milestones) ? loginFailed : undefined;
    if (mayHaveAskedUser(milestones)) return UNKNOWN;
    if (passwordRefused ?? groupMismatch ?? failedHere) {
      return ['broken', groupMismatch, passwordRefused, loginFailed];
    }
    const later =
      milestones.secondFactorAsked ?? milestones.vpnWait ?? milestones.tokenWait ?? milestones.pushSent;
    const implied = later ?? milestones.tokenResult ?? admittedBy(milestones, trace) ?? secondFactorSkipped;
    return implied ? ['ok', implied] : UNKNOWN;
  },

  'second-factor': ({ milestones }) => {
    const { secondFactorAsked, vpnWait, tokenWait } = milestones;
    const asked = secondFactorAsked ?? vpnWait ?? tokenWait ?? milestones.pushSent ?? milestones.tokenResult;
    if (asked) return ['ok', secondFactorAsked ?? asked];
    return UNKNOWN;
  },

  token: ({ milestones, outcome }) => {
    const { drift, tokenType, tokenWait, tokenResult } = milestones;
    if (drift && outcome !== 'succeeded') {
      return [
        'broken',
        drift,
        tokenResult?.code === NEXT_CODE && tokenResult !== drift ? tokenResult : undefined,
      ];
    }
    if (tokenType?.type === MOBILE_TOKEN) return ['ok', tokenType, tokenWait];
    if (tokenType) return UNKNOWN;
    const checked = tokenResult?.code === SUCCESS && !milestones.radiusChallenge ? tokenResult : undefined;
    const used = milestones.pushSent ?? milestones.pushAlreadySent ?? checked;
    return used ? ['ok', used] : UNKNOWN;
  },

  'push-service': ({ milestones, login, outcome, isConclusive, codeTyped }) => {
    const { pushConnect, pushSent, pushAlreadySent, clientHello } = milestones;
    const shown = pushConnect ?? pushSent ?? pushAlreadySent ?? clientHello;
    if (shown) return ['ok', shown];
    const silent =
      login.pushDebugEnabled && login.fromStart && isConclusive && login.ambiguousConnects.size === 0;
    return silent && isPushDue(login) && !codeTyped && outcome !== 'succeeded'
      ? ['broken', milestones.passwordAccepted ?? milestones.secondFactorAsked ?? milestones.vpnWait]
      : UNKNOWN;
  },

  'push-request': ({ milestones, login, outcome, isConclusive, codeTyped }) => {
    const { pushConnect, pushSent, pushAlreadySent, pushTlsAlert, clientHello } = milestones;
    // fnbamd prints `already sent` once it has asked for a push; whether one was sent, only ftm-push's lines show.
    const shown = pushSent ?? clientHello;
    if (shown) return ['ok', shown];
    if (pushTlsAlert) return ['broken', pushConnect, pushTlsAlert];
    const failed = isConclusive && login.ambiguousPushes.size === 0 && !codeTyped && outcome !== 'succeeded';
    if (pushAlreadySent && !pushConnect) {
      const pushSilent = login.pushDebugEnabled && login.fromStart && isPushDue(login);
      return [pushSilent && failed ? 'broken' : 'ok', pushAlreadySent];
    }
    const answered = milestones.secondFactorAsked ?? milestones.tokenWait ?? milestones.vpnWait;
    return pushConnect && answered && failed ? ['broken', pushConnect] : UNKNOWN;
  },

  notification: ({ milestones }) => (milestones.clientHello ? ['ok', milestones.callbackStarted] : UNKNOWN),

  callback: ({ milestones, login, outcome, coversAnswer, codeTyped }) => {
    const { callbackStarted, clientHello, pushSent } = milestones;
    if (clientHello) return ['ok', callbackStarted, clientHello];
    if (!coversAnswer || codeTyped || login.ambiguousCallback || outcome === 'succeeded') return UNKNOWN;
    if (callbackStarted) return ['broken', pushSent, callbackStarted];
    // The FortiGate cannot see whether the phone rang, only whether its answer arrived.
    return pushSent ? ['broken', pushSent] : UNKNOWN;
  },

  tls: (view) => {
    const { milestones } = view;
    const { callbackCompleted, tlsAlert, clientHello } = milestones;
    if (callbackCompleted) return ['ok', callbackCompleted];
    if (tlsAlert) return ['broken', tlsAlert];
    return clientHello && isPast(clientHello, view) ? ['broken', clientHello] : UNKNOWN;
  },

  approval: (view) => {
    const { milestones, login, outcome } = view;
    const { tokenResult, callbackCompleted, vpnWait, tokenWait, loginFailed, granted, gaveUp } = milestones;
    if (outcome === 'timed-out' && (callbackCompleted ?? tokenResult ?? loginFailed)) {
      return ['broken', vpnWait, tokenWait, callbackCompleted, tokenResult ?? loginFailed ?? gaveUp];
    }
    if (tokenResult?.code === SUCCESS) return ['ok', tokenResult];
    if (tokenResult && tokenResult.code !== NEXT_CODE) {
      return ['broken', tokenResult];
    }
    if (granted && (milestones.secondFactorAsked ?? callbackCompleted) && !login.withoutToken)
      return ['ok', granted];
    if (loginFailed && wasAsked(milestones)) return ['broken', loginFailed];
    return callbackCompleted && isPast(callbackCompleted, view) ? ['broken', callbackCompleted] : UNKNOWN;
  },

  authorisation: ({ milestones, failure, trace }) => {
    if (failure?.hop === 'authorisation' && !wasAsked(milestones)) return ['broken', failure.seen];
    const admitted = admittedBy(milestones, trace);
    if (admitted) return ['ok', admitted];
    return milestones.refusedAfterApproval
      ? ['broken', milestones.tokenResult, milestones.refusedAfterApproval]
      : UNKNOWN;
  },

  tunnel: ({ trace, failure }) => {
    if (failure?.hop === 'tunnel') return ['broken', failure.seen];
    const { signs } = trace;
    const up = tunnelBy(signs);
    return up ? ['ok', up] : UNKNOWN;
  },
};

/** What shows that a login passed its password before it failed: at least the failure itself. */
function yesBefore({ seen }: LoginFailure, { signs }: LoginTrace): Moment {
  return saidYes(signs) ?? signs['saml-user']?.at(-1) ?? seen;
}

/** A portal is given to an accepted user, also where a host check may still refuse the computer. */
function admittedBy({ granted }: Milestones, { signs }: LoginTrace): Moment | undefined {
  return granted ?? signs['portal-given']?.at(-1);
}

/** The log continues after this line for as long as the next step takes. */
function isPast({ at }: Moment, { isConclusive, outcome, login, end }: View): boolean {
  const passed = secondsBetween(at, end.at);
  const over = outcome !== 'incomplete' || login.superseded;
  return isConclusive && (over || passed === undefined || passed >= PUSH_DEADLINE_S);
}

/** The login asked for a token that supports push. */
function isPushDue({ milestones, withoutToken }: LoginState): boolean {
  return (
    wasAsked(milestones) && (milestones.tokenType?.type ?? MOBILE_TOKEN) === MOBILE_TOKEN && !withoutToken
  );
}

/** A login that ended early does not show whether the phone would have answered. */
function isWaitedFor(login: LoginState, outcome: AttemptOutcome, end: LogEnd): boolean {
  const { milestones } = login;
  const failed = outcome === 'failed' && !milestones.tokenResult ? milestones.loginFailed?.at : undefined;
  const asked = milestones.vpnWait?.at ?? milestones.tokenWait?.at ?? milestones.passwordAccepted?.at;
  if (failed === undefined || asked === undefined) {
    return isSettled(login, outcome, end, longestWait(milestones));
  }
  return (secondsBetween(asked, end.at) ?? 0) >= longestWait(milestones);
}

/** Seconds that a phone may take to answer. */
function longestWait({ vpnWait, tokenWait }: Milestones): number {
  return Math.max(vpnWait?.seconds ?? 0, tokenWait?.seconds ?? 0) || DEFAULT_WAIT_S;
}

/** `seconds`: time after the question that the log must cover. */
function isSettled(login: LoginState, outcome: AttemptOutcome, end: LogEnd, seconds: number): boolean {
  if (outcome !== 'incomplete' || login.superseded) return true;
  const { milestones } = login;
  const since = milestones.tokenWait?.at ?? milestones.vpnWait?.at ?? milestones.passwordAccepted?.at;
  const passed = secondsBetween(since, end.at);
  return passed === undefined ? end.order - login.lastOrder >= PUSH_MESSAGES : passed >= seconds;
}
