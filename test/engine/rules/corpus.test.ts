import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { normalizeText } from '../../../src/engine/evidence/normalize.ts';
import type { RuleId } from '../../../src/engine/rules/rule-ids.ts';

/** Recorded public data beside the project; a checkout without it has nothing to replay. */
const CORPUS = new URL('../../../../shared/corpus/', import.meta.url);
const present = existsSync(CORPUS);
if (!present) console.warn(`skipped: no corpus to replay at ${CORPUS.pathname}`);

interface Expectation {
  readonly file: string;
  /** Each of these is a finding. */
  readonly finds: readonly RuleId[];
  /** These may be findings too: true of the text, though it was not written to show them. */
  readonly allows?: readonly RuleId[];
}

/** What the corpus's own index says each text shows. */
const GRAMMAR: readonly Expectation[] = [
  { file: 'fmt_get_system_ftm-push_6.2.txt', finds: [] },
  { file: 'fmt_get_system_ftm-push_640-740.txt', finds: ['push-disabled', 'push-address-missing'] },
  { file: 'fmt_get_system_ftm-push_764.txt', finds: ['push-disabled', 'push-address-missing'] },
  { file: 'fmt_server-ip_rejected_-56.txt', finds: ['push-address-missing', 'push-legacy-server-ip'] },
  { file: 'fmt_diagnose_fortitoken_info_healthy.txt', finds: [] },
  {
    file: 'fmt_diagnose_fortitoken_info_mixed.txt',
    finds: ['token-not-activated', 'token-activation-expired', 'token-locked', 'token-seed-unavailable'],
  },
  {
    file: 'fmt_diagnose_fortitoken_info_unreachable.txt',
    finds: ['token-server-unreachable'],
    allows: ['device-unregistered'],
  },
  {
    file: 'fmt_show_user_fortitoken.txt',
    finds: ['token-locked'],
    allows: ['token-activation-expired', 'trial-token-stuck', 'phone-registration-stale'],
  },
  { file: 'fmt_fnbamd_push_challenge_sent.log', finds: [] },
  {
    file: 'fmt_fnbamd_2fa_not_required.log',
    finds: ['remote-group-bypasses-2fa'],
    allows: ['username-case-bypasses-2fa'],
  },
  { file: 'fmt_fnbamd_ldap_ok_group_mismatch.log', finds: ['ldap-group-mismatch'] },
  { file: 'fmt_sslvpn_fnbamd_token_drift.log', finds: ['token-clock-drift'] },
  {
    file: 'fmt_sslvpn_unknown_user_permission_denied.log',
    finds: ['user-not-in-vpn-rule'],
    allows: ['source-ip-blocked'],
  },
  {
    file: 'fmt_debug_flow_localin_policy0_drop.log',
    finds: ['callback-not-accepted'],
    allows: ['wan-ftm-access-missing', 'admin-trusthost-blocks-callback'],
  },
  { file: 'fmt_debug_flow_localin_policyN_drop.log', finds: ['local-in-policy-denies'] },
  {
    file: 'fmt_config_admin_sport_overlap.conf',
    finds: ['port-conflict-admin-https'],
    // Its `ftm-push` block sets no status, and `disable` is the default.
    allows: ['push-disabled', 'push-address-missing'],
  },
  { file: 'fmt_config_all_admins_trusthost.conf', finds: ['admin-trusthost-blocks-callback'] },
  { file: 'fmt_config_dummy_admin_fix.conf', finds: [] },
  { file: 'fmt_forticare_provision_error31.json', finds: [], allows: ['token-wrong-owner'] },
  { file: 'fmt_sslvpn_logincheck_ftm_push_response.txt', finds: [] },
  { file: 'fmt_fac_pushd_worker.log', finds: [] },
  { file: 'synth_event_log_ftm_push.txt', finds: ['push-proxy-unreachable'] },
  {
    file: 'synth_ssl_accept_phone_rejects_cert.log',
    finds: ['push-cert-untrusted'],
    allows: ['push-cert-missing'],
  },
];

describe.skipIf(!present)('texts of the grammar', () => {
  it.each(GRAMMAR)('$file', ({ file, finds, allows = [] }) => {
    const found = findingsOf(`grammar/${file}`);
    expect(found).toEqual(expect.arrayContaining([...finds]));
    const expected: readonly string[] = [...finds, ...allows];
    expect(found.filter((id) => !expected.includes(id))).toEqual([]);
  });
});

describe.skipIf(!present)('recorded devices', () => {
  it('finds the private address, and nothing else, in the article’s configuration block', () => {
    expect(findingsOf('kb-277343/seed_ftm-push_config.conf')).toEqual(['push-address-private']);
  });

  it('finds nothing in the article’s successful login', () => {
    expect(findingsOf('kb-277343/seed_combined_success.log')).toEqual([]);
  });

  // Push was never set up there, and its one administrator has trusted hosts; nothing else is wrong with push.
  it('finds nothing in the recorded 91G, where nobody has a mobile token', () => {
    expect(findingsOf('oxidized/fortigate__FortiGate-91G_7.4.7__output.txt')).toEqual([]);
  });

  const others = present ? ['batfish', 'ntc-templates', 'sniftran'].flatMap(filesOf) : [];
  it.each(others)('finds nothing in %s', (file) => {
    expect(findingsOf(file)).toEqual([]);
  });
});

function filesOf(folder: string): readonly string[] {
  return readdirSync(new URL(`${folder}/`, CORPUS))
    .map((name) => `${folder}/${name}`)
    .filter((path) => statSync(new URL(path, CORPUS)).isFile());
}

function findingsOf(path: string): readonly string[] {
  const text = normalizeText(readFileSync(new URL(path, CORPUS), 'utf8'));
  const name = path.split('/').at(-1) ?? path;
  return diagnose([{ name, text }]).findings.map((finding) => finding.rule);
}
