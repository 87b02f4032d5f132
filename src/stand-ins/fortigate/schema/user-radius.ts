import { address, choice, inner, integer, others, secret, table, text, toggle } from './options.ts';

/** Attributes and releases: the Ansible collection for FortiOS. Defaults: KB 229136, KB 191794, CLI reference. */
export const userRadius = table(
  'user radius',
  'name',
  [
    text('server', 63, { default: '' }),
    secret('secret'),
    text('secondary-server', 63, { default: '' }),
    secret('secondary-secret'),
    integer('timeout', 1, 300, { default: '5' }),
    toggle('all-usergroup', 'disable'),
    address('nas-ip', { default: '0.0.0.0' }),
    integer('acct-interim-interval', 0, 86_400, { default: '0' }),
    integer('radius-port', 0, 65_535, { default: '0' }),
    choice('auth-type', ['auto', 'ms_chap_v2', 'ms_chap', 'chap', 'pap'], { default: 'auto' }),
    text('source-ip', 63, { default: '' }),
    toggle('username-case-sensitive', 'disable'),
    secret('rsso-secret'),
    secret('tertiary-secret'),
    ...others(`
      account-key-cert-field@7.4.1- account-key-processing@7.4.1- acct-all-servers ca-cert@7.4.0-
      call-station-id-type@7.4.1- class client-cert@7.4.0- delimiter@7.2.0- group-override-attr-type@6.4.0-
      h3c-compatibility interface@6.2.0- interface-select-method@6.2.0- mac-case@7.2.1-
      mac-password-delimiter@7.2.1- mac-username-delimiter@7.2.1- nas-id@7.2.4- nas-id-type@7.2.4- password-encoding
      password-renewal radius-coa require-message-authenticator@7.6.1- rsso rsso-context-timeout
      rsso-endpoint-attribute rsso-endpoint-block-attribute rsso-ep-one-ip-only rsso-flush-ip-session rsso-log-flags
      rsso-log-period rsso-radius-response rsso-radius-server-port rsso-validate-request-secret
      server-identity-check@7.4.0- source-ip-interface@7.6.0- sso-attribute sso-attribute-key
      sso-attribute-value-override status-ttl@7.4.0- switch-controller-acct-fast-framedip-detect@6.4.0-
      switch-controller-nas-ip-dynamic@7.4.2- switch-controller-service-type@6.4.0- tertiary-server
      tls-min-proto-version@7.4.0- transport-protocol@7.4.0- use-management-vdom vrf-select@7.6.1-
    `),
  ],
  [inner('accounting-server')],
);
