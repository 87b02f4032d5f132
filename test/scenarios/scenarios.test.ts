import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../src/engine/diagnosis/diagnosis.ts';
import type { Hop } from '../../src/engine/facts/hop.ts';
import { renderText } from '../../src/report/formats/text/render-text.ts';
import type { Expect } from './scenario.ts';
import { diagnose, THEMES } from './themes.ts';

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
    ...(expected.finds ?? []).map((rule) => [!any(rule, rules), `does not find ${String(rule)}`] as const),
    ...(expected.not ?? []).map((rule) => [rules.includes(rule as never), `accuses ${rule}`] as const),
    [expected.noFindings === true && rules.length > 0, `finds ${rules.join(', ')}`],
    [first !== undefined && !any(first, rules.slice(0, 1)), `finds ${rules[0] ?? 'nothing'} first`],
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

it('every scenario has an expectation, and none appears twice', () => {
  const all = Object.values(THEMES).flat();
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(all.filter(({ expect: expected }) => Object.keys(expected).length === 0)).toEqual([]);
});

/**
 * The steps without which a later one cannot happen. A tunnel proves no push: its user may have had another factor, or
 * none.
 */
const IMPLIED: Readonly<Partial<Record<Hop, readonly Hop[]>>> = {
  login: ['connection'],
  'second-factor': ['connection', 'login'],
  token: ['connection', 'login', 'second-factor'],
  'push-request': ['push-service'],
  callback: ['push-service', 'push-request', 'notification'],
  tls: ['push-service', 'push-request', 'notification', 'callback'],
  approval: ['connection', 'login', 'second-factor'],
  authorisation: ['connection', 'login'],
  tunnel: ['connection', 'login', 'authorisation'],
};

it('no login has an open step before one that it could not reach otherwise, and each step in order is quoted', () => {
  const wrong: string[] = [];
  let seen = 0;
  for (const [theme, scenarios] of Object.entries(THEMES)) {
    for (const scenario of scenarios) {
      const { attempts, hops: ofCase } = diagnose(scenario);
      const [only] = attempts;
      const shown = attempts.length === 1 && only ? [...attempts, { ...only, hops: ofCase }] : attempts;
      for (const { user, hops } of shown) {
        const passed = attempts.length === 1 ? (only?.hops ?? []) : hops;
        const implied = new Set(
          passed.filter(({ status }) => status === 'ok').flatMap(({ id }) => IMPLIED[id] ?? []),
        );
        seen += implied.size;
        for (const { id, status, evidence } of hops) {
          if (status === 'unknown' && implied.has(id))
            wrong.push(`${theme}/${scenario.id} ${user}: ${id} is open`);
          if (status === 'ok' && evidence.length === 0)
            wrong.push(`${theme}/${scenario.id} ${user}: ${id} unquoted`);
        }
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(seen).toBeGreaterThan(100);
});
