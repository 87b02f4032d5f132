import { expect, it } from 'vitest';
import type { CaseFocus } from '../../../src/engine/diagnosis/case-focus.ts';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { diagnoseFacts } from '../../../src/engine/diagnosis/diagnose-facts.ts';
import { EvidenceCollector } from '../../../src/engine/diagnosis/evidence-collector.ts';
import { redact } from '../../../src/engine/evidence/redact.ts';
import { SectionStream } from '../../../src/engine/evidence/section-stream.ts';

/** Without rules no cause is found: what is said then is the last step that was proved. */
export function withoutCause(lines: readonly string[], focus: CaseFocus = {}) {
  const redacted = redact([{ name: 'paste', text: lines.join('\n') }]);
  const evidence = new EvidenceCollector();
  const stream = new SectionStream('paste', evidence.open('paste'), evidence.lineMap());
  for (const line of redacted.items[0]?.text.split('\n') ?? []) stream.line(line);
  stream.end();
  return diagnoseFacts(evidence.finish(), redacted.receipt, focus, []);
}

const ASKED = [
  '[911:root:300]sslvpn_authenticate_user:191 authenticate user: [marlow]',
  '[1738] handle_req-Rcvd auth req 5119201 for marlow in vpn-users opt=00200421 prot=11 svc=9',
];
const LDAP = "[856] __fnbamd_cfg_get_ldap_list_by_group-Loaded LDAP server 'DC01' for usergroup 'vpn-ad' (8)";
const result = (code: number) => [
  `[239] fnbamd_comm_send_result-Sending result ${code} (nid 0) for req 5119201, len=2524`,
  `[911:root:300]fam_auth_send_req:1007 task finished with ${code}`,
];
const event = (time: string, id: string, action: string, more: string) =>
  `date=2026-03-02 time=${time} logid="01010${id}" type="event" subtype="vpn" vd="root" action="${action}" tunneltype="ssl-tunnel" remip=203.0.113.7 user="marlow" ${more}`;
const UP_AND_DOWN = [
  event('09:01:05', '39947', 'tunnel-up', 'tunnelip=10.212.134.201 reason="tunnel established"'),
  event('09:01:09', '39948', 'tunnel-down', 'tunnelip=10.212.134.201 duration=4 reason="N/A"'),
];
const IKE = [
  'ike V=root:0: comes 203.0.113.7:500->198.51.100.10:500,ifindex=6,vrf=0,len=465....',
  'ike V=root:0:ab12/0000:91: responder received SA_INIT msg',
  'ike V=root:0:ab12/0000:91: VID forticlient connect license 4C53427B6D465D1B337BB755A37A7FEF',
];

it.each([
  [
    'a silent LDAP server',
    [...ASKED, LDAP, '[597] __ldap_conn_timeout-Connction with DC01:192.0.2.40 timed out.', ...result(10)],
    'The FortiGate asked the LDAP server DC01 and got no answer',
  ],
  [
    'a name without an address',
    [
      ...ASKED,
      LDAP,
      '[1515] __fnbamd_ldap_dns_cb-Resolved DC01:dc01.heron.example to 0.0.0.0, cur stack size:-1',
      ...result(5),
    ],
    'The FortiGate found no address for dc01.heron.example',
  ],
  [
    'a search without a result',
    [...ASKED, LDAP, '[900] __ldap_next_state-No DN is found.', ...result(1)],
    'The LDAP search for marlow found no entry',
  ],
  [
    'a result of fnbamd beside a bare failure of sslvpn',
    [
      '[1995] handle_req-Rcvd auth req 71 for marlow in vpn-users opt=00200421 prot=11',
      LDAP,
      '[239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 71, len=2144',
      '[911:root:300]login_failed:393 user[marlow],auth_type=16 failed [sslvpn_login_permission_denied]',
    ],
    'The FortiGate refused marlow’s password, or no group matched (result 1)',
  ],
  ['a tunnel that ended at once', UP_AND_DOWN, 'The tunnel of marlow came up and ended after 4 s'],
  [
    'a refusal',
    [...ASKED, ...result(1)],
    'The FortiGate refused marlow’s password, or no group matched (result 1)',
  ],
  [
    'a result that nobody could give',
    [...ASKED, ...result(5)],
    'The FortiGate asked about marlow and got no decision (result 5)',
  ],
  [
    'IKE that waited after its proposal',
    [
      ...IKE,
      'ike V=root:0:ab12/0000:91: SA proposal chosen, matched gateway ra-staff',
      'ike V=root:0:ra-staff:91: negotiation timeout, deleting',
    ],
    'IKE got no answer from 203.0.113.7 after its proposal',
  ],
  [
    'a pre-shared key',
    [...IKE, 'ike V=root:0:ab12/0000:91: probable pre-shared secret mismatch'],
    'IKE could not read the answer from 203.0.113.7: probably another pre-shared key',
  ],
])('%s is the last step that was proved', (_, lines, headline) => {
  expect(withoutCause(lines)).toMatchObject({ verdict: 'inconclusive', headline });
});

it('a login of which no step is shown proves none', () => {
  const { headline } = diagnose([{ name: 'paste', text: ASKED.join('\n') }]);
  expect(headline).not.toMatch(/accepted|refused|answer/);
});

it('a tunnel that was used proves the login', () => {
  const used = UP_AND_DOWN.map((line) => line.replace('duration=4', 'duration=2712'));
  expect(withoutCause(used).attempts.map(({ outcome }) => outcome)).toEqual(['succeeded']);
});

it('quotes no error of a parser', () => {
  const refused = (why: string) =>
    withoutCause([
      `__samld_sp_login_resp [830]: Failed to process response message. ret=-410(${why})`,
      'samld_send_common_reply [92]: Code: 1, id: 5, pid: 201, len: 65, data_len 49',
    ]).headline;
  expect(refused('XML parse error: premature end of data')).toBe(
    'The FortiGate could not read the SAML response',
  );
  expect(refused('Issuer is not known.')).toContain('refused the SAML response: Issuer is not known');
});
