import type { OtherLogins } from '../facts/attempt.ts';
import { summariseAttempt } from '../facts/attempts/summarise-attempt.ts';
import { valueIfKnown } from '../facts/fact.ts';
import { formatVersion } from '../fortios/version.ts';
import type { RedactionReceipt } from '../redact/token-registry.ts';
import type { Rule } from '../rules/rule.ts';
import { inOneLine } from '../text/one-line.ts';
import { answerQuestions } from './asked-question.ts';
import type { AskedUser } from './asked-user.ts';
import type { CaseEvidence, DeviceEvidence } from './case-evidence.ts';
import { type CaseFocus, narrowedTo, rulesFor } from './case-focus.ts';
import { caseHeadline } from './case-headline.ts';
import { matchUnasked } from './concerned-rules.ts';
import { type DeviceCase, decideCase } from './device-case.ts';
import type { Diagnosis } from './diagnosis.ts';
import { explainLines } from './explained-lines.ts';
import type { Judged } from './judge.ts';
import { loginReason } from './login-reason.ts';
import { mergeDevices } from './merge-devices.ts';
import { toMissing } from './missing.ts';
import { portMap } from './port-map.ts';
import { DIAGNOSIS_SCHEMA_ID } from './schema-id.ts';
import { atSourceLines } from './source-lines.ts';
import { findTimeBudget } from './time-budget.ts';
import { provedByLogin } from './verdict.ts';
import { whoFails } from './who-fails.ts';

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
    return describeCase(decideCase(evidence, focus, rules), receipt);
  }
  return mergeDevices(
    evidence.devices.map(({ name, ...device }) => ({
      name,
      diagnosis: describeCase(decideCase(device, focus, rules), receipt),
    })),
  );
}

function describeCase(deviceCase: DeviceCase, receipt: RedactionReceipt): Diagnosis {
  const { evidence, focus, facts, attempts, sender, asked, noVdom } = deviceCase;
  const { judged, findings, topics, verdict, reasons } = deviceCase;
  const isUnasked = matchUnasked(topics);
  const { moreAttempts, users, otherLogins } = valueIfKnown(facts.debugLog) ?? {};
  const withoutTrouble = focus.user === undefined ? users?.withoutTrouble : undefined;
  const diagnosis: Diagnosis = {
    schema: DIAGNOSIS_SCHEMA_ID,
    verdict,
    headline: caseHeadline(deviceCase),
    upgradeTo: focus.upgradeTo,
    whoFails: moreAttempts === undefined ? whoFails(attempts) : undefined,
    answers: answerQuestions({ ...deviceCase, secrets: receipt.total }),
    narrowedTo: narrowedTo(focus),
    ...chooseProof(deviceCase),
    notInUse: sender.kind === 'nobody' && verdict !== 'broken' ? true : undefined,
    whyNotHealthy: reasons.length === 0 ? undefined : reasons.map(inOneLine),
    firstBrokenHop: deviceCase.brokenHop,
    hops: deviceCase.hops,
    findings,
    checks: judged.map((each) => ({ ...toCheck(each), unasked: isUnasked(each) ? true : undefined })),
    attempts: attempts.map((each) => ({
      ...summariseAttempt(each),
      reason: loginReason(each, findings, judged),
    })),
    moreAttempts,
    ...(withoutTrouble && withoutTrouble.count > 0
      ? { usersWithoutTrouble: { ...withoutTrouble, names: [...withoutTrouble.names] } }
      : {}),
    otherLogins: otherLogins && toOtherLogins(otherLogins),
    askedUser: asked && toAsked(asked),
    unknownVdom: noVdom && { name: noVdom.name, suggestions: [...noVdom.suggestions] },
    device: toDevice(evidence, focus),
    sources: evidence.sources.map(({ name, lines, kinds }) => ({ name, lines, kinds: [...kinds] })),
    looksLike: deviceCase.looksLike,
    explained: explainLines(facts, deviceCase),
    live: focus.live,
    ...(focus.upgradeTo === undefined && {
      portMap: portMap(judged, facts),
      timeBudget: findTimeBudget(facts, attempts, deviceCase.context),
    }),
    missing: toMissing(deviceCase),
    redactions: { total: receipt.total, byKind: { ...receipt.byKind } },
  };
  return atSourceLines(diagnosis, evidence.lineMaps);
}

function chooseProof({
  verdict,
  attempts,
  sender,
  facts,
  judged,
}: DeviceCase): Pick<Diagnosis, 'proof' | 'notExcluded'> {
  if (verdict !== 'healthy') return {};
  if (provedByLogin(attempts, sender, facts)) return { proof: 'login' };
  const open = judged.flatMap(({ rule, judgement }) =>
    judgement.verdict === 'unknown' ? (rule.notInConfiguration ?? []) : [],
  );
  return { proof: 'configuration', notExcluded: open.length === 0 ? undefined : open };
}

function toCheck({ rule, judgement }: Judged): Diagnosis['checks'][number] {
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

function toOtherLogins({ count, users, quotes }: OtherLogins): Diagnosis['otherLogins'] {
  return { count, users: [...users], evidence: quotes.map((quote) => ({ ...quote })) };
}

function toDevice({ facts, promptName }: DeviceEvidence, focus: CaseFocus): Diagnosis['device'] {
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
