import type { Quote } from '../evidence/types.ts';
import type { SignName } from '../fortios/debug/login-signs.ts';
import type { Hop, HopStatus } from './hop.ts';

export type AttemptOutcome = 'succeeded' | 'denied' | 'timed-out' | 'failed' | 'incomplete';

export interface AttemptHop {
  readonly id: Hop;
  readonly status: HopStatus;
  /** A step that this login does not need; its status is `not-reached`. */
  readonly needed?: false;
  readonly evidence: readonly Quote[];
}

/**
 * One moment of a login. `at` is seconds since the Unix epoch (log times read as UTC); absent without time stamps.
 */
export interface Moment {
  readonly quote: Quote;
  readonly at?: number;
}

/**
 * One user's login, reconstructed from interleaved debug lines. An absent milestone was not seen: whether that proves
 * anything depends on which daemons' debug was on (`DebugLog.daemons`).
 */
export interface Attempt {
  readonly user: string;
  readonly vdom?: string;
  /** `pid:vdom:sid` of the sslvpn session, `tunnel:number` of the IKE negotiation, or the fnbamd request id. */
  readonly session?: string;
  /** As the log spells it, without a zone: `2025-03-29 19:31:41`. */
  readonly startedAt?: string;
  readonly outcome: AttemptOutcome;
  /** One entry per hop, in order. */
  readonly hops: readonly AttemptHop[];
  readonly milestones: AttemptMilestones;
  readonly trace: LoginTrace;
}

/** A line about a login besides those of push, with the named parts of it. */
export interface SeenSign extends Moment {
  /** Position among all messages of the case. */
  readonly order: number;
  readonly fields: Readonly<Record<string, string>>;
}

/** What the daemons of the VPN and of authentication said about one login. */
export interface LoginTrace {
  readonly vpn?: 'sslvpn' | 'ike' | undefined;
  /** Address of the client. */
  readonly client?: string | undefined;
  /** Phase 1 of IKE. */
  readonly gateway?: string | undefined;
  /** A negotiation that another gateway may have begun as well as a person’s client: nothing in the log shows which. */
  readonly unclear?: true | undefined;
  /** By kind of line, in their order; fortios/debug/login-signs.ts lists the kinds. */
  readonly signs: Readonly<Partial<Record<SignName, readonly SeenSign[]>>>;
}

export interface AttemptMilestones {
  readonly passwordAccepted?: Moment;
  /** `fnbam_auth return: N`, N other than 7 and 0; or `Sending result N`. */
  readonly passwordRefused?: Moment & { readonly code: number; readonly text?: string };
  /** `login_failed:… [sslvpn_login_unknown_user]` and the like. */
  readonly loginFailed?: Moment & { readonly why: string };
  readonly groupMismatch?: Moment;
  readonly secondFactorSkipped?: Moment;
  /** A local user without a token, or a user of SAML, for whom this FortiGate asks for no second factor. */
  readonly checkedBy?: Moment & { readonly by: 'local-user' | 'saml' };
  readonly secondFactorAsked?: Moment;
  readonly tokenType?: Moment & { readonly type: number };
  /** A RADIUS server was asked; what it asks its users before it answers is not visible on the FortiGate. */
  readonly radiusAsked?: Moment;
  /** The RADIUS server asked for a second factor itself (Access-Challenge). */
  readonly radiusChallenge?: Moment;
  /** Seconds SSL VPN waits: `time_out = 80`. */
  readonly vpnWait?: Moment & { readonly seconds: number };
  /** Seconds the token is valid: `famStateInit … timeout = 60`. */
  readonly tokenWait?: Moment & { readonly seconds: number };
  readonly pushConnect?: Moment & { readonly address: string; readonly port: number };
  /** The FortiGate's own handshake with the push server ended in an alert. */
  readonly pushTlsAlert?: Moment & { readonly code: number; readonly name: string; readonly sent: boolean };
  readonly pushSent?: Moment & { readonly platform?: string; readonly tokenSerial?: string };
  readonly pushAlreadySent?: Moment;
  readonly callbackStarted?: Moment;
  readonly clientHello?: Moment;
  readonly tlsAlert?: Moment & { readonly code: number; readonly name: string };
  readonly callbackCompleted?: Moment;
  readonly tokenResult?: Moment & { readonly code: number; readonly text?: string };
  readonly drift?: Moment;
  /** `Receive Manually input token result. Push: 0`. */
  readonly manualCode?: Moment & { readonly push: boolean };
  readonly granted?: Moment;
  /** IKE reports that the user was refused, but not whether by the password or the second factor. */
  readonly refused?: Moment;
  /** `negotiation timeout`: IKE got no answer in time. */
  readonly gaveUp?: Moment;
  readonly refusedAfterApproval?: Moment;
}

/** Properties of the debug log as a whole. */
export interface DebugLog {
  /** Daemons whose debug was on: a line of the daemon was seen, or the command that enables it. */
  readonly daemons: Readonly<Record<'sslvpn' | 'fnbamd' | 'ftm-push', boolean>>;
  readonly lines: number;
  /** Address of the client, where all handshakes of SSL VPN are with one. */
  readonly onlyClient?: string;
  readonly timestamps: boolean;
  readonly first?: string;
  readonly last?: string;
  /** Push requests that cannot be assigned to one attempt: no sslvpn debug, or several logins at once. */
  readonly unclaimedPushes?: readonly Moment[];
  /**
   * Number of logins of a very long log that are not in `attempts`, which holds the first and last of each outcome.
   */
  readonly moreAttempts?: number;
  /** fnbamd requests that no VPN made, as the log shows: they are not among `attempts`. */
  readonly otherLogins?: OtherLogins;
  /** Present with `moreAttempts`: successful users over all logins of the log. */
  readonly users?: UserTallies;
}

export interface OtherLogins {
  readonly count: number;
  /** The first few. */
  readonly users: readonly string[];
  readonly quotes: readonly Quote[];
}

/** Users of one kind: the first few by name, and how many there are. */
export interface UserTally {
  readonly names: readonly string[];
  readonly count: number;
}

export interface UserTallies {
  readonly in: UserTally;
  readonly byPush: UserTally;
  /** Users who got in and had no failed login. */
  readonly withoutTrouble: UserTally;
}

/** Debug flow: `iprope_in_check() check failed on policy N, drop` for one packet. */
export interface FlowDrop {
  readonly policy: number;
  /** Address of the client. */
  readonly source?: string;
  /** TCP, or UDP on a port of IKE. */
  readonly destination?: { readonly address: string; readonly port: number };
  readonly vdom?: string;
  /** On which it came in. */
  readonly interface?: string;
  /** Of the client, as the local traffic log places it. */
  readonly country?: string;
  readonly quotes: readonly Quote[];
}

/** Event-log lines 32160 (push sent) and 32161 (push failed). */
export interface PushEvent {
  readonly sent: boolean;
  readonly at?: string;
  readonly vdom?: string;
  readonly quotes: readonly Quote[];
}

/** TLS handshakes on the push port that cannot be assigned to one attempt (no session, or no sslvpn debug). */
export interface UnattributedCallback {
  readonly started: Moment;
  /** False if no login of the log was waiting for a phone: another host connected to the port. */
  readonly awaited?: boolean;
  readonly clientHello?: Moment;
  readonly tlsAlert?: Moment & { readonly code: number; readonly name: string };
  readonly completed?: Moment;
}

/** User of a login whose user name is not in the log. For display only, never for a command. */
export const UNNAMED_USER = 'unknown user';
/** FortiClient’s identifier, which stands for the user of SAML until the identity provider has named one. */
export const CLIENT_ID = /^[0-9A-F]{32}$/i;
