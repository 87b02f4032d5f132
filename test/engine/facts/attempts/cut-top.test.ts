import { describe, expect, it } from 'vitest';
import {
  granted,
  handshake,
  manualCode,
  passwordStage,
  pushRequest,
  question,
  secondPost,
  stamped,
  tokenAnswer,
  upToPush,
} from '../../../fixtures/logs/login-lines.ts';
import { requested, resulted } from '../../../fixtures/logs/radius-lines.ts';
import { attemptsIn, card } from './read-log.ts';

const ANA = { user: 'ana', pid: 5784, sid: 'd9', request: '15162' };

function sights(lines: readonly string[]): string[] {
  return attemptsIn(lines).map((each) => `${each.user} ${each.outcome} ${card(each)}`);
}

describe('a log that begins within a login', () => {
  const already = stamped(0, ['[2051] handle_req-Push msg was already sent']);
  const whole = [
    ...passwordStage(ANA, 0),
    ...requested(ANA, 0),
    ...resulted(ANA, 7, 0),
    ...question(ANA, 0),
    ...secondPost(ANA, 0),
    ...already,
    ...pushRequest(ANA, 1),
    handshake('complete', 9),
    ...resulted(ANA, 0, 9),
    ...tokenAnswer(ANA, 0, 'success', 9),
    ...granted(ANA, 9),
  ];
  const from = whole.findIndex((line) => line.includes('Rcvd auth req'));
  const afterwards = whole.findIndex((line) => line.includes('fnbam_auth return'));

  it.each([
    ['with fnbamd’s line about it', from],
    ['with its password accepted', afterwards],
    ['with its second step', afterwards + 12],
  ])('%s, is one of one login', (_name, start) => {
    expect(sights(whole.slice(start))).toEqual(['ana succeeded ✓✓✓✓✓✓✓✓✓✓']);
  });

  const both = (stamp: string, request: string, code: number) => [
    `${stamp}[1906] handle_req-Rcvd auth req ${request} for heron in vpn-users opt=00200421 prot=11`,
    `${stamp}[425] auth_local-No conclusion, FNBAM_UNKNOWN`,
    `${stamp}[239] fnbamd_comm_send_result-Sending result ${code} (nid 0) for req ${request}, len=2148`,
    `${stamp}[5784:root:${request}]fam_auth_send_req_internal:514 fnbam_auth return: ${code}`,
    `${stamp}[5784:root:${request}]${
      code === 0
        ? 'Auth successful for user heron in group vpn-users'
        : 'login_failed:393 user[heron],auth_type=1 failed [sslvpn_login_permission_denied]'
    }`,
  ];
  const AT = '2026-03-02 09:12:04 ';

  it.each([
    ['refused', both(AT, '71', 1), ['heron failed']],
    ['not decided', both(AT, '71', 5), ['heron failed']],
    ['refused, without stamps', both('', '71', 1), ['heron failed']],
    [
      'refused twice',
      [...both(AT, '71', 1), ...both(AT.replace(':04', ':40'), '72', 1)],
      ['heron failed', 'heron failed'],
    ],
    [
      'refused, then accepted',
      [...both(AT, '71', 1), ...both(AT.replace(':04', ':40'), '72', 0)],
      ['heron failed', 'heron succeeded'],
    ],
    [
      'refused by another VPN a minute before',
      [...both(AT, '71', 1).slice(0, 3), ...both(AT.replace('09:12', '09:13'), '72', 1).slice(3)],
      ['heron failed', 'heron failed'],
    ],
  ])('after sslvpn’s first line is one login: %s', (_name, lines, logins) => {
    expect(attemptsIn(lines).map(({ user, outcome }) => `${user} ${outcome}`)).toEqual(logins);
  });

  it('does not show what was refused where all that is left is that something was', () => {
    expect(sights(resulted(ANA, 1, 0))).toEqual([]);
  });

  it('does not show a password refused where it was the code', () => {
    const lines = [
      ...stamped(20, ['[5784:root:d9]two factor check for ana: off']),
      ...secondPost(ANA, 20),
      ...resulted(ANA, 1, 20),
      ...tokenAnswer(ANA, 1, 'denied', 20),
    ];
    expect(sights(lines)).toEqual(['ana failed ✓✓✓?????✗–']);
  });

  it('does not tell a code from a Deny', () => {
    const refused = tokenAnswer(ANA, 1, 'denied', 20);
    expect(sights([...manualCode(ANA, 0, 20), ...refused]).at(0)).toContain('failed');
    expect(sights(refused).at(0)).toContain('failed');
    expect(sights([...upToPush(ANA, 0), handshake('complete', 20), ...refused])).toEqual([
      'ana denied ✓✓✓✓✓✓✓✓✗–',
    ]);
  });
});

describe('a log that ends within a login', () => {
  it.each([
    ['with the phone’s answer', [...upToPush(ANA, 0), handshake('complete', 40)], '✓✓✓✓✓✓✓✓??'],
    ['with its beginning', [...upToPush(ANA, 0), handshake('hello-only', 40)], '✓✓✓✓✓✓✓???'],
    [
      'and goes on with others, after the phone’s answer',
      [
        ...upToPush(ANA, 0),
        handshake('complete', 40),
        ...passwordStage({ ...ANA, user: 'ben', sid: '1f' }, 60),
      ],
      '✓✓✓✓✓✓✓✓✗–',
    ],
  ])('%s, leaves the next step open or does not', (_name, lines, expected) => {
    expect(sights(lines)[0]).toBe(`ana incomplete ${expected}`);
  });
});
