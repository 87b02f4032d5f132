import { choice, inner, onlyWhen, others, ports, reference, table, text, toggle, word } from './options.ts';

/** Attributes and releases: the Ansible collection for FortiOS.  */
export const vip = table(
  'firewall vip',
  'name',
  [
    choice('type', [
      'static-nat',
      'load-balance',
      'server-load-balance',
      'dns-translation',
      'fqdn',
      word('access-proxy', '7.0.0-'),
    ]),
    reference('extintf', ['system interface', 'system zone'], { builtIn: ['any'] }),
    toggle('portforward', 'disable'),
    ...onlyWhen(
      'portforward',
      ['enable'],
      [
        choice('protocol', ['tcp', 'udp', 'sctp', 'icmp'], { default: 'tcp' }),
        ports('extport'),
        ports('mappedport'),
      ],
    ),
    choice('status', ['disable', 'enable'], { versions: '7.0.0-' }),
    choice('arp-reply', ['disable', 'enable']),
    text('comment', 255),
    ...others(`
      add-nat46-route@7.0.1- client-cert@7.6.1- color dns-mapping-ttl empty-cert-action@7.6.1- extaddr extip
      gratuitous-arp-interval gslb-domain-name@7.4.2- gslb-hostname@7.4.2- h2-support@7.4.1- h3-support@7.4.1-
      http-cookie-age http-cookie-domain http-cookie-domain-from-host http-cookie-generation http-cookie-path
      http-cookie-share http-ip-header http-ip-header-name http-multiplex
      http-multiplex-max-concurrent-request@7.4.1- http-multiplex-max-request@7.2.4- http-multiplex-ttl@7.2.4-
      http-redirect@6.2.0- http-supported-max-version@7.2.4-7.4.0 https-cookie-secure id ipv6-mappedip@7.0.1-
      ipv6-mappedport@7.0.1- ldb-method mapped-addr mappedip max-embryonic-connections monitor nat-source-vip
      nat44@7.0.1- nat46@7.0.1- one-click-gslb-server@7.4.2- outlook-web-access persistence portmapping-type
      server-type service src-filter src-vip-filter@7.4.4- srcintf-filter ssl-accept-ffdhe-groups@7.0.4-
      ssl-algorithm ssl-certificate@6.0.0-7.4.1 ssl-certificate-dict@7.4.2- ssl-client-fallback
      ssl-client-rekey-count@6.2.0- ssl-client-renegotiation ssl-client-session-state-max
      ssl-client-session-state-timeout ssl-client-session-state-type ssl-dh-bits ssl-hpkp ssl-hpkp-age
      ssl-hpkp-backup ssl-hpkp-include-subdomains ssl-hpkp-primary ssl-hpkp-report-uri ssl-hsts ssl-hsts-age
      ssl-hsts-include-subdomains ssl-http-location-conversion ssl-http-match-host ssl-max-version ssl-min-version
      ssl-mode ssl-pfs ssl-send-empty-frags ssl-server-algorithm ssl-server-max-version ssl-server-min-version
      ssl-server-renegotiation@7.2.4- ssl-server-session-state-max ssl-server-session-state-timeout
      ssl-server-session-state-type user-agent-detect@7.6.1- uuid weblogic-server websphere-server
    `),
  ],
  [
    inner('gslb-public-ips'),
    inner('quic'),
    inner('realservers'),
    inner('ssl-cipher-suites'),
    inner('ssl-server-cipher-suites'),
  ],
);
