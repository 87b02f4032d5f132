import { atLeast } from '../../../../src/engine/fortios/version.ts';
import { type ClosedLoop, ldapUser, loginLog } from '../../../closed-loop/toolkit.ts';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'the name is typed in other case',
      broken: () => ({ 'user local': ldapUser('marlow') }),
      pasted: (device) => {
        const setting = atLeast(device.version, '7.0.1')
          ? 'username-sensitivity'
          : 'username-case-sensitivity';
        const matched = device.entry('user local', 'marlow', setting)[0] === 'disable';
        const start =
          '2026-03-02 09:12:04 [1909] handle_req-Rcvd auth req 77100001 for Marlow in vpn-users opt=00200421 prot=11';
        const skipped = [
          start,
          "2026-03-02 09:12:05 [590] __group_match-Add matched group 'vpn-ldap'(4)",
          '2026-03-02 09:12:05 [2561] fnbamd_ldap_result-Passed group matching',
          '2026-03-02 09:12:05 [909] update_auth_token_session-config does not require 2fa',
          '2026-03-02 09:12:05 [239] fnbamd_comm_send_result-Sending result 0 (nid 0) for req 77100001, len=2600',
        ];
        return {
          login: matched
            ? loginLog({ user: 'Marlow', vpnWait: 80, tokenWait: 60, answered: 7 })
            : skipped.join('\n'),
        };
      },
    },
  ],
};
