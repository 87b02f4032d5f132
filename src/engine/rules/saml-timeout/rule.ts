import { defineRule } from '../define-rule.ts';
import { noCliFix } from '../shared/fix.ts';
import { acceptedAnswer, SAML_EXPLAINS } from '../shared/saml-logins.ts';
import { countOfLogins, failedWith, isClientId, quotesOf } from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'saml-timeout',
  title: 'The identity provider’s yes was not there any more when the tunnel asked for it',
  severity: 'medium',
  hop: 'login',
  number: 135,
  forCustomer: 'too much time passed between the sign-in and the connection',
  needs: ['attempts'],
  versions: 'all with SAML for IPsec',
  references: ['KB199448'],
  check({ attempts }, context) {
    const shown = failedWith(
      attempts.value,
      context,
      'no-server-to-ask',
      (_, { trace: { vpn, signs }, user }) =>
        vpn === 'ike' &&
        !signs['saml-cached'] &&
        (isClientId(user) || (signs['saml-cache-entry'] ?? signs['saml-attribute']) !== undefined),
    );
    const [first] = shown;
    if (!first) return acceptedAnswer(attempts.value);
    const logins = shown.map(({ login }) => login);
    const { signs } = first.login.trace;
    const created = (signs['saml-cache-entry'] ?? signs['saml-attribute'])?.at(-1);
    return {
      verdict: 'broken',
      confidence: 'possible',
      title: 'The FortiGate had no answer of the identity provider when the tunnel was built',
      summary: `FortiClient came with its SAML identifier, and fnbamd found no answer of the identity provider for it, so there was nobody to ask (result 5). ${countOfLogins(logins, attempts.value)} failed this way. ${
        created
          ? 'An answer had come before; it may have expired.'
          : 'The log does not show the SAML part, so the answer may have expired, or never have come.'
      }`,
      evidence: [...quotesOf(shown), ...(created ? [created.quote] : [])],
      fix: noCliFix(
        'Let the person log in again and answer the identity provider quickly. If that works, the time was too short: `remoteauthtimeout` in `config system global` limits it (5 s by default); for slow second steps 60 s is usual. If it never works, record the debug of samld and authd too: whether the browser’s part arrives decides.',
      ),
      explains: SAML_EXPLAINS,
    };
  },
});
