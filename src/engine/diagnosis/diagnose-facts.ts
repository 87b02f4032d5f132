import { factsOfUser } from '../facts/accounts/of-user.ts';
import type { Attempt, OtherLogins } from '../facts/attempt.ts';
import { narrowLogins } from '../facts/attempts/narrow.ts';
import { summariseAttempt } from '../facts/attempts/summarise-attempt.ts';
import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import { type Hop, hopIndex, PUSH_HOPS } from '../facts/hop.ts';
import { commandSpec, isKnownTo } from '../fortios/commands.ts';
import { formatVersion } from '../fortios/version.ts';
import type { RedactionReceipt } from '../redact/token-registry.ts';
import { collectionPlan } from '../rules/collection-plan.ts';
import type { Rule, Undecided, Verdict } from '../rules/rule.ts';
import type { PushSender } from '../rules/shared/push-sender.ts';
import { inOneLine } from '../text/one-line.ts';
import { answeredCommands, answeredInPaste } from './answered-commands.ts';
import { answerQuestions } from './asked-question.ts';
import { type AskedUser, askedUser } from './asked-user.ts';
import type { CaseEvidence, DeviceEvidence } from './case-evidence.ts';
import {
  type CaseFocus,
  isOverIke,
  narrowedTo,
  narrowingOf,
  noUpgradeOf,
  ruleContext,
  rulesFor,
} from './case-focus.ts';
import { caseHeadline } from './case-headline.ts';
import { casePushSender, isSilentOnPush } from './case-push-sender.ts';
import { shownTopics, unaskedIn } from './concerned-rules.ts';
import { soleContradiction } from './contradiction.ts';
import { debugMistake } from './debug-run.ts';
import { isMostlyDescribed, withDescribedCause } from './described-cause.ts';
import type { Diagnosis, Finding } from './diagnosis.ts';
import { clientCodes, explainLines, harmlessLines, saidOfLines, saysConnected } from './explained-lines.ts';
import { toFindings } from './findings.ts';
import type { HeadlineContext } from './headline.ts';
import { firstBrokenHop, scoreHops } from './hops.ts';
import { type Judged, judge } from './judge.ts';
import { provedWithoutLogin } from './last-proved-step.ts';
import { loggedTokenStep } from './logged-token.ts';
import { loginReason } from './login-reason.ts';
import { betweenSites, looksLikeOf } from './looks-like.ts';
import { mergeDevices } from './merge-devices.ts';
import { debugWasSeen, floodingClient, toMissing, vdomOfLogins } from './missing.ts';
import { portMap } from './port-map.ts';
import { refusesCommand } from './refused-areas.ts';
import { DIAGNOSIS_SCHEMA_ID } from './schema-id.ts';
import { atSourceLines } from './source-lines.ts';
import { timeBudgetOf } from './time-budget.ts';
import { unattributedPush } from './unattributed-push.ts';
import { findUnknownVdom } from './unknown-vdom.ts';
import { readSettings } from './unread.ts';
import {
  calledInterface,
  concernedVdoms,
  loginVdoms,
  managementVdom,
  vdomCoverage,
} from './vdom-coverage.ts';
import { isWhole, provedByLogin, upgradeVerdict, verdictOf } from './verdict.ts';
import { whoFails } from './who-fails.ts';

/** Verdicts of a text that says nothing about push. */
const NO_STATEMENT: ReadonlySet<Verdict> = new Set(['unknown', 'not-applicable']);

/** Quotes per check: two blocks of several VDOMs, or the lines of a login. */
const MAX_EVIDENCE = 6;

/**
 * Builds the diagnosis of a case; several devices are judged separately. A device check always has one device. `rules`:
 * those it judges by.
 */
export function diagnoseFacts(
  evidence: CaseEvidence,
  receipt: RedactionReceipt,
  focus: CaseFocus,
  rules: readonly Rule[] = rulesFor(focus),
): Diagnosis {
  if (focus.alias !== undefined || evidence.devices.length === 0) {
    return diagnoseDeviceFacts(evidence, receipt, focus, rules);
  }
  return mergeDevices(
    evidence.devices.map(({ name, ...device }) => ({
      name,
      diagnosis: diagnoseDeviceFacts(device, receipt, focus, rules),
    })),
  );
}

function diagnoseDeviceFacts(
  evidence: DeviceEvidence,
  receipt: RedactionReceipt,
  focus: CaseFocus,
  rules: readonly Rule[],
): Diagnosis {
  const { sources, recognised, otherProducts, inVdom, shownVdoms } = evidence;
  const concerned = concernedVdoms(evidence.facts, inVdom, focus.vdom);
  const ofUser = (facts: Facts) => (focus.user === undefined ? facts : factsOfUser(facts, focus.user));
  const deviceFacts = { ...evidence.facts, vdomCoverage: vdomCoverage(evidence.facts, concerned) };
  const narrowing = narrowingOf(focus);
  const userFacts = narrowLogins(ofUser(deviceFacts), narrowing);
  const asked = askedUser(focus.user, deviceFacts);
  const noVdom = findUnknownVdom(focus.vdom, deviceFacts);
  const context = ruleContext(userFacts, focus);
  const codes = clientCodes(userFacts);
  const attempts = valueIfKnown(userFacts.attempts) ?? [];
  const isConnected = saysConnected(userFacts) && attempts.every(({ outcome }) => outcome === 'succeeded');
  const isTicket = !recognised && (codes.length > 0 || isConnected);
  const sender: PushSender = isTicket
    ? { kind: 'unasked', statement: 'nothing of a FortiGate was read' }
    : casePushSender(userFacts, deviceFacts, context);
  const seen = judge(rules, userFacts, context, sender, {
    contextIn: (own, vdom) => ({ ...context, vdom, overIke: isOverIke(own) }),
    inVdom: (name) => narrowLogins(ofUser(inVdom(name)), narrowing),
    shown: shownVdoms,
    logins: loginVdoms(concerned, inVdom, focus.user),
    callback: calledInterface(userFacts)?.vdom,
  });
  // What is read beside it of others must not change the answer about a user.
  const isPart = focus.user !== undefined || recognised || !isMostlyDescribed(userFacts, sources);
  const judged = focus.upgradeTo === undefined ? withDescribedCause(seen, userFacts, isPart) : seen;
  const findings = toFindings(
    judged,
    [...new Set(attempts.map(({ user }) => user))],
    valueIfKnown(userFacts.described),
  );
  const unattributed = unattributedPush(attempts, userFacts);
  const isSilent = focus.alias === undefined && isSilentOnPush(userFacts, deviceFacts);
  const topics = shownTopics(userFacts, { sender, findings, isSilent, typed: evidence.answeredInText });
  const hops = scoreHops(
    judged,
    decisive(findings.filter(({ explainedBy }) => explainedBy === undefined)),
    attempts,
    unattributed,
    loggedTokenStep(userFacts, focus.user),
    topics.has('push') ? new Set() : new Set([...PUSH_HOPS].filter((id) => !passedByCode(attempts, id))),
  );
  const isUnasked = unaskedIn(topics);
  const isCheck = focus.alias !== undefined && userFacts.wholeBackup.state !== 'known';
  const reading = {
    facts: userFacts,
    inVdom,
    plan: collectionPlan(rules).filter((id) => isKnownTo(context.version, commandSpec(id))),
    isCheck,
    attempts,
    judged,
    asked,
    noVdom,
    sender,
    live: focus.live,
  };
  const noUpgrade = noUpgradeOf(focus, userFacts);
  const { verdict, reasons } =
    focus.upgradeTo === undefined
      ? verdictOf(findings, reading)
      : upgradeVerdict(findings, judged, noUpgrade);
  const brokenHop = firstBrokenHop(hops);
  const decides = attempts.length > 0 || judged.some(({ judgement }) => !NO_STATEMENT.has(judgement.verdict));
  const looksLike = decides
    ? undefined
    : recognised
      ? betweenSites(userFacts)
      : looksLikeOf(otherProducts, evidence.instruction, isTicket, userFacts);
  const { moreAttempts, users, otherLogins } = valueIfKnown(userFacts.debugLog) ?? {};
  const logins = { attempts, unattributed, users: focus.user === undefined ? users : undefined };
  const device = deviceOf(evidence, focus);
  const diagnosis: Diagnosis = {
    schema: DIAGNOSIS_SCHEMA_ID,
    verdict,
    headline: caseHeadline({
      verdict,
      findings,
      logins,
      brokenHop,
      codes,
      harmless: harmlessLines(userFacts),
      withoutLogin: debugMistake(userFacts)?.headline ?? provedWithoutLogin(userFacts),
      said: saidOfLines(userFacts),
      isConnected,
      about: headlineContext(recognised || attempts.length > 0, decides, userFacts, sender),
      notHealthy: isCheck || isWhole(userFacts) || userFacts.refusals.state === 'known' ? reasons : [],
      settings: readSettings(userFacts),
      isSilentOnPush: !topics.has('push'),
      isPushInOrder: topics.has('push') && hops[hopIndex('push-service')]?.status === 'ok',
      vpn: topics.has('ike') === topics.has('sslvpn') ? undefined : topics.has('ike') ? 'IPsec' : 'SSL VPN',
      place: device.alias ?? device.hostname,
      undecided:
        undecidedReason(judged, ({ allowsHealthyCase }) => allowsHealthyCase === false) ??
        soleContradiction(judged),
      besidesLog: undecidedReason(judged, ({ isHeadline }) => isHeadline === true),
      looksLike,
      noVdom,
      asked,
      sender,
      facts: userFacts,
      localUsersState: deviceFacts.localUsers.state,
      narrowing: deviceFacts.attempts.state === 'known' ? narrowing : {},
      upgradeTo: focus.upgradeTo,
      noUpgrade,
    }),
    upgradeTo: focus.upgradeTo,
    whoFails: moreAttempts === undefined ? whoFails(attempts) : undefined,
    answers: answerQuestions({
      facts: userFacts,
      attempts,
      findings,
      verdict,
      looksLike,
      secrets: receipt.total,
    }),
    narrowedTo: narrowedTo(focus),
    ...proofOf(verdict, provedByLogin(attempts, sender, userFacts), judged),
    notInUse: sender.kind === 'nobody' && verdict !== 'broken' ? true : undefined,
    whyNotHealthy: reasons.length === 0 ? undefined : reasons.map(inOneLine),
    firstBrokenHop: brokenHop,
    hops,
    findings,
    checks: judged.map((each) => ({ ...checkOf(each), unasked: isUnasked(each) ? true : undefined })),
    attempts: attempts.map((each) => ({ ...summariseAttempt(each), reason: loginReason(each, findings) })),
    moreAttempts,
    ...(logins.users && logins.users.withoutTrouble.count > 0
      ? {
          usersWithoutTrouble: {
            ...logins.users.withoutTrouble,
            names: [...logins.users.withoutTrouble.names],
          },
        }
      : {}),
    otherLogins: otherLogins && otherLoginsOf(otherLogins),
    askedUser: asked && toAsked(asked),
    unknownVdom: noVdom && { name: noVdom.name, suggestions: [...noVdom.suggestions] },
    device,
    sources: sources.map(({ name, lines, kinds }) => ({ name, lines, kinds: [...kinds] })),
    looksLike,
    explained: explainLines(userFacts, { verdict, findings }),
    live: focus.live,
    ...(focus.upgradeTo === undefined && {
      portMap: portMap(judged, userFacts),
      timeBudget: timeBudgetOf(userFacts, attempts, context),
    }),
    missing: toMissing(
      judged.filter((each) => !isConnected && !isUnasked(each)),
      context,
      {
        topics,
        answered: (vdom) =>
          new Set([
            ...(focus.alias === undefined ? answeredInPaste(deviceFacts, evidence.answeredInText) : []),
            ...(focus.alias !== undefined || isWhole(deviceFacts)
              ? answeredCommands(vdom === undefined ? deviceFacts : inVdom(vdom))
              : []),
          ]),
        onlyClient: floodingClient(userFacts),
        vdomOfLogins: vdomOfLogins(deviceFacts),
        managementVdom: managementVdom(deviceFacts),
        callbackVdom: calledInterface(deviceFacts)?.vdom,
        refused: refusesCommand(deviceFacts),
        debugSeen: debugWasSeen(userFacts, topics),
      },
    ),
    redactions: { total: receipt.total, byKind: { ...receipt.byKind } },
  };
  return atSourceLines(diagnosis, evidence.lineMaps);
}

/** A code was typed at this step. */
function passedByCode(attempts: readonly Attempt[], id: Hop): boolean {
  return attempts.some(
    ({ hops, milestones }) => milestones.manualCode && hops[hopIndex(id)]?.status === 'ok',
  );
}

function headlineContext(
  recognised: boolean,
  decides: boolean,
  { debugLog }: Facts,
  sender: PushSender,
): HeadlineContext {
  if (!recognised) return 'nothing';
  if (decides) return 'push';
  return sender.kind === 'unasked' && debugLog.state !== 'known' ? 'settings' : 'something';
}

function proofOf(
  verdict: Diagnosis['verdict'],
  proved: boolean,
  judged: readonly Judged[],
): Pick<Diagnosis, 'proof' | 'notExcluded'> {
  if (verdict !== 'healthy') return {};
  if (proved) return { proof: 'login' };
  const open = judged.flatMap(({ rule, judgement }) =>
    judgement.verdict === 'unknown' ? (rule.notInConfiguration ?? []) : [],
  );
  return { proof: 'configuration', notExcluded: open.length === 0 ? undefined : open };
}

/** The reason of the first undecided rule of this sort. */
function undecidedReason(
  judged: readonly Judged[],
  isOfSort: (judgement: Undecided) => boolean,
): string | undefined {
  for (const { judgement } of judged) {
    if (judgement.verdict === 'unknown' && isOfSort(judgement)) return judgement.reason;
  }
  return undefined;
}

/** Hops describe all users: a finding about some users counts only if nothing else is found. */
function decisive(findings: readonly Finding[]): readonly Finding[] {
  const general = findings.filter(({ concerns }) => concerns === undefined);
  return general.length > 0 ? general : findings;
}

function checkOf({ rule, judgement }: Judged): Diagnosis['checks'][number] {
  const quotes = 'evidence' in judgement ? judgement.evidence.slice(0, MAX_EVIDENCE) : [];
  return {
    rule: rule.id,
    verdict: judgement.verdict,
    reason: inOneLine(judgement.verdict === 'broken' ? judgement.title : judgement.reason),
    noted: judgement.verdict === 'healthy' && judgement.isNoted ? true : undefined,
    evidence: quotes.map(({ source, line, text }) => ({ source, line, text })),
  };
}

function toAsked({ name, known, suggestions, reason }: AskedUser): Diagnosis['askedUser'] {
  return { name, known, suggestions: [...suggestions], reason: reason === '' ? undefined : reason };
}

function otherLoginsOf({ count, users, quotes }: OtherLogins): Diagnosis['otherLogins'] {
  return { count, users: [...users], evidence: quotes.map((quote) => ({ ...quote })) };
}

function deviceOf({ facts, promptName }: DeviceEvidence, focus: CaseFocus): Diagnosis['device'] {
  const device = valueIfKnown(facts.device);
  const version = valueIfKnown(facts.version);
  const vdomMode = valueIfKnown(facts.vdomMode);
  return {
    alias: focus.alias,
    customer: focus.customer,
    site: focus.site,
    hostname: device?.hostname ?? promptName,
    model: device?.model,
    version: version && formatVersion(version),
    vdomMode,
    haMode: device?.haMode,
    algorithms: focus.algorithms,
  };
}
