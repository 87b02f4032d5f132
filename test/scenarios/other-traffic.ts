// Packets that are not of the push service.

import { base } from './configuration.ts';
import { dump, type File, type Scenario } from './scenario.ts';
import { flow, unanswered } from './terminal.ts';

const besideBackup = (log: string): readonly File[] => [...dump(), { name: 'flow.log', text: log }];

export const scenarios: readonly Scenario[] = [
  {
    id: 'flow drop for the push address',
    files: besideBackup(flow('198.51.100.20:4433', 'policy 7')),
    expect: { verdict: 'broken', finds: ['local-in-policy-denies'] },
  },
  {
    id: 'flow drop, policy 0, for the push address',
    files: besideBackup(flow('198.51.100.20:4433', 'policy 0')),
    expect: { verdict: 'broken', finds: ['callback-not-accepted'], hop: 'callback' },
  },
  {
    id: 'flow drop for another address',
    files: besideBackup(flow('198.51.100.99:4433', 'policy 7')),
    expect: { notVerdict: 'broken', noFindings: true },
  },
  {
    id: 'flow drop for another port',
    files: besideBackup(flow('198.51.100.20:23', 'policy 0')),
    expect: { notVerdict: 'broken', noFindings: true },
  },
  {
    id: 'flow drop of port 4433 to a LAN address',
    files: besideBackup(flow('192.168.40.1:4433', 'policy 0', 'internal')),
    expect: { notVerdict: 'broken', noFindings: true },
  },
  {
    id: 'push listens on 4500, the drop is of 4433',
    files: [
      ...dump({ ftm: [...base.ftm, 'set server-port 4434'] }),
      { name: 'f.log', text: flow('198.51.100.20:443', 'policy 0') },
    ],
    expect: { noFindings: true },
  },
  {
    id: 'SYNs without an answer, another port',
    files: besideBackup(unanswered('198.51.100.20.8088')),
    expect: { notVerdict: 'broken', noFindings: true },
  },
  {
    id: 'SYNs without an answer, another address',
    files: besideBackup(unanswered('198.51.100.99.4433')),
    expect: { notVerdict: 'broken', noFindings: true },
  },
  {
    id: 'SYNs to the push address without an answer',
    files: besideBackup(unanswered('198.51.100.20.4433')),
    expect: { notVerdict: 'healthy', hop: 'callback' },
  },
  {
    id: 'RC22 reverse path check',
    files: [
      ...dump(),
      {
        name: 'flow.log',
        text: '2026-11-26 10:32:58 id=65308 trace_id=4 func=print_pkt_detail line=5892 msg="vd-root:0 received a packet(proto=6, 203.0.113.55:51522->198.51.100.20:4433) tun_id=0.0.0.0 from wan1. flag [S], seq 2870211, ack 0, win 65535"\n2026-11-26 10:32:58 id=65308 trace_id=4 func=ip_route_input_slow line=2267 msg="reverse path check fail, drop"\n',
      },
    ],
    expect: { verdict: 'broken', finds: ['callback-asymmetric-route'], hop: 'callback' },
  },
];
