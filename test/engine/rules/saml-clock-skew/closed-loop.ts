import type { ClosedLoop } from '../../../closed-loop/toolkit.ts';

const ANSWER = '2026-03-02 09:12:19 samld_process_request [145]: len=11817, cmd=2, pid=155, job_id=5601';
const REFUSED = [
  ANSWER,
  "2026-03-02 09:12:19 __samld_sp_login_resp [846]: Invalid assertion with 'https://vpn.example.net/remote/saml/metadata/'.",
  '2026-03-02 09:12:19 __samld_sp_login_resp [848]: Clock skew issue.',
  '2026-03-02 09:12:19 samld_send_common_reply [91]: Code: 5, id: 5601, pid: 155, len: 64, data_len 48',
];
const ACCEPTED = [
  ANSWER,
  '2026-03-02 09:12:19 samld_send_common_reply [91]: Code: 0, id: 5601, pid: 155, len: 64, data_len 48',
  "2026-03-02 09:12:19 samld_send_common_reply [120]:     Attr: 10, 38, 'username' 'marlow@example.net'",
  '2026-03-02 09:12:19 [176:root:2b1]fsv_saml_login_response:470 Got saml username: marlow@example.net.',
  '2026-03-02 09:12:19 [176:root:2b1]Auth successful for user marlow@example.net in group vpn-saml',
];

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'the clock follows no time server',
      broken: () => ({ 'system ntp': ['set syncinterval 30'] }),
      pasted: (device): Readonly<Record<string, string>> => {
        const isOn = device.value('system ntp', 'ntpsync', 'disable') === 'enable';
        const status = `synchronized: ${isOn ? 'yes' : 'no'}, ntpsync: ${isOn ? 'enabled' : 'disabled'}, server-mode: disabled`;
        return { login: (isOn ? ACCEPTED : REFUSED).join('\n'), ntp: status };
      },
    },
  ],
};
