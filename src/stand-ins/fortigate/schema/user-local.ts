import {
  choice,
  integer,
  onlyWhen,
  others,
  reference,
  secret,
  table,
  text,
  toggle,
  word,
} from './options.ts';

/** Attributes and releases: the Ansible collection for FortiOS. The two names of the case setting: KB 243171. */
export const userLocal = table('user local', 'name', [
  toggle('status', 'enable'),
  choice('type', ['password', 'radius', 'tacacs+', 'ldap', word('saml', '7.6.3-')]),
  choice('two-factor', ['disable', 'fortitoken', word('fortitoken-cloud', '6.2.0-'), 'email', 'sms'], {
    default: 'disable',
  }),
  ...onlyWhen('two-factor', ['fortitoken'], [reference('fortitoken', ['user fortitoken'])]),
  text('email-to', 63, { default: '' }),
  choice('username-case-sensitivity', ['disable', 'enable'], {
    versions: '6.0.11-6.2.0 6.2.5-7.0.0',
    default: 'enable',
  }),
  toggle('username-sensitivity', 'enable', '7.0.1-'),
  ...onlyWhen('type', ['ldap'], [reference('ldap-server', ['user ldap'])]),
  ...onlyWhen('type', ['radius'], [reference('radius-server', ['user radius'])]),
  reference('tacacs+-server', ['user tacacs+']),
  secret('passwd'),
  choice('auth-concurrent-override', ['enable', 'disable']),
  integer('auth-concurrent-value', 0, 100),
  integer('authtimeout', 0, 1440, { default: '0' }),
  secret('ppk-secret'),
  choice('sms-server', ['fortiguard', 'custom']),
  choice('two-factor-authentication', ['fortitoken', 'email', 'sms'], { versions: '6.2.0-' }),
  choice('two-factor-notification', ['email', 'sms'], { versions: '6.2.0-' }),
  ...others(`
      passwd-policy passwd-time ppk-identity qkd-profile@7.4.2- sms-custom-server sms-phone workstation
    `),
]);
