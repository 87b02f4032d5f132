import { FACTORY_CERTIFICATES } from './factory-names.ts';
import { choice, integer, object, others, reference, references, table, text, toggle } from './options.ts';

/** Attributes and releases: the Ansible collection for FortiOS. Ranges and defaults: KB 203615, CLI reference. */
export const sslSettings = object(
  'vpn ssl settings',
  [
    toggle('status', 'enable', '7.0.1-'),
    toggle('reqclientcert', 'disable'),
    reference('servercert', ['vpn certificate local'], {
      builtIn: FACTORY_CERTIFICATES,
      default: 'Fortinet_Factory',
    }),
    choice('algorithm', ['high', 'medium', 'default', 'low'], { default: 'high' }),
    integer('idle-timeout', 0, 259_200, { default: '300' }),
    integer('auth-timeout', 0, 259_200, { default: '28800' }),
    integer('login-attempt-limit', 0, 10, { default: '2' }),
    integer('login-block-time', 0, 86_400, { default: '60' }),
    integer('login-timeout', 10, 180, { default: '30' }),
    integer('dtls-hello-timeout', 10, 60, { default: '10' }),
    integer('port', 1, 65_535, { default: '10443' }),
    references('source-interface', ['system interface', 'system zone'], { builtIn: ['any'] }),
    references('source-address', ['firewall address', 'firewall addrgrp'], {
      builtIn: ['all'],
      default: 'all',
    }),
    text('default-portal', 35, { default: '' }),
    ...others(`
      auth-session-check-source-ip@6.2.0- auto-tunnel-static-route banned-cipher browser-language-detection@7.2.0-
      check-referer ciphersuite@7.0.0- client-sigalgs@6.4.4- deflate-compression-level deflate-min-data-size
      dns-server1 dns-server2 dns-suffix dtls-heartbeat-fail-count@7.4.0- dtls-heartbeat-idle-timeout@7.4.0-
      dtls-heartbeat-interval@7.4.0- dtls-max-proto-ver@6.2.0- dtls-min-proto-ver@6.2.0- dtls-tunnel
      dual-stack-mode@7.0.0- encode-2f-sequence@6.2.0- encrypt-and-store-password@6.4.0- force-two-factor-auth
      header-x-forwarded-for hsts-include-subdomains@6.2.0- http-compression http-only-cookie
      http-request-body-timeout http-request-header-timeout https-redirect ipv6-dns-server1 ipv6-dns-server2
      ipv6-wins-server1 ipv6-wins-server2 port-precedence route-source-interface@6.0.0-6.2.7
      saml-redirect-port@7.0.1- server-hostname@7.4.0- source-address-negate source-address6 source-address6-negate
      ssl-client-renegotiation ssl-insert-empty-fragment ssl-max-proto-ver@6.2.0- ssl-min-proto-ver@6.2.0-
      tlsv1-0@6.0.0-6.2.7 tlsv1-1@6.0.0-6.2.7 tlsv1-2@6.0.0-6.2.7 tlsv1-3@6.2.0-6.2.7
      transform-backward-slashes@6.4.0- tunnel-addr-assigned-method@7.0.0- tunnel-connect-without-reauth@6.2.0-
      tunnel-ip-pools tunnel-ipv6-pools tunnel-user-session-timeout@6.2.0- unsafe-legacy-renegotiation
      url-obscuration user-peer@6.2.0- web-mode-snat@7.0.6-7.4.0 wins-server1 wins-server2 x-content-type-options
      ztna-trusted-client@7.2.1-
    `),
  ],
  [
    table('authentication-rule', 'number', [
      references('groups', ['user group']),
      references('users', ['user local']),
      references('source-interface', ['system interface', 'system zone'], { builtIn: ['any'] }),
      ...others(`
        portal source-address source-address-negate source-address6 source-address6-negate realm client-cert user-peer
        cipher auth
      `),
    ]),
  ],
);
