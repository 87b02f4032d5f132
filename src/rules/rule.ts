import type { Quote } from '../evidence/types.ts';
import type { Conflicting, Fact, Known, Unknown } from '../facts/fact.ts';
import type { FactKey, Facts, FactValues } from '../facts/facts.ts';
import type { Hop } from '../facts/hop.ts';
import type { CommandId } from '../fortios/commands.ts';
import type { FortiosVersion } from '../fortios/version.ts';
import type { RuleId } from './rule-ids.ts';

export type Severity = 'critical' | 'high' | 'medium' | 'low';
export type Confidence = 'certain' | 'likely' | 'possible';

/** Three paste-safe blocks of CLI lines; an empty `apply` means nothing can be done on the FortiGate, and `note` says what else. */
export interface Fix {
  readonly apply: readonly string[];
  readonly undo: readonly string[];
  readonly verify: readonly string[];
  /** Security cost, a choice to make, or what to do off the device. */
  readonly note?: string;
}

export interface Reference {
  readonly title: string;
  readonly url: string;
}

export interface Broken {
  readonly verdict: 'broken';
  readonly confidence: Confidence;
  /** Overrides the rule's, where the case is better or worse than usual. */
  readonly severity?: Severity;
  /** What is wrong, in the reader's words, one line: the first finding's becomes the top line of the answer. */
  readonly title: string;
  /** Two to four plain sentences: why this breaks push here, with the values that were seen. */
  readonly summary: string;
  readonly evidence: readonly Quote[];
  readonly fix: Fix;
  /** Some users only, none of whom is in question: what stops everybody comes first. */
  readonly concerns?: 'some-users';
  /** Rules whose own finding this one explains: they are folded under it. */
  readonly explains?: readonly RuleId[];
}

export interface Healthy {
  readonly verdict: 'healthy';
  readonly reason: string;
  readonly evidence: readonly Quote[];
}

export interface NotApplicable {
  readonly verdict: 'not-applicable';
  readonly reason: string;
}

export interface Undecided {
  readonly verdict: 'unknown';
  readonly reason: string;
  /** What would decide it; `commands` may be empty where only a person can look. */
  readonly need: string;
  readonly commands: readonly CommandId[] | 'debug-recipe';
  /** Nothing that could be read would decide it, and most such cases are in order: by itself it keeps no case from `healthy`. */
  readonly allowsHealthyCase?: true;
}

export interface Contradicted {
  readonly verdict: 'conflicting';
  readonly reason: string;
  readonly evidence: readonly Quote[];
}

export type Judgement = Broken | Healthy | NotApplicable | Undecided | Contradicted;
export type Verdict = Judgement['verdict'];

/** When the evidence was read: what is valid or scheduled is held against it. */
export interface ReadingTime {
  /** Milliseconds since the Unix epoch; of a device's clock, whose zone is not known, the local time taken for UTC. */
  readonly ms: number;
  /** `device`: from `get system status` in the evidence. `request`: when somebody asked, or gave the evidence. */
  readonly clock: 'device' | 'request';
}

/** What the request was about, and what a fix must be written for. */
export interface RuleContext {
  /** User the request named; rules about users look at this one only. */
  readonly user?: string;
  readonly vdom?: string;
  readonly version?: FortiosVersion;
  readonly vdomMode?: 'single' | 'multi';
  /** VDOMs that the evidence shows to exist: `edit` of any other would create it. */
  readonly vdoms?: ReadonlySet<string>;
  /** Absent where neither the evidence nor the caller tells it: then no rule judges by time. */
  readonly readAt?: ReadingTime;
  /** Users log in through IKE here, not through SSL VPN. */
  readonly overIke?: boolean;
}

type KnownFacts<N extends FactKey> = { readonly [K in N]: Known<FactValues[K]> };

/** Facts a rule would use but can do without. */
type WantedFacts<W extends FactKey> = { readonly [K in W]: Fact<FactValues[K]> };

/** Optional properties of a rule that the diagnosis and the answer use. */
interface Particulars {
  /** Whose pushes it is about. By default this FortiGate's own in the steps push-service, push-request, callback and tls, else anybody's. */
  readonly pushesOf?: 'this-fortigate' | 'anybody';
  /** A later login that passed this step shows that the finding is of another time or device. */
  readonly refutedByPassing?: Hop;
  /** It decides about every push: while it is not decided, the case is not healthy. */
  readonly undecidedIsNotHealthy?: true;
  /** It shows a refusal and not its cause: the causes are still asked for. */
  readonly namesNoCause?: true;
  /** Another machine would have to be looked at: asked for only where nothing on the FortiGate is left to ask. */
  readonly askedLast?: true;
  /** The rule finds another service on the push port. Of several, the one with the lowest `precedence` gets the connection. */
  readonly pushPortOwner?: { readonly service: PushPortOwner; readonly precedence: number };
  /** Its finding states how long a user has to approve, so that the answer need not repeat it. */
  readonly statesTimeToApprove?: true;
}

/** Services that may answer on the push port instead of the push service. */
type PushPortOwner = 'virtual-ip' | 'local-in-policy' | 'admin-https' | 'ssl-vpn' | 'ike-tcp';

export interface RuleSpec<N extends FactKey, W extends FactKey> extends Particulars {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  readonly hop: Hop;
  /** 7 for RC07: the position in the field notes. A new rule takes the next free one. */
  readonly number: number;
  /** The cause for somebody who knows no FortiGate, to follow “The reason is that”: no names of products or settings, no full stop. */
  readonly forCustomer: string;
  /** Without every one of these the rule is `unknown`, and the answer says which command would tell. */
  readonly needs: readonly N[];
  readonly wants?: readonly W[];
  /** FortiOS versions the rule applies to, for people: `6.4.10 – 7.4.0`. */
  readonly versions: string;
  readonly references: readonly Reference[];
  /** What decides by itself, with some of the needed facts unknown: a debug flow that shows where the packet went. */
  readonly witness?: (facts: WantedFacts<N | W>, context: RuleContext) => Judgement | undefined;
  readonly check: (facts: KnownFacts<N> & WantedFacts<W>, context: RuleContext) => Judgement;
}

export interface Rule extends Particulars {
  readonly id: RuleId;
  readonly number: number;
  readonly hop: Hop;
  readonly title: string;
  readonly severity: Severity;
  readonly forCustomer: string;
  readonly facts: readonly FactKey[];
  readonly needs: readonly FactKey[];
  readonly versions: string;
  readonly references: readonly Reference[];
  readonly judge: (facts: Facts, context: RuleContext) => Judgement;
}

export type NotKnown = Unknown | Conflicting;
