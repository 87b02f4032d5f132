import { describe, expect, it } from 'vitest';
import { diagnoseText, rulesIn } from '../../support/diagnose-text.ts';

const MAIN_MODE = `ike 0: comes 203.0.113.21:500->198.51.100.10:500,ifindex=6,vrf=0,len=284....
ike 0:0a1b2c3d4e5f6071/0000000000000000:77: responder: main mode get 1st message...
ike 0:0a1b2c3d4e5f6071/0000000000000000:77: VID DPD AFCAD71368A1F1C96B8696FC77570100
ike 0:0a1b2c3d4e5f6071/0000000000000000:77: SA proposal chosen, matched gateway ra-old
ike 0:ra-old:77: probable pre-shared secret mismatch`;
const PERSON = `ike 0:ra-new:78: responder: aggressive mode get 1st message...
ike 0:ra-new:78: VID forticlient connect license 05E793CA87B27A45
ike 0:ra-new:78: SA proposal chosen, matched gateway ra-new
ike 0:ra-new:78: XAUTH user "plover"
ike 0:ra-new:78: XAUTH 700221448201 pending
ike 0:ra-new:78: XAUTH 700221448201 result FNBAM_SUCCESS
ike 0:ra-new:78: XAUTH succeeded for user "plover" group "vpn-staff" 2FA=no`;

function tunnel(type: 'dynamic' | 'static'): string {
  return `config vpn ipsec phase1-interface
    edit "ra-old"
        set type ${type}
        set interface "wan1"
        set authusrgrp "vpn-staff"
    next
end
`;
}

describe('an IKE negotiation that shows neither a client nor a user', () => {
  it('may be a person’s where the log has nothing else', () => {
    const { findings } = diagnoseText(MAIN_MODE);
    expect(findings.map(({ rule, confidence }) => [rule, confidence])).toEqual([
      ['ike-psk-mismatch', 'likely'],
    ]);
    expect(findings[0]?.summary).toContain('a person’s client or another gateway');
  });

  it('is a person’s where its tunnel is a dial-up, and then no question about push', () => {
    const { findings } = diagnoseText(`${tunnel('dynamic')}${MAIN_MODE}`);
    expect(findings.map(({ rule, confidence }) => [rule, confidence])).toEqual([
      ['ike-psk-mismatch', 'likely'],
    ]);
  });

  it('is nobody’s where its tunnel joins two sites, or beside a person’s login', () => {
    expect(rulesIn(diagnoseText(`${tunnel('static')}${MAIN_MODE}`))).toEqual([]);
    expect(diagnoseText(`${MAIN_MODE}\n${PERSON}`)).toMatchObject({ verdict: 'healthy', findings: [] });
  });
});

const UID = '9926B1A1F26A44E4B898F4486C80F255';
const SAML_REFUSED = `samld_process_request [145]: len=9117, cmd=2, pid=155, job_id=5601
samld_send_common_reply [91]: Code: 0, id: 5601, pid: 155, len: 2569, data_len 2553
samld_send_common_reply [95]:     Attr: 10, 38, 'username' 'tern@heron.example'
ike 0:ra-saml:301: FCT EAP 2FA extension vendor ID received
ike 0:ra-saml:301: responder received EAP msg
ike 0:ra-saml: EAP user "${UID}"
ike 0:ra-saml: EAP 58 pending
[1909] handle_req-Rcvd auth req 58 for ${UID} in  opt=00000000 prot=8
[1405] __fnbamd_rad_send-Sent radius req to server 'eap_proxy': fd=10, IP=127.0.0.1(127.0.0.1:1812) code=1 id=0 len=224 user="${UID}" using EAP
ike 0:ra-saml:301 EAP 58 result FNBAM_CHALLENGED
ike 0:ra-saml: EAP 58 pending
[1909] handle_req-Rcvd auth req 59 for ${UID} in  opt=00000000 prot=4
[1041] fnbamd_saml_auth_cache_lookup-Authentication passed.
[1592] __group_match-Group 'vpn-entra' passed group matching
[209] fnbamd_comm_send_result-Sending result 0 (nid 0) for req 59, len=2689
[295] find_matched_usr_grps-Failed group matching
[209] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 58, len=2540
ike 0:ra-saml:301 EAP 58 result FNBAM_DENIED
ike 0:ra-saml: EAP failed for user "${UID}"
ike 0:ra-saml: connection expiring due to EAP failure`;

describe('an older release that ends EAP itself', () => {
  it('takes the result of EAP, and the name of the SAML answer', () => {
    const { attempts, findings } = diagnoseText(SAML_REFUSED);
    expect(attempts.map(({ user, outcome }) => [user, outcome])).toEqual([['tern@heron.example', 'failed']]);
    expect(findings[0]).toMatchObject({ rule: 'saml-attribute-or-group-mismatch', confidence: 'possible' });
  });
});

it('takes the user of a line without a number for the negotiation that has none yet', () => {
  const login = (serial: number, request: number) => `ike V=root:0:ra:${serial}: responder received EAP msg
ike V=root:0:ra: EAP user "snipe"
ike V=root:0:ra: EAP ${request} pending
ike V=root:0:ra:${serial} EAP ${request} result FNBAM_SUCCESS
ike V=root:0:ra: EAP succeeded for user "snipe" group "vpn-staff" 2FA=no`;
  const { attempts } = diagnoseText(`${login(22, 501)}\n${login(23, 502)}`);
  expect(attempts.map(({ session }) => session)).toEqual(['ra:22', 'ra:23']);
});

it.each([
  'FortiClient 7.2.4 with IPsec is in use here.',
  'Yesterday her FortiClient stopped at 98 %.',
  'Yesterday it said “The VPN server may be unreachable.”',
])('is not asked about push by words about the connection: %s', (words) => {
  expect(diagnoseText(`${words}\n\n${PERSON}`)).toMatchObject({ verdict: 'healthy', findings: [] });
});
