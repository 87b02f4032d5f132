import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { headlineMark } from '../../../../src/report/documents/answer/headline-mark.ts';
import { loginPathTitle } from '../../../../src/report/documents/answer/login-path.ts';
import { healthyWord } from '../../../../src/report/documents/cases/case-row.ts';
import { successfulLogin } from '../../../fixtures/logs/login-lines.ts';
import { backupText } from '../../../support/backup.ts';
import { diagnoseText } from '../../../support/diagnose-text.ts';

const UNUSED = {
  'system ftm-push': '    set status disable',
  'user local': '    edit "wren"\n        set type password\n    next',
  'user fortitoken': undefined,
};

it.each([
  [
    'a login seen',
    `${successfulLogin({ user: 'wren', pid: 5784, sid: 'd9', token: 'FTKMOB0000000011' }).join('\n')}\n`,
    '🟢',
    'works',
  ],
  ['a configuration in order', backupText(), '🔵', 'in order'],
  ['push that nobody uses', backupText(UNUSED), '⚪', 'not in use'],
])('%s has its own colour and word', (_what, text, light, word) => {
  const diagnosis = diagnoseText(text);
  expect(diagnosis.verdict).toBe('healthy');
  expect(headlineMark(diagnosis).light).toBe(light);
  expect(healthyWord({ proof: diagnosis.proof, notInUse: diagnosis.notInUse })).toBe(word);
});

it('names what no configuration can exclude', () => {
  expect(diagnoseText(backupText()).notExcluded).toContain('the way to push.fortinet.com');
});

it('a shortage that has stopped no login is not red, and its step has not stopped one', () => {
  const path = '../../../../src/engine/rules/ike-pool-exhausted/fixtures/broken.near.txt';
  const near = diagnoseText(readFileSync(new URL(path, import.meta.url), 'utf8'));
  expect(near.findings[0]).toMatchObject({ severity: 'low', concerns: 'some-users' });
  expect(loginPathTitle(near)).toBe('Login path: may soon stop at tunnel');
  expect(headlineMark(near)).toEqual({ light: '🟡', mark: '!' });
});
