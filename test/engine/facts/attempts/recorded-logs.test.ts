import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { card, onlyAttempt, readLog, valueIn } from './read-log.ts';

/** Recorded public logs beside the project; they are not part of it. */
const CORPUS = join(import.meta.dirname, '../../../../../shared/corpus');
const present = existsSync(CORPUS);
if (!present) console.warn('recorded logs are not beside the project: their replay is skipped');

function recorded(name: string): string[] {
  return readFileSync(join(CORPUS, name), 'utf8').split(/\r?\n/);
}

describe.skipIf(!present)('recorded logs', () => {
  it('the combined log of article 277343 is one login that succeeded, every hop shown', () => {
    const attempt = onlyAttempt(recorded('kb-277343/seed_combined_success.log'));
    expect([attempt.user, attempt.session, attempt.outcome]).toEqual(['salon', '5784:root:d9', 'succeeded']);
    expect(card(attempt)).toBe('✓✓✓✓✓✓✓✓✓✓');
    expect(attempt.hops.slice(0, -1).every((hop) => hop.evidence.length > 0)).toBe(true);
  });

  it.each([
    ['kb-277343/seed_sslvpn_password_then_token.log', 'salon', 'incomplete', '✓✓✓✓??????'],
    ['kb-277343/seed_auth_success_tail.log', 'salon', 'succeeded', '✓????????✓'],
    ['grammar/fmt_fnbamd_push_challenge_sent.log', 'alice', 'incomplete', '✓✓✓✓✓?????'],
    ['grammar/fmt_fnbamd_2fa_not_required.log', 'unknown user', 'succeeded', '✓––––––––✓'],
    ['grammar/fmt_fnbamd_ldap_ok_group_mismatch.log', 'bob', 'failed', '✓????????✗'],
    ['grammar/fmt_sslvpn_fnbamd_token_drift.log', 'alice', 'incomplete', '✓✓✗–––––––'],
    ['grammar/fmt_sslvpn_unknown_user_permission_denied.log', 'carol', 'failed', '✗–––––––––'],
  ])('%s', (name, user, outcome, expected) => {
    const attempt = onlyAttempt(recorded(name));
    expect([attempt.user, attempt.outcome, card(attempt)]).toEqual([user, outcome, expected]);
  });

  it('drops by policy 0 and by a local-in policy', () => {
    const drops = ['policy0', 'policyN'].flatMap((name) =>
      valueIn(readLog(recorded(`grammar/fmt_debug_flow_localin_${name}_drop.log`)).flowDrops),
    );
    expect(drops).toMatchObject([
      { policy: 0, destination: { address: '198.51.100.10', port: 4433 } },
      { policy: 7, destination: { address: '198.51.100.10', port: 4433 } },
    ]);
  });

  it('a phone that refuses the certificate, and pushes that went out and did not', () => {
    const tls = readLog(recorded('grammar/synth_ssl_accept_phone_rejects_cert.log'));
    expect(valueIn(tls.looseCallbacks)).toMatchObject([
      { tlsAlert: { code: 46, name: 'certificate_unknown' } },
    ]);
    const events = readLog(recorded('grammar/synth_event_log_ftm_push.txt'));
    expect(valueIn(events.pushEvents).map((event) => event.sent)).toEqual([true, false]);
  });
});
