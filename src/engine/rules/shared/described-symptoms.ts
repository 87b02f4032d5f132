/** Statements of facts/described that descriptions of several causes share, or that a rule reads beside other evidence. */

/** No push arrives on the phone. */
export const NO_PUSH =
  'phone|request|app|approve silent / phone|request|app|approve not shows / request|approve ceased / request not !approve';
/** The push arrives, and the answer to it has no effect. */
export const APPROVE_VOID = 'approve void / approve not / approve fails|rejects|waits';
/** A typed code is accepted. */
export const CODE_WORKS = 'code works !not / typed works !not';
/** A typed code is refused. */
export const CODE_FAILS = 'code fails / code works|valid|equal not';
/** A certificate is from a CA of the company. */
export const PRIVATE_CA = 'privateCa !not !clientCertificate !factoryCertificate';
/** Users sign in by SAML over IPsec, and get nowhere. */
export const SAML_OVER_IPSEC =
  'saml ipsec !not !works !local !ldap !radiusServer !supposed / saml ipsec page not !works !local !ldap';
/** Others get in the same way. */
export const OTHERS_GET_IN = 'others works !not / old works new fails';
/** The passwords of service accounts were changed before the failure. */
export const PASSWORDS_ROTATED = 'bindAccount password changed !not';
/** Firewall policies were removed before the failure. */
export const POLICIES_REMOVED = 'removed rule !not';
/** The text shows every firewall policy, or every one that is meant. */
export const ALL_POLICIES = 'allPolicies !supposed';
/** A client sends an old password. */
export const OLD_PASSWORD = 'old password saved|phone|laptop !not !supposed';
/** The user has an iPhone, and had another phone before. */
export const NEW_IPHONE = 'newIphone !supposed';
/** The user has an Android phone, and had another phone before. */
export const NEW_ANDROID = 'newAndroid !supposed';
/** The page of SSL VPN lets people in. */
export const WEB_WORKS = 'browser|webPortal works !not / browser page shows !not';
/** FortiClient with SSL VPN gets no tunnel. */
export const CLIENT_FAILS =
  'client rejects !ipsec / client fails !lateStop !ipsec / client not !works !ipsec';
/** Local users get in; what a person says of EAP methods is no statement about users. */
export const LOCAL_WORKS = 'local works|yes !not !eapMethod';
/** Users of the directory do not get in. */
export const DIRECTORY_FAILS = 'ldap fails|not !local';
/** The clock of a phone is wrong, or set by hand. */
export const PHONE_CLOCK_OFF = 'phone clock drift !not';
/** The line to the Internet, or its address, is a new one. */
export const LINE_CHANGED = 'newLine';
/** The same account gets in with another device. */
export const OTHER_DEVICE_WORKS = 'old|twoDevices laptop works !not';
/** Another network was tried. */
export const OTHER_NETWORK = 'mobileData|otherWay test|both|same';
/** A FortiAuthenticator sends the pushes. */
export const FAC_SENDS = 'fortiauthenticator push';
/** The login page for administrators came in place of that of SSL VPN. */
export const ADMIN_LOGIN = 'adminLogin !not';
/** A push did not come. */
export const PUSH_MISSED = 'push not shows|arrives|all|user';
/** The trouble was once, as far as a person knows. */
export const NO_COMPLAINT = 'noComplaint !supposed';
/** The phone made no sound. */
export const PHONE_SILENT = 'phone not rings / phone silent';
/** The password alone is enough. */
export const NO_FACTOR = 'bypass / token|code|factor asks not / factor skipped';
/** Clients or browsers warn of the certificate of the VPN. */
export const CERTIFICATE_REFUSED = 'badCertificate !not / certificate untrusted / client|browser untrusted';
/** What clients or browsers reach at the address of the VPN is not the VPN. */
export const OTHER_ANSWERS = 'browser shows|opens otherDevice|differs / tenPercent';
/** The pre-shared key was changed. */
export const KEY_CHANGED = 'psk|pskNamed changed !not !supposed';
/** SSL VPN got another port or name. */
export const VPN_MOVED = 'sslvpn changed !not !supposed';
/** The user has another computer than before. */
export const NEW_COMPUTER = 'laptop swapped !supposed / new laptop !not|supposed';
/** The FortiGate asks other DNS servers than before. */
export const DNS_CHANGED = 'dnsServers new|changed|swapped !supposed';
/** The unit was replaced, and the configuration of the old one restored. */
export const UNIT_REPLACED = 'swapped|restored firewall !supposed / swapped status !supposed';
/** The device in front is the provider’s. */
export const ROUTER_OF_PROVIDER = 'routerBefore|router provider !not !supposed';
/** The shared secret of a RADIUS server was changed. */
export const SECRET_CHANGED = 'secret changed|new !supposed';
