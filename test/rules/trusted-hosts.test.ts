import { expect, it } from 'vitest';
import { diagnoseCase } from '../../src/case/diagnose-case.ts';
import { redactCase } from '../../src/redact/redact-case.ts';

const ADMIN =
  'config system admin\n    edit "admin"\n        set trusthost1 10.0.0.0 255.0.0.0\n        set accprofile "super_admin"\n    next\nend\n';

function profile(name: string, lines: string) {
  return `config system accprofile\n    edit "${name}"\n${lines}    next\nend\n`;
}

it.each([
  [
    'is made where there is none',
    profile('prof_admin', '        set sysgrp read-write\n'),
    'ftm_no_access',
    true,
  ],
  ['is taken where it allows nothing', profile('ftm_no_access', ''), 'ftm_no_access', false],
  [
    'gets another name where it allows something',
    profile('ftm_no_access', '        set sysgrp read-write\n'),
    'ftm_no_access-2',
    true,
  ],
])('the profile of the fix %s', (_name, profiles, used, made) => {
  const { findings } = diagnoseCase(redactCase([{ name: 'paste', text: profiles + ADMIN }]));
  const fix = findings.find((each) => each.rule === 'admin-trusthost-blocks-callback')?.fix;
  expect(fix?.apply.map((line) => line.trim())).toContain(`set accprofile "${used}"`);
  expect(fix?.apply.includes('config system accprofile')).toBe(made);
  expect(fix?.undo.map((line) => line.trim()).includes(`delete "${used}"`)).toBe(made);
});
