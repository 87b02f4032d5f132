import { expect, it } from 'vitest';
import { diagnoseText, rulesIn } from '../../../support/diagnose-text.ts';

it('reads what a server says after ike handed it a message as that login’s, although another was asked last', () => {
  const diagnosis = diagnoseText(
    [
      'ike V=root:0:ra:71: responder preparing EAP identity request',
      'ike V=root:0:ra: EAP user "oriole"',
      'ike V=root:0:ra: EAP 611 pending',
      '[1738] handle_req-Rcvd auth req 611 for oriole in vpn-users opt=00000000 prot=7 svc=9',
      "[863] __fnbamd_cfg_get_radius_list_by_group-Loaded RADIUS server 'nps1' for usergroup 'vpn-users' (6)",
      '[1216] fnbamd_rad_validate_pkt-RADIUS resp code 11',
      '[239] fnbamd_comm_send_result-Sending result 2 (nid 0) for req 611, len=66',
      '[1738] handle_req-Rcvd auth req 5553 for wren in staff opt=00200421 prot=11 svc=9',
      '[239] fnbamd_comm_send_result-Sending result 0 (nid 0) for req 5553, len=25',
      'ike V=root:0:ra: EAP challenged for user "oriole"',
      'ike V=root:0:ra: EAP 611 pending',
      '[1216] fnbamd_rad_validate_pkt-RADIUS resp code 2',
      '[209] find_matched_usr_grps-Failed group matching',
      '[239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 611, len=66',
      'ike V=root:0:ra:71 EAP 611 result FNBAM_DENIED',
      'ike V=root:0:ra: EAP failed for user "oriole"',
      '',
    ].join('\n'),
  );
  expect(rulesIn(diagnosis)[0]).toBe('radius-group-attribute-missing');
  expect(diagnosis.findings[0]?.title).toContain('oriole');
});

it.each(['EAP_PROXY', 'eap_proxy'])(
  'does not take the FortiGate’s own EAP server for a RADIUS server: %s',
  (name) => {
    const diagnosis = diagnoseText(
      [
        'ike V=root:0:ra:71: responder preparing EAP identity request',
        'ike V=root:0:ra: EAP user "oriole"',
        'ike V=root:0:ra: EAP 611 pending',
        '[1738] handle_req-Rcvd auth req 611 for oriole in vpn-users opt=00000000 prot=7 svc=9',
        `[796] __rad_rxtx-Sent radius req to server '${name}': fd=9, IP=127.0.0.1(127.0.0.1:1812) code=1 id=40 len=151`,
        '[1216] fnbamd_rad_validate_pkt-RADIUS resp code 3',
        '[239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 611, len=66',
        'ike V=root:0:ra:71 EAP 611 result FNBAM_DENIED',
        'ike V=root:0:ra: EAP failed for user "oriole"',
        '',
      ].join('\n'),
    );
    expect(rulesIn(diagnosis)).not.toContain('radius-rejected');
  },
);
