import type { Quote } from '../../evidence/types.ts';
import { UNSET_IPV4 } from '../../fortios/address.ts';
import {
  declare,
  type EntryOf,
  flagField,
  type NamedEntry,
  numberField,
  readAs,
  textField,
  unsure,
  type ValuesOf,
} from '../config/fields.ts';
import { wordSetting } from '../config/setting.ts';
import type { Sourced } from '../fact.ts';

/** How the FortiGate reaches a server that checks passwords. */
const REACH = {
  /** Address or name. */
  server: textField('server', '', 'users'),
  /** Asked where that one does not answer; empty: there is none. */
  secondServer: textField('secondary-server', '', 'users'),
  thirdServer: textField('tertiary-server', '', 'users'),
  /** `source-ip`; empty: the address of the interface by which the request leaves. */
  sourceAddress: readAs(textField('source-ip', '', 'users'), (placed, holder) => {
    const source = wordSetting(placed, holder, 'source-ip', '');
    return { ...source, value: source.value === UNSET_IPV4 ? '' : source.value };
  }),
  /** The only interface by which requests may leave, with `interface-select-method specify`; empty: the route decides. */
  onlyInterface: readAs(textField('interface', '', 'users'), (placed, holder) => {
    const method = wordSetting(placed, holder, 'interface-select-method', 'auto');
    return method.value === 'specify'
      ? wordSetting(placed, holder, 'interface', '')
      : { ...method, value: '' };
  }),
};

export type AskedServer = NamedEntry & ValuesOf<typeof REACH>;

export const LDAP_SERVERS = declare({
  path: 'user ldap',
  area: 'users',
  isNamedByOthers: true,
  fields: {
    ...REACH,
    /** Attribute that holds the name that people type. */
    nameAttribute: textField('cnid', 'cn'),
    /** Branch below which accounts are searched. */
    base: textField('dn'),
    /** `disable`, `starttls` or `ldaps`. */
    secure: textField('secure', 'disable'),
    /** CA that must have signed the server's certificate; empty: any CA that the FortiGate knows. */
    authority: textField('ca-cert'),
  },
});

export const SAML_SERVERS = declare({
  path: 'user saml',
  area: 'users',
  isNamedByOthers: true,
  fields: {
    /** Where the identity provider sends its answer (ACS). */
    replyUrl: textField('single-sign-on-url'),
    /** How the FortiGate calls itself: the audience of the identity provider’s answers. */
    entityId: textField('entity-id'),
    /** Issuer of the identity provider's answers. */
    issuer: textField('idp-entity-id'),
    certificate: textField('idp-cert'),
    /** Names of the attributes that hold the user's name and groups; empty: none is read. */
    userAttribute: textField('user-name'),
    groupAttribute: textField('group-name'),
    /** Empty without the line, as sources differ about its default. */
    bothSigned: unsure(textField('require-signed-resp-and-asrt')),
  },
});
export type SamlServer = EntryOf<typeof SAML_SERVERS>;

export const RADIUS_SERVERS = declare({
  path: 'user radius',
  area: 'timers',
  fields: {
    ...REACH,
    /** Seconds. */
    timeout: numberField('timeout', 5),
    allUsergroup: flagField('all-usergroup', false, 'users'),
    /** `auto`, `pap`, `chap`, `ms_chap` or `ms_chap_v2`. */
    scheme: textField('auth-type', 'auto', 'users'),
    /** In releases that have it. */
    messageAuthenticator: flagField('require-message-authenticator', true, 'users'),
  },
});
export type RadiusSettings = EntryOf<typeof RADIUS_SERVERS>;

/** Certificates that may open a tunnel or a portal. */
export const CERTIFICATE_PEERS = declare({
  path: 'user peer',
  area: 'users',
  isNamedByOthers: true,
  fields: {
    /** CA that must have issued it. */
    authority: textField('ca'),
    subject: textField('subject'),
  },
});

export const PASSWORD_POLICIES = declare({
  path: 'user password-policy',
  area: 'users',
  isNamedByOthers: true,
  fields: {
    /** How long a password lasts. */
    expireDays: numberField('expire-days', 180),
  },
});

/** A certificate on which logins rest. */
export interface LoginCertificate {
  readonly name: string;
  /** What it is for: to check answers of an identity provider, the certificate of a directory, or to serve SSL VPN. */
  readonly use: 'identity-provider' | 'directory' | 'ssl-vpn';
  /** The server that names it; empty for SSL VPN. */
  readonly server: string;
  readonly namedBy: readonly Quote[];
  /** Milliseconds since the Unix epoch; absent if the evidence does not hold the certificate. */
  readonly notAfter?: Sourced<number>;
  /** Name of its subject, if the evidence holds the certificate. */
  readonly issuedTo?: string;
}
