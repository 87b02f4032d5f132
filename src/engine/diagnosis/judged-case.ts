import { factsOfUser } from '../facts/accounts/of-user.ts';
import { narrowLogins } from '../facts/attempts/narrow.ts';
import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import { commandSpec, isKnownTo } from '../fortios/commands.ts';
import { collectionPlan } from '../rules/collection-plan.ts';
import type { Rule } from '../rules/rule.ts';
import type { PushSender } from '../rules/shared/push-sender.ts';
import { askedUser } from './asked-user.ts';
import type { DeviceEvidence } from './case-evidence.ts';
import { type CaseFocus, explainNoUpgrade, isOverIke, ruleContext, toNarrowing } from './case-focus.ts';
import { casePushSender, isSilentOnPush } from './case-push-sender.ts';
import { shownTopics } from './concerned-rules.ts';
import { isMostlyDescribed, withDescribedCause } from './described-cause.ts';
import { clientCodes, saysConnected } from './explained-lines.ts';
import { toFindings } from './findings.ts';
import { judge } from './judge.ts';
import { unattributedPush } from './unattributed-push.ts';
import { findUnknownVdom } from './unknown-vdom.ts';
import { calledInterface, concernedVdoms, loginVdoms, vdomCoverage } from './vdom-coverage.ts';

export type OpenCase = ReturnType<typeof openCase>;
export type JudgedCase = ReturnType<typeof judgeCase>;

/** Finds whom and what the question is about. `facts` are those of the user in question, `deviceFacts` those of all. */
function openCase(evidence: DeviceEvidence, focus: CaseFocus) {
  const { inVdom, recognised } = evidence;
  const concerned = concernedVdoms(evidence.facts, inVdom, focus.vdom);
  const deviceFacts: Facts = { ...evidence.facts, vdomCoverage: vdomCoverage(evidence.facts, concerned) };
  const narrowing = toNarrowing(focus);
  const inQuestion = (all: Facts) =>
    narrowLogins(focus.user === undefined ? all : factsOfUser(all, focus.user), narrowing);
  const facts = inQuestion(deviceFacts);
  const context = ruleContext(facts, focus);
  const attempts = valueIfKnown(facts.attempts) ?? [];
  const codes = clientCodes(facts);
  const isConnected = saysConnected(facts) && attempts.every(({ outcome }) => outcome === 'succeeded');
  const isTicket = !recognised && (codes.length > 0 || isConnected);
  const sender: PushSender = isTicket
    ? { kind: 'unasked', statement: 'nothing of a FortiGate was read' }
    : casePushSender(facts, deviceFacts, context);
  return {
    evidence,
    focus,
    facts,
    deviceFacts,
    inVdom,
    scopes: {
      contextIn: (own: Facts, vdom: string | undefined) => ({ ...context, vdom, overIke: isOverIke(own) }),
      inVdom: (name: string) => inQuestion(inVdom(name)),
      shown: evidence.shownVdoms,
      logins: loginVdoms(concerned, inVdom, focus.user),
      callback: calledInterface(facts)?.vdom,
    },
    narrowing,
    context,
    attempts,
    codes,
    /** A person says that the VPN is connected, and no login of the log contradicts it. */
    isConnected,
    isTicket,
    sender,
    asked: askedUser(focus.user, deviceFacts),
    noVdom: findUnknownVdom(focus.vdom, deviceFacts),
    /** Why the release of an upgrade is none. */
    noUpgrade: explainNoUpgrade(focus, facts),
    isCheck: focus.alias !== undefined && facts.wholeBackup.state !== 'known',
    live: focus.live,
  };
}

/** What the rules say of it. */
export function judgeCase(evidence: DeviceEvidence, focus: CaseFocus, rules: readonly Rule[]) {
  const opened = openCase(evidence, focus);
  const { facts, deviceFacts, attempts, context, sender } = opened;
  const { recognised, sources } = evidence;
  const seen = judge(rules, facts, context, sender, opened.scopes);
  // What is read beside it of others must not change the answer about a user.
  const isPart = focus.user !== undefined || recognised || !isMostlyDescribed(facts, sources);
  const judged = focus.upgradeTo === undefined ? withDescribedCause(seen, facts, isPart) : seen;
  const users = [...new Set(attempts.map(({ user }) => user))];
  const findings = toFindings(judged, users, valueIfKnown(facts.described));
  const isSilent = focus.alias === undefined && isSilentOnPush(facts, deviceFacts);
  const topics = shownTopics(facts, { sender, findings, isSilent, typed: evidence.answeredInText });
  return {
    ...opened,
    plan: collectionPlan(rules).filter((id) => isKnownTo(context.version, commandSpec(id))),
    judged,
    findings,
    topics,
    unattributed: unattributedPush(attempts, facts),
  };
}
