import { valueIfKnown } from '../../facts/fact.ts';
import { formatVersion } from '../../fortios/version.ts';
import { broken, defineRule, healthy, notApplicable, versionEdge } from '../define-rule.ts';
import { OPENS_NOTHING } from '../shared/answers.ts';
import { nameList } from '../shared/logins.ts';
import { acceptedAnswer, providerOfLogins, providerText, refusedAnswers } from '../shared/saml-logins.ts';
import { quotesOfSettings, SERVER_USE, serversInUse } from '../shared/upgrade.ts';
import { countOfLogins, listQuotes, REFUSAL_RULES } from '../shared/vpn-logins.ts';

/** `Signature element not found`. */
const NOT_SIGNED = ['101'];

/** Where each product has the setting, in its own words. */
const PLACES: Readonly<Record<string, string>> = {
  'Entra ID':
    'In Entra ID: application, single sign-on, SAML signing certificate, signing option ‘Sign SAML response and assertion’.',
  Okta: 'In Okta: application, General, SAML Settings, Edit, Show Advanced Settings: ‘Response: Signed’ and ‘Assertion Signature: Signed’.',
  'AD FS':
    'In AD FS, in PowerShell: Set-AdfsRelyingPartyTrust -TargetName ‘<name>’ -SamlResponseSignature MessageAndAssertion.',
  Keycloak: 'In Keycloak: client, Settings, ‘Sign documents’ and ‘Sign assertions’ both on.',
};
const ELSEWHERE = 'The setting is part of the SAML settings of the application.';

export const rule = defineRule({
  id: 'saml-response-unsigned',
  title: 'The identity provider signs only one half of its answer',
  severity: 'critical',
  hop: 'login',
  number: 131,
  forCustomer: 'the sign-in service does not sign its answers in the way the firewall now asks for',
  disturbs: 'nobody: only new logins',
  place: 'at the identity provider, which signs less than this FortiOS asks for',
  leavesFortigate: true,
  stops: 'every SAML login',
  answers: [
    [
      /^(?=.*(?:require-signed|signature|th(?:e|is) check|Prüf|Signatur)).*(?:\boff\b|disabl|skip|schalten|umgeh)/i,
      'The check can be switched off as a stopgap where FortiOS has `require-signed-resp-and-asrt`: it then accepts weaker proof.',
    ],
    [
      /\b(?:which|what|where|how|wo|welche|wie)\b.{0,50}\b(?:option|setting|sign|einstell)/i,
      'Both have to be signed, response and assertion: in Entra ID the signing option “Sign SAML response and assertion” of this application, in Okta “Response: Signed” and “Assertion Signature: Signed”.',
    ],
    ['which-certificate', 'The certificate stays as it is: a signature is missing.'],
    [/\bcert|Zertifi/i, 'The certificate is not refused: a signature is missing.'],
    [
      'update',
      'FortiOS wants response and assertion signed from 7.2.12, 7.4.9 and 7.6.4 on; older releases accept one signature.',
    ],
    ['rollback', 'A rollback is not needed: the identity provider has to sign response and assertion.'],
    [
      // `do we need a maintenance window?`
      /\bmaintenance window\b|\bWartungsfenster\b/i,
      'The change at the identity provider disconnects no user, so it needs no maintenance window.',
    ],
    [
      'change',
      'The identity provider has to sign response and assertion; a switch on the FortiGate (`require-signed-resp-and-asrt`) comes with 7.4.10 and 7.6.5 only.',
    ],
    [
      'release',
      'The check is intended, no bug: FortiOS asks for both signatures from 7.2.12, 7.4.9 and 7.6.4 on.',
    ],
    ['clients', 'The computers stay as they are: the identity provider has to sign both.'],
    ['elsewhere', 'Applications that accept one signature work with the same identity provider.'],
    ['verify', 'A login with debug of samld shows it: `Signature element not found` does not come back.'],
    [
      'own-change',
      'FortiOS wants both signatures from 7.2.12, 7.4.9 and 7.6.4 on, so an upgrade brings it up.',
    ],
    ['where', 'The signing option is in the settings of this application at the identity provider.'],
    ['choice', 'Both have to be signed, response and assertion.'],
    ['prevent', 'An application that signs response and assertion suits older and newer releases.'],
    OPENS_NOTHING,
  ],
  loginReasons: {
    'saml-refused': 'signature missing in the SAML answer',
    'saml-error': 'signature missing in the SAML answer',
  },
  descriptions: [
    {
      all: ['saml', 'signedRelease'],
      or: [['saml', 'signBoth']],
      also: ['signAsked', 'signedRelease', 'signBoth', 'certificate old|works', 'all'],
      not: ['approval !not !saml', 'request phone', 'replyUrl differs', 'clock clockOff', 'samlListener'],
      releases: { of: 'FortiOS', since: ['7.2.12', '7.4.9', '7.6.4'] },
      title: 'The identity provider signs only one half of its answer, which this FortiOS refuses',
      fix: 'Let the identity provider sign both the response and the assertion; in Entra ID that is “Single sign-on > SAML Certificates > Edit”, “Signing Option: Sign SAML response and assertion”, in Okta “Response: Signed” and “Assertion Signature: Signed”. FortiOS asks for both since 7.2.12, 7.4.9 and 7.6.4. Nothing else has to change on the FortiGate.',
      decided: {
        all: ['signAsked'],
        or: [['saml', 'signedRelease', 'signBoth']],
        fix: 'The identity provider has to sign both the response and the assertion; in Entra ID that is “Single sign-on > SAML Certificates > Edit”, “Signing Option: Sign SAML response and assertion”, in Okta “Response: Signed” and “Assertion Signature: Signed”. Nothing has to change on the FortiGate: no certificate is imported, and no release goes back.',
      },
    },
  ],
  needs: ['attempts'],
  wants: ['version', 'described', 'questions'],
  versions: '7.2.12, 7.4.9, 7.6.4 and later',
  references: ['KB407859'],
  edge: versionEdge({
    since: ['7.2.12', '7.4.9', '7.6.4'],
    needs: ['samlServers'],
    wants: SERVER_USE,
    check({ samlServers, ...facts }, { version }) {
      const used = serversInUse(samlServers.value, facts);
      const asking = used.filter(({ bothSigned }) => bothSigned.value !== 'disable');
      if (used.length === 0) return notApplicable('no VPN asks a SAML server');
      if (asking.length === 0) {
        return healthy(
          'the second signature is not asked for',
          used.flatMap(({ bothSigned }) => bothSigned.quotes),
        );
      }
      const names = nameList(asking.map(({ name }) => name));
      return broken('possible', {
        title: `SAML logins at ${names} stop with FortiOS ${version ? formatVersion(version) : '7.4.9'}, unless the identity provider signs response and assertion`,
        summary: `From 7.2.12, 7.4.9 and 7.6.4 on, the FortiGate wants both the response and the assertion signed; many identity providers sign one of them. The configuration does not show which ${names} signs.`,
        evidence: quotesOfSettings(asking.map(({ issuer }) => issuer)),
        fix: {
          todo: 'Before the upgrade, let the identity provider sign both.',
          forward: {
            to: 'its administrator',
            text: `Our FortiGate will soon need both signed: the SAML response and the assertion. ${PLACES[providerText(asking[0] ?? {})] ?? ELSEWHERE} Is it so for the application of our VPN? If not, please change it before our upgrade.`,
          },
        },
      });
    },
  }),
  check({ attempts, version, ...told }, context) {
    const shown = refusedAnswers(attempts.value, context, NOT_SIGNED);
    if (shown.length === 0) return acceptedAnswer(attempts.value);
    const logins = shown.map(({ login }) => login);
    const required = logins.flatMap(({ trace }) => trace.signs['saml-signatures-required']?.at(-1) ?? []);
    const release = valueIfKnown(version);
    const provider = providerOfLogins(logins, told);
    return broken('certain', {
      title: 'The identity provider’s answer lacks a signature that this FortiOS asks for',
      summary: `samld found no signature where it looked for one; ${countOfLogins(logins, attempts.value)} failed this way. From 7.2.12, 7.4.9 and 7.6.4 on${release ? ` (here ${formatVersion(release)})` : ''} the FortiGate wants both the response and the assertion signed, and many identity providers sign one of them. The certificate is not at fault.`,
      evidence: [...listQuotes(shown), ...required.slice(0, 2).map(({ quote }) => quote)],
      fix: {
        todo: `Let ${provider} sign the response and the assertion. ${PLACES[provider] ?? ELSEWHERE}`,
        forward: {
          to: `the administrator of ${provider}`,
          text: 'Our FortiGate needs both signed: the SAML response and the assertion. Please change it in the SAML settings of the application of our VPN.',
        },
      },
      answers: /Entra/.test(provider)
        ? [
            [
              // `our Entra admin is on holiday, who can do that?`
              /\bwho (?:else )?(?:can|may|is allowed)\b|\bwer (?:kann|darf)\b|\b(?:on (?:holiday|vacation|leave)|im Urlaub)\b/i,
              'Every Application Administrator of Entra ID can change it, not only one person.',
            ],
          ]
        : [],
      explains: REFUSAL_RULES,
    });
  },
});
