/** Servers behind the FortiGate, by the address or, for an identity provider, the entity ID with which it names them. */
export interface Directories {
  readonly ldap?: Readonly<Record<string, LdapServer>>;
  readonly radius?: Readonly<Record<string, RadiusServer>>;
  readonly idp?: Readonly<Record<string, IdentityProvider>>;
}

export interface LdapServer {
  /** Name of the CA that signed its certificate. */
  readonly issuer?: string;
  /** The only account that may search. */
  readonly binds?: string;
  readonly people: readonly LdapPerson[];
}

export interface LdapPerson {
  readonly dn: string;
  /** `sAMAccountName`, `cn`, `userPrincipalName` … */
  readonly names: Readonly<Record<string, string>>;
  readonly password: string;
  readonly groups: readonly string[];
  /** Why Active Directory refuses the right password: `532`, `775`. */
  readonly refusal?: string;
}

export interface RadiusServer {
  /** `silent`: it does not know this client. `unsigned`: its answers lack a Message-Authenticator. */
  readonly answers?: 'silent' | 'unsigned';
  readonly people: readonly RadiusPerson[];
}

export interface RadiusPerson {
  readonly name: string;
  readonly password: string;
  /** Value of `Fortinet-Group-Name`. */
  readonly group?: string;
}

export interface IdentityProvider {
  /** Name of the certificate, as imported on the FortiGate, whose key signs. */
  readonly certificate: string;
  readonly signs: 'response-and-assertion' | 'assertion';
  /** Where it sends its answers. */
  readonly acs: string;
  readonly isClockWrong?: boolean;
  /** Attributes of its answers, by the name with which the person signs in. */
  readonly people: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
