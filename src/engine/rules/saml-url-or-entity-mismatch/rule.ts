import { defineRule } from '../define-rule.ts';
import { noCliFix } from '../shared/fix.ts';
import { acceptedAnswer, refusedAnswers, SAML_EXPLAINS } from '../shared/saml-logins.ts';
import { countOfLogins, quotesOf } from '../shared/vpn-logins.ts';

/** The issuer of the answer is not `idp-entity-id`. */
const UNKNOWN_PROVIDER = ['-201'];
/** The identity provider refused the request. */
const REQUEST_DENIED = ['450'];

export const rule = defineRule({
  id: 'saml-url-or-entity-mismatch',
  title: 'A SAML address or name differs between FortiGate and identity provider',
  severity: 'critical',
  hop: 'login',
  number: 132,
  forCustomer: 'the firewall and the sign-in service know each other under different addresses',
  needs: ['attempts'],
  versions: 'all with SAML',
  references: ['KB199448'],
  check({ attempts }, context) {
    const unknown = refusedAnswers(attempts.value, context, UNKNOWN_PROVIDER);
    const denied = refusedAnswers(attempts.value, context, REQUEST_DENIED);
    const shown = unknown.length > 0 ? unknown : denied;
    if (shown.length === 0) return acceptedAnswer(attempts.value);
    const logins = shown.map(({ login }) => login);
    const failed = countOfLogins(logins, attempts.value);
    if (unknown.length > 0) {
      return {
        verdict: 'broken',
        confidence: 'certain',
        title: 'The identity provider’s answer comes from another entity than the FortiGate expects',
        summary: `samld does not know the issuer of the answer: \`idp-entity-id\` differs from it, if only by a slash or by http and https. ${failed} failed this way; the person was let in by the identity provider.`,
        evidence: quotesOf(shown),
        fix: noCliFix(
          'Set `idp-entity-id` in the entry of `config user saml` to exactly the text that the identity provider shows as its identifier (Entra ID: “Microsoft Entra Identifier”), with its slash at the end if it has one. To forward to the administrator of the identity provider: “Please send the exact entity id (issuer) of the application of our VPN; the answers carry another one than we have.”',
        ),
        explains: SAML_EXPLAINS,
      };
    }
    const [urls] = logins.flatMap(({ trace }) => trace.signs['saml-acs-mismatch']?.at(-1) ?? []);
    const { requested = '', configured = '' } = urls?.fields ?? {};
    const there = configured.replace(/\.$/, '');
    return {
      verdict: 'broken',
      confidence: urls ? 'certain' : 'possible',
      title: urls
        ? 'The identity provider knows the VPN under another reply address'
        : 'The identity provider refuses the request of the FortiGate',
      summary: urls
        ? `The FortiGate asks for an answer to ${requested}; the identity provider has ${there}. The two must be the same, letter by letter. ${failed} failed this way.`
        : `The identity provider answered RequestDenied; ${failed} failed this way. Most often the reply address (ACS) or the entity id differs, but the log does not show which.`,
      evidence: [...quotesOf(shown), ...(urls ? [urls.quote] : [])],
      fix: noCliFix(
        `Make \`single-sign-on-url\` and \`entity-id\` in the entry of \`config user saml\` and the values at the identity provider the same: scheme, name, port, path and the slash at the end. Each FortiGate needs an application of its own. To forward to the administrator of the identity provider: “${
          urls
            ? `Our FortiGate uses the reply address (ACS) ${requested}, your application has ${there}. Please enter ours exactly so.`
            : 'You refuse the SAML request of our VPN (RequestDenied). Which reply address and entity id does your application have, and what does your log say?'
        }”`,
      ),
      explains: SAML_EXPLAINS,
    };
  },
});
