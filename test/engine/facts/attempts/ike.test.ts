import { describe, expect, it } from 'vitest';
import {
  authenticated,
  eapAsked,
  eapRefused,
  eapResult,
  gaveUp,
  type IkeClient,
  xauthAsked,
  xauthRefused,
} from '../../../fixtures/logs/ike-lines.ts';
import {
  clock,
  connecting,
  handshake,
  pushRequest,
  successfulFnbamd,
} from '../../../fixtures/logs/login-lines.ts';
import { attemptsIn, card, onlyAttempt, readLog } from './read-log.ts';

const ANA: IkeClient = { user: 'ana', serial: 33, request: '9419086397485' };
const BEN: IkeClient = { user: 'ben', serial: 34, request: '9419086397486', vdom: 'sales' };
const NOTHING = '??????????';

function sights(lines: readonly string[]): string[] {
  return attemptsIn(lines).map((each) => `${each.user} ${each.outcome} ${card(each)}`);
}

describe('a login of which ike alone tells', () => {
  it.each([
    ['that got in', [...eapAsked(ANA, 0), ...authenticated(ANA, 9)], 'ana succeeded ✓????????✓'],
    [
      'that was refused, at whichever step',
      [...eapAsked(ANA, 0), ...eapRefused(ANA, 9)],
      `ana failed ${NOTHING}`,
    ],
    ['that nobody answered', [...eapAsked(ANA, 0), ...gaveUp(ANA, 30)], `ana timed-out ${NOTHING}`],
    ['that goes on', eapAsked(ANA, 0), `ana incomplete ${NOTHING}`],
    ['by XAUTH', [...xauthAsked(ANA, 0), ...xauthRefused(ANA, 4)], `ana failed ${NOTHING}`],
    [
      'refused after the token was asked for',
      [...eapAsked(ANA, 0), ...eapResult(ANA, 'NEED_TOKEN', 1), ...eapRefused(ANA, 9)],
      'ana denied ✓✓??????✗–',
    ],
    ['that began before the log did', authenticated(ANA), 'ana succeeded ✓????????✓'],
  ])('%s', (_name, lines, expected) => {
    expect(sights(lines)).toEqual([expected]);
  });

  it('has its VDOM, its negotiation and the time of its first line', () => {
    const [attempt] = attemptsIn([...eapAsked(BEN, 3), ...authenticated(BEN, 9)]);
    expect(attempt).toMatchObject({
      user: 'ben',
      vdom: 'sales',
      session: 'DIAL:34',
      startedAt: `${clock(3)}.027192`.slice(0, 19),
    });
  });

  it.each([
    ['time stamps', 0],
    ['none', undefined],
  ])('is kept apart from another at the same time, with %s', (_name, at) => {
    const own = (client: IkeClient) => eapAsked({ ...client, vdom: 'root' }, at);
    const mixed = own(ANA).flatMap((line, index) => [line, own(BEN)[index] ?? '']);
    const ends = [...authenticated({ ...BEN, vdom: 'root' }, at), ...eapRefused(ANA, at)];
    expect(sights([...mixed, ...ends])).toEqual([`ana failed ${NOTHING}`, 'ben succeeded ✓????????✓']);
  });

  it('is another one where the user tries again on the same negotiation', () => {
    const again = { ...ANA, request: '9419086397490' };
    const lines = [...xauthAsked(ANA, 0), ...xauthRefused(ANA, 4), ...xauthAsked(again, 9)];
    expect(sights([...lines, ...authenticated(ANA, 12)])).toEqual([
      `ana failed ${NOTHING}`,
      'ana succeeded ✓????????✓',
    ]);
  });

  it('has the name that SAML tells in the end', () => {
    const client = { ...ANA, user: '19E1FA565259468FB46EDAA9D595176F' };
    expect(sights([...eapAsked(client, 0), ...authenticated(ANA, 9)])).toEqual(['ana succeeded ✓????????✓']);
  });

  it('needs a name, or the question for a user', () => {
    const nameless = [
      'ike 0: comes 203.0.113.9:500->198.51.100.1:500,ifindex=5',
      'ike 0:BRANCH2:12: negotiation timeout, deleting',
      'ike 0:BRANCH2:13 EAP 15 result FNBAM_DENIED',
    ];
    expect(readLog(nameless).attempts).toMatchObject({
      state: 'unknown',
      reason: expect.stringContaining('the debug output contains no login'),
    });
    const asked = [
      ...nameless.slice(0, 1),
      'ike 0:BRANCH2:12: responder preparing EAP identity request',
      ...nameless.slice(1),
    ];
    expect(readLog(asked).attempts).toMatchObject({
      state: 'known',
      value: [
        { user: 'unknown user', outcome: 'failed', trace: { client: '203.0.113.9', gateway: 'BRANCH2' } },
      ],
    });
  });
});

describe('a login of which ike tells with others', () => {
  const push = { user: 'ana', pid: 1, sid: '1', token: 'FTKMOB1100000011' };

  it.each([
    ['in one log', 0],
    ['without times', undefined],
  ])('is one with what fnbamd says of it, %s', (_name, at) => {
    const fnbamd = successfulFnbamd({ ...push, request: ANA.request }, at);
    const lines = [
      ...eapAsked(ANA, at),
      ...fnbamd,
      ...eapResult(ANA, 'SUCCESS', at),
      ...authenticated(ANA, at),
    ];
    expect(sights(lines)).toEqual(['ana succeeded ✓✓✓✓✓???✓✓']);
    expect(onlyAttempt(lines)).toMatchObject({ vdom: 'root', session: 'DIAL:33' });
  });

  it('and whose lines of fnbamd come first, from a file of their own', () => {
    const fnbamd = successfulFnbamd({ ...push, request: ANA.request }, 0);
    expect(sights([...fnbamd, ...eapAsked(ANA, 1), ...authenticated(ANA, 2)])).toEqual([
      'ana succeeded ✓✓✓✓✓???✓✓',
    ]);
  });

  it('shows its push and its phone if ftm-push debug is enabled', () => {
    const lines = [...eapAsked(ANA, 0), ...connecting(1), ...pushRequest(push, 1), handshake('complete', 9)];
    expect(sights([...lines, ...authenticated(ANA, 9)])).toEqual(['ana succeeded ✓✓✓✓✓✓✓✓✓✓']);
  });

  it('broke where the phone was, if it answered after IKE had given up', () => {
    const lines = [...eapAsked(ANA, 0), ...connecting(1), ...pushRequest(push, 1), ...gaveUp(ANA, 30)];
    expect(sights([...lines, handshake('complete', 41)])).toEqual(['ana timed-out ✓✓✓✓✓✓✓✓✗–']);
  });

  it('shows no answer of the phone where none came until IKE gave up', () => {
    const lines = [...eapAsked(ANA, 0), ...connecting(1), ...pushRequest(push, 1), ...gaveUp(ANA, 30)];
    expect(sights(lines)).toEqual(['ana timed-out ✓✓✓✓✓?✗–––']);
  });

  it('gives a phone to the login whose answer follows it, of several', () => {
    const ben = { ...BEN, vdom: 'root' };
    const benPush = { user: 'ben', pid: 2, sid: '2', token: 'FTKMOB2200000022' };
    const fnbamd = (client: IkeClient, at: number) =>
      successfulFnbamd({ ...push, user: client.user, request: client.request }, at);
    const lines = [
      ...eapAsked(ANA, 0),
      ...fnbamd(ANA, 0).slice(0, 6),
      ...connecting(1),
      ...pushRequest(push, 1),
      ...eapAsked(ben, 2),
      ...fnbamd(ben, 2).slice(0, 6),
      ...pushRequest(benPush, 3),
      handshake('complete', 9),
      ...fnbamd(ANA, 9).slice(6),
      ...authenticated(ANA, 9),
      ...gaveUp(ben, 32),
    ];
    expect(sights(lines)).toEqual(['ana succeeded ✓✓✓✓✓✓✓✓✓✓', 'ben timed-out ✓✓✓✓✓?✗–––']);
  });

  it.each([
    ['that hung before its password was accepted', gaveUp({ ...BEN, vdom: 'root' }, 31)],
    ['whose password was wrong', eapRefused({ ...BEN, vdom: 'root' }, 1)],
  ])('gives the connection to the push server to nobody %s', (_name, end) => {
    const ben = { ...BEN, vdom: 'root' };
    const fnbamd = (client: IkeClient) =>
      successfulFnbamd({ ...push, user: client.user, request: client.request }, 0);
    const lines = [
      ...eapAsked(ben, 0),
      ...fnbamd(ben).slice(0, 3),
      ...eapAsked(ANA, 0),
      ...fnbamd(ANA).slice(0, 6),
      ...connecting(1),
      ...pushRequest(push, 1),
      ...end,
      ...gaveUp(ANA, 31),
    ];
    const [own, another] = attemptsIn(lines);
    expect([own?.user, own?.milestones.pushConnect]).toEqual(['ben', undefined]);
    expect(card(another ?? onlyAttempt([]))).toBe('✓✓✓✓✓?✗–––');
  });

  it('gives no connection to the first of three where only two were made', () => {
    const users = ['ana', 'ben', 'cyd'].map((user, n) => ({ user, serial: 50 + n, request: `9${n}` }));
    const asked = users.flatMap((client, n) => [
      ...eapAsked(client, n * 3),
      ...(n > 0 ? connecting(n * 3 + 1) : []),
    ]);
    const attempts = attemptsIn([...asked, ...users.flatMap((client) => gaveUp(client, 40))]);
    expect(attempts.map(({ milestones: marks }) => marks.pushConnect)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
