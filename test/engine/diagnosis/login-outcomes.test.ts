import { describe, expect, it } from 'vitest';
import { diagnose as diagnoseItems } from '../../../src/engine/diagnosis/diagnose.ts';
import { redact } from '../../../src/engine/evidence/redact.ts';
import { authenticated, eapAsked, eapRefused, gaveUp } from '../../fixtures/logs/ike-lines.ts';
import {
  clock,
  granted,
  handshake,
  type Login,
  manualCode,
  passwordAnswer,
  passwordStage,
  successfulFnbamd,
  successfulLogin,
  tokenAnswer,
  upToPush,
} from '../../fixtures/logs/login-lines.ts';
import { AGAIN, ANA, diagnose, GAVE_UP } from './login-cases.ts';

const TYPED = [
  ...upToPush(AGAIN, 200),
  ...tokenAnswer(AGAIN, 0, 'success', 210),
  ...manualCode(AGAIN, 0, 210),
  ...granted(AGAIN, 210),
];

describe('somebody got in', () => {
  it.each([
    ['by push', successfulLogin(ANA, 0), 'healthy', null, 'ana got in: push works here'],
    [
      'with the password alone',
      [...passwordStage(ANA, 0), ...passwordAnswer(ANA, 0, 0), ...granted(ANA, 0)],
      'inconclusive',
      null,
      'ana got in, but the log does not show with which second factor',
    ],
    ['with a typed code', TYPED, 'inconclusive', null, 'ana got in with a typed code: no push was seen'],
    [
      'in a log that begins too late',
      granted(ANA, 0),
      'inconclusive',
      null,
      'ana got in, but the log does not show with which second factor',
    ],
    ['says fnbamd, of a push', successfulFnbamd(ANA, 0), 'healthy', null, 'ana got in: push works here'],
    [
      'with a typed code, after a push that nobody answered',
      [...upToPush(ANA, 0), ...GAVE_UP, ...TYPED],
      'inconclusive',
      'callback',
      'No answer from the phone reached the FortiGate',
    ],
    [
      'with a typed code, after a wrong password',
      [...passwordStage(ANA, 0), ...passwordAnswer(ANA, 1, 0), ...TYPED],
      'inconclusive',
      null,
      'ana got in with a typed code: no push was seen',
    ],
    [
      'by push, after a wrong password',
      [...passwordStage(ANA, 0), ...passwordAnswer(ANA, 1, 0), ...successfulLogin(AGAIN, 20)],
      'healthy',
      null,
      'ana got in: push works here',
    ],
  ])('%s', (_name, lines, verdict, firstBrokenHop, headline) => {
    expect(diagnose(lines.join('\n'))).toMatchObject({ verdict, firstBrokenHop, headline });
  });

  it('is not said by the answer to another request of fnbamd', () => {
    const lines = [
      '[2487] handle_req-Rcvd auth_cert req id=1804971470, len=1128, opt=0',
      '[209] fnbamd_comm_send_result-Sending result 0 (nid 672) for req 1804971470, len=2536',
      '[209] fnbamd_comm_send_result-Sending result 0 (nid 0) for req 1804971475, len=2536',
    ].map((line) => `${clock(3)} ${line}`);
    expect(diagnose(lines.join('\n'))).toMatchObject({ verdict: 'inconclusive', attempts: [] });
  });
});

describe('a scanner on the push port', () => {
  const bob: Login = { user: 'bob', pid: 101, sid: '1f', token: 'FTKMOB0000000002' };

  it.each([
    ['before anybody logs in', [handshake('refused', 0), ...successfulLogin(ANA, 100)]],
    ['afterwards', [...successfulLogin(ANA, 100), handshake('refused', 400)]],
    [
      'while two wait for their phones',
      [
        ...upToPush(ANA, 0),
        ...upToPush(bob, 2),
        handshake('refused', 5),
        handshake('complete', 9),
        ...tokenAnswer(ANA, 0, 'success', 9),
        ...granted(ANA, 9),
        handshake('complete', 20),
        ...tokenAnswer(bob, 0, 'success', 20),
        ...granted(bob, 20),
      ],
    ],
  ])('is no phone that refuses the certificate: %s', (_name, lines) => {
    expect(diagnose(lines.join('\n'))).toMatchObject({
      verdict: 'healthy',
      firstBrokenHop: null,
      findings: [],
    });
  });

  it('is told apart from a phone that does', () => {
    const text = [...upToPush(ANA, 0), handshake('refused', 9), ...successfulLogin(bob, 100)].join('\n');
    expect(diagnose(text)).toMatchObject({
      verdict: 'broken',
      firstBrokenHop: 'tls',
      findings: [{ rule: 'push-cert-untrusted' }],
    });
  });
});

describe('a login without a second factor, beside the configuration', () => {
  const alone = [
    'diagnose debug application ftm-push -1',
    ...passwordStage(ANA, 0),
    ...passwordAnswer(ANA, 0, 0),
    ...granted(ANA, 0),
  ].join('\n');
  const local = (name: string, ...lines: readonly string[]) =>
    ['config user local', `edit "${name}"`, 'set type ldap', ...lines, 'next', 'end'].join('\n');

  it.each([
    ['no token is assigned', local('ana'), 'two-factor-not-assigned'],
    [
      'the name was typed in other case',
      local('Ana', 'set two-factor fortitoken', 'set fortitoken "FTKMOB1100000011"'),
      'username-case-bypasses-2fa',
    ],
  ])('%s', (_name, configuration, rule) => {
    const { findings, firstBrokenHop } = diagnose(configuration, alone);
    expect(findings).toMatchObject([{ rule, confidence: 'certain' }]);
    expect(firstBrokenHop).toBe('second-factor');
  });

  const users = (...entries: readonly string[]) => ['config user local', ...entries, 'end'].join('\n');
  const tokenless = 'edit "ana"\nset type password\nnext';
  const holder =
    'edit "wren"\nset type password\nset two-factor fortitoken\nset fortitoken "FTKMOB1100000011"\nnext';
  const access = [
    'config user group\nedit "staff"\nset member "ana" "wren"\nnext\nend',
    'config vpn ssl settings\nconfig authentication-rule\nedit 1\nset groups "staff"\nnext\nend\nend',
  ].join('\n');
  const withoutPushDebug = alone.split('\n').slice(1).join('\n');

  it.each([
    ['the user alone', users(tokenless)],
    ['a user with a token', users(tokenless, holder)],
    ['who may log in', `${users(tokenless)}\n${access}`],
    ['a user with a token, and who may log in', `${users(tokenless, holder)}\n${access}`],
  ])('is no fault where nothing requires one: %s', (_name, configuration) => {
    const { findings, headline } = diagnose(configuration, withoutPushDebug);
    expect(findings).toEqual([]);
    expect(headline).toMatch(/^ana got in/);
  });

  it('is one where the question is about that user', () => {
    const evidence = redact([
      { name: 'users', text: users(tokenless) },
      { name: 'log', text: withoutPushDebug },
    ]);
    const { findings } = diagnoseItems(evidence, { user: 'ana' });
    expect(findings).toMatchObject([{ rule: 'two-factor-not-assigned' }]);
  });

  it('the other case comes before the group it falls to', () => {
    const skipped = `${clock(0)} [909] update_auth_token_session-config does not require 2fa`;
    const fnbamd = [...successfulFnbamd(ANA, 0).slice(0, 3), skipped, ...successfulFnbamd(ANA, 0).slice(-2)];
    const token = local('Ana', 'set two-factor fortitoken', 'set fortitoken "FTKMOB1100000011"');
    const { findings } = diagnose(token, fnbamd.join('\n'));
    expect(findings.map(({ rule, explainedBy }) => [rule, explainedBy])).toEqual([
      ['username-case-bypasses-2fa', undefined],
      ['remote-group-bypasses-2fa', 'username-case-bypasses-2fa'],
    ]);
  });
});

describe('the debug to run next', () => {
  const recipe = (...texts: string[]) =>
    diagnose(...texts).missing.find(({ commands }) => commands.includes('diagnose debug enable'))?.commands;
  const ike = [
    'ike V=root:0:DIAL:33: FCT EAP 2FA extension vendor ID received',
    'ike V=root:0:DIAL: EAP user "ana"',
  ].join('\n');

  it.each([
    ['of SSL VPN', granted(ANA, 0).join('\n'), 'diagnose debug application sslvpn -1'],
    ['of IKE where users come in that way', ike, 'diagnose debug application ike -1'],
    [
      'in the global scope of a FortiGate with VDOMs',
      'Version: FortiGate-60F v7.4.8,build2795,250523 (GA.M)\nVirtual domain configuration: multiple',
      'config global',
    ],
  ])('is that %s', (_name, text, line) => {
    expect(recipe(text)).toContain(line);
  });

  it('leaves the scope it entered, last', () => {
    const lines = recipe('Virtual domain configuration: multiple\nCurrent HA mode: standalone') ?? [];
    expect([lines.at(0), lines.at(-1)]).toEqual(['config global', 'end']);
  });
});

it('a user asked about in other case is the user of the log', () => {
  const text = successfulLogin(ANA, 0).join('\n');
  const evidence = redact([{ name: 'paste', text }]);
  expect(diagnoseItems(evidence, { user: 'Ana' })).toMatchObject({
    verdict: 'healthy',
    attempts: [{ user: 'ana' }],
  });
});

describe('what ike alone tells', () => {
  const ana = { user: 'ana', serial: 33, request: '15' };

  it.each([
    [
      'a refusal',
      [...eapAsked(ana, 0), ...eapRefused(ana, 4)],
      'ana was refused over IPsec: the debug of IKE does not show why',
    ],
    [
      'a negotiation that timed out',
      [...eapAsked(ana, 0), ...gaveUp(ana, 30)],
      'The VPN gave up on ana over IPsec: the debug of IKE does not show at which step',
    ],
    [
      'a login that got in',
      [...eapAsked(ana, 0), ...authenticated(ana, 4)],
      'ana got in, but the log does not show with which second factor',
    ],
  ])('is no verdict about push: %s', (_name, lines, headline) => {
    expect(diagnose(lines.join('\n'))).toMatchObject({
      verdict: 'inconclusive',
      firstBrokenHop: null,
      headline,
    });
  });
});
