/** Statements of facts/described that descriptions of several causes share, or that a rule reads beside other evidence. */

/** No push arrives on the phone. */
export const NO_PUSH =
  'phone|request|app|approve silent / phone|request|app|approve not shows / request|approve ceased / request not !approve';
/** The push arrives, and the answer to it has no effect. */
export const APPROVE_VOID = 'approve void / approve not / approve fails';
/** A typed code is accepted. */
export const CODE_WORKS = 'code works !not / typed works !not';
/** A typed code is refused. */
export const CODE_FAILS = 'code fails / code works|valid not';
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
/** A client sends an old password. */
export const OLD_PASSWORD = 'old password saved|phone|laptop !not !supposed';
/** The user has a phone of this make, and had none before. */
export const NEW_IPHONE = 'newIphone !supposed';
export const NEW_ANDROID = 'newAndroid !supposed';
/** The password alone is enough. */
export const NO_FACTOR = 'bypass / token|code|factor asks not';
