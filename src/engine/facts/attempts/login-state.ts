import type { AttemptMilestones } from '../attempt.ts';
import { type EventRef, toMoment } from './event-ref.ts';
import type { Trace } from './trace.ts';

export type Milestones = { -readonly [K in keyof AttemptMilestones]: AttemptMilestones[K] };

/**
 * Stage of a login: the password is being checked; the token question was asked; the client returned with the second
 * factor; the second factor was accepted; the login is over.
 */
export type LoginStage = 'password' | 'question' | 'answer' | 'approved' | 'over';

/** A login under construction. */
export class LoginState {
  started: EventRef;
  /** False if the log begins within this login: then a missing line proves nothing. */
  fromStart: boolean;
  /** ftm-push debug was on when the login began. */
  readonly pushDebugEnabled: boolean;
  user: string | undefined;
  vdom: string | undefined;
  /** `pid:vdom:sid`, and the parts that other lines repeat. */
  session: { readonly key: string; readonly process: string; readonly sid: string } | undefined;
  request: string | undefined;
  /** fnbamd printed a line about it, so that the absence of later lines is meaningful. */
  seenByFnbamd = false;
  /** fnbamd's number of the requesting service. */
  service: string | undefined;
  /** `tunnel:number` of IKE, if the login came that way. */
  negotiation: string | undefined;
  stage: LoginStage = 'password';
  milestones: Milestones = {};
  /** The latest `authenticate user` line. */
  authenticated: EventRef | undefined;
  /** The latest line that shows its request to fnbamd. */
  requested: EventRef;
  /** The client's second-factor answer was announced, so the next `authenticate user` carries it. */
  answerAnnounced = false;
  /** sslvpn itself printed `return: 7`; fnbamd's line may come before or after. */
  sslvpnAsked = false;
  /** The RADIUS challenge is a question for the user; inside EAP it need not be. */
  radiusAsksUser = false;
  /** The FortiGate ends EAP itself, so that a further request for this user asks for the password alone. */
  eapLocal = false;
  /** Password accepted without a token question. */
  withoutToken = false;
  /** The same session or user started again before this login ended. */
  superseded = false;
  /** The login on the same session that this one ends, unless this turns out to be its second step. */
  replaces: LoginState | undefined;
  lastOrder: number;
  /** Seconds. Time of its latest line, if the log has times. */
  lastAt: number | undefined;
  /** Other logins that the connection or push assigned to this one may belong to. */
  ambiguousConnects = new Set<LoginState>();
  ambiguousPushes = new Set<LoginState>();
  /** A callback was seen that may belong to this login or another. */
  ambiguousCallback = false;
  mergedInto: LoginState | undefined;
  /** What else the daemons said about it. */
  trace: Trace | undefined;
  /** The attempt was built: this login is final. */
  finished = false;

  constructor(started: EventRef, start: LoginStart) {
    this.started = started;
    this.requested = started;
    this.lastOrder = started.order;
    this.lastAt = started.at;
    this.fromStart = start.fromStart;
    this.pushDebugEnabled = start.pushDebugEnabled;
    this.user = start.user;
    this.vdom = start.vdom;
    this.request = start.request;
  }
}

export interface LoginStart {
  readonly user?: string;
  readonly vdom?: string;
  readonly request?: string;
  readonly fromStart: boolean;
  readonly pushDebugEnabled: boolean;
}

/** FortiOS may ignore case in user names, and then prints both spellings in one login. */
export function isUser(login: LoginState, user: string): boolean {
  return login.user === undefined || login.user.toLowerCase() === user.toLowerCase();
}

/** The token question was asked and not yet answered. */
export function isWaiting(login: LoginState): boolean {
  return (login.stage === 'question' || login.stage === 'answer') && !login.withoutToken;
}

/** Some line shows that the login reached the token question. */
export function wasAsked(milestones: AttemptMilestones): boolean {
  const { passwordAccepted, vpnWait, tokenWait, secondFactorAsked, passwordRefused } = milestones;
  return !passwordRefused && Boolean(passwordAccepted ?? vpnWait ?? tokenWait ?? secondFactorAsked);
}

/** Some line of a daemon refuses the login. */
export function wasRefused({ loginFailed, passwordRefused, refused, tokenResult }: Milestones): boolean {
  const token = tokenResult && tokenResult.code !== SUCCESS ? tokenResult : undefined;
  return (loginFailed ?? passwordRefused ?? refused ?? token) !== undefined;
}

/** The login asked for a second factor, or a line about one was seen. */
export function hasSecondFactor({ milestones, withoutToken }: LoginState): boolean {
  const { secondFactorAsked, pushSent, pushAlreadySent, drift, tokenResult, passwordAccepted } = milestones;
  const asked = passwordAccepted && !withoutToken && !milestones.secondFactorSkipped;
  return Boolean(secondFactorAsked ?? pushSent ?? pushAlreadySent ?? drift ?? tokenResult) || Boolean(asked);
}

const STAGES: readonly LoginStage[] = ['password', 'question', 'answer', 'approved', 'over'];

/** Stages only advance: lines of two daemons about one step may come in either order. */
export function advance(login: LoginState, stage: LoginStage): void {
  if (STAGES.indexOf(stage) > STAGES.indexOf(login.stage)) login.stage = stage;
}

export function markQuestion(login: LoginState, ref: EventRef): void {
  login.milestones.passwordAccepted ??= toMoment(ref);
  login.withoutToken = false;
  advance(login, 'question');
}

/** Handles a second-factor result; a drifted token leaves the login open for the next code. */
export function markTokenResult(login: LoginState, code: number, ref: EventRef, text?: string): void {
  login.milestones.tokenResult = { ...toMoment(ref), code, text };
  if (code === NEXT_CODE) {
    login.milestones.drift ??= toMoment(ref);
    advance(login, 'answer');
    return;
  }
  advance(login, code === SUCCESS ? 'approved' : 'over');
}

/** Result codes of fnbamd (domain notes §3.2). */
export const SUCCESS = 0;
export const DENIED = 1;
/** Undocumented; RADIUS challenges end with it. It decides nothing here. */
export const UNLISTED = 2;
export const PENDING = 4;
export const NEED_TOKEN = 7;
export const NEXT_CODE = 8;
