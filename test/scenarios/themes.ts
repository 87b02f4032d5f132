import { diagnose as diagnoseItems } from '../../src/engine/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../src/engine/diagnosis/diagnosis.ts';
import { scenarios as askedUsers } from './asked-users.ts';
import { scenarios as certificates } from './certificates.ts';
import { scenarios as commandAnswers } from './command-answers.ts';
import { scenarios as debugLogs } from './debug-logs.ts';
import { scenarios as exported } from './exports.ts';
import { scenarios as ipsec } from './ipsec.ts';
import { scenarios as localInPolicies } from './local-in-policies.ts';
import { scenarios as notFortigates } from './not-a-fortigate.ts';
import { scenarios as otherTraffic } from './other-traffic.ts';
import { scenarios as configurationParts } from './parts-of-a-configuration.ts';
import { scenarios as loginParts } from './parts-of-a-login.ts';
import { scenarios as phoneCallback } from './phone-callback.ts';
import { scenarios as pickedOutLines } from './picked-out-lines.ts';
import { scenarios as pushSettings } from './push-settings.ts';
import type { Scenario } from './scenario.ts';
import { scenarios as secondFactor } from './second-factor.ts';
import { scenarios as soundConfigurations } from './sound-configurations.ts';
import { scenarios as soundLogs } from './sound-logs.ts';
import { scenarios as soundSecondFactors } from './sound-second-factors.ts';
import { scenarios as stampedSessions } from './stamped-sessions.ts';
import { scenarios as tokens } from './tokens.ts';
import { scenarios as unread } from './unread.ts';
import { scenarios as vdoms } from './vdoms.ts';

/*
 * Small pieces of evidence, each with the answer that is right for FortiOS. They were written before the author had
 * seen any rule, fact or other test, so they hold the product to what is known of FortiOS and not to what it happens to do.
 * A scenario that turns out to be wrong about FortiOS is corrected there, with its reason in the commit.
 */
export const THEMES: Readonly<Record<string, readonly Scenario[]>> = {
  'asked users': askedUsers,
  certificates,
  'command answers': commandAnswers,
  'debug logs': debugLogs,
  exports: exported,
  ipsec,
  'local-in policies': localInPolicies,
  'not a FortiGate': notFortigates,
  'other traffic': otherTraffic,
  'parts of a configuration': configurationParts,
  'parts of a login': loginParts,
  'phone callback': phoneCallback,
  'picked-out lines': pickedOutLines,
  'push settings': pushSettings,
  'second factor': secondFactor,
  'sound configurations': soundConfigurations,
  'sound logs': soundLogs,
  'sound second factors': soundSecondFactors,
  'stamped sessions': stampedSessions,
  tokens,
  unread,
  vdoms,
};

/** When the evidence was given; certificates and activations are judged by it. */
const READ_AT = Date.UTC(2026, 10, 27, 12);

const diagnosed = new WeakMap<Scenario, Diagnosis>();

/** Each scenario is diagnosed once for all tests of a process. */
export function diagnose(scenario: Scenario): Diagnosis {
  const { files, user, vdom } = scenario;
  const diagnosis = diagnosed.get(scenario) ?? diagnoseItems(files, { readAt: READ_AT, user, vdom });
  diagnosed.set(scenario, diagnosis);
  return diagnosis;
}
