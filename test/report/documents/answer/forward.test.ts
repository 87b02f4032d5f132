import { expect, it } from 'vitest';
import type { Diagnosis } from '../../../../src/engine/diagnosis/diagnosis.ts';
import { createAnswer } from '../../../../src/report/documents/answer/answer.ts';
import { renderText } from '../../../../src/report/formats/text/render-text.ts';
import { DEVICE_CHECK } from '../../fixtures.ts';

const [first] = DEVICE_CHECK.findings as [Diagnosis['findings'][0]];
const withFix = (fix: Partial<Diagnosis['findings'][0]['fix']>): Diagnosis => ({
  ...DEVICE_CHECK,
  findings: [{ ...first, fix: { apply: [], undo: [], verify: [], ...fix } }],
});
const withTodo = (...todo: string[]) => withFix({ todo });
const blocks = (diagnosis: Diagnosis) =>
  createAnswer(diagnosis)
    .parts.flatMap((part) => (part.kind === 'section' ? part.parts : []))
    .filter((part) => part.kind === 'section' && part.id.endsWith('-forward'));

it('a text to forward is a block of its own, one sentence per line', () => {
  const asked = withFix({
    todo: ['Ask the owner.'],
    forward: { to: 'the owner of the directory', text: 'Our VPN asks `dc01`. Is it up?' },
  });
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
  [{ todo: ['Update it.'] }, undefined, 'Text to forward'],
  [{ apply: ['set x 1'], after: 'It restarts.' }, undefined, 'Text to forward'],
  [{ todo: ['Change it.'] }, 'the issuer', 'Text to forward to the issuer'],
])('%j to %s', (fix, to, label) => {
  const shown = blocks(withFix({ ...fix, forward: { to, text: 'Please update.' } }));
  expect(shown).toMatchObject([{ parts: [{ label, lines: ['Please update.'] }] }]);
});

it('without one there is no block', () => {
  expect(blocks(withTodo('Set `x`.'))).toEqual([]);
});

it('commands behind a colon stand on lines of their own, and others stay in the sentence', () => {
  const note =
    'Look for an answer and a route: `execute ping 192.0.2.9`, `show user ldap "dc01"`. Compare `get system status`. Then capture: `diagnose sniffer packet any \'udp\' 4 20 l`.';
  const [section] = createAnswer(withTodo(note)).parts.filter((part) => part.kind === 'section');
  expect(section?.parts.slice(0, 4)).toMatchObject([
    { kind: 'prose', label: 'What to do', text: 'Look for an answer and a route:' },
    { kind: 'code', lines: ['execute ping 192.0.2.9', 'show user ldap "dc01"'] },
    { kind: 'prose', text: 'Compare `get system status`. Then capture:' },
    { kind: 'code', lines: ["diagnose sniffer packet any 'udp' 4 20 l"] },
  ]);
  expect(renderText(withTodo(note))).toContain('\n  Look for an answer and a route:\n');
});

it('numbered steps stand on lines of their own, each with its commands', () => {
  const note =
    '1. On the computer: the certificate is installed. It is valid. 2. On the FortiGate the CA is imported: `show vpn certificate ca`. 3. Let wren log in once.';
  const [section] = createAnswer(withTodo(note)).parts.filter((part) => part.kind === 'section');
  expect(section?.parts.slice(0, 4)).toMatchObject([
    {
      kind: 'prose',
      label: 'What to do',
      text: '1. On the computer: the certificate is installed. It is valid.',
    },
    { kind: 'prose', text: '2. On the FortiGate the CA is imported:' },
    { kind: 'code', lines: ['show vpn certificate ca'] },
    { kind: 'prose', text: '3. Let wren log in once.' },
  ]);
});

it.each([['Windows 10. Then update it.'], ['Set version 7.4.8 first. 2. Place is free.']])(
  'a number in a sentence begins no step: %s',
  (note) => {
    const [section] = createAnswer(withTodo(note)).parts.filter((part) => part.kind === 'section');
    expect(section?.parts[0]).toMatchObject({ label: 'What to do', text: note });
  },
);

it('lines of a configuration in a text are a block to copy', () => {
  const typed = withTodo(
    'Set the time: `config user radius`, `edit "dc07"`, `set timeout 60`, `next`, `end`. Then let one user log in.',
  );
  expect(renderText(typed)).toContain(
    'config user radius\n      edit "dc07"\n          set timeout 60\n      next\n  end\n',
  );
});

it('what to know before is above the lines, what they cost and how they are run below them', () => {
  const shown = renderText(
    withFix({
      before: 'Then check first that nobody uses it.',
      replace: 'Replace `<serial>` first.',
      apply: ['set serial <serial>'],
      after: 'First of all it restarts.',
      running: 'Enter the VDOM.',
    }),
  );
  const places = ['Then check first', 'Replace', 'set serial', 'First of all', 'Enter the VDOM', 'Cause'];
  expect(places.map((text) => shown.indexOf(text))).toEqual(
    places.map((text) => shown.indexOf(text)).toSorted((a, b) => a - b),
  );
});

it.each([
  ['the answer asks for a login', undefined, 1],
  ['a text of the fix does', true as const, 0],
])('%s', (_, asksForLogin, count) => {
  const shown = renderText(withFix({ todo: ['Let her log in.'], asksForLogin }));
  expect(shown.split('log in once').length - 1).toBe(count);
});
