import { type ClosedLoop, loginLog } from '../../../closed-loop/toolkit.ts';

const FLOW = 'id=20085 trace_id=4 func=';

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'a phone inside is refused',
      broken: () => ({}),
      pasted: (device): Readonly<Record<string, string>> => {
        const open = device.entry('system interface', 'internal', 'allowaccess').includes('ftm');
        const packet = `${FLOW}print_pkt_detail line=5501 msg="vd-root:0 received a packet(proto=6, 192.168.10.60:51522->198.51.100.10:4433) from internal. flag [S], seq 2870211, ack 0, win 65535"`;
        const drop = `${FLOW}fw_local_in_handler line=474 msg="iprope_in_check() check failed on policy 0, drop"`;
        return open
          ? { login: loginLog({ vpnWait: 80, tokenWait: 60, answered: 7 }) }
          : { flow: `${packet}\n${drop}` };
      },
    },
  ],
};
