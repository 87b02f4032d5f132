import { describe, expect, it } from 'vitest';
import { TWO_USERS_LOG } from '../../../src/stand-ins/fortigate/two-users-log.ts';
import { clock, handshake, loginFailed, tokenAnswer, upToPush } from '../../fixtures/logs/login-lines.ts';
import { AGAIN, ANA, diagnose } from './login-cases.ts';

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

it('a phone that never rings is the step that broke', () => {
  const log = [...upToPush(ANA, 0), ...loginFailed(ANA, 'sslvpn_login_permission_denied', 81)];
  const { firstBrokenHop, findings } = diagnose([...log, '', 'her phone never rings'].join('\n'));
  expect([firstBrokenHop, findings.map(({ rule }) => rule)]).toEqual([
    'notification',
    ['phone-not-notified'],
  ]);
});

it.each([
  ['user says: phone rings, I tap Approve at once, then nothing', 'healthy', 'ok'],
  ['she pressed "Approve" twice', 'healthy', 'ok'],
  ['nothing on the phone, so she could not tap Approve', 'unknown', 'unknown'],
  ['what arrives while the user presses Approve', 'unknown', 'unknown'],
])('what a person says of the phone is read: %s', (said, verdict, status) => {
  const log = [...upToPush(ANA, 0), ...loginFailed(ANA, 'sslvpn_login_permission_denied', 81)];
  const { checks, hops, firstBrokenHop, findings } = diagnose([...log, '', said].join('\n'));
  expect(checks.find(({ rule }) => rule === 'phone-not-notified')?.verdict).toBe(verdict);
  expect(hops.find(({ id }) => id === 'notification')?.status).toBe(status);
  expect([firstBrokenHop, findings]).toEqual(['callback', []]);
});
