import { describe, expect, it } from 'vitest';
import { readLoginSign, SIGN_LINES } from '../../../../src/engine/fortios/debug/login-signs.ts';
import type { DebugDaemon } from '../../../../src/engine/fortios/debug/record.ts';
import { readVpnEvent } from '../../../../src/engine/fortios/debug/vpn-events.ts';

const SAMPLES = Object.entries(SIGN_LINES).flatMap(([daemon, lines]) =>
  lines.map(([sign, , , sample]) => [daemon as DebugDaemon, sign, sample] as const),
);

describe('a line about a login', () => {
  it.each(SAMPLES)('%s: %s', (daemon, sign, sample) => {
    const read = readLoginSign({ daemon, line: 1, raw: sample, text: sample }, sample);
    expect(read?.sign).toBe(sign);
    for (const value of Object.values(read?.fields ?? {})) {
      if (value !== undefined) expect(sample).toContain(value);
    }
  });

  it('is read in linear time', () => {
    const long = 'x'.repeat(100_000);
    const begun = performance.now();
    for (const [daemon, , sample] of SAMPLES) {
      const text = `${sample.slice(0, 20)}${long}`;
      readLoginSign({ daemon, line: 1, raw: text, text }, text);
    }
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});

describe('a line of the event log', () => {
  const line = (id: string, rest: string) =>
    `date=2026-03-12 time=09:12:40 logid="${id}" type="event" subtype="vpn" vd="root" ${rest}`;

  it.each([
    [
      line(
        '0101039426',
        'action="ssl-login-fail" remip=203.0.113.70 user="linnet" reason="sslvpn_login_unknown_user"',
      ),
      'event-login-failed',
    ],
    [
      line(
        '0101037124',
        'action="negotiate" remip=203.0.113.70 user="N/A" reason="peer SA proposal not match local policy"',
      ),
      'event-ike-failed',
    ],
    [line('0101039947', 'action="tunnel-up" tunnelip=(null) user="linnet"'), 'event-tunnel-up'],
    [line('0101039426', 'action="tunnel-up" user="linnet"'), undefined],
    // Two gateways.
    [
      line('0101037133', 'action="install_sa" remip=198.51.100.77 user="198.51.100.77" vpntunnel="to-store"'),
      undefined,
    ],
    [
      line('0101037133', 'action="install_sa" remip=203.0.113.70 user="203.0.113.70" xauthuser="linnet"'),
      'event-tunnel-up',
    ],
    [
      line('0101037131', 'action="ssl-login-fail" user="linnet" reason="sslvpn_login_incorrect_password"'),
      undefined,
    ],
  ])('%s', (text, sign) => {
    const event = readVpnEvent(text);
    expect(event?.sign).toBe(sign);
    expect(Object.values(event?.fields ?? {})).not.toContain('N/A');
    expect(Object.values(event?.fields ?? {})).not.toContain('(null)');
  });
});
