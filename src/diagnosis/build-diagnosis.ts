import { factsOfUser } from '../facts/accounts/of-user.ts';
import type { OtherLogins } from '../facts/attempt.ts';
import { summariseAttempt } from '../facts/attempts/summarise-attempt.ts';
import { type Fact, valueIfKnown } from '../facts/fact.ts';
import { FACT_COMMANDS, type FactKey, type Facts } from '../facts/facts.ts';
import { type CommandId, commandSpec, isKnownTo } from '../fortios/commands.ts';
import { formatVersion } from '../fortios/version.ts';
import type { RedactionReceipt } from '../redact/types.ts';
import { RULES } from '../rules/all-rules.ts';
import { collectionPlan } from '../rules/collection-plan.ts';
import type { ReadingTime, Rule, RuleContext, Verdict } from '../rules/rule.ts';
import { pushSender } from '../rules/shared/push-sender.ts';
import { type AskedUser, askedUser, askedUserLine } from './asked-user.ts';
import type { CaseEvidence, DeviceEvidence } from './case-evidence.ts';
import type { Diagnosis, Finding, LiveSummary } from './diagnosis.ts';
import { toFindings } from './findings.ts';
import { headlineOf } from './headline.ts';
import { firstBrokenHop, scoreHops } from './hops.ts';
import { type Judged, judge } from './judge.ts';
import { pushSenderLine } from './limit-to-push-sender.ts';
import { loggedTokenStep } from './logged-token.ts';
import { looksLikeHeadline, looksLikeOf } from './looks-like.ts';
import { mergeDevices } from './merge-devices.ts';
import { debugWasSeen, toMissing, vdomOfLogins } from './missing.ts';
import { portMap } from './port-map.ts';
import { DIAGNOSIS_SCHEMA_ID } from './schema-id.ts';
import { atSourceLines } from './source-lines.ts';
import { timeBudgetOf } from './time-budget.ts';
import { truncatedBackupHeadline } from './truncated-backup-headline.ts';
import { unattributedPush } from './unattributed-push.ts';
import { findUnknownVdom, unknownVdomLine } from './unknown-vdom.ts';
import {
  calledInterface,
  concernedVdoms,
  loginVdoms,
  managementVdom,
  vdomCoverage,
} from './vdom-coverage.ts';
import { isWhole, verdictOf } from './verdict.ts';

/** What the request was about; limits the rules that look at users. */
export interface CaseFocus {
  readonly alias?: string;
  readonly user?: string;
  readonly vdom?: string;
  /** Time of the request, in milliseconds since the Unix epoch; the device's own clock takes precedence. */
  readonly readAt?: number;
  /** Set if the session needed outdated algorithms. */
  readonly algorithms?: 'legacy';
  /** Result of the live debug session. */
  readonly live?: LiveSummary;
}

/** Verdicts of a text that says nothing about push. */
const NO_STATEMENT: ReadonlySet<Verdict> = new Set(['unknown', 'not-applicable']);

/** Quotes per check: two blocks of several VDOMs, or the lines of a login. */
const MAX_EVIDENCE = 6;

/**
 * Builds the diagnosis of a case; several devices are judged separately. A device check always has one device. `rules`:
 * those it judges by.
 */
export function buildDiagnosis(
  evidence: CaseEvidence,
  receipt: RedactionReceipt,
  focus: CaseFocus,
  rules: readonly Rule[] = RULES,
): Diagnosis {
  if (focus.alias !== undefined || evidence.devices.length === 0) {
    return concludeDevice(evidence, receipt, focus, rules);
  }
  return mergeDevices(
    evidence.devices.map(({ name, ...device }) => ({
      name,
      diagnosis: concludeDevice(device, receipt, focus, rules),
    })),
  );
}

function concludeDevice(
  evidence: DeviceEvidence,
  receipt: RedactionReceipt,
  focus: CaseFocus,
  rules: readonly Rule[],
): Diagnosis {
  const { sources, recognised, otherProducts, inVdom, shownVdoms } = evidence;
  const concerned = concernedVdoms(evidence.facts, inVdom, focus.vdom);
  const all = { ...evidence.facts, vdomCoverage: vdomCoverage(evidence.facts, concerned) };
  const asked = askedUser(focus.user, all);
  const noVdom = findUnknownVdom(focus.vdom, all);
  const ofUser = (each: Facts) => (focus.user === undefined ? each : factsOfUser(each, focus.user));
  const facts = ofUser(all);
  const context = ruleContext(facts, focus);
  const judged = judge(rules, facts, context, {
    contextIn: (own, vdom) => ({ ...context, vdom, overIke: isOverIke(own) }),
    inVdom: (name) => ofUser(inVdom(name)),
    shown: shownVdoms,
    logins: loginVdoms(concerned, inVdom, focus.user),
    callback: calledInterface(facts)?.vdom,
  });
  const attempts = valueIfKnown(facts.attempts) ?? [];
  const findings = toFindings(judged);
  const unattributed = unattributedPush(attempts, facts);
  const hops = scoreHops(
    judged,
    decisive(findings),
    attempts,
    unattributed,
    loggedTokenStep(facts, focus.user),
  );
  const sender = pushSender(facts, context);
  const isCheck = focus.alias !== undefined && facts.wholeBackup.state !== 'known';
  const plan = collectionPlan(rules).filter((id) => isKnownTo(context.version, commandSpec(id)));
  const { live } = focus;
  const read = { facts, inVdom, plan, isCheck };
  const { verdict, reasons } = verdictOf(findings, {
    ...read,
    attempts,
    judged,
    asked,
    noVdom,
    sender,
    live,
  });
  const brokenHop = firstBrokenHop(hops);
  const ports = portMap(judged, facts);
  const budget = timeBudgetOf(facts, attempts, context);
  const decides = attempts.length > 0 || judged.some(({ judgement }) => !NO_STATEMENT.has(judgement.verdict));
  const looksLike = recognised || decides ? undefined : looksLikeOf(otherProducts, evidence.instruction);
  const about = recognised ? (decides ? 'push' : 'something') : 'nothing';
  const { moreAttempts, users, otherLogins } = valueIfKnown(facts.debugLog) ?? {};
  const logins = { attempts, unattributed, users: focus.user === undefined ? users : undefined };
  const device = deviceOf(facts, focus);
  const besides = { findings: findings.length > 0, whole: isWhole(facts) };
  const place = device.alias ?? device.hostname;
  const diagnosis: Diagnosis = {
    schema: DIAGNOSIS_SCHEMA_ID,
    verdict,
    headline:
      (looksLike && looksLikeHeadline(looksLike)) ??
      (noVdom && unknownVdomLine(noVdom, place)) ??
      (asked && askedUserLine(asked, place, all.localUsers.state, besides)) ??
      truncatedBackupHeadline(verdict, attempts, facts) ??
      pushSenderLine(sender, { verdict, attempts }) ??
      headlineOf(
        verdict,
        findings,
        logins,
        brokenHop,
        about,
        isCheck || isWhole(facts) ? reasons : [],
        place,
      ),
    whyNotHealthy: reasons.length === 0 ? undefined : [...reasons],
    firstBrokenHop: brokenHop,
    hops,
    findings,
    checks: judged.map(checkOf),
    attempts: attempts.map(summariseAttempt),
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
    live: focus.live,
    portMap: ports,
    timeBudget: budget,
    missing: toMissing(judged, context, {
      answered: (vdom) =>
        focus.alias === undefined && !isWhole(all)
          ? answeredInPaste(all)
          : answeredCommands(vdom === undefined ? all : inVdom(vdom)),
      vdomOfLogins: vdomOfLogins(all),
      managementVdom: managementVdom(all),
      callbackVdom: calledInterface(all)?.vdom,
      debugSeen: debugWasSeen(facts),
    }),
    redactions: { total: receipt.total, byKind: { ...receipt.byKind } },
  };
  return atSourceLines(diagnosis, evidence.lineMaps);
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
    reason: judgement.verdict === 'broken' ? judgement.title : judgement.reason,
    evidence: quotes.map(({ source, line, text }) => ({ source, line, text })),
  };
}

function toAsked({ name, known, suggestions, reason }: AskedUser): Diagnosis['askedUser'] {
  return { name, known, suggestions: [...suggestions], reason: reason === '' ? undefined : reason };
}

function otherLoginsOf({ count, users, quotes }: OtherLogins): Diagnosis['otherLogins'] {
  return { count, users: [...users], evidence: quotes.map((quote) => ({ ...quote })) };
}

/**
 * Commands answered completely: a device check requests whole answers and a backup holds them; a pasted excerpt may
 * not.
 */
function answeredCommands(facts: Facts): ReadonlySet<CommandId> {
  const keys = Object.keys(FACT_COMMANDS) as FactKey[];
  return new Set(keys.filter((key) => facts[key].state === 'known').flatMap((key) => FACT_COMMANDS[key]));
}

/** Tables of the whole device whose entries tell whether the paste shows all of them. */
function answeredInPaste(facts: Facts): ReadonlySet<CommandId> {
  const { interfaces, administrators, localUsers, vdomMode } = facts;
  const isWholeTable = (fact: Fact<readonly { readonly partial?: boolean }[]>) =>
    fact.state === 'known' && fact.partial === undefined && fact.value.every((each) => !each.partial);
  return new Set([
    ...(isWholeTable(interfaces) ? FACT_COMMANDS.interfaces : []),
    ...(isWholeTable(administrators) ? FACT_COMMANDS.administrators : []),
    ...(vdomMode.state === 'known' && vdomMode.value === 'single' && isWholeTable(localUsers)
      ? FACT_COMMANDS.localUsers
      : []),
  ]);
}

/** What rules are told besides the facts. */
export function ruleContext(facts: Facts, focus: CaseFocus): RuleContext {
  const version = valueIfKnown(facts.version);
  const vdomMode = valueIfKnown(facts.vdomMode);
  const readAt = readingTime(facts, focus);
  return {
    user: focus.user,
    vdom: focus.vdom,
    version,
    vdomMode,
    vdoms: new Set(valueIfKnown(facts.vdoms)?.names ?? []),
    readAt,
    overIke: isOverIke(facts),
  };
}

function readingTime({ systemTime }: Facts, { readAt }: CaseFocus): ReadingTime | undefined {
  const device = valueIfKnown(systemTime);
  if (device !== undefined) return { ms: device, clock: 'device' };
  return readAt === undefined ? undefined : { ms: readAt, clock: 'request' };
}

/** True if the logs show it, or if the configuration has no other VPN. */
function isOverIke({ ikeLogins, debugLog, sslVpn, phase1s }: Facts): boolean {
  const log = valueIfKnown(debugLog);
  if (log?.daemons.sslvpn) return false;
  if ((valueIfKnown(ikeLogins) ?? []).length > 0) return true;
  const web = valueIfKnown(sslVpn)?.some((each) => each.enabled.value) ?? true;
  return !web && (valueIfKnown(phase1s) ?? []).some((each) => each.dialup);
}

function deviceOf(facts: Facts, focus: CaseFocus): Diagnosis['device'] {
  const device = valueIfKnown(facts.device);
  const version = valueIfKnown(facts.version);
  const vdomMode = valueIfKnown(facts.vdomMode);
  return {
    alias: focus.alias,
    hostname: device?.hostname,
    model: device?.model,
    version: version && formatVersion(version),
    vdomMode,
    haMode: device?.haMode,
    algorithms: focus.algorithms,
  };
}
