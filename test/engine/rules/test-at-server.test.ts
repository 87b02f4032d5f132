import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { redact } from '../../../src/engine/evidence/redact.ts';
import { COMMANDS } from '../../../src/engine/fortios/commands.ts';

it.each([
  ['ldap-group-mismatch', 'diagnose test authserver ldap DC01 marlow <password>'],
  ['radius-group-attribute-missing', 'diagnose test authserver radius nps1 <scheme> marlow <password>'],
])('%s proposes a login at the server where the log prints no group, with what it costs', (id, line) => {
  const path = new URL(`../../../src/engine/rules/${id}/fixtures/broken.log`, import.meta.url);
  const text = readFileSync(path, 'utf8').replaceAll(/^.*retrieve_group_values.*$/gm, '');
  const { findings } = diagnose([{ name: 'broken.log', text }]);
  const note = findings.find(({ rule }) => rule === id)?.fix.note;
  expect(note).toContain(line);
  expect(note).toContain('counts as a login');
});

it('is never sent by a check, and its password is hidden in what is pasted', () => {
  expect(JSON.stringify(COMMANDS)).not.toContain('authserver');
  const text = 'FGT # diagnose test authserver ldap dc01 marlow Hunter2Hunter2';
  expect(JSON.stringify(redact([{ name: 'a', text }]))).not.toContain('Hunter2');
});
