import { describe, expect, it } from 'vitest';
import { type CaseFocus, diagnose } from '../../src/engine/diagnosis/diagnose.ts';
import { redact } from '../../src/engine/evidence/redact.ts';
import type { RedactedCase } from '../../src/engine/evidence/redacted-case.ts';
import type { EvidenceItem } from '../../src/engine/evidence/types.ts';
import { createRandom } from '../fuzz/random.ts';
import { editedIn, printedForms } from '../report/printed-forms.ts';
import { sampleOf } from '../support/amount.ts';
import { checks, fixtures, isLong } from './cases.ts';

const STATUS: EvidenceItem = {
  name: 'status.txt',
  text: 'Version: FortiGate-60F v7.4.8,build2795,250523 (GA.M)\nVirtual domain configuration: multiple\n',
};
/** `edg` is a VDOM of no device. */
const FOCUS: readonly CaseFocus[] = [
  {},
  { user: 'marlow', vdom: 'edg' },
  { user: 'marlow' },
  { vdom: 'root' },
  { vdom: 'edg' },
];
const ASKED = isLong ? FOCUS : FOCUS.slice(0, 2);
/** With and without `STATUS`, and each way to ask. */
const WAYS = [false, true].flatMap((hasStatus) => ASKED.map((asked) => ({ hasStatus, asked })));

function shows(text: string, name: string): boolean {
  const at = (from: number) => text.indexOf(name, from);
  for (let index = at(0); index >= 0; index = at(index + 1)) {
    const around = `${text.charAt(index - 1)}${text.charAt(index + name.length)}`;
    if (!/[\w-]/.test(around)) return true;
  }
  return false;
}

/**
 * What is printed in any form and enters a VDOM that the evidence does not show, or edits a name that it does not show, that
 * the fix does not delete again, and that is no placeholder of which a note speaks.
 */
function strangeIn(evidence: RedactedCase, focus: CaseFocus): readonly string[] {
  const text = evidence.items.map((item) => item.text).join('\n');
  const diagnosis = diagnose(evidence, focus);
  const { findings } = diagnosis;
  const undone = new Set(
    findings.flatMap(({ fix }) => fix.undo.map((line) => line.trim().replaceAll('"', ''))),
  );
  const notes = findings.map(({ fix }) => fix.note ?? '').join('\n');
  return [...printedForms(diagnosis, evidence.items)].flatMap(([form, lines]) =>
    editedIn(lines).flatMap(({ name, isVdom }) => {
      if (shows(text, name) || shows(text, name.replaceAll('"', '\\"'))) return [];
      const isMade = undone.has(`delete ${name}`) || (/^<.*>$/.test(name) && notes.includes(name));
      return !isVdom && isMade ? [] : [`${form}: ${isVdom ? 'VDOM ' : ''}${name}`];
    }),
  );
}

const FIXTURES = fixtures();
/** A sample has every twentieth fixture in one way, and each way with an eighth of these. */
const CASES = sampleOf(FIXTURES, 20, 0).map((fixture, index) => ({
  ...fixture,
  ways: sampleOf(WAYS, WAYS.length, index),
}));

describe('what people are told to paste edits nothing but what is there, or what it undoes', () => {
  it.each(CASES)('$name', ({ items, focus, ways }) => {
    for (const { hasStatus, asked } of ways) {
      const evidence = redact(hasStatus ? [...items, STATUS] : items);
      expect(strangeIn(evidence, { ...focus, ...asked })).toEqual([]);
    }
  });

  it('of every closed-loop device', async () => {
    const found = (await checks(0)).flatMap(({ name, items, focus }, seed) => {
      const random = createRandom(seed);
      const evidence = redact(items);
      return [...(isLong ? [{}] : []), random.pick(FOCUS)].flatMap((asked) =>
        strangeIn(evidence, { ...focus, ...asked }).map(
          (what) => `${name}, ${JSON.stringify(asked)}: ${what}`,
        ),
      );
    });
    expect(found).toEqual([]);
  });
});

describe('the forms', () => {
  const example = FIXTURES.find(({ name }) => name === 'wan-ftm-access-missing/broken.conf');

  it('hold the lines of a fix, each of them', () => {
    if (!example) throw new Error('no such fixture');
    const evidence = redact(example.items);
    const forms = printedForms(diagnose(evidence, {}), evidence.items);
    const without = [...forms]
      .filter(([, lines]) => !editedIn(lines).some(({ name }) => name === 'wan1'))
      .map(([form]) => form);
    // The message holds all of this answer, and a customer is told no line to type.
    expect(without).toEqual(['missing', 'file of the answer', 'draft']);
  });
});
