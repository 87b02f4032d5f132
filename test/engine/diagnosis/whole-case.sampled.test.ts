import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { passwordAnswer, passwordStage, successfulLogin } from '../../fixtures/logs/login-lines.ts';
import { AMOUNT } from '../../support/amount.ts';

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
  const diagnosis = diagnose([{ name: 'paste', text }]);
  expect(diagnosis.findings.map((finding) => finding.rule)).toEqual(['admin-trusthost-blocks-callback']);
  expect(diagnosis.checks.find((check) => check.rule === 'push-disabled')?.verdict).toBe('healthy');
  expect(JSON.stringify(diagnosis)).not.toContain('FGT60FTK20001234');
});

describe('the users of a very long log', () => {
  const login = (n: number) => ({
    user: `user${n}`,
    pid: 5700,
    sid: (16 + (n % 997)).toString(16),
    token: `FTKMOB${n}`,
  });
  const diagnoseLogins = (logins: readonly (readonly string[])[]) =>
    diagnose([{ name: 'paste', text: logins.flat().join('\n') }]);
  const good = (n: number, at: number) => successfulLogin(login(n), at);
  const refused = (n: number, at: number) => [
    ...passwordStage(login(n), at),
    ...passwordAnswer(login(n), 1, at),
  ];

  // A sample has the other log, which is as long and has these logins too.
  it.each(AMOUNT === 'sample' ? [] : [1_100])('are all counted where push works: %i', (count) => {
    const {
      headline,
      attempts,
      moreAttempts = 0,
    } = diagnoseLogins(Array.from({ length: count }, (_, n) => good(n, n * 400)));
    expect(headline).toBe(`user0, user1 and ${count - 2} more got in: push works here`);
    // Those that are not listed are counted.
    expect(moreAttempts).toBeGreaterThan(0);
    expect(attempts.length + moreAttempts).toBe(count);
  });

  it('are all counted beside one whose login failed, and nobody who failed once is among them', () => {
    // user0 and user700 fail too, the latter where the log is too long to keep it.
    const logins = Array.from({ length: 1_000 }, (_, n) => good(n, n * 400));
    const failures = Array.from({ length: 600 }, (_, n) =>
      refused(n === 100 ? 700 : n === 0 ? 0 : 5_000, 500_000 + n * 400),
    );
    const { headline, attempts, usersWithoutTrouble } = diagnoseLogins([
      ...logins,
      ...failures,
      good(0, 800_000),
    ]);
    expect(attempts.some(({ user, outcome }) => user === 'user700' && outcome === 'failed')).toBe(false);
    expect(headline).not.toContain('got in');
    expect(usersWithoutTrouble).toEqual({ names: ['user1', 'user2'], count: 998 });
  });
});

it('says nothing about the VPN for a password that fnbamd checked for somebody else', () => {
  const ops = [
    '[1906] handle_req-Rcvd auth req 15163 for ops in  opt=00000421 prot=11',
    '[909] update_auth_token_session-config does not require 2fa',
    '[239] fnbamd_comm_send_result-Sending result 0 (nid 0) for req 15163, len=2600',
  ];
  const wren = { user: 'wren', pid: 5784, sid: 'd9' };
  const text = [...successfulLogin(wren), ...ops].join('\n');
  const diagnosis = diagnose([{ name: 'paste', text }]);
  expect(diagnosis).toMatchObject({
    verdict: 'healthy',
    headline: 'wren got in: push works here',
    findings: [],
    attempts: [{ user: 'wren' }],
    otherLogins: { count: 1, users: ['ops'], evidence: [{ text: ops[0] }] },
  });
});
