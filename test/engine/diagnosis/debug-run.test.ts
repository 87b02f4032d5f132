import { expect, it } from 'vitest';
import { createAnswer } from '../../../src/report/documents/answer/answer.ts';
import { diagnoseText } from '../../support/diagnose-text.ts';

const SSLVPN = 'fgt-7 # diagnose debug application sslvpn -1';
const FNBAMD = 'fgt-7 # diagnose debug application fnbamd -1';
const PUSH = 'fgt-7 # diagnose debug application ftm-push -1';
const ON = 'fgt-7 # diagnose debug enable';
const OFF = 'fgt-7 # diagnose debug disable';
const RESET = 'fgt-7 # diagnose debug reset';
const BEGINS = [
  '[1122:root:3]allocSSLConn:310 sconn 0x7f1a22a40000 (0:root)',
  '[1122:root:3]SSL established: TLSv1.3 TLS_AES_256_GCM_SHA384',
  '[1122:root:3]req: /remote/logincheck',
];
const CLIENT = '[1122:root:3]User Agent: FortiSSLVPN (Windows NT; SV1 [SV{v=02.01; f=07;}])';
const ASKED = ['[1122:root:3]sslvpn_authenticate_user:191 authenticate user: [heron]'];
const REFUSED = [
  ...ASKED,
  '[1122:root:3]fam_auth_send_req_internal:514 fnbam_auth return: 1',
  '[1122:root:3]login_failed:393 user[heron],auth_type=1 failed [sslvpn_login_permission_denied]',
];

it.each([
  [
    'stopped before the login',
    [RESET, SSLVPN, PUSH, ON, ...BEGINS, OFF],
    'Debug was switched off before the login began',
  ],
  [
    'stopped within the login',
    [SSLVPN, FNBAMD, ON, ...BEGINS, ...ASKED, OFF],
    'Debug was switched off before the login ended',
  ],
  [
    'stopped by a reset',
    [SSLVPN, FNBAMD, ON, ...BEGINS, RESET],
    'Debug was switched off before the login began',
  ],
  [
    'never switched on',
    ['user heron, push', RESET, SSLVPN, FNBAMD, ''],
    'Debug was never switched on: `diagnose debug enable` is missing',
  ],
  [
    'reset between the daemons and the start',
    [SSLVPN, FNBAMD, RESET, ON, 'user heron gets no push'],
    'Debug was reset after its daemons were chosen',
  ],
])('debug that was %s says so, and asks for it again first', (_, lines, said) => {
  const diagnosis = diagnoseText(`heron approves on the phone, and it fails\n\n${lines.join('\n')}\n`);
  expect(diagnosis).toMatchObject({ verdict: 'inconclusive', headline: said });
  const { headline, parts } = createAnswer(diagnosis);
  expect(headline).toBe(`${said}. Needed: one login with debug on`);
  const [code] = parts.filter((part) => part.kind === 'code');
  expect(code).toMatchObject({ lines: expect.arrayContaining(['diagnose debug application fnbamd -1']) });
});

it.each([
  [
    'FortiClient came',
    [...BEGINS, CLIENT],
    'FortiClient reaches SSL VPN, TLS is fine; no user name was seen yet',
  ],
  ['another client', BEGINS, 'No complete SSL VPN login in this text'],
])('a log that ends before any name says what it proves: %s', (_, lines, headline) => {
  const diagnosis = diagnoseText(lines.join('\n'));
  expect(diagnosis).toMatchObject({ verdict: 'inconclusive', headline });
  expect(createAnswer(diagnosis).headline).toBe(`${headline}. Needed: one login with debug on`);
});

it('names the daemon that was left out', () => {
  const { explained } = diagnoseText([SSLVPN, ON, ...BEGINS, OFF].join('\n'));
  expect(explained?.[0]).toMatchObject({ shown: 'diagnose debug disable', evidence: { line: 6 } });
  expect(explained?.[0]?.text).toContain('fnbamd, which checks the password, was not on either');
});

it.each([
  ['a login that ended', [SSLVPN, FNBAMD, ON, ...BEGINS, ...REFUSED, OFF]],
  ['debug that is still on', [RESET, SSLVPN, FNBAMD, ON, ...BEGINS]],
  ['words about the commands', ['please run: diagnose debug disable', ...BEGINS]],
])('%s is no mistake', (_, lines) => {
  expect(diagnoseText(lines.join('\n')).headline).not.toMatch(/Debug was|diagnose debug/);
});
