import { describe, expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

/** What a person says beside a log fills in the fix. */
function fixOf(text: string) {
  const [finding] = diagnoseText(text).findings;
  return { rule: finding?.rule, lines: finding?.fix.apply.join('\n'), note: finding?.fix.note };
}

describe('the port of an internal server whose virtual IP takes the push port', () => {
  const log = `config system ftm-push
    set server "203.0.113.20"
    set status enable
end
config firewall vip
    edit "vip-nvr"
        set extip 203.0.113.20
        set mappedip "10.20.30.9"
        set extintf "wan1"
    next
end
id=65308 trace_id=4 func=print_pkt_detail line=5939 msg="vd-root:0 received a packet(proto=6, 198.51.100.61:40122->203.0.113.20:4433) tun_id=0.0.0.0 from wan1. flag [S], seq 771204110, ack 0, win 65535"
id=65308 trace_id=4 func=init_ip_session_common line=6124 msg="allocate a new session-0004e1a2, tun_id=0.0.0.0"
id=65308 trace_id=4 func=__ip_session_run_tuple line=3454 msg="DNAT 203.0.113.20:4433->10.20.30.9:4433"
`;

  it.each([
    ['The video server has to stay reachable on port 8554 from outside, please.', '8554'],
    ['Approve does nothing. And how do we keep the video server reachable on 8554?', '8554'],
    ['Users reach the SSL VPN on port 10443. Approve does nothing.', '<port-of-the-internal-server>'],
    [
      'The video server needs TCP 8554 and it listens on 8555. It also listens on 8556.',
      '<port-of-the-internal-server>',
    ],
  ])('%s', (words, port) => {
    const { rule, lines } = fixOf(`${log}\n${words}\n`);
    expect(rule).toBe('port-conflict-vip');
    expect(lines).toContain(`set extport ${port}`);
  });
});

describe('the product that signs in the users', () => {
  const log = `__samld_sp_login_resp [806]: IDP sig verify is required for response and assertions
__samld_sp_login_resp [833]: Failed to process response message. ret=101(Signature element not found.)
`;

  it.each([
    ['Since the upgrade the login fails after the Okta page.', 'In Okta: application', /Entra|Keycloak/],
    [
      'Keycloak has not been changed, the login fails since the upgrade.',
      'In Keycloak: client',
      /Entra|Okta/,
    ],
    ['We use Entra ID, and the login fails since the upgrade.', 'In Entra ID: application', /Okta/],
    ['The login fails since the upgrade.', 'The setting is part of the SAML settings', /Entra|Okta/],
    [
      'Some users come by Okta and some by Entra, the login fails for all.',
      'SAML settings of',
      /In (?:Entra|Okta)/,
    ],
  ])('%s', (words, place, others) => {
    const { rule, note } = fixOf(`${words}\n\n${log}`);
    expect(rule).toBe('saml-response-unsigned');
    expect(note).toContain(place);
    expect(note).not.toMatch(others);
  });
});

it('tokens that have drifted are named, and not the clock of the FortiGate', () => {
  const log = `[2210:root:1a]sslvpn_authenticate_user:192 authenticate user: [wren]
[2210:root:1a]fam_auth_send_req_internal:514 fnbam_auth return: 7
[2210:root:1a]user 'wren' uses 2FA: ctx->peer_two_factor = 0, ctx->peer_name.peername = 0, ctx->is_two_factor = 1
[2210:root:1a]fam_auth_proc_resp:1360 fnbam_auth_update_result return: 8 (next token code required)

fgt-pier # diagnose fortitoken info
FORTITOKEN           DRIFT  STATUS
FTK2000XA50H0011     4      active
FTK2000XA50H0012     0      active

Total activated token: 2
Total global activated token: 2

Token server status: reachable
`;
  const [finding] = diagnoseText(log).findings;
  expect(finding?.rule).toBe('token-clock-drift');
  expect(finding?.fix.note).toContain('execute fortitoken sync FTK2000XA50H0011 <code> <next code>');
  expect(finding?.fix.note).not.toContain('FTK2000XA50H0012');
  expect(finding?.summary).toContain('not the clock of the FortiGate');
});

it.each([
  ['The block list shows 198.51.100.44 as locked.', '198.51.100.44'],
  ['The list shows 198.51.100.44 as locked and 198.51.100.45 as locked.', '<address>'],
])('the blocked address that a person names is the one to release: %s', (words, address) => {
  const { rule, note } = fixOf(
    `The whole branch gets "Too many bad login attempts. Please try again in a few minutes." ${words} An old password is saved on a laptop there.`,
  );
  expect(rule).toBe('source-ip-blocked');
  expect(note).toContain(`diagnose vpn ssl blocklist del ${address}`);
});

it('an IP address in `server` becomes a name before a public certificate helps', () => {
  const { rule, note } = fixOf(
    'We swapped the certificate of ftm-push. It is from our internal CA. The push address is the plain IP 203.0.113.40. After Approve the app says "FortiToken Mobile cannot validate the server certificate".',
  );
  expect(rule).toBe('push-cert-untrusted');
  expect(note).toContain('IP address 203.0.113.40');
  expect(note).toContain('public DNS name');
});

it('a group with the token users that a rule names stays, and the one with the server goes', () => {
  const { rule, lines, note } = fixOf(`config user local
    edit "wren"
        set type ldap
        set two-factor fortitoken
        set fortitoken "FTKMOB5500C1D2E3"
        set ldap-server "DC-9"
    next
end
config user group
    edit "everybody"
        set member "DC-9"
    next
    edit "with-token"
        set member "wren"
    next
end
config vpn ssl settings
    set source-interface "wan1"
    config authentication-rule
        edit 4
            set groups "everybody"
            set portal "full-access"
        next
        edit 7
            set groups "with-token"
            set portal "full-access"
        next
    end
end
`);
  expect(rule).toBe('remote-group-bypasses-2fa');
  expect(lines).toBe('');
  expect(note).toContain('Take everybody out of authentication rule 4');
  expect(note).toContain('with-token (rule 7)');
});

it('a group that stands beside the one with the token users is taken out of rules and policies', () => {
  const { lines, note } = fixOf(`config user local
    edit "wren"
        set type ldap
        set two-factor fortitoken
        set fortitoken "FTKMOB5500C1D2E3"
        set ldap-server "DC-9"
    next
end
config user group
    edit "everybody"
        set member "DC-9"
    next
    edit "with-token"
        set member "wren"
    next
end
config vpn ssl settings
    set source-interface "wan1"
    config authentication-rule
        edit 4
            set groups "everybody" "with-token"
            set portal "full-access"
        next
    end
end
config firewall policy
    edit 12
        set srcintf "ssl.root"
        set dstintf "port3"
        set srcaddr "all"
        set dstaddr "all"
        set action accept
        set schedule "always"
        set service "ALL"
        set groups "with-token" "everybody"
    next
end
`);
  expect(lines).toContain(
    '        edit 4\n            unselect groups "everybody"\n        next\n    end\nend\nconfig firewall policy\n    edit 12\n        unselect groups "everybody"',
  );
  expect(note).toContain('First put every user of DC-9 who is to keep the VPN into with-token');
});
