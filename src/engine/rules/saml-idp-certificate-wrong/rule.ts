import { valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule } from '../define-rule.ts';
import { NEXT_LOGIN, OPENS_NOTHING } from '../shared/answers.ts';
import { CERTIFICATE } from '../shared/changes.ts';
import { quoteValue } from '../shared/fix.ts';

import { acceptedAnswer, refusedAnswers } from '../shared/saml-logins.ts';
import { countOfLogins, listQuotes, REFUSAL_RULES } from '../shared/vpn-logins.ts';

/** `Failed to verify signature`, and the older text for the same. */
const NOT_VERIFIED = ['-111', '440'];

export const rule = defineRule({
  id: 'saml-idp-certificate-wrong',
  title: 'The identity provider’s certificate on the FortiGate is not the one that signs',
  severity: 'critical',
  hop: 'login',
  number: 130,
  forCustomer: 'the firewall and the sign-in service no longer trust each other',
  disturbs: 'nobody: only new logins',
  afterChange: [
    [CERTIFICATE, 'the FortiGate still has to get the certificate that the identity provider signs with.'],
  ],
  place: 'on the FortiGate, which has another certificate of the identity provider',
  stops: 'every SAML login',
  answers: [
    // `where can I download it?`
    [
      /(?<!\p{L})(?:download\p{L}*|herunterlad\p{L}*|télécharg\p{L}*|descarg\p{L}*|scaric\p{L}*|baix\p{L}*)(?!\p{L})/iu,
      'The signing certificate is at the identity provider, for download in the settings of this application.',
    ],
    [
      /^(?=.*(?:signature|th(?:e|is) check|Prüf|Signatur)).*(?:\boff\b|disabl|skip|schalten|umgeh)/i,
      'The signature is the only proof that the answer comes from your identity provider, so the check has to stay.',
    ],
    [
      'which-certificate',
      'The FortiGate needs the signing certificate of the identity provider, not the one of its sign-in page.',
    ],
    [
      'update',
      'A renewed signing certificate of the identity provider is the usual reason; FortiOS then still has the old one.',
    ],
    [
      'change',
      'The FortiGate has to be changed: `idp-cert` needs the current signing certificate of the identity provider.',
    ],
    ['buy', 'A certificate need not be bought: the identity provider issues it, and offers it for download.'],
    [
      'clients',
      'The computers stay as they are: only FortiGate and identity provider have this certificate.',
    ],
    [
      'prevent',
      'A reminder before the end date is useful: the FortiGate needs the new certificate when the identity provider begins to use it.',
    ],
    [
      'where',
      'The certificate is imported as a remote certificate; `idp-cert` of `config user saml` names it.',
    ],
    [
      'verify',
      'The fingerprints of the certificate in `idp-cert` and of the one at the identity provider have to be the same.',
    ],
    ['own-change', 'An identity provider that signs with a new certificate needs it on the FortiGate, too.'],
    NEXT_LOGIN,
    [
      'elsewhere',
      'Other applications have their own copy of the certificate, or read the new one by themselves.',
    ],
    [
      'choice',
      'The signing certificate of the identity provider is the one to import, not the one of its sign-in page.',
    ],
    OPENS_NOTHING,
    // `do I delete the old one first?`
    [
      /(?<!\p{L})(?:delete|remove|old one|alte[sn]?|lösch\p{L}*|ancien|vieux|viejo|antiguo|vecchio|antigo|oude)(?!\p{L})/iu,
      'The old certificate can stay beside the new one, as a way back: `idp-cert` has to name the new one.',
    ],
  ],
  loginReasons: {
    'saml-refused': 'signature of the SAML answer not verified',
    'saml-error': 'signature of the SAML answer not verified',
  },
  descriptions: [
    {
      all: ['saml', 'certificate changed|new|old'],
      or: [['saml signing', 'changed|new']],
      also: ['signing', 'all', 'sessionEnded', 'certificate new|changed'],
      not: [
        'approval !not !saml',
        'request phone',
        'ldaps',
        'clientCertificate',
        'signedRelease',
        'ipsec certificate',
        'signBoth',
        'clock clockOff',
        'replyUrl differs',
      ],
      title: 'The certificate of the identity provider on the FortiGate is not the one that signs',
      fix: 'Compare the signing certificate that is active at the identity provider with “IdP Certificate” under “User & Authentication > Single Sign-On” on the FortiGate (thumbprint and end date). If they differ, download it from the provider, import it under “System > Certificates” as a remote certificate, and choose it in that entry. Every SAML login fails until then.',
    },
  ],
  needs: ['attempts'],
  wants: ['samlServers'],
  versions: 'all with SAML',
  references: ['KB199448'],
  check({ attempts, samlServers }, context) {
    const shown = refusedAnswers(attempts.value, context, NOT_VERIFIED);
    if (shown.length === 0) return acceptedAnswer(attempts.value);
    const logins = shown.map(({ login }) => login);
    const [server, another] = valueIfKnown(samlServers) ?? [];
    const own = another ? undefined : server;
    const now = own?.certificate.value;
    return broken('certain', {
      title: 'The FortiGate cannot verify the signature of the identity provider’s answer',
      summary: `samld could not verify the signature with the certificate in \`idp-cert\`; ${countOfLogins(logins, attempts.value)} failed this way. Most often the identity provider signs with a new certificate that the FortiGate does not have.`,
      evidence: [...listQuotes(shown), ...(own?.certificate.quotes ?? [])],
      fix: {
        todo: `Get the current signing certificate of the identity provider (in Entra: the enterprise application, “Single sign-on”, “SAML Certificates”, “Certificate (Base64)”; the one that signs the answers for this VPN, not the one of its sign-in page), import it on the FortiGate (“System > Certificates”, “Import”, “Remote Certificate”), and choose it${own ? `: \`config user saml\`, \`edit ${quoteValue(own.name)}\`, \`set idp-cert "<new-certificate>"\`, \`end\`. ${now ? `${now} is the way back.` : 'Note the old name, to be able to go back.'}` : ` (\`set idp-cert "<new-certificate>"\`) in the entry of \`config user saml\` that this VPN uses; note the old name, to be able to go back.`}`,
        forward: {
          to: 'the administrator of the identity provider',
          text: 'Our FortiGate cannot verify the signature of your SAML answers. Was the signing certificate renewed? Please send the one in use now (Base64), and tell us before the next renewal.',
        },
      },
      explains: REFUSAL_RULES,
    });
  },
});
