import { type Attempt, UNNAMED_USER } from '../facts/attempt.ts';
import { gotInByPush, unresolved } from '../facts/attempts/got-in.ts';
import { tunnelBy, upBy } from '../facts/attempts/login-failure.ts';
import { valueIfKnown } from '../facts/fact.ts';
import type { FactKey, Facts } from '../facts/facts.ts';
import { hopIndex } from '../facts/hop.ts';
import type { PushSender } from '../rules/shared/push-sender.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { JudgedCase } from './judged-case.ts';
import { refusedClause } from './refused-areas.ts';
import { notRead, shortReason, unreadClause, unreadFacts } from './unread.ts';
import { calledInterface } from './vdom-coverage.ts';

interface CaseVerdict {
  readonly verdict: Diagnosis['verdict'];
  /** For a case that would otherwise be healthy: what was not read, or conflicts. */
  readonly reasons: readonly string[];
}

/**
 * `broken` if any rule is. `healthy` if the login in question succeeded, or if everything the question needs
 * was read and nothing is undecided. Otherwise `inconclusive`.
 */
export function decideVerdict(judgedCase: JudgedCase): CaseVerdict {
  const { attempts, findings } = judgedCase;
  if (findings.length > 0) return { verdict: 'broken', reasons: [] };
  const failing = unresolved(attempts).some((attempt) => attempt.outcome !== 'incomplete');
  if (failing) return { verdict: 'inconclusive', reasons: [] };
  const reasons = provedByLogin(attempts, judgedCase.sender, judgedCase.facts)
    ? unreadOfDevice(judgedCase)
    : reasonsNotHealthy(judgedCase);
  return { verdict: reasons.length === 0 ? 'healthy' : 'inconclusive', reasons };
}

/** Whether an upgrade stops logins: `healthy` only if it is one, and every change that could was judged. */
export function upgradeVerdict({ findings, judged, noUpgrade }: JudgedCase): CaseVerdict {
  if (noUpgrade !== undefined) return { verdict: 'inconclusive', reasons: [noUpgrade] };
  if (findings.length > 0) return { verdict: 'broken', reasons: [] };
  const reasons = judged.flatMap(({ judgement }) =>
    judgement.verdict === 'unknown' || judgement.verdict === 'conflicting' ? [judgement.reason] : [],
  );
  return { verdict: reasons.length === 0 ? 'healthy' : 'inconclusive', reasons };
}

/**
 * A login was seen to succeed with the second factor that the evidence requires: by push, or without one where nothing
 * of the evidence requires it.
 */
export function provedByLogin(attempts: readonly Attempt[], sender: PushSender, facts: Facts): boolean {
  if (attempts.some(gotInByPush)) return true;
  if (attempts.length === 0 || sender.kind !== 'unasked') return false;
  if (BESIDES_LOGINS.some((key) => facts[key].state === 'known')) return false;
  const open = new Set(unresolved(attempts));
  const named = attempts.filter((each) => each.user !== UNNAMED_USER || open.has(each));
  const latest = new Map(named.map((attempt) => [attempt.user, attempt]));
  const isAboutTunnel = ABOUT_PORTAL.some((key) => facts[key].state === 'known');
  return [...latest.values()].every((login) => gotThrough(login, isAboutTunnel));
}

/**
 * IKE says itself that the login succeeded; SSL VPN still checks the client and gives a portal and an address after its
 * yes. Where portals or addresses were recorded too, the question is about what comes after the portal. The event log's
 * line about a login is all there is of one by a browser.
 */
function gotThrough({ outcome, hops, trace: { vpn, signs } }: Attempt, isAboutTunnel: boolean): boolean {
  const tunnel = hops[hopIndex('tunnel')]?.status;
  const isWaiting = isAboutTunnel && (signs['portal-given'] ?? signs['event-login']);
  if (outcome !== 'succeeded' || (isWaiting && !tunnelBy(signs))) return false;
  return tunnel !== 'broken' && (vpn === 'ike' || (signs['event-login'] ?? upBy(signs)) !== undefined);
}

/** Where these were recorded too, the question is about more than the logins that were seen. */
const BESIDES_LOGINS: readonly FactKey[] = ['callbackPackets', 'flowEvents'];
const ABOUT_PORTAL: readonly FactKey[] = ['sslPortals', 'addresses'];

/** A command without an answer may hide a fault, even if a user got in meanwhile. */
function unreadOfDevice(judgedCase: JudgedCase): readonly string[] {
  const clause = noSuchVdom(judgedCase) ?? (judgedCase.isCheck ? unread(judgedCase) : undefined);
  return clause === undefined ? [] : [clause];
}

/** If these are known, the part of a configuration that push depends on was read completely. */
const WHOLE: readonly FactKey[] = ['version', 'pushService', 'interfaces', 'administrators', 'global'];

/** A whole configuration was read: settings missing in it have their defaults. */
export function isWhole(facts: Facts): boolean {
  const unreadVdoms = valueIfKnown(facts.vdomCoverage)?.unread ?? [];
  return (
    facts.truncatedBackup.state !== 'known' &&
    unreadVdoms.length === 0 &&
    WHOLE.every((key) => facts[key].state === 'known')
  );
}

type Reason = (judgedCase: JudgedCase) => string | undefined;

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
  findUndecided,
  contradictory,
];

function reasonsNotHealthy(judgedCase: JudgedCase): readonly string[] {
  return REASONS.flatMap((reason) => reason(judgedCase) ?? []);
}

/** Applies even if the user got in by push. */
function unread(judgedCase: JudgedCase): string | undefined {
  return unreadClause(unreadFacts(judgedCase));
}

/** A user who got in used another VDOM. */
function noSuchVdom({ noVdom }: JudgedCase): string | undefined {
  return noVdom && `there is no VDOM \`${noVdom.name}\`: ${noVdom.reason}`;
}

/** Nothing can be healthy for a user who does not exist, or may not exist. */
function unknownUser({ asked }: JudgedCase): string | undefined {
  if (!asked || asked.known === 'known') return undefined;
  return `nothing is known of \`${asked.name}\`: ${asked.reason}`;
}

function unreadVdoms({ facts, noVdom }: JudgedCase): string | undefined {
  const unreadOnes = valueIfKnown(facts.vdomCoverage)?.unread ?? [];
  const [first, ...others] = unreadOnes.filter(({ vdom }) => vdom !== noVdom?.name);
  if (!first) return undefined;
  const names = notRead([first, ...others].map(({ vdom }) => `VDOM ${vdom}`));
  return `${names}: ${shortReason(first.reason)}`;
}

/** The FortiGate's configuration cannot show that another system's pushes work. */
function sentElsewhere({ sender }: JudgedCase): string | undefined {
  return sender.kind === 'elsewhere'
    ? sender.statement.replace(/^[AP](?=[ a-z])/, (letter) => letter.toLowerCase())
    : undefined;
}

function notWatched({ live, attempts, asked }: JudgedCase): string | undefined {
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
function downInterface({ facts }: JudgedCase): string | undefined {
  const called = calledInterface(facts);
  return called?.down ? `${called.name}, which the phone calls, is off: \`set status down\`` : undefined;
}

/** Rules that decide about every push or callback must be judged, not merely configured. */
function findUndecided({ judged }: JudgedCase): string | undefined {
  for (const { rule, judgement } of judged) {
    if (judgement.verdict !== 'unknown') continue;
    if (!(judgement.allowsHealthyCase ?? !rule.undecidedIsNotHealthy)) return judgement.reason;
  }
  return undefined;
}

function contradictory({ judged }: JudgedCase): string | undefined {
  const found = judged.find(({ judgement }) => judgement.verdict === 'conflicting');
  return found && found.judgement.verdict === 'conflicting' ? found.judgement.reason : undefined;
}
