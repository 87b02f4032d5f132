import type { AttemptMilestones } from '../attempt.ts';
import { type EventRef, momentOf } from './event-ref.ts';

export type Milestones = { -readonly [K in keyof AttemptMilestones]: AttemptMilestones[K] };

/**
 * Where a login stands: its password is being checked; the token question is out; the client has come back for the
 * second factor; the second factor was accepted; it is over.
 */
export type LoginStage = 'password' | 'question' | 'answer' | 'approved' | 'over';

/** A login while its lines are still coming in. */
export interface LoginState {
  readonly started: EventRef;
  /** False where the log begins in the middle of this login: then what is missing proves nothing. */
  fromStart: boolean;
  /** ftm-push debug was on when it began. */
  readonly pushDebugEnabled: boolean;
  user: string | undefined;
  vdom: string | undefined;
  /** `pid:vdom:sid`, and the parts that other lines repeat. */
  session: { readonly key: string; readonly process: string; readonly sid: string } | undefined;
  request: string | undefined;
  /** fnbamd has spoken of it, so that its silence means something. */
  toldByFnbamd: boolean;
  /** fnbamd's number of who asked. */
  service: string | undefined;
  /** `tunnel:number` of IKE, where the login came that way. */
  negotiation: string | undefined;
  stage: LoginStage;
  milestones: Milestones;
  /** The latest `authenticate user` line. */
  authenticated: EventRef | undefined;
  /** The latest line that shows its request going to fnbamd. */
  requested: EventRef;
  /** The client's answer to the token question was announced, so the next `authenticate user` carries it. */
  answering: boolean;
  /** sslvpn itself has said `return: 7`; fnbamd's word for it may come before or after. */
  questioned: boolean;
  /** What RADIUS asks of this login is a question for the user; inside EAP it need not be. */
  radiusAsksUser: boolean;
  /** Password accepted without a token question. */
  withoutToken: boolean;
  /** The same session or user began anew before this one came to an end. */
  superseded: boolean;
  /** Login on the same session that this one ends, unless this turns out to be its second step. */
  replaces: LoginState | undefined;
  lastOrder: number;
  /** When its latest line was printed, where the log has times. Seconds. */
  lastAt: number | undefined;
  /** Other logins that the connection, or the push, given to this one may have belonged to. */
  connectRivals: Set<LoginState>;
  pushRivals: Set<LoginState>;
  /** A callback was seen that may have been this login's or another's. */
  callbackDoubtful: boolean;
  mergedInto: LoginState | undefined;
  /** It was made an attempt; nothing about it changes any more. */
  finished: boolean;
}

interface DraftStart {
  readonly user?: string;
  readonly vdom?: string;
  readonly request?: string;
  readonly fromStart: boolean;
  readonly pushAudible: boolean;
}

export function createLoginState(started: EventRef, start: DraftStart): LoginState {
  return {
    started,
    fromStart: start.fromStart,
    pushDebugEnabled: start.pushAudible,
    user: start.user,
    vdom: start.vdom,
    session: undefined,
    request: start.request,
    toldByFnbamd: false,
    service: undefined,
    negotiation: undefined,
    stage: 'password',
    milestones: {},
    authenticated: undefined,
    requested: started,
    answering: false,
    questioned: false,
    radiusAsksUser: false,
    withoutToken: false,
    superseded: false,
    replaces: undefined,
    lastOrder: started.order,
    lastAt: started.at,
    connectRivals: new Set(),
    pushRivals: new Set(),
    callbackDoubtful: false,
    mergedInto: undefined,
    finished: false,
  };
}

/** FortiOS may ignore case in user names, and then prints both spellings in one login. */
export function isUser(draft: LoginState, user: string): boolean {
  return draft.user === undefined || draft.user.toLowerCase() === user.toLowerCase();
}

/** The token question is out and not yet answered. */
export function isWaiting(draft: LoginState): boolean {
  return (draft.stage === 'question' || draft.stage === 'answer') && !draft.withoutToken;
}

/** Some line shows that the login got to the token question. */
export function wasAsked(marks: AttemptMilestones): boolean {
  const { passwordAccepted, vpnWait, tokenWait, secondFactorAsked, passwordRefused } = marks;
  return !passwordRefused && Boolean(passwordAccepted ?? vpnWait ?? tokenWait ?? secondFactorAsked);
}

/** It asked for one, or something of one was seen. */
export function hasSecondFactor({ milestones: marks, withoutToken }: LoginState): boolean {
  const { secondFactorAsked, pushSent, pushAlreadySent, drift, tokenResult, passwordAccepted } = marks;
  const asked = passwordAccepted && !withoutToken && !marks.secondFactorSkipped;
  return Boolean(secondFactorAsked ?? pushSent ?? pushAlreadySent ?? drift ?? tokenResult) || Boolean(asked);
}

const STAGES: readonly LoginStage[] = ['password', 'question', 'answer', 'approved', 'over'];

/** Stages only go forward: lines of two daemons about one step may come in either order. */
export function advance(draft: LoginState, stage: LoginStage): void {
  if (STAGES.indexOf(stage) > STAGES.indexOf(draft.stage)) draft.stage = stage;
}

export function markQuestion(draft: LoginState, sighting: EventRef): void {
  draft.milestones.passwordAccepted ??= momentOf(sighting);
  advance(draft, 'question');
}

/** Result of the second factor; a drifted token leaves the login open for the next code. */
export function markTokenResult(draft: LoginState, code: number, sighting: EventRef, text?: string): void {
  draft.milestones.tokenResult = { ...momentOf(sighting), code, text };
  if (code === NEXT_CODE) {
    draft.milestones.drift ??= momentOf(sighting);
    advance(draft, 'answer');
    return;
  }
  advance(draft, code === SUCCESS ? 'approved' : 'over');
}

/** Result codes of fnbamd (domain notes §3.2). */
export const SUCCESS = 0;
export const DENIED = 1;
/** Not in any table; a RADIUS challenge is remembered to end so. Whatever it is, it decides nothing here. */
export const UNLISTED = 2;
export const PENDING = 4;
export const NEED_TOKEN = 7;
export const NEXT_CODE = 8;
