import { expect, it } from 'vitest';
import { headlineMark } from '../../../../src/report/documents/answer/headline-mark.ts';
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
