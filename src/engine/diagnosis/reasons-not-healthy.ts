import type { Attempt } from '../facts/attempt.ts';
import { valueIfKnown } from '../facts/fact.ts';
import type { PushSender } from '../rules/shared/push-sender.ts';
import type { AskedUser } from './asked-user.ts';
import type { LiveSummary } from './diagnosis.ts';
import type { Judged } from './judge.ts';
import { refusedClause } from './refused-areas.ts';
import type { UnknownVdom } from './unknown-vdom.ts';
import { type AskedFacts, shortList, shortReason, unreadClause, unreadFacts } from './unread.ts';
import { calledInterface } from './vdom-coverage.ts';

/** The input for judging a case without a finding. */
export interface CaseReading extends AskedFacts {
  /** Logins of the user in question, or of all. */
  readonly attempts: readonly Attempt[];
  readonly judged: readonly Judged[];
  /** The user named in the request. */
  readonly asked?: AskedUser | undefined;
  /** The VDOM in the request, if there is none with that name. */
  readonly noVdom?: UnknownVdom | undefined;
  /** Who sends the pushes to the users in question. */
  readonly sender: PushSender;
  readonly live?: LiveSummary | undefined;
}

type Reason = (reading: CaseReading) => string | undefined;

/**
 * Reasons why a case without a broken rule is not healthy, as clauses that continue “nothing wrong in what could be
 * read, but”. The first one that applies is in the headline.
 */
const REASONS: readonly Reason[] = [
  noSuchVdom,
  unknownUser,
  sentElsewhere,
  ({ facts }) => refusedClause(facts),
  notWatched,
  unreadVdoms,
  unread,
  downInterface,
  undecided,
  contradictory,
];

export function reasonsNotHealthy(reading: CaseReading): readonly string[] {
  return REASONS.flatMap((reason) => reason(reading) ?? []);
}

/** Applies even if the user got in by push. */
export function unread(reading: CaseReading): string | undefined {
  return unreadClause(unreadFacts(reading));
}

/** A user who got in used another VDOM. */
export function noSuchVdom({ noVdom }: CaseReading): string | undefined {
  return noVdom && `there is no VDOM \`${noVdom.name}\`: ${noVdom.reason}`;
}

/** Nothing can be healthy for a user who does not exist, or may not exist. */
function unknownUser({ asked }: CaseReading): string | undefined {
  if (!asked || asked.known === 'known') return undefined;
  return `nothing is known of \`${asked.name}\`: ${asked.reason}`;
}

function unreadVdoms({ facts, noVdom }: CaseReading): string | undefined {
  const unreadOnes = valueIfKnown(facts.vdomCoverage)?.unread ?? [];
  const [first, ...others] = unreadOnes.filter(({ vdom }) => vdom !== noVdom?.name);
  if (!first) return undefined;
  const names = shortList([first, ...others].map(({ vdom }) => vdom));
  return others.length === 0
    ? `VDOM ${first.vdom} could not be (${shortReason(first.reason)})`
    : `VDOMs ${names} could not be (${shortReason(first.reason)})`;
}

/** The FortiGate's configuration cannot show that another system's pushes work. */
function sentElsewhere({ sender }: CaseReading): string | undefined {
  return sender.kind === 'elsewhere'
    ? sender.statement.replace(/^[AP](?=[ a-z])/, (letter) => letter.toLowerCase())
    : undefined;
}

function notWatched({ live, attempts, asked }: CaseReading): string | undefined {
  if (!live) return undefined;
  if (live.state === 'not-opened') {
    const why = live.reason === undefined ? '' : ` (${live.reason.replace(/\.$/, '')})`;
    return `no login could be watched${why}`;
  }
  if (attempts.some(({ outcome }) => outcome !== 'incomplete')) return undefined;
  const time =
    live.seconds === undefined ? 'while logins were watched' : `in the ${live.seconds} s of watching`;
  return asked ? `${asked.name} did not log in ${time}` : `nobody logged in ${time}`;
}

/** What an interface allows does not matter while it is down. */
function downInterface({ facts }: CaseReading): string | undefined {
  const called = calledInterface(facts);
  return called?.down ? `${called.name}, which the phone calls, is off: \`set status down\`` : undefined;
}

/** Rules that decide about every push or callback must be judged, not merely configured. */
function undecided({ judged }: CaseReading): string | undefined {
  for (const { rule, judgement } of judged) {
    if (judgement.verdict !== 'unknown') continue;
    if (!(judgement.allowsHealthyCase ?? !rule.undecidedIsNotHealthy)) return judgement.reason;
  }
  return undefined;
}

function contradictory({ judged }: CaseReading): string | undefined {
  const found = judged.find(({ judgement }) => judgement.verdict === 'conflicting');
  return found && found.judgement.verdict === 'conflicting' ? found.judgement.reason : undefined;
}
