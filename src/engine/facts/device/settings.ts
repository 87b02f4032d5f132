import { UNSET_IPV4 } from '../../fortios/address.ts';
import { entriesIn } from '../../fortios/config/find.ts';
import { compareUnsourced } from '../comparison/settings.ts';
import type { PlacedBlock } from '../config/config-view.ts';
import {
  bareIfSet,
  declare,
  type EntryOf,
  type Field,
  flagField,
  listField,
  numberField,
  type ObjectOf,
  readAs,
  textField,
  unshown,
  unsure,
} from '../config/fields.ts';
import { flagSetting, type Holder, numberSetting, wordSetting, wordsSetting } from '../config/setting.ts';
import type { Sourced } from '../fact.ts';

export const GLOBAL = declare({
  path: 'system global',
  area: 'admin-ports',
  fields: {
    adminSport: numberField('admin-sport', 443),
    /** Ports of the admin page over HTTP, and of Telnet and SSH. */
    adminPort: numberField('admin-port', 80),
    adminSshPort: numberField('admin-ssh-port', 22),
    adminTelnetPort: numberField('admin-telnet-port', 23),
    /** Seconds. */
    remoteAuthTimeout: numberField('remoteauthtimeout', 5, 'timers'),
    /** Seconds; how long a token code or push stays valid. */
    ftkExpiry: numberField('two-factor-ftk-expiry', 60, 'timers'),
    /** Seconds; how long a token of FortiAuthenticator stays valid. */
    facExpiry: numberField('two-factor-fac-expiry', 60, 'timers'),
    /** HOURS; the activation window, not the tap window. */
    ftmExpiry: numberField('two-factor-ftm-expiry', 72, 'timers'),
    /** Where FortiClient begins the SAML sign-in for IPsec. */
    ikeSamlPort: numberField('auth-ike-saml-port', 1001, 'other'),
    /** The VDOM that push requests leave from, besides other traffic of the device itself. */
    managementVdom: textField('management-vdom', 'root', 'other'),
    cloudCommunication: flagField('cloud-communication', true, 'other'),
    fortitokenCloud: flagField('fortitoken-cloud', true, 'other'),
    fortitokenCloudPush: flagField('fortitoken-cloud-push-status', true, 'other'),
  },
});
export type GlobalSettings = ObjectOf<typeof GLOBAL>;

/** The defaults are FortiGuard's resolvers. */
export const DNS = declare({
  path: 'system dns',
  what: 'DNS',
  area: 'other',
  fields: { primary: textField('primary', '96.45.45.45'), secondary: textField('secondary', '96.45.46.46') },
});
export type DnsSettings = ObjectOf<typeof DNS>;

export const CENTRAL_MANAGEMENT = declare({
  path: 'system central-management',
  area: 'push-service',
  isNamedByOthers: true,
  fields: {
    /** `fortimanager`, `fortiguard` or `none`. */
    type: unsure(textField('type', 'none')),
    /** Addresses of `config server-list` that replace FortiGuard's own servers. */
    updateServers: readAs(listField('server-list'), readUpdateServers),
    /** FortiGuard's public servers are used as well. */
    publicServers: unsure(flagField('include-default-servers', true)),
  },
});

/** `config server-list`: FortiManagers that replace FortiGuard (`server-type update`). */
function readUpdateServers(placed: PlacedBlock): Sourced<readonly string[]> {
  const entries = entriesIn(placed.block, 'server-list').filter((entry) =>
    wordsSetting(placed, entry, 'server-type', []).value.includes('update'),
  );
  const addresses = entries.map((entry) => wordSetting(placed, entry, 'server-address', entry.key));
  return {
    value: addresses.map((each) => each.value),
    explicit: addresses.length > 0,
    quotes: addresses.length > 0 ? addresses.flatMap((each) => each.quotes) : [placed.quote(placed.block)],
  };
}

export const FORTIGUARD = declare({
  path: 'system fortiguard',
  area: 'push-service',
  isNamedByOthers: true,
  fields: {
    proxyServer: textField('proxy-server-ip'),
    /** 0 if unset. */
    proxyPort: numberField('proxy-server-port', 0),
    /** `0.0.0.0` if unset. */
    sourceAddress: textField('source-ip', UNSET_IPV4),
    /** `auto`, `sdwan` or `specify`; 6.2.5 and later. */
    interfaceSelection: unsure(textField('interface-select-method', 'auto')),
  },
});

/** Dial-up and site tunnels. */
export const PHASE1S = declare({
  path: 'vpn ipsec phase1-interface',
  area: 'timers',
  decisive: ['type', 'ike-version', 'peertype', 'eap'],
  fields: {
    /** Seconds; time limit of the tunnel's negotiation, the user's approval included. */
    negotiateTimeout: numberField('negotiate-timeout', 30),
    ikeVersion: numberField('ike-version', 1, 'other'),
    dialup: {
      name: 'type dynamic',
      area: 'other',
      show: compareUnsourced,
      read: (...at) => wordSetting(...at, 'type', 'static').value === 'dynamic',
    } satisfies Field<boolean>,
    eap: flagField('eap', false, 'other'),
    /** `send-request` asks for the name; else the local ID counts as the name. */
    eapIdentity: textField('eap-identity', 'use-id-payload', 'other'),
    /** `psk` or `signature`, which shows `certificate` to the client. */
    authMethod: textField('authmethod', 'psk', 'other'),
    certificate: textField('certificate', '', 'other'),
    interface: textField('interface', '', 'other'),
    /** Of IKEv1: `main` or `aggressive`. */
    mode: textField('mode', 'main', 'other'),
    /** `any`, `one`, `dialup`, `peer` …; `peerid` is the name that `one` asks of the client. */
    peerType: textField('peertype', 'peer', 'other'),
    peerId: textField('peerid', '', 'other'),
    /** `0.0.0.0` is the address of the interface. */
    localGateway: textField('local-gw', UNSET_IPV4, 'other'),
    /** With `network-overlay enable`, else 0, which FortiClient sends. */
    networkId: readAs(numberField('network-id', 0, 'other'), readNetworkId),
    /** In order. */
    dhGroups: listField('dhgrp', 'other'),
    /** Ciphers and hashes. */
    proposals: listField('proposal', 'other'),
    /** Since 7.4.4: which addresses of clients it takes. */
    remoteMatch: textField('remote-gw-match', 'any', 'other'),
    /** First and last address for clients; empty without a range. */
    firstAddress: textField('ipv4-start-ip', '', 'other'),
    lastAddress: textField('ipv4-end-ip', '', 'other'),
    /** Who may log in with XAUTH or EAP. */
    userGroup: bareIfSet(textField('authusrgrp', '', 'other')),
    /** How IKEv1 asks for the user; IKEv2 hides it. */
    xauthType: textField('xauthtype', 'disable', 'other'),
    /** Dial-up peers identified by a user name. */
    peerGroup: bareIfSet(textField('usrgrp', '', 'other')),
    /** Other clients are refused. */
    onlyFortiClient: flagField('forticlient-enforcement', false, 'other'),
  },
});
export type Phase1 = EntryOf<typeof PHASE1S>;

function readNetworkId(placed: PlacedBlock, holder: Holder): Sourced<number> {
  const overlay = flagSetting(placed, holder, 'network-overlay', false);
  const id = numberSetting(placed, holder, 'network-id', 0);
  return overlay.value ? id : { ...overlay, value: 0 };
}

/** Settings that are not shown have FortiOS’s default. */
export const SSL_PORTALS = declare({
  path: 'vpn ssl web portal',
  area: 'ssl-vpn',
  isNamedByOthers: true,
  fields: {
    tunnelMode: flagField('tunnel-mode', false),
    webMode: flagField('web-mode', false),
    /** `none`, `av`, `fw`, `av-fw` or `custom`. */
    hostCheck: textField('host-check', 'none'),
    osCheck: flagField('os-check', false),
    macCheck: flagField('mac-addr-check', false),
    limitUserLogins: flagField('limit-user-logins', false),
    /** Address objects for clients; empty: those of the settings. */
    pools: listField('ip-pools'),
  },
});
export type SslPortal = EntryOf<typeof SSL_PORTALS>;

export const SSL_VPN = declare({
  path: 'vpn ssl settings',
  area: 'ssl-vpn',
  fields: {
    enabled: readAs(flagField('status', true), (...at) => {
      const status = flagSetting(...at, 'status', true);
      // Without a source interface FortiOS opens no listener, regardless of `status`.
      return {
        ...status,
        value: status.value && wordsSetting(...at, 'source-interface', []).value.length > 0,
      };
    }),
    // Sources name 443 and 10443.
    port: unsure(numberField('port', 443)),
    /** Empty if not shown. */
    certificate: unsure(textField('servercert')),
    interfaces: listField('source-interface'),
    /** Address objects that may connect; with `negated`, those that may not. */
    sources: readAs(listField('source-address'), (...at) => wordsSetting(...at, 'source-address', ['all'])),
    negated: flagField('source-address-negate', false),
    /** Seconds. */
    loginTimeout: numberField('login-timeout', 30, 'timers'),
    /** Failed logins before a source address is blocked; 0 never blocks. */
    loginAttemptLimit: numberField('login-attempt-limit', 2),
    /** Seconds a source address stays blocked; 0 never blocks. */
    loginBlockTime: numberField('login-block-time', 60),
    /** Address objects for clients of portals without their own. */
    pools: listField('tunnel-ip-pools'),
    /** With `round-robin` no portal’s own pools are used. */
    assigned: textField('tunnel-addr-assigned-method', 'first-available'),
    /** Authentication rules, each with the names in it. */
    rules: unshown(readAuthenticationRules),
    /** Groups and users named by the authentication rules. */
    groups: namesInRules('groups'),
    users: namesInRules('users'),
  },
  isUnused: ({ interfaces, rules }) => interfaces.value.length === 0 && rules.length === 0,
});
export type SslVpnSettings = ObjectOf<typeof SSL_VPN> & { readonly vdom?: string };

/** What the authentication rules of SSL VPN say, where the settings around them may not be shown. */
export type ShownRules = Pick<SslVpnSettings, 'vdom' | 'rules' | 'groups' | 'users'>;

interface AuthenticationRule {
  /** Its number in the table: `edit 1`. */
  readonly id: string;
  readonly groups: Sourced<readonly string[]>;
  readonly users: Sourced<readonly string[]>;
  /** Empty: the portal without a realm. */
  readonly realm: Sourced<string>;
  readonly portal: Sourced<string>;
  /** Entry of `user peer` that the certificate of the client must fit; empty without one. */
  readonly peer: Sourced<string>;
}

/** The table of the rules is in the settings; `grep` shows it alone. */
export const RULE_TABLE = 'authentication-rule';

export function readAuthenticationRules(placed: PlacedBlock, holder: Holder): readonly AuthenticationRule[] {
  const isTable = placed.block.path === RULE_TABLE;
  return (isTable ? placed.block.entries : entriesIn(holder, RULE_TABLE)).map((entry) => ({
    id: entry.key,
    groups: wordsSetting(placed, entry, 'groups', []),
    users: wordsSetting(placed, entry, 'users', []),
    realm: wordSetting(placed, entry, 'realm', ''),
    portal: wordSetting(placed, entry, 'portal', ''),
    peer: wordSetting(placed, entry, 'user-peer', ''),
  }));
}

function namesInRules(name: 'groups' | 'users'): Field<readonly string[]> {
  return {
    name: `${name} of the authentication rules`,
    show: compareUnsourced,
    read: (...at) => readAuthenticationRules(...at).flatMap((rule) => rule[name].value),
  };
}

/** In each VDOM. */
export const VDOM_SETTINGS = declare({
  path: 'system settings',
  area: 'other',
  isNamedByOthers: true,
  fields: { ikeTcpPort: unsure(numberField('ike-tcp-port', 4500)) },
  isUnused: () => true,
});
export type VdomSettings = ObjectOf<typeof VDOM_SETTINGS> & { readonly vdom?: string };
