import { expect, it } from 'vitest';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { PUSH_HOPS } from '../../../src/engine/facts/hop.ts';
import { getRule } from '../../../src/engine/rules/all-rules.ts';
import { createAnswer } from '../../../src/report/documents/answer/answer.ts';
import { sampleConfig } from '../../../src/stand-ins/fortigate/samples.ts';
import { successfulLogin, upToPush } from '../../fixtures/logs/login-lines.ts';
import { ANA, GAVE_UP } from './login-cases.ts';

const LDAP = [
  '[911:root:300]sslvpn_authenticate_user:191 authenticate user: [marlow]',
  '[911:root:300]allocSSLConn:310 sconn 0x7f68b70bbf (0:root)',
  '[1738] handle_req-Rcvd auth req 5119201 for marlow in vpn-users opt=00200421 prot=11 svc=9',
  "[856] __fnbamd_cfg_get_ldap_list_by_group-Loaded LDAP server 'DC01' for usergroup 'vpn-ad' (8)",
  '[597] __ldap_conn_timeout-Connction with DC01:192.0.2.40 timed out.',
  '[239] fnbamd_comm_send_result-Sending result 10 (nid 0) for req 5119201, len=2524',
  '[911:root:300]fam_auth_send_req:1007 task finished with 10',
].join('\n');
const IKE = [
  'ike V=root:0:ra:283: gw validation failed',
  'ike V=root:0:ra:283: responder preparing EAP identity request',
  'ike V=root:0:ra:283: negotiation timeout, deleting',
].join('\n');
const PUSH_FAILED = [...upToPush(ANA, 0), ...GAVE_UP].join('\n');
const PUSH = successfulLogin(ANA, 0).join('\n');

function isPush(id: string): boolean {
  const rule = getRule(id);
  return rule !== undefined && rule.number < 100 && PUSH_HOPS.has(rule.hop);
}
const named = (starts: RegExp) => (id: string) => starts.test(id) && (getRule(id)?.number ?? 0) > 100;

const CONNECTED = [
  '[26230:root:d71]allocSSLConn:289 sconn 0x7f141aaed765 (0:root)',
  '[26230:root:d71]SSL established: TLSv1.3 TLS_AES_256_GCM_SHA384',
  '[26230:root:d71]req: /remote/info',
].join('\n');
const SITE_TO_SITE = [
  'ike V=root:0:to-plant:881: link is idle 7 198.51.100.10->192.0.2.130:0 dpd=1 seqno=4a rr=0',
  'ike V=root:0:to-plant:881: notify msg received: R-U-THERE-ACK',
].join('\n');

const EVENT =
  'date=2026-03-03 time=09:20:05 logid="0101039426" type="event" subtype="vpn" level="alert" vd="root" logdesc="SSL VPN login fail" action="ssl-login-fail" tunneltype="ssl-web" remip=203.0.113.9 user="wren" group="N/A" reason="sslvpn_login_permission_denied" msg="SSL user failed to logged in"';

it.each([
  ['a login that the event log shows', 'certificates', EVENT, named(/^login-certificate-/)],
  ['a tunnel between sites', 'certificates', SITE_TO_SITE, named(/^login-certificate-/)],
  ['a login at a directory', 'push', LDAP, isPush],
  ['a connection without a login', 'push', CONNECTED, isPush],
  ['a tunnel between sites', 'push', SITE_TO_SITE, isPush],
  ['a login at a directory', 'SAML', LDAP, named(/^saml-/)],
  ['a login at a directory', 'RADIUS', LDAP, named(/^radius-/)],
  ['a login at a directory', 'IPsec', LDAP, named(/^ike-/)],
  ['a login over IPsec', 'SSL VPN', IKE, (id) => /^(?:ssl-vpn-removed|source-interface|vpn-client)/.test(id)],
  ['a push login', 'SAML', PUSH, named(/^saml-/)],
  ['a push login that failed', 'SAML', PUSH_FAILED, named(/^saml-/)],
  ['a push login that failed', 'LDAP', PUSH_FAILED, named(/^ldaps?-/)],
  ['a device without a directory', 'LDAP', sampleConfig('branch-07'), named(/^ldaps?-/)],
])('%s lists no checks of %s', (...[, , text, isOf]) => {
  const { checks, missing } = diagnose([{ name: 'case', text }]);
  expect(checks.filter(({ rule, unasked }) => isOf(rule) && !unasked)).toEqual([]);
  expect(missing.filter(({ rule }) => isOf(rule))).toEqual([]);
  expect(checks.some(({ rule }) => isOf(rule))).toBe(true);
});

it.each([
  ['a login at a directory', LDAP, 'ldap-server-unreachable'],
  ['a push login', PUSH_FAILED, 'push-disabled'],
])('%s lists the checks of its own', (_, text, own) => {
  const check = diagnose([{ name: 'case', text }]).checks.find(({ rule }) => rule === own);
  expect(check).toBeDefined();
  expect(check?.unasked).toBeUndefined();
});

it.each([
  ['a login at a directory', LDAP],
  ['a push login', PUSH_FAILED],
  ['a backup', sampleConfig('branch-07')],
])('%s names at most three things that were not checked', (_, text) => {
  const { parts } = createAnswer(diagnose([{ name: 'case', text }]));
  const titles = parts.flatMap((part) => (part.kind === 'section' ? [part.title] : []));
  const [unchecked = ''] = titles.filter((title) => title.startsWith('Not checked'));
  const [list = ''] = unchecked.split(' (');
  expect(list.split(/, | and /).length).toBeLessThanOrEqual(3);
});

it.each([
  [
    'a connection to SSL VPN',
    CONNECTED,
    'No complete SSL VPN login in this text. Needed: one login with debug on',
  ],
  [
    'a tunnel between sites',
    SITE_TO_SITE,
    'No complete IPsec login in this text. Needed: one IPsec login with debug on',
  ],
])('%s is asked about its own VPN', (_, text, headline) => {
  expect(createAnswer(diagnose([{ name: 'case', text }])).headline).toBe(headline);
});
