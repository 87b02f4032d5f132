import { describe, expect, it } from 'vitest';
import { diagnoseText, rulesIn } from '../../support/diagnose-text.ts';

const RULE = 'saml-user-refused';
const ID = '6f0a1b2c-1111-4222-8333-944455556666';
const notAssigned = (app: string, user: string) =>
  `AADSTS50105: Your administrator has configured the application ${app} ('${ID}') to block users unless they are specifically granted ('assigned') access to the application. The signed in user '${user}' is blocked because they are not a direct member of a group with access, nor had access directly assigned by an administrator.`;
const ASSIGNED = notAssigned('Tarn VPN', 'iben.moe@tarn.example');
const wrap = (text: string, width: number, prefix = '') =>
  text.replace(new RegExp(`(.{1,${width}})(?: |$)`, 'g'), `${prefix}$1\n`);
const first = (text: string, user?: string) => diagnoseText(text, user ? { user } : {}).findings[0];
const TITLE = 'Entra ID does not let iben.moe in: the account is not assigned to “Tarn VPN”';

describe('a message of an identity provider', () => {
  it.each([
    ['in one line', ASSIGNED],
    ['in a sentence of a chat', `[09:14] Ola: FortiClient says ${ASSIGNED}`],
    ['with the line breaks of a mail', wrap(ASSIGNED, 70)],
    ['with those of a narrow window', wrap(ASSIGNED, 28)],
    ['quoted in a mail', `The VPN says:\n\n${wrap(ASSIGNED, 60, '> ')}>\n> Timestamp: 2026-03-02T08:12:19Z`],
    ['without its code', `FortiClient shows: ${ASSIGNED.replace(/^\S+ /, '')}`],
    ['with a user in the style of a domain', ASSIGNED.replace('iben.moe@tarn.example', 'TARN\\iben.moe')],
    [
      'with the older words',
      `AADSTS50105: The signed in user 'iben.moe@tarn.example' is not assigned to a role for the application '${ID}'(Tarn VPN).`,
    ],
    [
      'as the sign-in log has it',
      'Date: 2026-03-02\nUsername: iben.moe@tarn.example\nApplication: Tarn VPN\nStatus: Failure\nSign-in error code: 50105\nFailure reason: see the code',
    ],
    [
      'as the export of the sign-in log has it',
      `{"createdDateTime":"2026-03-02T08:12:19Z","userPrincipalName":"iben.moe@tarn.example","appDisplayName":"Tarn VPN","status":{"errorCode":50105,"failureReason":"not assigned"}}`,
    ],
  ])('names the person and the application %s', (_how, text) => {
    expect(first(text)).toMatchObject({ rule: RULE, confidence: 'certain', title: TITLE });
  });

  it.each([
    [
      'AADSTS50126: Error validating credentials due to invalid username or password.',
      'the user name or the password is wrong',
    ],
    ['AADSTS50053: The account is locked.', 'the account is locked, or its address is blocked'],
    ['AADSTS50055: The password is expired.', 'the password has expired'],
    ['AADSTS50057: The user account is disabled.', 'the account is disabled'],
    [
      'AADSTS50034: The user account {EmailHidden} does not exist in the tarn.example directory.',
      'its directory has no account of that name',
    ],
    ['AADSTS50158: External security challenge not satisfied.', 'an external check was not passed'],
    ['AADSTS50079: you must enroll in multi-factor authentication', 'no second factor is registered'],
    ['AADSTS50076: you must use multi-factor authentication', 'the second factor is missing'],
    [
      'AADSTS53000: Device is not in required device state.',
      'Conditional Access does not accept the computer',
    ],
    [
      'AADSTS53003: Access has been blocked by Conditional Access policies.',
      'Conditional Access blocks the sign-in',
    ],
  ])('says what %s means', (message, state) => {
    expect(first(`Tarn VPN, iben.moe gets ${message}`)?.title).toBe(
      `Entra ID does not let iben.moe in: ${state}`,
    );
  });

  it.each([
    [
      `AADSTS50020: User account 'iben@birch.example' from identity provider 'live.com' does not exist in tenant 'Tarn' and cannot access the application '${ID}'(Tarn VPN) in that tenant.`,
      'Entra ID does not let iben@birch.example in: the account is of another tenant',
    ],
    [
      `VPN: AADSTS7000112: Application '${ID}'(Tarn VPN) is disabled.`,
      'Entra ID lets nobody in: “Tarn VPN” is disabled',
    ],
    [
      'Sorry, you cannot access Tarn VPN because you are not assigned this app in Okta.',
      'Okta does not let the user in: the account is not assigned to “Tarn VPN”',
    ],
    [
      'iben.moe cannot log in to FortiClient: Okta says “User is not assigned to this application.”',
      'Okta does not let iben.moe in: the account is not assigned to the application of the VPN',
    ],
    [
      'VPN, Google: Error: app_not_enabled_for_user',
      'Google does not let the user in: the application of the VPN is off for the account',
    ],
    [
      "VPN: The Federation Service could not authorize token issuance for caller 'TARN\\imoe' to the relying party 'https://vpn.tarn.example/remote/saml/metadata/'.",
      'AD FS does not let imoe in: the access policy of the application of the VPN does not permit the account',
    ],
    [
      'MSIS5007: The caller authorization failed for caller identity TARN\\imoe for relying party trust https://vpn.tarn.example/remote/saml/metadata/.',
      'AD FS does not let imoe in: the access policy of the application of the VPN does not permit the account',
    ],
    [
      'WARN [org.keycloak.events] type="LOGIN_ERROR", realmId="staff", clientId="fortigate-vpn", error="user_disabled", username="imoe"',
      'Keycloak does not let imoe in: the account is disabled',
    ],
    [
      'VPN with Duo: Your account is disabled and cannot access this application. Please contact your administrator.',
      'Duo does not let the user in: the account is disabled or locked',
    ],
  ])('is read of each product: %s', (text, title) => {
    expect(first(text)).toMatchObject({ rule: RULE, title });
  });

  it.each([
    ['the application is the VPN', ASSIGNED, 'certain'],
    ['the text is about the VPN', 'FortiClient: AADSTS50057: The user account is disabled.', 'certain'],
    ['the application has another name', `VPN: ${ASSIGNED.replace('Tarn VPN', 'Tarn Ledger')}`, 'likely'],
    [
      'a second step may still come',
      'FortiClient: AADSTS50076: you must use multi-factor authentication',
      'likely',
    ],
    ['nothing is about a VPN', ASSIGNED.replace('Tarn VPN', 'Tarn Ledger'), 'possible'],
    ['nothing but the message is there', 'AADSTS50057: The user account is disabled.', 'possible'],
  ])('is as sure as its text where %s', (_where, text, confidence) => {
    const found = first(text);
    expect(found).toMatchObject({ rule: RULE, confidence });
    expect(found?.summary.includes('Nothing in the text says')).toBe(confidence === 'possible');
  });

  it.each([
    [
      'the set-up of the application',
      'Everybody at the VPN gets AADSTS50011: The reply URL does not match.',
      ['saml-url-or-entity-mismatch'],
    ],
    [
      'an entity id that Google does not have',
      'VPN with SAML fails for all: Error: app_not_configured_for_user',
      ['saml-url-or-entity-mismatch'],
    ],
    [
      'the way of signing in',
      "FortiClient, SAML: AADSTS75011: Authentication method 'X509, MultiFactor' by which the user authenticated with the service doesn't match requested authentication method 'Password'.",
      [],
    ],
    ['what to do in general', 'What to do when users see AADSTS50105 in FortiClient: assign them.', []],
    ['a guess', 'The VPN fails. Could it be AADSTS50105?', []],
    ['a code that did not come', 'FortiClient fails, there is no AADSTS50105.', []],
    ['what is over', 'We had AADSTS50105 at the VPN this morning, it is solved.', []],
    ['a code alone, of no VPN', 'AADSTS50126 in the log again, a spray.', []],
    ['a list of codes', 'VPN codes: AADSTS50105, AADSTS50053, AADSTS50055, AADSTS50057, AADSTS50034', []],
    [
      'a comment of a configuration',
      'config user saml\n    edit "sso"\n        set comments "AADSTS50105: see the wiki"\n    next\nend',
      [],
    ],
  ])('is not read of %s', (_what, text, rules) => {
    expect(rulesIn(diagnoseText(text))).toEqual(rules);
  });

  it('answers for the person that is asked about', () => {
    const both = `VPN:\n\n${ASSIGNED}\n\n${notAssigned('Tarn VPN', 'odd.vik@tarn.example')}`;
    expect(first(both)?.title).toContain('does not let iben.moe and odd.vik in');
    expect(first(both, 'odd.vik')?.title).toContain('does not let odd.vik in');
    expect(first(both, 'ruth')).toBeUndefined();
    expect(first('FortiClient: AADSTS50057: The user account is disabled.', 'ruth')?.title).toContain(
      'does not let ruth in',
    );
  });

  it('says the last of several', () => {
    const text = `VPN of Username: iben.moe@tarn.example\nAADSTS50126: invalid username or password.\nAADSTS50053: The account is locked.`;
    expect(first(text)?.title).toContain('the account is locked');
  });

  it('decides before a status without a reason', () => {
    const status = `<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:AuthnFailed"/></samlp:Status>`;
    const log = `2026-03-02 09:12:19 samld_process_request [145]: len=1817, cmd=2, pid=155, job_id=5601\n${status}`;
    expect(first(log)?.title).toBe(
      'The identity provider does not let the user in: it could not authenticate the account',
    );
    expect(first(`${ASSIGNED}\n\n${log}`)?.title).toBe(TITLE);
  });
});
