import type { Quote } from '../evidence/types.ts';
import type { Attempt } from '../facts/attempt.ts';
import { gotInByPush, unresolved } from '../facts/attempts/got-in.ts';
import { FACTS } from '../facts/facts.ts';
import { HOPS, type Hop, type HopStatus, hopIndex, PUSH_HOPS } from '../facts/hop.ts';
import { commandSpec } from '../fortios/commands.ts';
import type { Rule } from '../rules/rule.ts';
import type { Finding, HopResult } from './diagnosis.ts';
import type { Judged } from './judge.ts';
import type { JudgedCase } from './judged-case.ts';
import { loggedTokenStep } from './logged-token.ts';

/** Quotes per hop: a line of the list needs one or two, not the whole file. */
const MAX_EVIDENCE = 3;

/**
 * The other steps also depend on networks, phones and people: a correct configuration does not show that they work.
 */
const CONFIGURED: ReadonlySet<Hop> = new Set(['second-factor', 'token', 'push-service', 'callback', 'tls']);

const NOT_SEEN: ObservedHop = { status: 'unknown', evidence: [] };

interface ObservedHop {
  readonly status: HopStatus;
  readonly evidence: readonly Quote[];
}

/** What shows a step; a login in question shows where it breaks. */
type HopEvidence = Pick<JudgedCase, 'judged' | 'findings' | 'attempts'> & {
  readonly asked: ReadonlySet<Attempt>;
};

/**
 * The password, the token and the phone belong to one user: a step that this user passed says nothing about others.
 */
const OWN: ReadonlySet<Hop> = new Set([
  'connection',
  'login',
  'second-factor',
  'token',
  'notification',
  'approval',
  'authorisation',
  'tunnel',
]);

/**
 * The steps of a login, from the logins, the findings and the configuration together. If a step is broken,
 * or a login failed at an unknown step, they are the steps of the users who did not get in: steps after the broken
 * one were not reached, although other users reached them.
 */
export function scoreHops(judgedCase: JudgedCase): HopResult[] {
  const { judged, attempts, unattributed, topics, facts, focus } = judgedCase;
  const findings = decisive(judgedCase.findings);
  const all = { judged, findings, attempts, asked: new Set(inQuestion(attempts)) };
  const token = loggedTokenStep(facts, focus.user);
  const isUnneeded = (id: Hop) => !topics.has('push') && PUSH_HOPS.has(id) && !passedByCode(attempts, id);
  const observed = attributeToRequest(
    HOPS.map((id) => {
      const hop = orSeen(observedHop(id, all), unattributed.get(id));
      return id === 'token' && hop.status === 'unknown' ? (token ?? hop) : hop;
    }),
    all,
  );
  const first = observed.findIndex(
    ({ status }, index) => status === 'broken' && !isUnneeded(HOPS[index] as Hop),
  );
  const failed = new Set(
    unresolved(attempts)
      .filter(({ outcome }) => first >= 0 || outcome !== 'incomplete')
      .map(({ user }) => user),
  );
  const theirLogins = attempts.filter(({ user }) => failed.has(user));
  const theirs = { ...all, attempts: theirLogins, asked: new Set(inQuestion(theirLogins)) };
  return HOPS.map((id, index): HopResult => {
    if (isUnneeded(id)) return { id, status: 'not-reached', needed: false, evidence: [] };
    const own = (first < 0 || first > index) && failed.size > 0 && OWN.has(id);
    const hop = (own ? observedHop(id, theirs) : observed[index]) ?? NOT_SEEN;
    const status = first >= 0 && index > first && hop.status !== 'broken' ? 'not-reached' : hop.status;
    const evidence = status === 'not-reached' ? [] : hop.evidence.slice(0, MAX_EVIDENCE);
    return { id, status, evidence: evidence.map((quote) => ({ ...quote })) };
  });
}

/** Hops describe all users: a finding about some users counts only if nothing else is found. */
function decisive(findings: readonly Finding[]): Finding[] {
  const unexplained = findings.filter(({ explainedBy }) => explainedBy === undefined);
  const general = unexplained.filter(({ concerns }) => concerns === undefined);
  return general.length > 0 ? general : unexplained;
}

/** A code was typed at this step. */
function passedByCode(attempts: readonly Attempt[], id: Hop): boolean {
  return attempts.some((attempt) => attempt.milestones.manualCode && findHop(attempt, id)?.status === 'ok');
}

function orSeen(hop: ObservedHop, evidence: readonly Quote[] | undefined): ObservedHop {
  return evidence && hop.status === 'unknown' ? { status: 'ok', evidence } : hop;
}

/**
 * A login without any push shows a break at the push service, as far as a log can show it. If the configuration of
 * the service is correct, the push request is missing.
 */
function attributeToRequest(
  observed: readonly ObservedHop[],
  { judged, findings }: HopEvidence,
): readonly ObservedHop[] {
  const service = hopIndex('push-service');
  const request = hopIndex('push-request');
  const shown = observed[service];
  const inOrder = judged.filter(({ rule }) => rule.pushSetup);
  if (shown?.status !== 'broken' || findings.some((each) => each.hop === 'push-service')) return observed;
  const fine = inOrder.filter(({ judgement }) => judgement.verdict === 'healthy');
  const open = inOrder.some(
    ({ judgement: { verdict } }) => verdict !== 'healthy' && verdict !== 'not-applicable',
  );
  if (open || !fine.some(({ rule }) => rule.pushSetup === 'enabled')) return observed;
  return observed.map((hop, index) => {
    if (index === service) return configuredHop(fine);
    return index === request && hop.status !== 'broken' ? shown : hop;
  });
}

/** The earliest step that a finding or a login shows broken. */
export function firstBrokenHop(hops: readonly HopResult[]): Hop | null {
  return hops.find((hop) => hop.status === 'broken')?.id ?? null;
}

/** A shortage that has stopped no login yet. */
export function isWarning({ severity, concerns }: Pick<Finding, 'severity' | 'concerns'>): boolean {
  return severity === 'low' && concerns !== undefined;
}

function observedHop(hop: Hop, { judged, findings, attempts, asked }: HopEvidence): ObservedHop {
  const finding = findings.find((each) => each.hop === hop);
  if (finding) return { status: 'broken', evidence: finding.evidence };
  const shown = attempts.map((attempt) => findHop(attempt, hop));
  const broken = shown.some((each) => each?.status === 'broken')
    ? stuck(hop, attempts, asked)
        .map((attempt) => findHop(attempt, hop))
        .find((each) => each?.status === 'broken')
    : undefined;
  // A limit that ended the wait is the break, not the silence of the phone until then.
  const isWait = hop === 'callback' && findings.some((each) => each.hop === 'approval');
  if (broken && !isWait) return broken;
  const passed = shown.find((each) => each?.status === 'ok');
  if (passed) return passed;
  if (hop === 'notification') {
    return configuredHop(
      judged.filter(({ judgement }) => judgement.verdict === 'healthy' && judgement.saidByPerson),
    );
  }
  if (!CONFIGURED.has(hop)) return NOT_SEEN;
  return configuredHop(judged.filter(({ rule }) => rule.hop === hop && readsConfigurationOnly(rule)));
}

/** Without a login by push that succeeded, a login without a second factor is the break. */
function inQuestion(attempts: readonly Attempt[]): readonly Attempt[] {
  const failed = unresolved(attempts);
  if (failed.length > 0 || attempts.some(gotInByPush)) return failed;
  return attempts.filter((each) => each.outcome === 'succeeded');
}

/** Without logins of users who passed this step in a later attempt: then this step does not stop them. */
function stuck(hop: Hop, attempts: readonly Attempt[], asked: ReadonlySet<Attempt>): readonly Attempt[] {
  const lastPassed = new Map<string, number>();
  for (const [index, attempt] of attempts.entries()) {
    if (findHop(attempt, hop)?.status === 'ok') lastPassed.set(attempt.user, index);
  }
  return attempts.filter(
    (attempt, index) => asked.has(attempt) && index >= (lastPassed.get(attempt.user) ?? 0),
  );
}

function findHop(attempt: Attempt, hop: Hop): ObservedHop | undefined {
  return attempt.hops[hopIndex(hop)];
}

/** `config system ftm-push` */
const BLOCK = /^\s*config /;

/** The configuration of a step is correct if at least one rule found it healthy and none was undecided. */
function configuredHop(judged: readonly Judged[]): ObservedHop {
  const open = judged.some(
    ({ judgement }) => judgement.verdict === 'unknown' || judgement.verdict === 'conflicting',
  );
  const healthy = judged.flatMap(({ judgement }) => (judgement.verdict === 'healthy' ? [judgement] : []));
  const shown = healthy.flatMap((each) => each.evidence.slice(0, 1));
  // A default that no line states shows nothing of the step.
  if (open || shown.every(({ text }) => BLOCK.test(text))) return NOT_SEEN;
  return { status: 'ok', evidence: shown };
}

function readsConfigurationOnly(rule: Rule): boolean {
  return (
    rule.needs.length > 0 &&
    rule.needs.every(
      (key) =>
        !FACTS[key].fromLog && FACTS[key].commands.every((id) => commandSpec(id).onRequest === undefined),
    )
  );
}
