import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type CaseFocus, diagnoseCase } from '../../src/case/diagnose-case.ts';
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts';
import { redactCase } from '../../src/redact/redact-case.ts';
import { renderSlack } from '../../src/report/slack/render-slack.ts';
import { renderText } from '../../src/report/text/render-text.ts';
import { RULES } from '../../src/rules/all-rules.ts';

const FOLDER = new URL('../../src/rules/', import.meta.url);
const FIXTURES = RULES.flatMap(({ id }) =>
  readdirSync(new URL(`${id}/fixtures/`, FOLDER)).map((file) => `${id}/fixtures/${file}`),
);
const STATUS =
  'Version: FortiGate-60F v7.4.8,build2795,250523 (GA.M)\nVirtual domain configuration: multiple\n';
/** The last is a VDOM of no device. */
const FOCUS: readonly CaseFocus[] = [
  {},
  { user: 'marlow' },
  { vdom: 'root' },
  { vdom: 'edg' },
  { user: 'marlow', vdom: 'edg' },
];

/** Every text that the evidence holds in one, with the device having VDOMs or as it is. */
function casesOf(path: string): readonly { readonly text: string; readonly diagnosis: Diagnosis }[] {
  const text = readFileSync(new URL(path, FOLDER), 'utf8');
  return ['', STATUS].flatMap((status) => {
    const items = [
      { name: 'evidence.txt', text },
      ...(status === '' ? [] : [{ name: 'status.txt', text: status }]),
    ];
    const redacted = redactCase(items);
    return FOCUS.map((focus) => ({ text: `${text}${status}`, diagnosis: diagnoseCase(redacted, focus) }));
  });
}

function shows(text: string, name: string): boolean {
  const at = (from: number) => text.indexOf(name, from);
  for (let index = at(0); index >= 0; index = at(index + 1)) {
    const around = `${text.charAt(index - 1)}${text.charAt(index + name.length)}`;
    if (!/[\w-]/.test(around)) return true;
  }
  return false;
}

const EDIT = /^\s*edit (?:"((?:[^"\\]|\\.)*)"|(\S+))\s*$/;

function editedIn(lines: readonly string[]): readonly { readonly name: string; readonly isVdom: boolean }[] {
  return lines.flatMap((line, index) => {
    const found = EDIT.exec(line);
    if (!found) return [];
    const name = (found[1] ?? found[2] ?? '').replace(/\\(.)/g, '$1');
    return [{ name, isVdom: lines[index - 1]?.trim() === 'config vdom' }];
  });
}

/** Everything that is printed as code, in whatever form. */
function printed(diagnosis: Diagnosis): readonly (readonly string[])[] {
  const slack = JSON.stringify(renderSlack(diagnosis, {})).replaceAll('\\\\', '\\').replaceAll('\\"', '"');
  return [
    ...diagnosis.findings.flatMap(({ fix }) => [fix.apply, fix.undo, fix.verify]),
    ...diagnosis.missing.map(({ commands }) => commands),
    renderText(diagnosis).split('\n'),
    slack.split(/\\n|"text":"/).map((line) => line.replace(/"[}\]].*$/, '')),
  ];
}

describe('what people are told to paste', () => {
  it.each(FIXTURES)('enters no VDOM that the evidence does not show: %s', (path) => {
    for (const { text, diagnosis } of casesOf(path)) {
      const entered = printed(diagnosis).flatMap((lines) => editedIn(lines).filter(({ isVdom }) => isVdom));
      expect(entered.filter(({ name }) => !shows(text, name))).toEqual([]);
    }
  });

  it.each(FIXTURES.filter((path) => path.includes('/broken')))(
    'edits nothing but what is there, or what it undoes: %s',
    (path) => {
      for (const { text, diagnosis } of casesOf(path)) {
        for (const { fix } of diagnosis.findings) {
          const deleted = fix.undo.map((line) => line.trim());
          const strange = editedIn(fix.apply).filter(
            ({ name, isVdom }) =>
              !(isVdom ? shows(text, name) : shows(text, name.replaceAll('"', '\\"')) || shows(text, name)) &&
              !deleted.includes(`delete ${name}`) &&
              !deleted.includes(`delete "${name}"`) &&
              // A placeholder: `fix.note` says to replace it.
              !(/^<.*>$/.test(name) && (fix.note ?? '').includes(name)),
          );
          expect(strange).toEqual([]);
        }
      }
    },
  );
});
