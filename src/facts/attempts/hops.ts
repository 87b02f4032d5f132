import type { AttemptHop, AttemptOutcome, Moment } from '../attempt.ts';
import { HOPS, type Hop, type HopStatus } from '../hop.ts';
import { mayHaveAskedItsUser } from '../radius-wait.ts';
import { secondsBetween } from './event-ref.ts';
import { DENIED, type LoginState, type Milestones, NEXT_CODE, SUCCESS, wasAsked } from './login-state.ts';
import { DEFAULT_WAIT, type LogEnd } from './outcome.ts';

type Sight = readonly [status: HopStatus, ...evidence: (Moment | undefined)[]];

interface View {
  readonly draft: LoginState;
  readonly marks: Milestones;
  readonly outcome: AttemptOutcome;
  /** The log shows enough of what came after for an absent line to mean something. */
  readonly settled: boolean;
  readonly end: LogEnd;
  /** The log goes on for as long as the phone could have answered in time. */
  readonly waitedFor: boolean;
  /** A code was typed: the push was not used, whatever became of it. */
  readonly typed: boolean;
}

/** ftm-push acts within a second or two of the request. Seconds. */
const PUSH_TIME = 15;
/** Without time stamps: so many messages on, the login's own would have come. */
const PUSH_MESSAGES = 200;
const MOBILE_TOKEN = 1;
const UNKNOWN: Sight = ['unknown'];

/** What the log shows of each step (domain notes §3.3 and §3.4). */
export function loginHops(draft: LoginState, outcome: AttemptOutcome, end: LogEnd): readonly AttemptHop[] {
  const { milestones: marks } = draft;
  const view: View = {
    draft,
    marks,
    outcome,
    end,
    settled: isSettled(draft, outcome, end, PUSH_TIME),
    waitedFor: isWaitedFor(draft, outcome, end),
    typed:
      marks.drift !== undefined || marks.manualCode?.push === false || isAnsweredOtherwise(marks, outcome),
  };
  let broken = false;
  return HOPS.map((id) => {
    const [status, ...evidence] = SIGHTS[id](view);
    const shown = broken && status !== 'ok' ? 'not-reached' : status;
    broken ||= status === 'broken';
    return {
      id,
      status: shown,
      evidence: shown === 'not-reached' ? [] : evidence.flatMap((moment) => (moment ? [moment.quote] : [])),
    };
  });
}

/** Refused before the wait ended, and no phone had called back: what was refused is a code. */
function isAnsweredOtherwise({ tokenResult, callbackStarted }: Milestones, outcome: AttemptOutcome): boolean {
  const refused = tokenResult !== undefined && tokenResult.code !== SUCCESS;
  return refused && !callbackStarted && outcome !== 'timed-out';
}

const SIGHTS: Readonly<Record<Hop, (view: View) => Sight>> = {
  login: ({ marks, draft }) => {
    const { passwordAccepted, passwordRefused, loginFailed, groupMismatch, secondFactorSkipped } = marks;
    if (passwordAccepted) return ['ok', passwordAccepted];
    // The last line of a login alone does not tell how far it got.
    const failedHere = draft.fromStart && !wasAsked(marks) ? loginFailed : undefined;
    if (mayHaveAskedItsUser(marks)) return UNKNOWN;
    if (passwordRefused ?? groupMismatch ?? failedHere) {
      return ['broken', groupMismatch, passwordRefused, loginFailed];
    }
    const later = marks.secondFactorAsked ?? marks.vpnWait ?? marks.tokenWait ?? marks.pushSent;
    const implied = later ?? marks.tokenResult ?? marks.granted ?? secondFactorSkipped;
    return implied ? ['ok', implied] : UNKNOWN;
  },

  'second-factor': ({ marks, draft }) => {
    const { secondFactorSkipped, secondFactorAsked, vpnWait, tokenWait } = marks;
    const asked = secondFactorAsked ?? vpnWait ?? tokenWait ?? marks.pushSent ?? marks.tokenResult;
    if (asked) return ['ok', secondFactorAsked ?? asked];
    if (secondFactorSkipped) return ['broken', secondFactorSkipped];
    const skipped = draft.withoutToken && marks.granted && !marks.radiusAsked;
    return skipped ? ['broken', marks.passwordAccepted] : UNKNOWN;
  },

  token: ({ marks, outcome }) => {
    const { drift, tokenType, tokenWait, tokenResult } = marks;
    if (drift && outcome !== 'succeeded') {
      return [
        'broken',
        drift,
        tokenResult?.code === NEXT_CODE && tokenResult !== drift ? tokenResult : undefined,
      ];
    }
    if (tokenType?.type === MOBILE_TOKEN) return ['ok', tokenType, tokenWait];
    if (tokenType) return UNKNOWN;
    const checked = tokenResult?.code === SUCCESS && !marks.radiusChallenge ? tokenResult : undefined;
    const used = marks.pushSent ?? marks.pushAlreadySent ?? checked;
    return used ? ['ok', used] : UNKNOWN;
  },

  'push-service': ({ marks, draft, outcome, settled, typed }) => {
    const { pushConnect, pushSent, pushAlreadySent, clientHello } = marks;
    const shown = pushConnect ?? pushSent ?? pushAlreadySent ?? clientHello;
    if (shown) return ['ok', shown];
    const silent = draft.pushDebugEnabled && draft.fromStart && settled && draft.connectRivals.size === 0;
    return silent && isPushDue(draft) && !typed && outcome !== 'succeeded'
      ? ['broken', marks.passwordAccepted ?? marks.secondFactorAsked ?? marks.vpnWait]
      : UNKNOWN;
  },

  'push-request': ({ marks, draft, outcome, settled, typed }) => {
    const { pushConnect, pushSent, pushAlreadySent, pushTlsAlert, clientHello } = marks;
    // fnbamd says `already sent` once it has asked for a push; whether one left, ftm-push knows where it speaks.
    const shown = pushSent ?? clientHello;
    if (shown) return ['ok', shown];
    if (pushTlsAlert) return ['broken', pushConnect, pushTlsAlert];
    const failed = settled && draft.pushRivals.size === 0 && !typed && outcome !== 'succeeded';
    if (pushAlreadySent && !pushConnect) {
      const mute = draft.pushDebugEnabled && draft.fromStart && isPushDue(draft);
      return [mute && failed ? 'broken' : 'ok', pushAlreadySent];
    }
    const answered = marks.secondFactorAsked ?? marks.tokenWait ?? marks.vpnWait;
    return pushConnect && answered && failed ? ['broken', pushConnect] : UNKNOWN;
  },

  notification: ({ marks }) => (marks.clientHello ? ['ok', marks.callbackStarted] : UNKNOWN),

  callback: ({ marks, draft, outcome, waitedFor, typed }) => {
    const { callbackStarted, clientHello, pushSent } = marks;
    if (clientHello) return ['ok', callbackStarted, clientHello];
    if (!waitedFor || typed || draft.callbackDoubtful || outcome === 'succeeded') return UNKNOWN;
    if (callbackStarted) return ['broken', pushSent, callbackStarted];
    // Whether the phone rang cannot be seen from here; that no answer of it arrived can.
    return pushSent ? ['broken', pushSent] : UNKNOWN;
  },

  tls: (view) => {
    const { marks } = view;
    const { callbackCompleted, tlsAlert, clientHello } = marks;
    if (callbackCompleted) return ['ok', callbackCompleted];
    if (tlsAlert) return ['broken', tlsAlert];
    return clientHello && isPast(clientHello, view) ? ['broken', clientHello] : UNKNOWN;
  },

  approval: (view) => {
    const { marks, draft, outcome } = view;
    const { tokenResult, callbackCompleted, vpnWait, tokenWait, loginFailed, granted, gaveUp } = marks;
    if (outcome === 'timed-out' && (callbackCompleted ?? tokenResult ?? loginFailed)) {
      return ['broken', vpnWait, tokenWait, callbackCompleted, tokenResult ?? loginFailed ?? gaveUp];
    }
    if (tokenResult?.code === SUCCESS) return ['ok', tokenResult];
    if (tokenResult && tokenResult.code !== NEXT_CODE) {
      return ['broken', tokenResult.code === DENIED ? callbackCompleted : undefined, tokenResult];
    }
    if (granted && (marks.secondFactorAsked ?? callbackCompleted) && !draft.withoutToken)
      return ['ok', granted];
    if (loginFailed && wasAsked(marks)) return ['broken', loginFailed];
    return callbackCompleted && isPast(callbackCompleted, view) ? ['broken', callbackCompleted] : UNKNOWN;
  },

  authorisation: ({ marks }) => {
    if (marks.granted) return ['ok', marks.granted];
    return marks.refusedAfterApproval ? ['broken', marks.tokenResult, marks.refusedAfterApproval] : UNKNOWN;
  },
};

/** The log goes on after this line for as long as the next step takes. */
function isPast({ at }: Moment, { settled, outcome, draft, end }: View): boolean {
  const passed = secondsBetween(at, end.at);
  const over = outcome !== 'incomplete' || draft.superseded;
  return settled && (over || passed === undefined || passed >= PUSH_TIME);
}

/** A token was asked for, and it is one that pushes. */
function isPushDue({ milestones: marks, withoutToken }: LoginState): boolean {
  return wasAsked(marks) && (marks.tokenType?.type ?? MOBILE_TOKEN) === MOBILE_TOKEN && !withoutToken;
}

/** Ended before its time, the login says nothing of a phone that might still have answered. */
function isWaitedFor(draft: LoginState, outcome: AttemptOutcome, end: LogEnd): boolean {
  const { milestones: marks } = draft;
  const failed = outcome === 'failed' && !marks.tokenResult ? marks.loginFailed?.at : undefined;
  const asked = marks.vpnWait?.at ?? marks.tokenWait?.at ?? marks.passwordAccepted?.at;
  if (failed === undefined || asked === undefined) {
    return isSettled(draft, outcome, end, longestWait(marks));
  }
  return (secondsBetween(asked, end.at) ?? 0) >= longestWait(marks);
}

/** How long a phone that was asked may take. Seconds. */
function longestWait({ vpnWait, tokenWait }: Milestones): number {
  return Math.max(vpnWait?.seconds ?? 0, tokenWait?.seconds ?? 0) || DEFAULT_WAIT;
}

/** `seconds`: so long after the question the log has to go on. */
function isSettled(draft: LoginState, outcome: AttemptOutcome, end: LogEnd, seconds: number): boolean {
  if (outcome !== 'incomplete' || draft.superseded) return true;
  const { milestones: marks } = draft;
  const since = marks.tokenWait?.at ?? marks.vpnWait?.at ?? marks.passwordAccepted?.at;
  const passed = secondsBetween(since, end.at);
  return passed === undefined ? end.order - draft.lastOrder >= PUSH_MESSAGES : passed >= seconds;
}
