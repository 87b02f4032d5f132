import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/engine/rules/all-rules.ts';
import type { Fix, Rule, RuleContext } from '../../src/engine/rules/rule.ts';
import { findSchema, listOptions } from '../../src/stand-ins/fortigate/schema/schemas.ts';
import { fixtureFacts } from '../support/rule-fixtures.ts';
import { versionOf } from './device.ts';
import { casesOf, createTestDevice, examine } from './loop.ts';
import { type RuleScenario, releasesSince, SAMPLE_RELEASES, type SampleRelease } from './scenario.ts';
import { CLOSED_LOOPS, SCENARIOS } from './scenarios.ts';

const RULES_FOLDER = new URL('../../src/engine/rules/', import.meta.url);
const READ_AT = { ms: Date.UTC(2026, 0, 7), clock: 'request' } as const;
const MODES: readonly RuleContext[] = [
  { readAt: READ_AT, vdomMode: 'single' },
  { readAt: READ_AT, vdomMode: 'multi', vdom: 'root' },
  { readAt: READ_AT, vdomMode: 'multi' },
];

describe.each(RULES)('$id', (rule) => {
  const loop = CLOSED_LOOPS.get(rule.id);
  const own = SCENARIOS.filter((each) => each.rule === rule.id);

  if (loop === undefined) {
    it('has no line to type on any release, and says what else to do', () => {
      const fixes = fixesOf(rule);
      expect(
        fixes.length,
        `src/engine/rules/${rule.id}/fixtures: no broken fixture is found broken`,
      ).toBeGreaterThan(0);
      for (const { apply, undo, note } of fixes) {
        expect(
          [...apply, ...undo],
          `test/engine/rules/${rule.id}/closed-loop.ts is missing: a broken device that these lines repair`,
        ).toEqual([]);
        expect(note, `src/engine/rules/${rule.id}/rule.ts: the fix has no line and no note`).toBeTruthy();
      }
    });
    return;
  }

  const { since, vdoms } = loop;
  it(`closes the loop on every release${since ? ` since ${since.release}: ${since.why}` : ''}`, () => {
    const expected = releasesSince(since?.release ?? '0.0.0').flatMap((release) =>
      (vdoms === 'only' ? [true] : [false, true]).map((mode) => placed(release, mode)),
    );
    const closed = new Set(own.flatMap(casesOf).map((each) => placed(each.release, each.vdoms)));
    const hint = `test/engine/rules/${rule.id}/closed-loop.ts: releases without a scenario, or \`since\` is too early`;
    expect([...closed].toSorted(), hint).toEqual(expected.toSorted());
  });
});

/** A scenario may leave out a release only where the device cannot be so, or where there is nothing to type. */
describe.each(SCENARIOS.map((scenario) => ({ scenario, title: `${scenario.rule}: ${scenario.name}` })))(
  '$title',
  ({ scenario }) => {
    const left = SAMPLE_RELEASES.filter(
      (release) =>
        !(scenario.releases ?? SAMPLE_RELEASES).includes(release) &&
        unknownAttributes(scenario, release).length === 0,
    );
    it.each(left)('has nothing to type on %s', async (release) => {
      const { verdict, fix } = await examine(
        scenario.rule,
        scenario,
        createTestDevice({ scenario, release, vdoms: scenario.vdoms === 'only' }),
      );
      expect(verdict === 'broken' ? fix?.apply : []).toEqual([]);
    });

    it('is broken by lines that its releases take', () => {
      for (const release of scenario.releases ?? SAMPLE_RELEASES) {
        const hint = `test/engine/rules/${scenario.rule}/closed-loop.ts: settings that FortiOS ${release} does not have; add \`since\` or \`releases\``;
        expect(unknownAttributes(scenario, release), hint).toEqual([]);
      }
    });
  },
);

it('knows every rule that has lines to type', () => {
  const typing = RULES.filter((rule) => fixesOf(rule).some((fix) => fix.apply.length > 0)).map(
    ({ id }) => id,
  );
  const loops = [...CLOSED_LOOPS.keys()];
  expect(
    typing.toSorted(),
    'a rule with lines to apply has a closed-loop.ts, and one without has none',
  ).toEqual(loops.toSorted());
});

function placed(release: SampleRelease, vdoms: boolean): string {
  return `${release} ${vdoms ? 'with' : 'without'} VDOMs`;
}

/** Attributes of the broken sections that this release does not have. */
function unknownAttributes(scenario: RuleScenario, release: SampleRelease): readonly string[] {
  const version = versionOf(release);
  return Object.entries(scenario.broken(version)).flatMap(([path, lines]) => {
    const schema = findSchema(path);
    if (!schema) return [];
    const known = new Set(listOptions(schema, version).map((each) => each.name));
    const inner = lines.findIndex((line) => line.startsWith('config '));
    return lines
      .slice(0, inner === -1 ? lines.length : inner)
      .flatMap((line) => /^set (\S+)/.exec(line)?.[1] ?? [])
      .filter((name) => !known.has(name))
      .map((name) => `${path}: ${name}`);
  });
}

/** What the rule would have typed for its broken fixtures, on every release and with VDOMs or without. */
function fixesOf(rule: Rule): readonly Fix[] {
  return readdirSync(new URL(`${rule.id}/fixtures/`, RULES_FOLDER))
    .filter((file) => file.startsWith('broken'))
    .flatMap((file) => {
      const facts = fixtureFacts(`${rule.id}/fixtures/${file}`);
      return SAMPLE_RELEASES.flatMap((release) =>
        MODES.map((mode) => rule.judge(facts, { ...mode, version: versionOf(release) })),
      );
    })
    .flatMap((judgement) => (judgement.verdict === 'broken' ? [judgement.fix] : []));
}
