import { FORTIGUARD_DNS } from './factory-names.ts';
import { address, choice, choices, integer, object, others } from './options.ts';

/** Attributes and releases: the Ansible collection for FortiOS. Defaults: CLI reference. */
export const dns = object('system dns', [
  address('primary', { default: FORTIGUARD_DNS[0] }),
  address('secondary', { default: FORTIGUARD_DNS[1] }),
  address('alt-primary', { versions: '7.0.1-', default: '0.0.0.0' }),
  address('alt-secondary', { versions: '7.0.1-', default: '0.0.0.0' }),
  choice('cache-notfound-responses', ['disable', 'enable']),
  choice('dns-over-tls', ['disable', 'enable', 'enforce'], { versions: '6.2.0-6.4.4' }),
  choice('interface-select-method', ['auto', 'sdwan', 'specify'], { versions: '6.2.0-' }),
  choice('log', ['disable', 'error', 'all'], { versions: '7.0.1-' }),
  choices('protocol', ['cleartext', 'dot', 'doh'], { versions: '7.0.0-', default: 'cleartext' }),
  integer('retry', 0, 5, { default: '2' }),
  choice('server-select-method', ['least-rtt', 'failover'], { versions: '7.0.1-' }),
  address('source-ip', { default: '0.0.0.0' }),
  integer('timeout', 1, 10, { default: '5' }),
  ...others(`
      dns-cache-limit dns-cache-ttl domain fqdn-cache-ttl@7.2.1- fqdn-max-refresh@7.4.0- fqdn-min-refresh@7.2.1-
      hostname-limit@7.6.0- hostname-ttl@7.6.0- interface@6.2.0- ip6-primary ip6-secondary root-servers@7.6.0-
      server-hostname@6.2.0- source-ip-interface@7.6.1- ssl-certificate@6.2.0- vrf-select@7.6.1-
    `),
]);
