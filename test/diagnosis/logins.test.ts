import { describe, expect, it } from 'vitest';
import { diagnoseCase } from '../../src/case/diagnose-case.ts';
import { TWO_USERS_LOG } from '../../src/demo/scenario-two-users.ts';
import { redactCase } from '../../src/redact/redact-case.ts';
import { authenticated, eapAsked, eapRefused, gaveUp } from '../fixtures/logs/ike-lines.ts';
import {
  clock,
  connecting,
  granted,
  handshake,
  type Login,
  loginFailed,
  manualCode,
  passwordAnswer,
  passwordStage,
  question,
  secondPost,
  successfulFnbamd,
  successfulLogin,
  tokenAnswer,
  upToPush,
} from '../fixtures/logs/login-lines.ts';

const ANA: Login = { user: 'ana', pid: 100, sid: 'd9' };
const AGAIN: Login = { user: 'ana', pid: 100, sid: 'da', request: '1516200002' };
const GAVE_UP = loginFailed(ANA, 'sslvpn_login_permission_denied', 81);
const TYPED = [
  ...upToPush(AGAIN, 200),
  ...tokenAnswer(AGAIN, 0, 'success', 210),
  ...manualCode(AGAIN, 0, 210),
  ...granted(AGAIN, 210),
];

function diagnose(...texts: string[]) {
  return diagnoseCase(redactCase(texts.map((text, index) => ({ name: `paste ${index + 1}`, text }))));
}

describe('an answer after the VPN had given up', () => {
  const { firstBrokenHop, findings, checks } = diagnose(TWO_USERS_LOG);

  it('breaks at the approval, whoever else was quick', () => {
    expect(firstBrokenHop).toBe('approval');
    expect(findings.map(({ rule, explainedBy }) => [rule, explainedBy])).toEqual([
      ['vpn-wait-too-short', undefined],
      ['token-expiry-too-short', 'vpn-wait-too-short'],
    ]);
  });

  it('leaves open whether the phone rang late or the user was slow', () => {
    expect(checks.find((check) => check.rule === 'phone-not-notified')).toMatchObject({
      verdict: 'unknown',
      reason: expect.stringContaining('marlow answered 93 s after the push'),
    });
  });
});

it('an answer is to the latest try of its user, though an earlier one was never ended', () => {
  const text = [
    ...upToPush(ANA, 0),
    ...upToPush(AGAIN, 40),
    ...loginFailed(AGAIN, 'sslvpn_login_permission_denied', 121),
    handshake('complete', 130),
  ].join('\n');
  const { attempts, findings } = diagnose(text);
  expect(attempts.map((each) => each.hops.find((hop) => hop.id === 'callback')?.status)).toEqual([
    'broken',
    'ok',
  ]);
  expect(findings[0]).toMatchObject({ rule: 'vpn-wait-too-short', confidence: 'certain' });
});

describe('an answer too late, and the wait it missed', () => {
  const late = (vpn: number, token: number, after: number) =>
    [
      ...upToPush(ANA, 0),
      ...loginFailed(ANA, 'sslvpn_login_permission_denied', vpn),
      handshake('complete', after),
    ]
      .join('\n')
      .replace('time_out = 80', `time_out = ${vpn}`)
      .replace('timeout = 60', `timeout = ${token}`);

  it.each([
    ['the default', late(80, 60, 94), ['remoteauthtimeout 13', 'two-factor-ftk-expiry 180'], 'certain'],
    [
      'raised by remoteauthtimeout',
      late(180, 60, 200),
      ['remoteauthtimeout 23', 'two-factor-ftk-expiry 270'],
      'certain',
    ],
    ['the token’s validity, from 7.4.1 on', late(120, 120, 130), ['two-factor-ftk-expiry 210'], 'certain'],
    [
      'of unknown length, without time stamps',
      late(80, 60, 94).replaceAll(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d /gm, ''),
      ['remoteauthtimeout 60'],
      'likely',
    ],
  ])('%s', (_name, text, settings, confidence) => {
    const { findings, attempts, firstBrokenHop } = diagnose(text);
    expect(attempts).toMatchObject([{ user: 'ana', outcome: 'timed-out' }]);
    expect(firstBrokenHop).toBe('approval');
    expect(findings[0]).toMatchObject({ rule: 'vpn-wait-too-short', confidence });
    const { apply = [], undo = [] } = findings[0]?.fix ?? {};
    expect(apply).toEqual(['config system global', ...settings.map((line) => `    set ${line}`), 'end']);
    expect(undo).toHaveLength(apply.length);
  });

  it('is seen without the line that names the wait', () => {
    const text = late(80, 60, 94)
      .split('\n')
      .filter((line) => !/time_out|timeout = /.test(line))
      .join('\n');
    const { findings, firstBrokenHop } = diagnose(text);
    expect(firstBrokenHop).toBe('approval');
    expect(findings).toMatchObject([
      {
        rule: 'vpn-wait-too-short',
        confidence: 'likely',
        title: 'ana approved 14 s after the VPN had given up',
      },
    ]);
  });

  it.each([
    [40, 'unknown'],
    [85, 'broken'],
  ])('is not missed %i s after the push: callback %s', (end, status) => {
    const text = [...upToPush(ANA, 0), `${clock(end)} [100:root:0]alive`].join('\n');
    expect(diagnose(text).hops.find((hop) => hop.id === 'callback')?.status).toBe(status);
  });

  it('is over in the second in which the VPN refuses the login', () => {
    const text = [...upToPush(ANA, 0), ...loginFailed(ANA, 'sslvpn_login_permission_denied', 60)];
    const both = text.join('\n').replace('time_out = 80', 'time_out = 60');
    expect(diagnose(both).attempts).toMatchObject([{ outcome: 'timed-out', waitedSeconds: 60 }]);
  });

  it('is none where the answer came first', () => {
    const text = [...upToPush(ANA, 0), handshake('complete', 9), ...tokenAnswer(ANA, 1, 'denied', 9)].join(
      '\n',
    );
    expect(diagnose(text).findings.map((each) => each.rule)).toEqual(['push-denied-by-user']);
  });
});

it('of a user’s tries the one that got furthest tells the break', () => {
  const tries = [0, 100, 200].flatMap((at, index) => {
    const login = { ...ANA, sid: `d${index}`, request: `15162000${index}` };
    return [...upToPush(login, at), ...loginFailed(login, 'sslvpn_login_permission_denied', at + 81)];
  });
  const { attempts, findings, firstBrokenHop } = diagnose([...tries, handshake('complete', 301)].join('\n'));
  expect(attempts.map((each) => each.outcome)).toEqual(['timed-out', 'timed-out', 'timed-out']);
  expect(attempts.map((each) => each.hops.find((hop) => hop.status === 'broken')?.id)).toEqual([
    'callback',
    'callback',
    'approval',
  ]);
  expect(findings[0]).toMatchObject({
    rule: 'vpn-wait-too-short',
    title: 'ana approved 21 s after the VPN had given up',
  });
  expect(firstBrokenHop).toBe('approval');
});

it('a second factor that was refused at once is a code, not a phone that cannot get through', () => {
  const text = [...upToPush(ANA, 0), ...tokenAnswer(ANA, 1, 'denied', 9)].join('\n');
  expect(diagnose(text)).toMatchObject({
    firstBrokenHop: 'approval',
    headline: 'The second factor was refused, and no answer from a phone was seen',
    findings: [],
  });
});

it('a result that is pending is no result', () => {
  const pending = tokenAnswer(ANA, 4, 'pending', 5);
  const text = [...upToPush(ANA, 0), ...pending, ...successfulLogin(ANA, 0).slice(-5)].join('\n');
  expect(diagnose(text)).toMatchObject({ verdict: 'healthy', attempts: [{ outcome: 'succeeded' }] });
});

it('a login that was given up does not take the lines of the next, on another worker', () => {
  const moved = { ...ANA, pid: 200 };
  const first = [
    ...passwordStage(ANA, 0),
    ...question(ANA, 0).slice(0, 1),
    ...question(moved, 1).slice(1),
    ...secondPost(moved, 1),
  ];
  const again = [
    ...passwordStage(ANA, 40),
    ...question(ANA, 40).slice(0, 1),
    ...question(moved, 41).slice(1),
    ...secondPost(moved, 41),
  ];
  const end = [handshake('complete', 50), ...tokenAnswer(moved, 0, 'success', 50), ...granted(moved, 50)];
  const { attempts } = diagnose([...first, ...again, ...end].join('\n'));
  expect(attempts.map((each) => [each.startedAt, each.outcome])).toEqual([
    [clock(0), 'incomplete'],
    [clock(40), 'succeeded'],
  ]);
});

it('a connection without a request is a push that did not leave, whatever fnbamd says', () => {
  const asked = successfulFnbamd(ANA, 0).slice(0, 6);
  const text = [
    'diagnose debug application ftm-push -1',
    ...passwordStage(ANA, 0),
    ...asked.slice(0, 3),
    ...connecting(0),
    ...question(ANA, 0),
    ...secondPost(ANA, 0),
    ...asked.slice(3),
    ...GAVE_UP,
  ].join('\n');
  const { firstBrokenHop, findings } = diagnose(text);
  expect(firstBrokenHop).toBe('push-request');
  expect(findings).toMatchObject([{ rule: 'push-proxy-unreachable', confidence: 'likely' }]);
});

describe('somebody got in', () => {
  it.each([
    ['by push', successfulLogin(ANA, 0), 'healthy', null, 'ana got in: push works here'],
    [
      'with the password alone',
      [...passwordStage(ANA, 0), ...passwordAnswer(ANA, 0, 0), ...granted(ANA, 0)],
      'inconclusive',
      'second-factor',
      'ana got in with the password alone: no second factor was asked for',
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
  const alone = [...passwordStage(ANA, 0), ...passwordAnswer(ANA, 0, 0), ...granted(ANA, 0)].join('\n');
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

it('the last line of a login that timed out is no proof that nobody knows the user', () => {
  const [finding] = diagnose(loginFailed(ANA, 'sslvpn_login_unknown_user', 0).join('\n')).findings;
  expect(finding).toMatchObject({ rule: 'user-not-in-vpn-rule', confidence: 'possible' });
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
  const evidence = redactCase([{ name: 'paste', text }]);
  expect(diagnoseCase(evidence, { user: 'Ana' })).toMatchObject({
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
      'ana was refused over IPsec: the debug of IKE does not show whether by the password or the second factor',
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
