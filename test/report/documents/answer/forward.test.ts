import { expect, it } from 'vitest';
import type { Diagnosis } from '../../../../src/engine/diagnosis/diagnosis.ts';
import { createAnswer } from '../../../../src/report/documents/answer/answer.ts';
import { renderText } from '../../../../src/report/formats/text/render-text.ts';
import { DEVICE_CHECK } from '../../fixtures.ts';

const [first] = DEVICE_CHECK.findings as [Diagnosis['findings'][0]];
const withNote = (note: string, apply: readonly string[] = []): Diagnosis => ({
  ...DEVICE_CHECK,
  findings: [{ ...first, fix: { ...first.fix, apply: [...apply], note } }],
});
const blocks = (diagnosis: Diagnosis) =>
  createAnswer(diagnosis)
    .parts.flatMap((part) => (part.kind === 'section' ? part.parts : []))
    .filter((part) => part.kind === 'section' && part.id.endsWith('-forward'));

it('a text to forward is a block of its own, one sentence per line', () => {
  const asked = withNote(
    'Ask the owner. To forward to the owner of the directory: “Our VPN asks `dc01`. Is it up?”',
  );
  expect(blocks(asked)).toMatchObject([
    {
      shape: 'detail',
      title: 'Text to forward',
      parts: [
        {
          kind: 'code',
          label: 'Text to forward to the owner of the directory',
          lines: ['Our VPN asks dc01.', 'Is it up?'],
        },
      ],
    },
  ]);
  expect(renderText(asked)).toContain(
    'What to do\n  Ask the owner.\n\nText to forward to the owner of the directory\n  Our VPN asks dc01.\n  Is it up?',
  );
});

it.each([
  ['Update it. To forward: “Please update.”', ['set x 1'], 'Text to forward'],
  ['Change it. To forward to the issuer: The key differs.', [], 'Text to forward to the issuer'],
])('%s', (note, apply, label) => {
  expect(blocks(withNote(note, apply))).toMatchObject([{ parts: [{ label }] }]);
});

it('without one there is no block', () => {
  expect(blocks(withNote('Set `x`.'))).toEqual([]);
});
