import { choice, integer, others, references, secret, table, text, toggle } from './options.ts';

/** Attributes and releases: the Ansible collection for FortiOS.  */
export const ddns = table('system ddns', 'number', [
  choice(
    'ddns-server',
    [
      'dyndns.org',
      'dyns.net',
      'tzo.com',
      'vavic.com',
      'dipdns.net',
      'now.net.cn',
      'dhs.org',
      'easydns.com',
      'genericDDNS',
      'FortiGuardDDNS',
      'noip.com',
    ],
    { required: true },
  ),
  text('ddns-domain', 64),
  references('monitor-interface', ['system interface'], { required: true }),
  choice('addr-type', ['ipv4', 'ipv6'], { versions: '7.0.0-' }),
  choice('clear-text', ['disable', 'enable']),
  choice('ddns-auth', ['disable', 'tsig']),
  secret('ddns-key'),
  secret('ddns-password'),
  choice('server-type', ['ipv4', 'ipv6'], { versions: '7.0.0-' }),
  integer('update-interval', 0, 2_592_000),
  toggle('use-public-ip', 'disable'),
  ...others(`
      bound-ip@6.0.0-7.2.0 ddns-keyname ddns-server-ip@6.0.0-6.4.4 ddns-sn ddns-ttl ddns-username ddns-zone
      ssl-certificate
    `),
]);
