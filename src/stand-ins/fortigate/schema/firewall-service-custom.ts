import { choice, integer, others, ports, table, text, word } from './options.ts';

/** Attributes and releases: the Ansible collection for FortiOS.  */
export const serviceCustom = table('firewall service custom', 'name', [
  choice('protocol', [
    word('TCP/UDP/SCTP', '6.0.0-7.4.99'),
    word('TCP/UDP/UDP-Lite/SCTP', '7.6.0-'),
    'ICMP',
    'ICMP6',
    'IP',
    'HTTP',
    'FTP',
    'CONNECT',
    'SOCKS-TCP',
    'SOCKS-UDP',
    'ALL',
  ]),
  ports('tcp-portrange'),
  ports('udp-portrange'),
  ports('sctp-portrange'),
  text('comment', 255),
  integer('color', 0, 32),
  ...others(`
      app-category app-service-type application category check-reset-range fabric-object@6.4.4- fqdn helper icmpcode
      icmptype iprange protocol-number proxy session-ttl tcp-halfclose-timer tcp-halfopen-timer tcp-rst-timer@7.0.0-
      tcp-timewait-timer udp-idle-timer udplite-portrange@7.6.0- uuid@7.4.2- visibility@6.0.0-7.2.2
    `),
]);
