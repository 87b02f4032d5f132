import { atLeast, type FortiosVersion } from '../fortios/version.ts';

/** What `show full-configuration` and `get` add to the configured lines: name and value as printed. */
export type Defaults = readonly (readonly [name: string, value: string])[];

/**
 * Defaults of the objects a check reads. Sources: FortiOS CLI references as collected in the field notes; objects
 * not listed here print their configured lines only.
 */
export function objectDefaults(path: string, version: FortiosVersion): Defaults {
  switch (path) {
    case 'system ftm-push':
      return ftmPush(version);
    case 'system global':
      return systemGlobal();
    case 'system console':
      return [
        ['mode', 'line'],
        ['output', 'more'],
        ['login', 'enable'],
      ];
    case 'system settings':
      return vdomSettings(version);
    case 'vpn ssl settings':
      return sslVpn(version);
    default:
      return [];
  }
}

export function entryDefaults(path: string): Defaults {
  if (path !== 'user radius') return [];
  return [
    ['server', '""'],
    ['secondary-server', '""'],
    ['timeout', '5'],
    ['all-usergroup', 'disable'],
    ['nas-ip', '0.0.0.0'],
    ['acct-interim-interval', '0'],
    ['radius-port', '0'],
    ['auth-type', 'auto'],
    ['source-ip', '""'],
    ['username-case-sensitive', 'disable'],
  ];
}

function ftmPush(version: FortiosVersion): Defaults {
  const certificate = atLeast(version, '7.4.4') ? '"Fortinet_GUI_Server"' : '"Fortinet_Factory"';
  const has = {
    proxy: atLeast(version, '7.4.1'),
    interface: atLeast(version, '7.6.4'),
    certificate: atLeast(version, '6.4.0'),
    server: atLeast(version, '6.4.10'),
  };
  return [
    ...(has.proxy ? ([['proxy', 'enable']] as const) : []),
    ...(has.interface ? ([['interface', '""']] as const) : []),
    ['server-port', '4433'],
    ...(has.certificate ? ([['server-cert', certificate]] as const) : []),
    ['server-ip', '0.0.0.0'],
    ...(has.server ? ([['server', '""']] as const) : []),
    ['status', 'disable'],
  ];
}

function vdomSettings(version: FortiosVersion): Defaults {
  const ikeTcp = atLeast(version, '7.6.1') ? '443' : '4500';
  return [
    ['opmode', 'nat'],
    ['ike-port', '500'],
    ...(atLeast(version, '7.4.2') ? ([['ike-tcp-port', ikeTcp]] as const) : []),
    ['sip-helper', 'disable'],
  ];
}

function systemGlobal(): Defaults {
  return [
    ['admin-concurrent', 'enable'],
    ['admin-port', '80'],
    ['admin-sport', '443'],
    ['admin-ssh-port', '22'],
    ['admintimeout', '5'],
    ['ldapconntimeout', '500'],
    ['remoteauthtimeout', '5'],
    ['two-factor-email-expiry', '60'],
    ['two-factor-fac-expiry', '60'],
    ['two-factor-ftk-expiry', '60'],
    ['two-factor-ftm-expiry', '72'],
    ['two-factor-sms-expiry', '60'],
  ];
}

function sslVpn(version: FortiosVersion): Defaults {
  return [
    ...(atLeast(version, '7.0.1') ? ([['status', 'enable']] as const) : []),
    ['reqclientcert', 'disable'],
    ['servercert', '"Fortinet_Factory"'],
    ['algorithm', 'high'],
    ['idle-timeout', '300'],
    ['auth-timeout', '28800'],
    ['login-attempt-limit', '2'],
    ['login-block-time', '60'],
    ['login-timeout', '30'],
    ['dtls-hello-timeout', '10'],
    ['port', '10443'],
    ['source-address', '"all"'],
    ['default-portal', '""'],
  ];
}
