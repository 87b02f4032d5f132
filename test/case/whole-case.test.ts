import { expect, it } from 'vitest';
import { diagnoseCase } from '../../src/case/diagnose-case.ts';
import { redactCase } from '../../src/redact/redact-case.ts';
import { successfulLogin } from '../fixtures/logs/login-lines.ts';

it('reads a transcript of a device that still has its serial for a name', () => {
  const text = [
    'FGT60FTK20001234 # show system admin',
    'config system admin',
    '    edit "admin"',
    '        set trusthost1 10.0.0.0 255.0.0.0',
    '    next',
    'end',
    '',
    'FGT60FTK20001234 # get system ftm-push',
    'server-port         : 4433',
    'server              : 198.51.100.10',
    'status              : enable',
    '',
    'FGT60FTK20001234 #',
  ].join('\n');
  const diagnosis = diagnoseCase(redactCase([{ name: 'paste', text }]));
  expect(diagnosis.findings.map((finding) => finding.rule)).toEqual(['admin-trusthost-blocks-callback']);
  expect(diagnosis.checks.find((check) => check.rule === 'push-disabled')?.verdict).toBe('healthy');
  expect(JSON.stringify(diagnosis)).not.toContain('FGT60FTK20001234');
});

it('says how many logins a very long log holds beside those it lists', () => {
  const logins = 3_200;
  const lines = Array.from({ length: logins }, (_, n) =>
    successfulLogin(
      { user: `user${n}`, pid: 5700, sid: (16 + (n % 997)).toString(16), token: `FTKMOB${n}` },
      n * 400,
    ),
  );
  const text = lines.flat().join('\n');
  const diagnosis = diagnoseCase(redactCase([{ name: 'paste', text }]));
  expect(diagnosis.attempts.length + (diagnosis.moreAttempts ?? 0)).toBe(logins);
  expect(diagnosis.moreAttempts).toBeGreaterThan(0);
});
