import { choice, inner, integer, others, references, table } from './options.ts';

/** Attributes and releases: the Ansible collection for FortiOS.  */
export const userGroup = table(
  'user group',
  'name',
  [
    choice('group-type', ['firewall', 'fsso-service', 'rsso', 'guest'], { default: 'firewall' }),
    integer('authtimeout', 0, 43_200, { default: '0' }),
    references('member', [
      'user local',
      'user ldap',
      'user radius',
      'user tacacs+',
      'user saml',
      'user peer',
      'user adgrp',
    ]),
    choice('auth-concurrent-override', ['enable', 'disable']),
    integer('auth-concurrent-value', 0, 100),
    choice('company', ['optional', 'mandatory', 'disabled']),
    choice('email', ['disable', 'enable']),
    choice('expire-type', ['immediately', 'first-successful-login']),
    choice('mobile-phone', ['disable', 'enable']),
    choice('multiple-guest-add', ['disable', 'enable']),
    choice('password', ['auto-generate', 'specify', 'disable']),
    choice('sms-server', ['fortiguard', 'custom']),
    choice('sponsor', ['optional', 'mandatory', 'disabled']),
    choice('user-id', ['email', 'auto-generate', 'specify']),
    choice('user-name', ['disable', 'enable']),
    ...others(`
      expire http-digest-realm max-accounts sms-custom-server sso-attribute-value
    `),
  ],
  [inner('guest'), inner('match')],
);
