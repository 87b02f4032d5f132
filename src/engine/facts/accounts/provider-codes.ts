/** Products that sign people in for SAML. */
export type Provider = 'Entra ID' | 'Okta' | 'Google' | 'AD FS' | 'Keycloak' | 'Duo';

/** Why an identity provider lets a person not in, whatever its product calls that. */
export type RefusalReason =
  | 'not-assigned'
  | 'wrong-password'
  | 'locked'
  | 'password-expired'
  | 'account-disabled'
  | 'unknown-user'
  | 'other-tenant'
  | 'tenant-policy'
  | 'second-factor'
  | 'no-factor-registered'
  | 'external-check'
  | 'device'
  | 'blocked'
  | 'app-disabled'
  | 'not-authenticated';

/**
 * AADSTS codes about the person, by Microsoft’s reference of them (reference-error-codes). Codes about the set-up of the
 * application (50011, 700016, 75005) are of another cause, and 75011 of none.
 */
const ENTRA: Readonly<Record<RefusalReason, string>> = {
  'not-assigned': '50105',
  'wrong-password': '50056 50064 50126',
  locked: '50053',
  'password-expired': '50055 50144',
  'account-disabled': '50057',
  'unknown-user': '50014 50034 51004',
  'other-tenant': '50020',
  'tenant-policy': '500021 500022 500212 500213',
  'second-factor': '50074 50076 50078 500121',
  'no-factor-registered': '50072 50079 53004',
  'external-check': '50158',
  device: '53000 53001',
  blocked: '50005 50131 53002 53003 53011 530035',
  'app-disabled': '500014 7000112 70001',
  'not-authenticated': '',
};

/** `error` of a LOGIN_ERROR event of Keycloak. */
const KEYCLOAK: Readonly<Record<string, RefusalReason>> = {
  invalid_user_credentials: 'wrong-password',
  user_not_found: 'unknown-user',
  user_disabled: 'account-disabled',
  user_temporarily_disabled: 'locked',
};

const REASONS: ReadonlyMap<string, RefusalReason> = new Map([
  ...Object.entries(ENTRA).flatMap(([reason, codes]) =>
    codes.split(' ').map((code) => [code, reason as RefusalReason] as const),
  ),
  ...Object.entries(KEYCLOAK),
]);

/** A text that one product shows, and its code: where it has none, the words that name it. */
interface Marker {
  readonly provider: Provider | undefined;
  readonly words: RegExp;
  /** Default: that of the code that `words` reads. */
  readonly reason?: RefusalReason;
  readonly code?: string;
}

/** Texts are in the languages in which a source has them. */
export const MARKERS: readonly Marker[] = [
  // `AADSTS50105: Your administrator has configured the application …`
  { provider: 'Entra ID', words: /\bAADSTS ?(\d{5,8})\b/g },
  // `Sign-in error code: 50105` of the sign-in log, `"errorCode": 50105` of its export
  {
    provider: 'Entra ID',
    words: /\bsign-?in error code[\s:="']{1,12}(\d{5,8})\b|"errorCode"\s?:\s?"?(\d{5,8})\b/gi,
  },
  // what AADSTS50105 says, where its number was not copied
  {
    provider: 'Entra ID',
    words:
      /\bnot a direct member of a group with access\b|\bis not assigned to a role for the application\b/gi,
    reason: 'not-assigned',
    code: '50105',
  },
  // `User is not assigned to this application.`, `Sorry, you cannot access Haven VPN because you are not assigned this app in Okta.`
  {
    provider: 'Okta',
    words:
      /\buser is not assigned to (?:this|the client) application\b|\byou are not assigned this app in Okta\b|\bUser attempted unauthorized access to app\b/gi,
    reason: 'not-assigned',
    code: 'App Not Assigned',
  },
  // `403 Error: app_not_enabled_for_user`
  {
    provider: 'Google',
    words: /\bapp_not_enabled_for_user\b/gi,
    reason: 'not-assigned',
    code: 'app_not_enabled_for_user',
  },
  // `MSIS5007: The caller authorization failed for caller identity HAVEN\n.ilic for relying party trust https://…`
  { provider: 'AD FS', words: /\bMSIS5007\b/g, reason: 'not-assigned', code: 'MSIS5007' },
  // `The Federation Service could not authorize token issuance for caller 'HAVEN\n.ilic' to the relying party 'https://…'`
  {
    provider: 'AD FS',
    words: /\bcould not authorize token issuance for (?:the )?caller\b/gi,
    reason: 'not-assigned',
    code: 'Event 325',
  },
  // `type="LOGIN_ERROR", realmId="staff", clientId="fgt", error="user_disabled", username="n.ilic"`
  {
    provider: 'Keycloak',
    words: /\btype="?LOGIN_ERROR"?,[^\n]{0,600}?\berror="?(invalid_user_credentials|user_\w{5,30})\b/g,
  },
  // `Account is disabled, contact your administrator.`
  {
    provider: 'Keycloak',
    words: /\bAccount is disabled, contact (?:your )?administrator\b/gi,
    reason: 'account-disabled',
    code: 'Account is disabled',
  },
  // `Your account is disabled and cannot access this application. Please contact your administrator.`
  {
    provider: 'Duo',
    words: /\bYour account is disabled and cannot access this application\b/gi,
    reason: 'account-disabled',
    code: 'account is disabled',
  },
  // `We're sorry, access is not allowed because you are not enrolled.`
  {
    provider: 'Duo',
    words: /\baccess is not allowed because you are not enrolled\b/gi,
    reason: 'no-factor-registered',
    code: 'not enrolled',
  },
  // `<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:AuthnFailed"/>` in the dump of samld
  {
    provider: undefined,
    words: /\bSAML:2\.0:status:AuthnFailed\b/g,
    reason: 'not-authenticated',
    code: 'AuthnFailed',
  },
];

/** Part of every line with a marker, or of one of the two lines on which a break parts its words. */
export const MARKED =
  /AADSTS|sign-?in error code|"errorCode"|\bassigned (?:to|this)|direct member|group with access|unauthorized access to app|app_not_enabled|MSIS5007|authorize token|token issuance|LOGIN_ERROR|account is disabled|not enrolled|status:AuthnFailed/i;

export function refusalReason(code: string): RefusalReason | undefined {
  return REASONS.get(code);
}
