import type { Provider, RefusalReason } from '../../facts/accounts/provider-codes.ts';

/** How to speak of a refusal; `user` and `app` are named as the message has them, else by what they are. */
interface RefusalTexts {
  /** Continues `Entra ID does not let heron in:`, no full stop. */
  readonly state: (app: string) => string;
  /** What the administrator of the identity provider does. */
  readonly todo: (user: string, app: string) => string;
  /** The same, for a person who does it for another. */
  readonly request: string;
  /** What it says of the password. */
  readonly password?: string;
}

const SIGN_IN_LOG = '“Monitoring & health > Sign-in logs” of the Entra admin center';
const NOT_OF_PASSWORD = 'The password is not what was refused: the identity provider gives another reason.';

const TEXTS: Readonly<Record<RefusalReason, RefusalTexts>> = {
  'not-assigned': {
    state: (app) => `the account is not assigned to ${app}`,
    todo: (user, app) =>
      `In the Entra admin center open “Enterprise applications”, ${app}, “Users and groups”, and assign ${user}, or a group with ${user} as a direct member: membership through another group does not count.`,
    request: 'Please assign the account, or a group of which it is a direct member, to the application.',
    password: NOT_OF_PASSWORD,
  },
  'wrong-password': {
    state: () => 'the user name or the password is wrong',
    todo: (user) =>
      `Let ${user} type name and password again on the page of the identity provider. If the password is lost, reset it there.`,
    request: 'If the password is lost, please reset it.',
    password: 'The identity provider says that the user name or the password is wrong.',
  },
  locked: {
    state: () => 'the account is locked, or its address is blocked',
    todo: () =>
      `Open this sign-in in ${SIGN_IN_LOG}: its failure reason says whether wrong passwords locked the account or the address is blocked for malicious activity. Look for an old saved password that locks it again.`,
    request:
      'Is the account locked, or the address blocked? Please unlock it if the person is the right one.',
    password: 'A lock follows too many wrong passwords; the right one does not help until it ends.',
  },
  'password-expired': {
    state: () => 'the password has expired',
    todo: (user) =>
      `Let ${user} set a new password at the identity provider, or reset it there; where the account comes from Active Directory, change it in the domain.`,
    request: 'Please let the person set a new password, or reset it.',
    password: 'The identity provider says that the password has expired.',
  },
  'account-disabled': {
    state: () => 'the account is disabled',
    todo: (user) =>
      `If ${user} may still use the VPN, enable the account at the identity provider; where it comes from Active Directory, enable it in the domain.`,
    request: 'Please enable the account if the person may still use the VPN.',
    password: NOT_OF_PASSWORD,
  },
  'unknown-user': {
    state: () => 'its directory has no account of that name',
    todo: (user) =>
      `Compare the name that was typed, letter by letter, with the account of ${user} at the identity provider. A person of another organisation needs an invitation as a guest.`,
    request: 'Which sign-in name does the account have, and is it in this directory?',
    password: 'The password was not looked at: the directory has no account of that name.',
  },
  'other-tenant': {
    state: () => 'the account is of another tenant',
    todo: (user) =>
      `Let ${user} sign out at Microsoft and sign in with the account of this tenant: a browser offers the last one, which may be private or of another company. If ${user} is to be a guest, invite the account in the Entra admin center and assign it to the application.`,
    request: 'Should this account be a guest of our tenant? If so, please invite it and assign it.',
    password: NOT_OF_PASSWORD,
  },
  'tenant-policy': {
    state: () => 'a policy between two tenants forbids it',
    todo: () =>
      'Look at the cross-tenant access settings of both tenants in the Entra admin center (“External Identities”), and at tenant restrictions that a proxy of the network sets.',
    request: 'Which policy of cross-tenant access or which tenant restriction refuses this sign-in?',
    password: NOT_OF_PASSWORD,
  },
  'second-factor': {
    state: () => 'the second factor is missing',
    todo: (user) =>
      `Let ${user} log in again and complete the second step of the identity provider. If it does not come or fails, look at the authentication methods of ${user}, and open the sign-in in ${SIGN_IN_LOG}.`,
    request: 'Please check which authentication methods the account has, and why the second factor failed.',
    password: 'The second factor is what is missing, which comes after the password.',
  },
  'no-factor-registered': {
    state: () => 'no second factor is registered',
    todo: (user) =>
      `Let ${user} register a second factor at the identity provider once, in a browser, then log in to the VPN again.`,
    request: 'Please let the person register a second factor.',
    password: 'A second factor is what is missing, which comes after the password.',
  },
  'external-check': {
    state: () => 'an external check was not passed',
    todo: (user) =>
      `Let ${user} log in again and complete the step of the external service (a second factor of another product, for example). The log of that service says why it failed; ${SIGN_IN_LOG} names the policy that asks for it.`,
    request: 'Which external check does the policy ask for, and why did it fail?',
    password: NOT_OF_PASSWORD,
  },
  device: {
    state: () => 'Conditional Access does not accept the computer',
    todo: (user) =>
      `Open the sign-in in ${SIGN_IN_LOG}, “Conditional Access”: it names the policy. Then enrol the computer of ${user} and make it compliant (53000), or use one that is joined to the domain (53001).`,
    request: 'Which policy refuses the computer, and what does the computer lack?',
    password: NOT_OF_PASSWORD,
  },
  blocked: {
    state: () => 'Conditional Access blocks the sign-in',
    todo: (user) =>
      `Open the sign-in in ${SIGN_IN_LOG}, “Conditional Access”: it names the policy that blocks ${user} and what it looks at (place, program, risk). Meet that condition, or change the policy.`,
    request: 'Which policy blocks this sign-in, and may the person be let in?',
    password: NOT_OF_PASSWORD,
  },
  'app-disabled': {
    state: (app) => `${app} is disabled`,
    todo: (_, app) =>
      `In the Entra admin center open “Enterprise applications”, ${app}, “Properties”, and set “Enabled for users to sign-in?” to Yes, if it was not disabled for a reason.`,
    request: 'Why is the application disabled? Please enable it for users to sign in.',
    password: NOT_OF_PASSWORD,
  },
  'not-authenticated': {
    state: () => 'it could not authenticate the account',
    todo: () =>
      'Look into the log of the identity provider for this sign-in: its answer to the FortiGate holds the status AuthnFailed and no reason.',
    request: 'What does your log say of this sign-in?',
  },
};

/** The same in the words and on the pages of another product. */
const OF_PROVIDER: Readonly<
  Partial<Record<Provider, Readonly<Partial<Record<RefusalReason, Partial<RefusalTexts>>>>>>
> = {
  Okta: {
    'not-assigned': {
      todo: (user, app) =>
        `In the Okta Admin Console open “Applications”, ${app}, “Assignments”, and assign ${user} or a group of ${user}.`,
      request: 'Please assign the account, or one of its groups, to the application.',
    },
  },
  Google: {
    'not-assigned': {
      state: (app) => `${app} is off for the account`,
      todo: (user, app) =>
        `In the Google Admin console open “Apps > Web and mobile apps”, ${app}, “User access”, and turn it on for everyone or for the organizational unit of ${user}.`,
      request: 'Please turn the SAML app on for the organizational unit of the account.',
    },
  },
  'AD FS': {
    'not-assigned': {
      state: (app) => `the access policy of ${app} does not permit the account`,
      todo: (user, app) =>
        `In AD FS Management open “Relying Party Trusts”, ${app}, and look at its access control policy (in older versions its issuance authorization rules): put ${user} into a group that it permits, or correct it.`,
      request: 'Please check the access control policy of this relying party trust for the account.',
    },
  },
  Keycloak: {
    locked: {
      state: () => 'the account is locked for some time',
      todo: (user) =>
        `In the admin console of Keycloak open the realm, “Users”, ${user}: failed logins have locked the account. Unlock it there, or wait, and look for an old saved password.`,
      request: 'Please unlock the account.',
    },
  },
  Duo: {
    'account-disabled': {
      state: () => 'the account is disabled or locked',
      todo: (user) =>
        `In the Duo Admin Panel open “Users”, ${user}: set the status back to Active; where the account is synchronised, its directory decides.`,
      request: 'Please set the status of the account back to Active.',
    },
    'no-factor-registered': {
      state: () => 'the account is not enrolled in Duo',
      todo: (user) => `In the Duo Admin Panel open “Users” and enrol ${user}, then log in again.`,
      request: 'Please enrol the account in Duo.',
    },
  },
};

export function refusalTexts(provider: Provider | undefined, reason: RefusalReason): RefusalTexts {
  return { ...TEXTS[reason], ...(provider && OF_PROVIDER[provider]?.[reason]) };
}
