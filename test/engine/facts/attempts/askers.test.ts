import { describe, expect, it } from 'vitest';
import type { Section } from '../../../../src/engine/evidence/types.ts';
import { readDebug } from '../../../../src/engine/facts/attempts/read-debug.ts';
import { authenticated, eapAsked } from '../../../fixtures/logs/ike-lines.ts';
import { successfulFnbamd, successfulLogin, upToPush } from '../../../fixtures/logs/login-lines.ts';
import { readLog, valueIn } from './read-log.ts';

const WREN = { user: 'wren', pid: 5784, sid: 'd9', request: '15162' };

interface Request {
  readonly user: string;
  readonly id: number;
  readonly service?: number;
  readonly result: 0 | 1;
}

/** fnbamd checks a password; no second factor is asked. */
function checked({ user, id, service, result }: Request): string[] {
  return [
    `[1906] handle_req-Rcvd auth req ${id} for ${user} in  opt=00000421 prot=11${service === undefined ? '' : ` svc=${service}`}`,
    ...(result === 0
      ? ['[909] update_auth_token_session-config does not require 2fa']
      : ['[2839] fnbamd_ldap_result-Failed group matching']),
    `[239] fnbamd_comm_send_result-Sending result ${result} (nid 0) for req ${id}, len=2600`,
  ];
}

const OPS: Request = { user: 'ops', id: 15170, result: 0 };
const GUEST: Request = { user: 'guest', id: 15171, result: 1 };

/** fnbamd's part of a push login, with the number of the service that asked. */
function pushed(service: number): string[] {
  return successfulFnbamd(WREN).map((line) => line.replace('prot=11', `prot=11 svc=${service}`));
}

function read(lines: readonly string[]) {
  const { attempts, debugLog } = readLog(lines);
  return {
    users: valueIn(attempts).map((each) => each.user),
    others: valueIn(debugLog).otherLogins,
  };
}

describe('a request to fnbamd that no VPN announced', () => {
  it('is the login that sslvpn reports as successful, though its start is missing', () => {
    const granted = '[455:root:16]Auth successful for user ops in group staff';
    const { users, others } = read([...upToPush(WREN), ...checked(OPS), granted]);
    expect(users.toSorted()).toEqual(['ops', 'wren']);
    expect(others).toBeUndefined();
  });

  it('is no login of the VPN where sslvpn announces its own', () => {
    const { users, others } = read([...upToPush(WREN), ...checked(OPS), ...checked(GUEST)]);
    expect(users).toEqual(['wren']);
    expect(others).toMatchObject({
      count: 2,
      users: ['ops', 'guest'],
      quotes: [
        { text: expect.stringContaining('for ops in') },
        { text: expect.stringContaining('for guest in') },
      ],
    });
  });

  it('is none where ike announces its own', () => {
    const ana = { user: 'ana', serial: 33, request: '15169' };
    expect(read([...eapAsked(ana), ...authenticated(ana), ...checked(OPS)])).toMatchObject({
      users: ['ana'],
      others: { users: ['ops'] },
    });
  });

  it('stays where it came before sslvpn said anything', () => {
    expect(read([...checked(OPS), ...successfulLogin(WREN)])).toEqual({
      users: ['ops', 'wren'],
      others: undefined,
    });
  });

  it('stays where no VPN announces any', () => {
    expect(read([...checked(OPS), ...checked(GUEST)])).toEqual({
      users: ['ops', 'guest'],
      others: undefined,
    });
  });

  it('stays where sslvpn prints no login at all', () => {
    expect(read(['[5784:root:0]sslvpn_main:1 up', ...checked(OPS)]).users).toEqual(['ops']);
  });

  it('stays where it asked for a second factor: the push is the same, whoever wants it', () => {
    const push = successfulFnbamd({ ...WREN, user: 'ops', request: '15180' });
    expect(read([...successfulLogin(WREN), ...push]).users).toEqual(['wren', 'ops']);
  });

  it('stays where its file is not the one that sslvpn was recorded to', () => {
    const section = (source: string, lines: readonly string[]): Section => ({
      kind: 'debug',
      source,
      start: 1,
      lines,
    });
    const { attempts } = readDebug([section('a.log', successfulLogin(WREN)), section('b.log', checked(OPS))]);
    expect(valueIn(attempts).map((each) => each.user)).toEqual(['wren', 'ops']);
  });
});

describe('the number of the service that asked', () => {
  const withService = (service: number) =>
    [
      { ...OPS, service },
      { ...GUEST, service: 3 },
    ].flatMap(checked);

  it('tells others from the VPN, wherever in the log they stand', () => {
    const sslvpn = successfulLogin(WREN);
    const [first = '', ...rest] = sslvpn;
    expect(read([...withService(1), first, ...pushed(7), ...rest])).toMatchObject({
      users: ['wren'],
      others: { users: ['ops', 'guest'] },
    });
  });

  it('keeps those of the VPN whose sessions were not recorded', () => {
    const [first = '', ...rest] = successfulLogin(WREN);
    expect(read([first, ...pushed(7), ...rest, ...checked({ ...OPS, service: 7 })]).users).toEqual([
      'wren',
      'ops',
    ]);
  });

  it('tells those that ask for a second factor from the others, where fnbamd alone speaks', () => {
    expect(read([...withService(1), ...pushed(7)])).toMatchObject({ users: ['wren'], others: { count: 2 } });
    expect(read([...withService(7), ...pushed(7)])).toMatchObject({
      users: ['ops', 'wren'],
      others: { users: ['guest'] },
    });
  });

  it('is not looked for in a name', () => {
    expect(read([...checked({ ...OPS, user: 'a svc=1 in b' }), ...pushed(7)]).users).toHaveLength(2);
  });
});
