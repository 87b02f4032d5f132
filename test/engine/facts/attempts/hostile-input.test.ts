import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOPS } from '../../../../src/engine/facts/hop.ts';
import { successfulFnbamd, successfulLogin } from '../../../fixtures/logs/login-lines.ts';
import { twoUsersLog } from '../../../fixtures/logs/two-users.ts';
import { attemptsIn, readLog } from './read-log.ts';

const LOGIN = successfulLogin({ user: 'ana', pid: 100, sid: 'd9' }, 0);
const PIECES = [...LOGIN, ...successfulFnbamd({ user: 'ana', pid: 100, sid: 'd9' })];

describe('any text', () => {
  it('is read without throwing', () => {
    const line = fc.oneof(fc.string(), fc.string({ unit: 'binary-ascii' }), fc.constantFrom(...PIECES));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
        for (const attempt of attemptsIn(lines)) expect(attempt.hops.map((hop) => hop.id)).toEqual(HOPS);
      }),
    );
  });

  it('a login cut anywhere, top and bottom, is at most one attempt and never a false failure', () => {
    fc.assert(
      fc.property(fc.nat(LOGIN.length), fc.nat(LOGIN.length), (a, b) => {
        const found = attemptsIn(LOGIN.slice(Math.min(a, b), Math.max(a, b)));
        expect(found.length).toBeLessThanOrEqual(1);
        expect(['succeeded', 'incomplete']).toContain(found[0]?.outcome ?? 'incomplete');
        expect(found[0]?.hops.some((hop) => hop.status === 'broken') ?? false).toBe(false);
      }),
    );
  });

  it('gives the same answer each time', () => {
    expect(readLog(twoUsersLog())).toEqual(readLog(twoUsersLog()));
  });

  it.each([
    ['one line of 10 MB', ['x'.repeat(10_000_000)]],
    ['10 MB of TLS steps on one line', ['SSL: (where=0x2001 ret=0x1)'.repeat(370_000)]],
    ['10 MB of almost-prefixes', ['[1:root:'.repeat(1_250_000)]],
    ['a giant sslvpn line', [`[1:root:d9]authenticate user: [${'a'.repeat(10_000_000)}`]],
    [
      'handshakes without end',
      Array.from(
        { length: 20_000 },
        () => 'SSL: (where=0x10 ret=0x1)SSL: SSL_accept:before SSL initialization',
      ),
    ],
    [
      'logins without end',
      Array.from(
        { length: 10_000 },
        (_, n) => `[${n}:root:d9]sslvpn_authenticate_user:1 authenticate user: [u${n}]`,
      ),
    ],
  ])('%s', (_, lines) => {
    const facts = readLog(lines);
    expect(facts.debugLog.state).toBe('known');
    expect(JSON.stringify(facts.looseCallbacks).length).toBeLessThan(1_000_000);
  });

  it('quotes of giant messages stay short', () => {
    const lines = [
      '[1:root:d9]sslvpn_authenticate_user:192 authenticate user: [ana]',
      `[1:root:d9]login_failed:1 user[ana],auth_type=1 failed [why] ${'x'.repeat(100_000)}`,
    ];
    const quotes = attemptsIn(lines).flatMap((each) => each.hops.flatMap((hop) => hop.evidence));
    expect(quotes.map((quote) => quote.text.length)).toEqual([64, 300]);
  });
});
