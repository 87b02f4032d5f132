import type { Quote } from '../evidence/types.ts';
import type { Attempt, SeenSign } from '../facts/attempt.ts';
import type { Releases } from '../facts/described/stated-values.ts';
import type { Conflicting, Fact, Known, Unknown } from '../facts/fact.ts';
import type { FactKey, Facts, FactValues } from '../facts/facts.ts';
import type { Hop } from '../facts/hop.ts';
import type { QuestionTopic } from '../facts/values.ts';
import type { CommandId } from '../fortios/commands.ts';
import type { SignName } from '../fortios/debug/login-signs.ts';
import type { FortiosVersion } from '../fortios/version.ts';
import type { RuleId } from './rule-ids.ts';
import type { Reference, ReferenceName } from './shared/references.ts';

/** What the cause does if it is there: `critical` stops every push. `Confidence` says how sure that is. */
export type Severity = 'critical' | 'high' | 'medium' | 'low';
/** What the evidence proves: `certain` leaves no other reading (docs/explanation/verdicts.md). */
export type Confidence = 'certain' | 'likely' | 'possible';

/**
 * Three blocks of CLI lines that are safe to paste. With an empty `apply` nothing can be done on the FortiGate; `note`
 * says what to do instead.
 */
export interface Fix {
  readonly apply: readonly string[];
  readonly undo: readonly string[];
  readonly verify: readonly string[];
  /** Above the lines: what to find out first, where they are wrong, and who loses access by them. */
  readonly before?: string;
  /** Which `<placeholders>` to replace. Default: those of the lines. */
  readonly replace?: string;
  /** Security cost, a choice to make, or what to do outside the device. */
  readonly note?: string;
  /** How the lines are run: their VDOM, when they end, what they must print. */
  readonly running?: string;
  readonly forward?: Forward;
  /** A text of the fix asks for a login, so that the answer need not. */
  readonly asksForLogin?: true;
}

/** A text for another person, ready to send. `to`: who that is, where it is not the user. */
export interface Forward {
  readonly to?: string;
  readonly text: string;
}

/** Where nothing can be done on the FortiGate: what to do instead. */
export interface Instead extends Pick<Fix, 'forward' | 'asksForLogin'> {
  readonly todo: string;
  readonly verify?: readonly string[];
}

/** A text alone is what to do instead. */
export type FixSpec = Fix | Instead | string;

export interface Broken {
  /** The step that the evidence shows broken, where it is not that of the rule. */
  readonly hop?: Hop;
  readonly verdict: 'broken';
  readonly confidence: Confidence;
  /** Overrides the rule's severity if the case is better or worse than usual. */
  readonly severity?: Severity;
  /** What is wrong, in the reader's words, in one line: the first finding's title is the headline of the answer. */
  readonly title: string;
  /** Two to four plain sentences: why this breaks push here, with the values in the evidence. */
  readonly summary: string;
  readonly evidence: readonly Quote[];
  readonly fix: Fix;
  /** Set if the finding stops only some users, none of whom the request is about: other findings then come first. */
  readonly concerns?: 'some-users';
  /** What the finding says to questions, before `answers` of its rule. */
  readonly answers?: readonly RuleAnswer[];
  /** Reasons of its logins, before `loginReasons` of its rule. */
  readonly loginReasons?: LoginReasons;
  /** The evidence shows that the login failed, not why. */
  readonly isUnexplained?: boolean;
  /** Rules whose findings this one explains: they are shown below it. */
  readonly explains?: readonly RuleId[];
}

/**
 * The facts that decide a verdict, whatever the others would show: only these must have been read completely. Default:
 * the facts the rule needs, or all its facts if it needs none.
 */
interface DecidedBy {
  readonly decidedBy?: readonly FactKey[];
}

export interface Healthy extends DecidedBy {
  readonly verdict: 'healthy';
  readonly reason: string;
  readonly evidence: readonly Quote[];
  /** The answer shows the reason: it names a risk. */
  readonly isNoted?: boolean;
  /** No log shows it, but a person's words do. */
  readonly saidByPerson?: true;
}

export interface NotApplicable extends DecidedBy {
  readonly verdict: 'not-applicable';
  readonly reason: string;
}

export interface Undecided {
  readonly verdict: 'unknown';
  readonly reason: string;
  /** What would decide it; `commands` may be empty if only a person can find out. */
  readonly need: string;
  readonly commands: readonly CommandId[] | 'debug-recipe';
  /**
   * Whether it alone keeps a case from `healthy`, where that differs from `undecidedIsNotHealthy` of the rule: true if no
   * evidence would decide it and most such cases are healthy, false for a value that was hidden.
   */
  readonly allowsHealthyCase?: boolean;
  /** Its reason, a sentence, says more about the failed login than the last line of the log. */
  readonly isHeadline?: true;
}

export interface Contradicted {
  readonly verdict: 'conflicting';
  readonly reason: string;
  readonly evidence: readonly Quote[];
}

export type Judgement = Broken | Healthy | NotApplicable | Undecided | Contradicted;
export type Verdict = Judgement['verdict'];

/** When the evidence was read: validity and schedules are compared with it. */
export interface ReadingTime {
  /** Milliseconds since the Unix epoch; a device's clock has no known zone, so its local time is read as UTC. */
  readonly ms: number;
  /** `device`: from `get system status` in the evidence. `request`: time of the request. */
  readonly clock: 'device' | 'request';
}

/** What the request was about, and what a fix must suit. */
export interface RuleContext {
  /** User named in the request; rules about users look at this one only. */
  readonly user?: string;
  readonly vdom?: string;
  readonly version?: FortiosVersion;
  readonly vdomMode?: 'single' | 'multi';
  /** VDOMs known to exist: `edit` of any other would create it. */
  readonly vdoms?: ReadonlySet<string>;
  /** Absent if unknown: then no rule judges by time. */
  readonly readAt?: ReadingTime;
  /** Users log in through IKE here, not SSL VPN. */
  readonly overIke?: boolean;
}

type KnownFacts<N extends FactKey> = { readonly [K in N]: Known<FactValues[K]> };

/** Facts that a rule can use but does not need. */
type WantedFacts<W extends FactKey> = { readonly [K in W]: Fact<FactValues[K]> };

/** Optional properties of a rule that the diagnosis and the answer use. */
interface Particulars {
  /**
   * Whose pushes the rule is about. Default: this FortiGate's in the hops push-service, push-request, callback and
   * tls, else anybody's.
   */
  readonly pushesOf?: 'this-fortigate' | 'anybody';
  /** Other codes by which documents name this cause: `V14`. */
  readonly aliases?: readonly string[];
  /** A later login that passed this hop shows that the finding is from another time or device. */
  readonly refutedByPassing?: Hop;
  /** It decides about every push: while it is undecided, the case is not healthy. */
  readonly undecidedIsNotHealthy?: true;
  /** Its finding shows a refusal but not the cause: the answer still asks for what would show the cause. */
  readonly showsOnlySymptom?: true;
  /** What it finds does not end with the fix of its cause: the answer shows it beside the finding that explains it. */
  readonly outlastsFix?: true;
  /** Needs another machine: asked for only if nothing on the FortiGate is left to ask. */
  readonly askedLast?: true;
  /** The rule finds another service on the push port. Of several, the one with the lowest `precedence` gets the connection. */
  readonly pushPortOwner?: { readonly service: PushPortOwner; readonly precedence: number };
  /** What an upgrade changes for its cause. */
  readonly edge?: VersionEdge;
  /**
   * Whom the cause stops, as a person asks: `Only him?` Default: not said. `one account`: the user, and no other one.
   */
  readonly stops?: Stopped;
  /**
   * Continues `The cause lies`, no full stop. Default: `on the FortiGate`, if its fix is lines to type there.
   */
  readonly place?: string;
  /** Its fix changes another machine, so answers say that the FortiGate stays as it is. */
  readonly leavesFortigate?: true;
  readonly loginReasons?: LoginReasons;
  /** Changes that make this cause, as people name them, and what to look at first after one. */
  readonly afterChange?: readonly (readonly [change: RegExp, look: string])[];
  /**
   * What people ask about this cause, by topic or by words of their question, and a statement about the thing that they
   * ask about, which is right for every form of the question; of several, the first that fits.
   */
  readonly answers?: readonly RuleAnswer[];
  /**
   * The cause as people describe it who have neither a log nor a configuration: judged only where no line of the evidence
   * shows a cause (described-cause.ts).
   */
  readonly descriptions?: readonly Description[];
  /** What would stop every push and only a login shows, where a sound configuration leaves it open. */
  readonly notInConfiguration?: string;
  /** Healthy rules of this sort together show that the push service is on and has an address to send. */
  readonly pushSetup?: 'enabled' | 'address';
  /** A timer ends the login: the answer draws its times. */
  readonly isTimer?: true;
  /** Its finding states how long a user has to approve, so that the answer need not repeat it. */
  readonly statesTimeToApprove?: true;
}

/** What a person states, in any order: `stated` of facts/described has the form. */
export interface Statements {
  /** Each of these is stated. */
  readonly all: readonly string[];
  /** Or each of one of these rows is. */
  readonly or?: readonly (readonly string[])[];
}

/** Statements of a person that together fit one cause. */
export interface Description extends Statements {
  /** Each of these that is stated as well tells the cause from its neighbours. */
  readonly also?: readonly string[];
  /** None of these is. */
  readonly not?: readonly string[];
  /** Only these have the cause: where every release that is stated is another, it is not that. */
  readonly releases?: Releases;
  /** Default: `possible`; `likely` where the statements leave hardly another cause. */
  readonly confidence?: 'likely';
  /** As that of a finding: the cause in one line. Default: the title of the rule. */
  readonly title?: string;
  /** What to look at first, and what to change if it is so. `<new-address>`: see `fillIn` of facts/described. */
  readonly fix: FixSpec;
  /** Where these are stated as well, nothing is left to look at: the cause is likely, and this is what to type. */
  readonly decided?: Statements & { readonly fix: FixSpec };
}

type Asked = QuestionTopic | RegExp;

/** The answer to any of what is asked; `''` in place of a general answer that would be false. */
export type RuleAnswer = readonly [asked: Asked | readonly Asked[], answer: string];

export type Stopped =
  | 'one account'
  | 'every user of this directory'
  | 'every user of this server'
  | 'every SAML login'
  | 'every user'
  | 'every user of SSL VPN'
  | 'every user with push'
  | 'every user of FortiToken Cloud'
  | 'every user of this portal'
  | 'every client of this tunnel'
  | 'every client with this profile'
  | 'every client whose key is not that of the tunnel'
  | 'every client with such a certificate'
  | 'every client on this interface'
  | 'every further client of this tunnel'
  | 'every further client of SSL VPN'
  | 'everybody behind this address';

/** The mildest first: of several fixes the last one decides (fix-effect.ts has the words). */
export type Disturbed =
  | 'nobody'
  | 'nobody: only push'
  | 'nobody: only new logins'
  /** The change is made on another device. */
  | 'nobody: elsewhere'
  | 'only this computer'
  | 'only this account'
  | 'only the old session'
  | 'logins under way'
  | 'users of these tokens'
  | 'logins of other users'
  | 'unknown'
  | 'routes'
  | 'tunnels of this phase 1'
  /** Fortinet says it of addresses and pools only, not of other settings of SSL VPN. */
  | 'perhaps SSL VPN'
  | 'every session of SSL VPN'
  | 'a failover'
  | 'every session';

/**
 * Why a login failed, in a few words, by the sort of the line that shows it, in order of preference. A function says
 * `undefined` where such a line has another reason.
 */
export type LoginReasons = Readonly<
  Partial<Record<SignName, string | ((seen: SeenSign, login: Attempt) => string | undefined)>>
>;

/** A change of FortiOS after which logins fail that went well before: judged for the release of an upgrade. */
export interface VersionEdge extends Pick<Rule, 'facts' | 'needs' | 'judge'> {
  /** First release of each branch that has the change, in ascending order. */
  readonly since: readonly string[];
}

/** Services that may answer on the push port instead of the push service. */
type PushPortOwner = 'virtual-ip' | 'local-in-policy' | 'admin-https' | 'ssl-vpn' | 'ike-tcp';

/** How a rule judges, and by which facts. */
export interface JudgeSpec<N extends FactKey, W extends FactKey> {
  /** Without one of these the rule is `unknown`, and the answer names the command that would show it. */
  readonly needs: readonly N[];
  readonly wants?: readonly W[];
  /**
   * Decides with some of the needed facts unknown, for example from a debug flow that shows where the packet went.
   */
  readonly checkPartial?: (facts: WantedFacts<N | W>, context: RuleContext) => Judgement | undefined;
  readonly check: (facts: KnownFacts<N> & WantedFacts<W>, context: RuleContext) => Judgement;
}

export interface RuleSpec<N extends FactKey, W extends FactKey> extends Particulars, JudgeSpec<N, W> {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  readonly hop: Hop;
  /**
   * 7 for RC07, 112 for V12, by which documents name the rule (rule-code.ts). A new rule takes the next free one; it never
   * changes.
   */
  readonly number: number;
  /**
   * The cause for a reader without FortiGate knowledge, continues “The reason is that”: no names of products or
   * settings, no full stop.
   */
  readonly forCustomer: string;
  /** Whom the fix disturbs while it is made, as a person asks: `Can I do that during the day?` */
  readonly disturbs: Disturbed | ((finding: { readonly fix: Fix }) => Disturbed);
  /** FortiOS versions that the rule applies to, for display: `6.4.10 – 7.4.0`. Default: `all`. */
  readonly versions?: string;
  readonly references: readonly ReferenceName[];
}

export interface Rule
  extends Particulars,
    Pick<
      RuleSpec<never, never>,
      'id' | 'number' | 'hop' | 'title' | 'severity' | 'forCustomer' | 'disturbs'
    > {
  readonly facts: readonly FactKey[];
  readonly needs: readonly FactKey[];
  readonly versions: string;
  readonly references: readonly Reference[];
  readonly judge: (facts: Facts, context: RuleContext) => Judgement;
}

export type NotKnown = Unknown | Conflicting;
