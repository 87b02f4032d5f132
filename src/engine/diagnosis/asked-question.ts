import { type Attempt, UNNAMED_USER } from '../facts/attempt.ts';
import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import type { ExplainedLine } from '../facts/values.ts';
import { type FortiosVersion, formatVersion, hasSince } from '../fortios/version.ts';
import { ruleOf } from '../rules/all-rules.ts';
import { isNamedIn, nameList, upperFirst } from '../rules/shared/logins.ts';
import { inOneLine } from '../text/one-line.ts';
import type { Diagnosis, Finding } from './diagnosis.ts';

type Answer = NonNullable<Diagnosis['answers']>[number];

const MAX_ANSWERS = 2;
/** `is the box ok?`, where `the firewall or AD?` asks which. */
const IF_SOUND = /\b(?:ok(?:ay)?|fine|healthy)\b/i;

/** `only from home`, where `only him?` asks who. */
const WHERE = /\b(?:home|office|hotels?|abroad|Home-?office|Büro|Ausland)\b/iu;
const UPDATE = /update|upgrade|patch/i;

/** What a person asks in the text, answered where the findings decide it. */
export function answerQuestions(
  facts: Facts,
  attempts: readonly Attempt[],
  findings: readonly Finding[],
): Diagnosis['answers'] {
  const { explainedLines, version } = facts;
  const causes = findings.filter(
    ({ explainedBy, confidence, concerns }) =>
      (explainedBy ?? concerns) === undefined && confidence !== 'possible',
  );
  const users = [...new Set(attempts.map(({ user }) => user))];
  const answers = (valueIfKnown(explainedLines) ?? []).flatMap(({ kind, said, quote }): readonly Answer[] => {
    const answer = answerTo(
      { kind, said },
      { causes, users, attempts, version: valueIfKnown(version), facts, isAnyFound: findings.length > 0 },
    );
    return answer === '' ? [] : [{ question: inOneLine(said), answer, evidence: { ...quote } }];
  });
  const each = [...new Map(answers.map((given) => [given.answer, given])).values()];
  return each.length === 0 ? undefined : each.slice(0, MAX_ANSWERS);
}

interface AskedCase {
  readonly causes: readonly Finding[];
  readonly users: readonly string[];
  readonly attempts: readonly Attempt[];
  readonly version: FortiosVersion | undefined;
  readonly facts: Facts;
  readonly isAnyFound: boolean;
}

function answerTo({ kind, said }: Pick<ExplainedLine, 'kind' | 'said'>, asked: AskedCase): string {
  const { causes, users, attempts } = asked;
  if (kind === 'asked-place') return placeText(causes, users, IF_SOUND.test(said));
  if (kind === 'asked-who') return scopeText(causes, attempts, WHERE.test(said));
  if (kind === 'asked-todo') return todoText(asked);
  if (kind === 'asked-factor') return factorText(attempts);
  if (kind === 'asked-token') return tokenText(asked);
  if (kind === 'asked-exempt') return exemptText(causes);
  if (kind === 'asked-port') return portText(said, asked.facts);
  if (kind !== 'said-since') return '';
  return UPDATE.test(said) ? updateText(asked) : beginText(attempts);
}

function placeText(causes: readonly Finding[], users: readonly string[], isIfSound: boolean): string {
  const places = causes.map((cause) => ({ cause, place: placeOf(cause) }));
  const known = places.filter(({ place }) => place !== undefined);
  const [first, second] = known;
  if (first?.place === undefined || known.length < places.length) return '';
  if (second === undefined) return `${isIfSound ? `The cause: ${first.place}` : upperFirst(first.place)}.`;
  const whose = ({ title }: Finding) => nameList(users.filter((user) => isNamedIn(title, user)));
  if (known.some(({ cause }) => whose(cause) === '')) return '';
  return known.map(({ cause, place }) => `${whose(cause)}: ${place}.`).join(' ');
}

/** Most causes on the FortiGate are answered by their lines to paste. */
function placeOf({ rule, fix }: Finding): string | undefined {
  const place = ruleOf(rule)?.place;
  return place === undefined && fix.apply.length > 0
    ? 'the FortiGate, where the lines below are typed'
    : place;
}

/** Whether the cause concerns one user or several; `isWhere` where a place of the user is in question. */
function scopeText(causes: readonly Finding[], attempts: readonly Attempt[], isWhere: boolean): string {
  const [first] = causes;
  const stops = first && ruleOf(first.rule)?.stops;
  if (first && causes.every(({ rule }) => ruleOf(rule)?.stops === 'one account')) {
    const others = attempts.flatMap(({ user, outcome }) => (outcome === 'succeeded' ? [user] : []));
    const got = others.length === 0 ? '' : `; ${nameList(others)} got in`;
    if (causes.length > 1) return `Each of these accounts has a cause of its own${got}.`;
    return isWhere
      ? 'The cause lies in this account, wherever the user is.'
      : `The cause lies in this account and stops nobody else${got}.`;
  }
  if (stops === undefined || stops === 'one account') return isWhere ? '' : onlyText(attempts);
  if (stops === 'everybody behind this address') return `This stops ${stops}, and nobody elsewhere.`;
  return `This stops ${stops}, ${isWhere ? 'wherever they are' : 'not one user alone'}.`;
}

/** One user of several fails. */
function onlyText(attempts: readonly Attempt[]): string {
  const ended = attempts.filter(({ outcome }) => outcome !== 'incomplete');
  const failed = ended.filter(({ outcome }) => outcome !== 'succeeded').map(({ user }) => user);
  const gotIn = ended.map(({ user }) => user).filter((user) => !failed.includes(user));
  const [only] = failed;
  const isOne = only !== undefined && only !== UNNAMED_USER && failed.every((user) => user === only);
  return isOne && gotIn.length > 0 ? `Only ${only} fails in this log; ${nameList(gotIn)} got in.` : '';
}

/** Nothing has to be done where the last login of each user succeeded. */
function todoText({ attempts, isAnyFound, facts }: AskedCase): string {
  const isPart = valueIfKnown(facts.debugLog)?.moreAttempts !== undefined;
  const last = [...new Map(attempts.map((each) => [each.user, each])).values()];
  if (isAnyFound || isPart || last.length === 0) return '';
  if (last.some(({ outcome, user }) => outcome !== 'succeeded' || user === UNNAMED_USER)) return '';
  const isRetried = attempts.some(({ outcome }) => outcome !== 'succeeded');
  return `Nothing has to be done: ${nameList(last.map(({ user }) => user))} got in${isRetried ? ' after a login that failed' : ''}.`;
}

function factorText(attempts: readonly Attempt[]): string {
  const isAsked = attempts.every(
    ({ outcome, user, milestones }) =>
      outcome === 'succeeded' && user !== UNNAMED_USER && asksFactor(milestones),
  );
  if (attempts.length === 0 || !isAsked) return '';
  return `No: ${nameList([...new Set(attempts.map(({ user }) => user))])} got in with a second factor, which the FortiGate asked for.`;
}

function asksFactor({ secondFactorAsked, tokenWait, tokenType }: Attempt['milestones']): boolean {
  return (secondFactorAsked ?? tokenWait ?? tokenType) !== undefined;
}

/** A token is no matter of a login that was refused before one was asked for. */
function tokenText({ causes, attempts }: AskedCase): string {
  const failed = attempts.filter(({ outcome }) => outcome !== 'succeeded');
  const isBefore =
    causes.length > 0 &&
    causes.every(({ hop, confidence }) => hop === 'login' && confidence === 'certain') &&
    failed.length > 0 &&
    failed.every(({ milestones }) => milestones.passwordAccepted === undefined && !asksFactor(milestones));
  return isBefore ? 'No: the login is refused before a token is asked for.' : '';
}

function exemptText([first, ...others]: readonly Finding[]): string {
  return first && ruleOf(first.rule)?.stops === 'everybody behind this address' && others.length === 0
    ? 'No: SSL VPN counts failed logins of every address alike (`login-attempt-limit`). First mend the client that keeps failing, then lift the block.'
    : '';
}

function portText(said: string, { pushService }: Facts): string {
  const port = Number(/\bport (\d{2,5})\b/i.exec(said)?.[1]);
  const push = valueIfKnown(pushService)?.serverPort.value;
  return push === undefined || push === port
    ? ''
    : `SSL VPN on ${port} does not clash with push, which uses TCP ${push}.`;
}

/** A release that brought what was found, else where the cause lies. */
function updateText({ causes, users, version }: AskedCase): string {
  const [first] = causes;
  const since = first && ruleOf(first.rule)?.edge?.since;
  if (since) {
    const own = version && since.find((each) => each.startsWith(`${version.major}.${version.minor}.`));
    const from = nameList(own === undefined ? since : [own]);
    const runs = version === undefined ? '' : `; this device runs ${formatVersion(version)}`;
    return version && !hasSince(version, since) ? '' : `It fits: FortiOS does this from ${from} on${runs}.`;
  }
  const place = placeText(causes, users, true);
  return place.startsWith('The cause: ') ? `Nothing in this text ties it to the update. ${place}` : '';
}

/** When the first login failed, where one before it succeeded. */
function beginText(attempts: readonly Attempt[]): string {
  const timed = attempts.filter(
    ({ startedAt, outcome }) => startedAt !== undefined && outcome !== 'incomplete',
  );
  const ordered = timed.toSorted((a, b) => ((a.startedAt ?? '') < (b.startedAt ?? '') ? -1 : 1));
  const at = ordered.findIndex(({ outcome }) => outcome !== 'succeeded');
  const [failed, good] = [ordered[at], ordered[at - 1]];
  if (!failed || !good) return '';
  return `The first failed login in this log is that of ${failed.user} at ${timeOf(failed, good)}; before it ${good.user} got in at ${timeOf(good, failed)}.`;
}

/** The time of day where both are of one day. Sample: `2026-03-02 09:12:04`. */
function timeOf({ startedAt: stamp = '' }: Attempt, { startedAt: other = '' }: Attempt): string {
  const isSameDay = stamp.slice(0, DATE_LENGTH) === other.slice(0, DATE_LENGTH);
  return isSameDay ? stamp.slice(DATE_LENGTH).trim() || stamp : stamp;
}

const DATE_LENGTH = 'YYYY-MM-DD'.length;
