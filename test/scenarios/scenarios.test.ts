import { describe, expect, it } from 'vitest';
import { diagnoseCase } from '../../src/case/diagnose-case.ts';
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts';
import { redactCase } from '../../src/redact/redact-case.ts';
import { renderText } from '../../src/report/text/render-text.ts';
import { scenarios as askedUsers } from './asked-users.ts';
import { scenarios as certificates } from './certificates.ts';
import { scenarios as commandAnswers } from './command-answers.ts';
import { scenarios as debugLogs } from './debug-logs.ts';
import { scenarios as exported } from './exports.ts';
import { scenarios as ipsec } from './ipsec.ts';
import { scenarios as localInPolicies } from './local-in-policies.ts';
import { scenarios as notFortigates } from './not-a-fortigate.ts';
import { scenarios as otherTraffic } from './other-traffic.ts';
import { scenarios as phoneCallback } from './phone-callback.ts';
import { scenarios as pickedOutLines } from './picked-out-lines.ts';
import { scenarios as pushSettings } from './push-settings.ts';
import type { Expect, Scenario } from './scenario.ts';
import { scenarios as secondFactor } from './second-factor.ts';
import { scenarios as stampedSessions } from './stamped-sessions.ts';
import { scenarios as tokens } from './tokens.ts';
import { scenarios as unread } from './unread.ts';
import { scenarios as vdoms } from './vdoms.ts';

/*
 * Small pieces of evidence, each with the answer that the field notes give to it. They were written before the author had
 * seen any rule, fact or other test, so they hold the product to what is known of FortiOS and not to what it happens to do.
 * A scenario that the notes turn out not to support is corrected there, with its reason in the commit.
 */
const THEMES: Readonly<Record<string, readonly Scenario[]>> = {
  'asked users': askedUsers,
  certificates,
  'command answers': commandAnswers,
  'debug logs': debugLogs,
  exports: exported,
  ipsec,
  'local-in policies': localInPolicies,
  'not a FortiGate': notFortigates,
  'other traffic': otherTraffic,
  'phone callback': phoneCallback,
  'picked-out lines': pickedOutLines,
  'push settings': pushSettings,
  'second factor': secondFactor,
  'stamped sessions': stampedSessions,
  tokens,
  unread,
  vdoms,
};

/** When the evidence was given; certificates and activations are judged by it. */
const READ_AT = Date.UTC(2026, 10, 27, 12);

function diagnose({ files, user, vdom }: Scenario): Diagnosis {
  return diagnoseCase(redactCase(files), {
    readAt: READ_AT,
    ...(user === undefined ? {} : { user }),
    ...(vdom === undefined ? {} : { vdom }),
  });
}

/** What differs from the expected answer. */
function differences(diagnosis: Diagnosis, expected: Expect): readonly string[] {
  const rules = diagnosis.findings.map(({ rule }) => rule);
  const text = renderText(diagnosis);
  const quotes = diagnosis.findings.flatMap(({ evidence }) => evidence.map((quote) => quote.text));
  const users = diagnosis.attempts.map(({ user }) => user);
  const { says, saysNot, quotes: quoted, first, hop, maxRedactions } = expected;
  const wrong: readonly (readonly [boolean, string])[] = [
    [expected.verdict !== undefined && diagnosis.verdict !== expected.verdict, `is ${diagnosis.verdict}`],
    [diagnosis.verdict === expected.notVerdict, `is ${diagnosis.verdict}`],
    ...(expected.finds ?? []).map((rule) => [!any(rule, rules), `does not find ${rule}`] as const),
    ...(expected.not ?? []).map((rule) => [rules.includes(rule as never), `accuses ${rule}`] as const),
    [expected.noFindings === true && rules.length > 0, `finds ${rules.join(', ')}`],
    [first !== undefined && !any(first, rules.slice(0, 1)), `finds ${rules[0]} first`],
    [
      hop !== undefined && !any(hop, [diagnosis.firstBrokenHop ?? '']),
      `breaks at ${diagnosis.firstBrokenHop}`,
    ],
    [says !== undefined && !says.test(text), `does not say ${says}`],
    [saysNot?.test(text + JSON.stringify(diagnosis)) === true, `says ${saysNot}`],
    [quoted !== undefined && !quotes.some((quote) => quoted.test(quote)), `does not quote ${quoted}`],
    ...(expected.users ?? []).map((user) => [!users.includes(user), `does not name ${user}`] as const),
    [maxRedactions !== undefined && diagnosis.redactions.total > maxRedactions, 'redacts too much'],
  ];
  return wrong.filter(([is]) => is).map(([, what]) => what);
}

function any(expected: string | readonly string[], of: readonly string[]): boolean {
  return [expected].flat().some((each) => of.includes(each));
}

describe.each(Object.entries(THEMES))('%s', (_theme, scenarios) => {
  it.each(scenarios.map((scenario) => [scenario.id, scenario] as const))('%s', (_id, scenario) => {
    expect(differences(diagnose(scenario), scenario.expect)).toEqual([]);
  });
});

it('every scenario expects something, and none stands twice', () => {
  const all = Object.values(THEMES).flat();
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(all.filter(({ expect: expected }) => Object.keys(expected).length === 0)).toEqual([]);
});
