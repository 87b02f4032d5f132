import { describe, expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const PEER = 'staff-peer';
const ike = (number: number, text: string) => `ike V=root:0:ra-cert:${number}: ${text}`;
const sent = (number: number, subject: string, issuer: string) => [
  ike(number, 'responder received SA_INIT msg'),
  ike(number, 'SA proposal chosen, matched gateway ra-cert'),
  ike(number, `received peer identifier DER_ASN1_DN 'O = Heron, CN = ${subject}'`),
  ike(number, 'Validating X.509 certificate'),
  ike(number, `peer cert, subject='${subject}', issuer='${issuer}'`),
  ike(number, `FNBAM_GROUP_NAME candidate '${PEER}'`),
  ike(number, 'certificate validation pending'),
];
const asked = (id: number) => [
  `[2388] handle_req-Rcvd auth_cert req id=${id}, len=2852, opt=6`,
  `[1161] __cert_auth_ctx_init-req_id=${id}, opt=6`,
  `[839] __cert_init-req_id=${id}`,
];
const compared = (id: number, fits: boolean) => [
  `[1010] __cert_verify-req_id=${id}`,
  `[705] fnbamd_cert_check_group_list-checking group with name '${PEER}'`,
  ...(fits ? [] : ['[488] __quick_check_peer-CA does not match.']),
  `[1542] fnbamd_auth_session_done-Session done, id=${id}`,
  `[884] fnbamd_cert_check_matched_groups-checking group with name '${PEER}'`,
  `[954] fnbamd_cert_check_matched_groups-${fits ? 'matched' : 'not matched'}`,
];
const ended = (id: number) => [
  `[1383] fnbamd_cert_auth_copy_cert_status-Cert st 2c0, req_id=${id}`,
  `[239] fnbamd_comm_send_result-Sending result 0 (nid 672) for req ${id}, len=2520`,
];
const refused = (number: number) => [
  ike(number, 'fnbam cert group matching failed'),
  ike(number, 'certificate validation failed'),
];
const accepted = (number: number) => [
  ike(number, 'certificate validation succeeded'),
  ike(number, 'added IPsec SA: SPIs=ab817b6f/5af43511'),
];
const RULE = 'ike-certificate-mismatch';

describe('certificates of two clients that are checked at the same time', () => {
  const begun = [
    ...sent(71, 'wren-pc', 'Old-CA'),
    ...asked(501),
    ...sent(72, 'siskin-pc', 'Heron-CA'),
    ...asked(502),
  ];
  const results = [...refused(71), ...accepted(72)];

  it.each([
    [
      'in the order of the requests',
      [...compared(501, false), ...compared(502, true), ...ended(501), ...ended(502)],
    ],
    ['the other way round', [...compared(502, true), ...compared(501, false), ...ended(502), ...ended(501)]],
    ['one after the other', [...compared(501, false), ...ended(501), ...compared(502, true), ...ended(502)]],
  ])('%s, are told apart', (_order, checks) => {
    const { findings, attempts } = diagnoseText([...begun, ...checks, ...results].join('\n'));
    expect(findings.map(({ rule }) => rule)).toEqual([RULE]);
    expect(findings[0]?.title).toContain('does not accept the certificate of wren-pc');
    expect(findings[0]?.title).toContain(`${PEER} asks for another CA than Old-CA`);
    expect(attempts.map(({ outcome }) => outcome)).toContain('failed');
  });

  it('leave the login of a third person to its own request', () => {
    const login = [
      '[1909] handle_req-Rcvd auth req 77 for plover in crew opt=00200421 prot=11',
      "[1067] __fnbamd_cfg_get_ldap_list_by_group-Loaded LDAP server 'dc01' for usergroup 'crew' (2)",
      ike(71, 'VID forticlient connect license 4C53427B6D465D1B'),
      ...sent(71, 'wren-pc', 'Old-CA'),
      ...asked(501),
      ...compared(501, false),
      ...ended(501),
      '[900] __ldap_next_state-No DN is found.',
      '[984] __ldap_next_state-State: DN Search -> Done',
      '[239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 77, len=2524',
      ...refused(71),
    ];
    const rules = diagnoseText(login.join('\n')).findings.map(({ rule }) => rule);
    expect(rules).toContain('ldap-user-not-found');
    expect(rules).toContain(RULE);
  });
});

describe('a check of a client’s certificate in a log of fnbamd alone', () => {
  it('that fits no peer is a refused client', () => {
    const { headline, findings } = diagnoseText(
      [...asked(501), ...compared(501, false), ...ended(501)].join('\n'),
    );
    expect(findings[0]?.rule).toBe(RULE);
    expect(headline).toContain(PEER);
  });

  it.each([
    ['fits', [...asked(501), ...compared(501, true), ...ended(501)]],
    [
      'is of the FortiGate itself',
      [...asked(501), ...compared(501, false), ...ended(501)].map((line) => line.replace('opt=6', 'opt=8')),
    ],
    ['fits another peer', [...asked(501), ...compared(501, false), ...compared(501, true), ...ended(501)]],
  ])('that %s is none', (_what, lines) => {
    expect(diagnoseText(lines.join('\n')).findings).toEqual([]);
  });
});
