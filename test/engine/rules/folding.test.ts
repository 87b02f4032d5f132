import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diagnose as diagnoseItems } from '../../../src/engine/diagnosis/diagnose.ts';
import { RULES } from '../../../src/engine/rules/all-rules.ts';
import { diagnoseFixture } from '../../report/rule-fixtures.ts';
import { readFixture } from '../../support/rule-fixtures.ts';

const RULES_FOLDER = new URL('../../../src/engine/rules/', import.meta.url);
/** Two things are wrong there, and mending one does not mend the other. */
const TWO_CAUSES: readonly string[] = ['fortitoken-cloud-user/broken.txt'];

const broken = RULES.flatMap((rule) =>
  readdirSync(new URL(`${rule.id}/fixtures/`, RULES_FOLDER))
    .filter((file) => file.startsWith('broken'))
    .map((file) => ({ id: rule.id, path: `${rule.id}/fixtures/${file}` })),
);

describe('one cause gives one open finding', () => {
  it.each(broken)('$path', ({ id, path }) => {
    const { findings } = diagnoseFixture(path).diagnosis;
    const open = findings.filter((each) => each.explainedBy === undefined).map((each) => each.rule);
    const own = findings.find((each) => each.rule === id);
    const expected = own?.explainedBy ?? id;
    expect(open, `${id} is not found in its own fixture`).toContain(expected);
    if (TWO_CAUSES.includes(path.replace('fixtures/', ''))) return;
    const hint =
      'other rules find something in this fixture too: list them in `explains` where this fix removes their finding, or make the fixture hold one fault';
    expect(open, hint).toEqual([expected]);
  });
});

describe('a folded finding names one that stands', () => {
  const alert = readFixture('push-tls-inspected/fixtures/broken.log');
  const off = 'config system global\n    set cloud-communication disable\nend\n';
  const event = readFixture('cloud-communication-disabled/fixtures/broken.event.txt');

  it('at the end of a chain', () => {
    const { findings } = diagnose([off, event, alert]);
    const folded = Object.fromEntries(findings.map((each) => [each.rule, each.explainedBy]));
    expect(folded).toEqual({
      'push-tls-inspected': undefined,
      'push-proxy-unreachable': 'push-tls-inspected',
      'cloud-communication-disabled': 'push-tls-inspected',
    });
  });

  it('whatever is broken together', () => {
    const texts = RULES.slice(0, 12).map((rule) => {
      const [file] = broken.filter((each) => each.id === rule.id);
      return readFixture(file?.path ?? '');
    });
    const { findings } = diagnose(texts);
    const open = new Set(findings.filter((each) => each.explainedBy === undefined).map((each) => each.rule));
    for (const { explainedBy } of findings)
      if (explainedBy !== undefined) expect(open).toContain(explainedBy);
  });
});

function diagnose(texts: readonly string[]) {
  return diagnoseItems(texts.map((text, index) => ({ name: `text ${index + 1}`, text })));
}
