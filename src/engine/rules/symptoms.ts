/** What FortiClient shows, and the rules that it can mean, best first (domain notes on VPN logins, section 3). */
export interface Symptom {
  /** `48 %`, `-7200`. */
  readonly shown: string;
  /** Text that FortiClient shows with it. */
  readonly text?: string;
  /** Percentages and codes are of SSL VPN: IPsec shows none. */
  readonly vpn: 'sslvpn' | 'ike';
  /** Names of rules; the one for a step of push stands in this list too. */
  readonly causes: readonly string[];
  /** Fortinet says so; the other readings are experience. */
  readonly isDocumented?: true;
}

const UNREACHABLE = [
  'vpn-port-unreachable',
  'ssl-vpn-not-serving',
  'source-address-restricted',
  'local-in-policy-denies',
  'vpn-port-taken',
  'source-interface-missing',
] as const;

/** FortiClient shows it for every IPsec login that fails before a password. */
const OF_IPSEC = '“check your configuration, network connection and pre-shared key”';

export const SYMPTOMS: readonly Symptom[] = [
  { shown: '10 %', vpn: 'sslvpn', causes: [...UNREACHABLE, 'ssl-vpn-removed'], isDocumented: true },
  { shown: '31 %', vpn: 'sslvpn', causes: ['server-certificate-untrusted', 'tls-version-mismatch'] },
  {
    shown: '40 %',
    vpn: 'sslvpn',
    causes: [
      'saml-response-unsigned',
      'tls-version-mismatch',
      'server-certificate-untrusted',
      'vpn-client-certificate-rejected',
      'saml-idp-certificate-wrong',
      'saml-url-or-entity-mismatch',
      'saml-clock-skew',
      'saml-not-offered',
    ],
  },
  {
    shown: '45 %',
    vpn: 'sslvpn',
    causes: [
      'local-password-wrong',
      'user-not-in-vpn-rule',
      'ldap-user-refused',
      'radius-rejected',
      'two-factor-not-assigned',
    ],
  },
  {
    shown: '48 %',
    vpn: 'sslvpn',
    causes: ['vpn-wait-too-short', 'two-factor-not-assigned', 'host-check-failed', 'local-password-wrong'],
  },
  {
    shown: '80 %',
    vpn: 'sslvpn',
    causes: [
      'local-password-wrong',
      'ldap-user-refused',
      'portal-mode-disabled',
      'host-check-failed',
      'saml-timeout',
      'vpn-wait-too-short',
    ],
  },
  {
    shown: '98 %',
    vpn: 'sslvpn',
    causes: ['client-adapter-broken', 'ssl-ip-pool-exhausted', 'portal-mode-disabled', 'dtls-blocked'],
  },
  {
    shown: '-5',
    text: 'Unable to establish the VPN connection. The VPN server may be unreachable.',
    vpn: 'sslvpn',
    causes: UNREACHABLE,
  },
  { shown: '-8', vpn: 'sslvpn', causes: ['vpn-port-unreachable', 'tls-version-mismatch'] },
  {
    shown: '-12',
    text: 'Unable to logon to the server. Your user name or password may not be configured properly for this connection.',
    vpn: 'sslvpn',
    causes: ['local-password-wrong', 'user-not-in-vpn-rule'],
  },
  {
    shown: '-14',
    text: 'Unable to establish the VPN connection. The VPN server may be unreachable.',
    vpn: 'sslvpn',
    causes: ['host-check-failed', 'user-not-in-vpn-rule', 'ldap-group-mismatch'],
  },
  {
    shown: '-455',
    text: 'Permission denied.',
    vpn: 'sslvpn',
    causes: [
      'local-password-wrong',
      'user-not-in-vpn-rule',
      'ldap-user-refused',
      'ldap-group-mismatch',
      'radius-rejected',
      'source-ip-blocked',
    ],
  },
  { shown: '-5029', vpn: 'sslvpn', causes: ['tls-version-mismatch'] },
  { shown: '-6005', vpn: 'sslvpn', causes: ['tls-version-mismatch'] },
  {
    shown: '-7200',
    text: 'Credential or SSLVPN configuration is wrong.',
    vpn: 'sslvpn',
    causes: [
      'local-password-wrong',
      'vpn-wait-too-short',
      'two-factor-not-assigned',
      'user-not-in-vpn-rule',
      'ssl-portal-or-realm-mismatch',
      'tls-version-mismatch',
    ],
  },
  { shown: '-20199', vpn: 'sslvpn', causes: ['tls-version-mismatch'] },
  {
    shown: OF_IPSEC,
    vpn: 'ike',
    causes: [
      'ike-psk-mismatch',
      'ike-proposal-mismatch',
      'ike-peer-id-mismatch',
      'ike-no-policy',
      'ike-udp-blocked',
    ],
  },
];

/** Words for a cause, for one that has no rule: it cannot be seen, or is not on the FortiGate. */
export const CAUSES_IN_WORDS: Readonly<Record<string, string>> = {
  'client-adapter-broken': 'the network adapter of FortiClient, or IPv6 on the PC',
  'connected-without-traffic': 'connected, but nothing opens',
  'dtls-blocked': 'a network that drops DTLS',
  'host-check-failed': 'the host check',
  'ldap-group-mismatch': 'the directory accepts the user, and no group matches',
  'ldap-user-refused': 'the directory refuses the user',
  'local-in-policy-denies': 'a local-in policy denies the connection',
  'local-password-wrong': 'the password of a local user',
  'portal-mode-disabled': 'tunnel mode or web mode is off in the portal',
  'radius-rejected': 'the RADIUS server refuses the user',
  'saml-clock-skew': 'the clocks of FortiGate and identity provider differ',
  'saml-idp-certificate-wrong': 'the certificate of the identity provider',
  'saml-not-offered': 'SAML is not offered to this client',
  'saml-response-unsigned': 'the identity provider does not sign response and assertion',
  'saml-timeout': 'the login at the identity provider takes too long',
  'saml-url-or-entity-mismatch': 'addresses or entity ids of SAML differ',
  'server-certificate-untrusted': 'the client does not trust the certificate of the VPN',
  'source-address-restricted': 'the VPN admits only some source addresses',
  'source-interface-missing': 'the interface is no source interface of the VPN',
  'ssl-ip-pool-exhausted': 'no address is left in the pool',
  'ssl-portal-or-realm-mismatch': 'the realm or portal does not fit the user',
  'ssl-vpn-not-serving': 'SSL VPN is off, or has no certificate or policy',
  'tls-version-mismatch': 'client and FortiGate share no TLS version',
  'vpn-client-certificate-rejected': 'the client certificate',
  'vpn-port-taken': 'something else answers on the port of the VPN',
  'vpn-port-unreachable': 'the port of the VPN is not reachable from this client',
  'wrong-vdom-read': 'another VDOM or cluster member was read',
};

/** A cause that no output of a FortiGate shows for certain, so that no finding ever names it. */
export interface UnseenCause {
  /** `V08`. */
  readonly code: string;
  /** Its name in `CAUSES_IN_WORDS`. */
  readonly cause: string;
  /** What a person can look at instead. */
  readonly look: string;
}

/** Causes of the domain notes on VPN logins whose lines are unknown. */
export const UNSEEN_CAUSES: readonly UnseenCause[] = [
  {
    code: 'V08',
    cause: 'tls-version-mismatch',
    look: 'The client hello comes and no `SSL established` follows. Compare `ssl-min-proto-ver`, `algorithm` and `banned-cipher` (`show full-configuration vpn ssl settings`) with what the computer allows, and change the computer first: never allow less than TLS 1.2.',
  },
  {
    code: 'V09',
    cause: 'server-certificate-untrusted',
    look: 'The client warns about the certificate. Look whether `servercert` is the factory’s certificate, has expired, or carries another name than the one that clients connect to.',
  },
  {
    code: 'V10',
    cause: 'dtls-blocked',
    look: 'The tunnel comes up and is down again after seconds, in one network only. Switch DTLS off in FortiClient once: if that helps, the network drops it.',
  },
  {
    code: 'V55',
    cause: 'connected-without-traffic',
    look: 'The login went well where a tunnel is up with an address, and what follows is no login: look at split tunnelling, the route back to the pool, the policy from the VPN interface, DNS, and a home network with the same addresses.',
  },
  {
    code: 'V56',
    cause: 'wrong-vdom-read',
    look: 'The configuration looks right and no debug line comes: compare the VDOM and the cluster member that were read with those that the client reaches (`get system ha status`).',
  },
  {
    code: 'V58',
    cause: 'client-adapter-broken',
    look: 'The tunnel is up with an address and down within seconds, and nothing else is wrong: look at the computer, its network adapter, IPv6, other VPN programs and the antivirus.',
  },
];

/** `stops at 48 %`, `error (-7200)`, `-20199`, `Please check your configuration, network connection and pre-shared key` */
const IN_SENTENCE =
  /(?<![\d.,-])(?:(\d{1,2}) ?(?:%|percent\b)|(-\d{1,5}))(?!\d|\.\d)|\b(check your configuration, network connection,? and pre-?shared key)\b/giu;

/** The first known percentage or code in a sentence. */
export function findSymptom(sentence: string): Symptom | undefined {
  return findSymptoms(sentence)[0];
}

/** The known percentages and codes in a sentence. */
export function findSymptoms(sentence: string): readonly Symptom[] {
  const found = sentence.normalize('NFKC').replaceAll('−', '-').matchAll(IN_SENTENCE);
  return [...found].flatMap(([, percent, code, message]) => {
    const shown = message === undefined ? (code ?? `${percent} %`) : OF_IPSEC;
    return SYMPTOMS.find((each) => each.shown === shown) ?? [];
  });
}
