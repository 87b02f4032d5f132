import { describe, expect, it } from 'vitest';
import { diagnoseText } from '../../support/diagnose-text.ts';

const noDn = (user: string) => `[1932] handle_req-Rcvd auth req 7711 for ${user} in crew opt=00200421 prot=11
[1009] __fnbamd_cfg_get_ldap_list_by_group-Loading LDAP server 'dc-heron' for usergroup 'crew'
[984] __ldap_next_state-State: Admin Binding -> DN Search
[888] fnbamd_ldap_build_dn_search_req-base:'OU=Harbour,DC=heron,DC=example' filter:sAMAccountName=${user}
[900] __ldap_next_state-No DN is found.
[984] __ldap_next_state-State: DN Search -> Done
[239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 7711, len=2148

`;

describe('the branch of an account, as a person names it', () => {
  it.each([
    'In AD she is in OU=Night Shift,DC=heron,DC=example, sAMAccountName is o.plover.',
    'Im AD liegt o.plover unter OU=Night Shift,DC=heron,DC=example.',
    'She sits in OU=Night Shift,DC=heron,DC=example.',
  ])('stands in the fix: %s', (said) => {
    const [finding] = diagnoseText(`${noDn('o.plover')}${said}\n`).findings;
    expect(finding?.title).toBe(
      'o.plover stands in OU=Night Shift, and dc-heron searches only below OU=Harbour',
    );
    expect(finding?.fix.apply.join('\n')).toContain('set dn "DC=heron,DC=example"');
  });

  it.each([
    ['the base itself', 'She is in OU=Harbour,DC=heron,DC=example.'],
    ['that of a group', 'The group is in OU=Night Shift,DC=heron,DC=example.'],
    ['of two', 'A is in OU=One,DC=heron,DC=example.\nB is in OU=Two,DC=heron,DC=example.'],
  ])('is not %s', (_what, said) => {
    const [finding] = diagnoseText(`${noDn('o.plover')}${said}\n`).findings;
    expect(finding?.title).toContain('has no sAMAccountName=o.plover below');
  });
});

it('a group that a person names without its prefix becomes a further entry of the match', () => {
  const text = `plover moved from Harbour to Night Shift last week.

[1932] handle_req-Rcvd auth req 7712 for plover in crew opt=00200421 prot=11
[984] __ldap_next_state-State: User Binding -> Attr Query
[1267]  val[0]='CN=G-NightShift,OU=Groups,DC=heron,DC=example'
[1267]  val[1]='CN=G-Printers,OU=Groups,DC=heron,DC=example'
[1441] find_matched_usr_grps-Failed group matching
[239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 7712, len=2148

config user group
    edit "crew"
        set member "dc-heron"
        config match
            edit 1
                set server-name "dc-heron"
                set group-name "CN=G-Harbour,OU=Groups,DC=heron,DC=example"
            next
        end
    next
end
`;
  const [finding] = diagnoseText(text).findings;
  expect(finding?.rule).toBe('ldap-group-mismatch');
  expect(finding?.fix.apply.join('\n')).toContain(
    'set group-name "CN=G-NightShift,OU=Groups,DC=heron,DC=example"',
  );
});

it('the full pool is the range that was pasted, and the events name who got no address', () => {
  const event = (user: string) =>
    `date=2026-03-02 time=08:15:33 logid="0101039946" type="event" subtype="vpn" vd="root" action="ssl-exit-error" tunneltype="ssl-tunnel" remip=203.0.113.15 user="${user}" group="crew" reason="no more IP address available" msg="SSL exit error"\n`;
  const range =
    '\nconfig firewall address\n    edit "VPN-Range"\n        set type iprange\n        set start-ip 10.212.134.20\n        set end-ip 10.212.134.29\n    next\nend\n';
  const [finding] = diagnoseText(event('plover') + event('wren') + range).findings;
  expect(finding).toMatchObject({
    rule: 'ssl-ip-pool-exhausted',
    confidence: 'certain',
    title: 'The 10 addresses of VPN-Range are used up: SSL VPN has none for another client',
  });
  expect(finding?.summary).toContain('plover and wren passed the password and got none.');
  expect(finding?.fix.apply.join('\n')).toContain('edit "VPN-Range"');
});

it('who forgot the password is told to stop before the block is lifted', () => {
  const text =
    '[2877:root:5c]fsv_blocklist_check:65 locked: rowid=3,host=198.51.100.77\n\nNobody in the branch gets in. One of them (plover) forgot his password.\n';
  const [finding] = diagnoseText(text).findings;
  expect(finding?.fix.note).toContain('first let plover stop trying and get a new password');
});

describe('a client of which only the first IKE message arrives', () => {
  const IKE = `ike V=root:0: comes 203.0.113.201:500->192.0.2.77:500,ifindex=5,vrf=0,len=520....
ike V=root:0:9c1f22aa01b3d4e5/0000000000000000:9921: responder received SA_INIT msg
ike V=root:0:9c1f22aa01b3d4e5/0000000000000000:9921: SA proposal chosen, matched gateway harbour
ike V=root:0:harbour:9921: sent IKE msg (SA_INIT_RESPONSE): 192.0.2.77:500->203.0.113.201:500, len=456
ike V=root:0:harbour:9921: negotiation timeout, deleting
`;

  it('is stopped by its network where another one lets it in', () => {
    const said = 'With the hotspot of my phone it works at once.\n\n';
    const [finding] = diagnoseText(said + IKE).findings;
    expect(finding).toMatchObject({ rule: 'ike-udp-blocked', confidence: 'likely' });
    expect(finding?.fix.note).not.toContain('Try the same client');
  });

  it('may be stopped by its network', () => {
    expect(diagnoseText(IKE).findings[0]).toMatchObject({
      rule: 'ike-udp-blocked',
      confidence: 'possible',
    });
  });
});

it('a push for the platform of the old phone is shown by a note that quotes it', () => {
  const text = `I have a new iPhone since Thursday. The code works, but no pop-up comes.

date=2026-03-02 time=13:22:08 logid="0100032160" type="event" subtype="system" level="notice" vd="root" logdesc="FTM push message succeeded" msg="FTM push message sent"
the dump has "platform":"android"
`;
  const [finding] = diagnoseText(text, { user: 'plover' }).findings;
  expect(finding).toMatchObject({ rule: 'phone-registration-stale', confidence: 'likely' });
  expect(finding?.title).toContain('“android”');
  expect(finding?.summary).toContain('sent the push (32160)');
});

it('a new computer lacks the certificate of the old one', () => {
  const text = `date=2026-03-02 time=16:20:09 logid="0101039426" type="event" subtype="vpn" vd="root" action="ssl-login-fail" tunneltype="ssl-web" remip=203.0.113.88 user="plover" reason="sslvpn_login_cert_checked_error" msg="SSL user failed to logged in"

He got a new laptop on Monday. Is it the token?
`;
  const { findings, answers } = diagnoseText(text);
  expect(findings[0]?.fix.note).toMatch(/^The computer is new/);
  expect(answers?.[0]?.answer).toContain('The certificate is the reason, not the token');
});
