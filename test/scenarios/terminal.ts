import { block, part, SWITCHED_OFF } from './configuration.ts';

/** What a terminal window shows: prompt, command, answer. */
export const shell = (host: string, ...steps: readonly (readonly [string, string])[]): string =>
  `${steps.map(([c, o]) => `${host} # ${c}\n${o.replace(/\n*$/, '')}\n\n`).join('')}${host} # \n`;
export const status = (host = 'fgt-orchid-01', version = '7.2.8', vdom = 'disable', extra = ''): string =>
  `Version: FortiGate-60F v${version},build1639,240313 (GA.M)\nSerial-Number: FGT60FTK20001234\nHostname: ${host}\nOperation Mode: NAT\nCurrent virtual domain: root\nMax number of virtual domains: 10\nVirtual domain configuration: ${vdom}\nFIPS-CC mode: disable\nCurrent HA mode: standalone\n${extra}System time: Thu Nov 26 10:15:32 2026\n`;

/** A session that shows push switched off. */
export const SESSION = shell(
  'fgt-orchid-01',
  ['get system status', status()],
  [
    'show full-configuration system ftm-push',
    block('system ftm-push', ['set server-port 4433', ...SWITCHED_OFF, 'set status disable']),
  ],
  ['show system interface', part('interface')],
);
export const two = (n: number) => String(n % 60).padStart(2, '0');
/** The same session with a stamp on each line. */
export const stamped = (f: (i: number) => string, t = SESSION) =>
  t
    .split('\n')
    .map((x, i) => f(i) + x)
    .join('\n');
/** As mail programs wrap it; `indent` begins each further part. */
export const fold = (t: string, w: number, indent = '') =>
  t
    .split('\n')
    .flatMap((line) => {
      const out: string[] = [];
      let rest = line;
      let before = '';
      while (before.length + rest.length > w) {
        const room = w - before.length;
        const at = rest.lastIndexOf(' ', room);
        const end = at > 10 ? at : room;
        out.push(before + rest.slice(0, end));
        rest = rest.slice(at > 10 ? end + 1 : end);
        before = indent;
      }
      out.push(before + rest);
      return out;
    })
    .join('\n');
export const flow = (dst: string, why: string, from = 'wan1') =>
  `2026-11-26 10:32:58 id=65308 trace_id=21 func=print_pkt_detail line=5892 msg="vd-root:0 received a packet(proto=6, 203.0.113.55:51522->${dst}) tun_id=0.0.0.0 from ${from}. flag [S], seq 2870211, ack 0, win 65535"\n2026-11-26 10:32:58 id=65308 trace_id=21 func=fw_local_in_handler line=620 msg="iprope_in_check() check failed on ${why}, drop"\n`;
export const unanswered = (dst: string, n = 3) =>
  `diagnose sniffer packet any 'tcp port ${dst.split('.').pop()}' 4 20 l\ninterfaces=[any]\nfilters=[tcp port ${dst.split('.').pop()}]\n${Array.from({ length: n }, (_, i) => `2026-11-26 10:32:5${i}.100000 wan1 in 203.0.113.55.51522 -> ${dst}: syn 2870211`).join('\n')}\n`;
