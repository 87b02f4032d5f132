import { valueIfKnown } from '../../facts/fact.ts';
import { defaultCertificate } from '../../facts/push-service.ts';
import { callbackAddress } from '../callback-interface.ts';
import { defineRule, withoutFact } from '../define-rule.ts';
import { facPushes } from '../fac.ts';
import { configBlock, globalFix, noCliFix, quoted } from '../fix.ts';
import { type PhoneRefusal, phoneAcceptance, phoneRefusal } from '../phone-tls.ts';
import { fortiosName } from '../push-address.ts';
import { knowsCertificate } from '../push-fields.ts';
import { REFERENCES } from '../references.ts';
import type { Judgement, RuleContext } from '../rule.ts';

/** Certificates that FortiOS itself ships as the service's default, in one version or another. */
const SHIPPED = new Set(['Fortinet_Factory', 'Fortinet_Factory_Backup', 'Fortinet_GUI_Server']);
const APP_SETTING =
  'On the phone: FortiToken Mobile, Settings, “Allow connection to an unverified server” lets the answer through meanwhile; the app then does not notice anybody who stands in between.';

export const pushCertUntrusted = defineRule({
  id: 'push-cert-untrusted',
  title: 'The phone does not trust the certificate it is shown',
  severity: 'high',
  needs: [],
  wants: ['pushService', 'attempts', 'looseCallbacks', 'userNotices', 'pushdEvents'],
  versions: '6.4.0 and later',
  references: [REFERENCES.KB201261, REFERENCES.KB301058],
  check({ pushService, attempts, looseCallbacks, userNotices, pushdEvents }, context) {
    const service = valueIfKnown(pushService);
    const cert = service?.serverCert;
    const address = service && callbackAddress(service);
    const refusal = phoneRefusal(attempts, looseCallbacks);
    if (service && cert?.value === '') {
      return { verdict: 'not-applicable', reason: 'no certificate is set at all' };
    }
    if (refusal) return refused(refusal, cert?.value, address, context);
    const accepted = phoneAcceptance(attempts, looseCallbacks);
    if (accepted) {
      return { verdict: 'healthy', reason: 'a phone completed the TLS handshake', evidence: [accepted] };
    }
    if (pushService.state !== 'known') return withoutFact('pushService', pushService);
    if (!cert || !knowsCertificate(context.version, pushService.value)) {
      return { verdict: 'not-applicable', reason: `${fortiosName(context)} has no \`server-cert\`` };
    }
    if (SHIPPED.has(cert.value)) {
      return {
        verdict: 'healthy',
        reason: `\`server-cert\` is ${cert.value}, which FortiOS ships for this`,
        evidence: cert.quotes,
      };
    }
    const said = valueIfKnown(userNotices)?.find((each) => each.kind === 'certificate-refused');
    // The app says the same of FortiAuthenticator's certificate, where that sends the pushes (fac-certificate-untrusted).
    if (said && facPushes(attempts, pushdEvents).length === 0) {
      return refused({ quotes: [said.quote, ...cert.quotes] }, cert.value, address, context);
    }
    return {
      verdict: 'unknown',
      reason: `\`server-cert\` is ${cert.value}, and the evidence does not show who signed it or which names it holds`,
      need: `who signed ${cert.value}, until when it is valid, and whether it names ${address ?? 'the callback address'}; or the debug output of one login, which shows whether the phone accepts it`,
      commands: 'debug-recipe',
    };
  },
});

function refused(
  refusal: Omit<PhoneRefusal, 'alert'> & { readonly alert?: string },
  cert: string | undefined,
  address: string | undefined,
  context: RuleContext,
): Judgement {
  const custom = cert !== undefined && !SHIPPED.has(cert);
  const whose = refusal.user === undefined ? 'The phone' : `${refusal.user}’s phone`;
  return {
    verdict: 'broken',
    confidence: custom ? 'likely' : 'possible',
    title: `${whose} reached the firewall and refused its certificate`,
    summary: `${
      refusal.alert === undefined
        ? `The app says that it cannot validate the server certificate, so the answer never arrived.`
        : `${whose} broke off the TLS connection with the alert \`${refusal.alert}\`, so the answer never arrived.`
    } ${
      custom
        ? `The certificate is \`${cert}\`: it may be signed by a private authority, expired, sent without its chain, or made out to another name than ${address ?? 'the callback address'}.`
        : cert === undefined
          ? 'Which certificate the FortiGate showed is not in the evidence; an empty `server-cert` looks the same from here.'
          : `The certificate is \`${cert}\`, which the app accepts as a rule; something between phone and firewall may show another one.`
    }`,
    evidence: refusal.quotes,
    fix: custom
      ? globalFix(context, {
          apply: configBlock('system ftm-push', [
            `set server-cert ${quoted(defaultCertificate(context.version))}`,
          ]),
          undo: configBlock('system ftm-push', [`set server-cert ${quoted(cert)}`]),
          verify: ['show full-configuration system ftm-push'],
          note: `Or keep an own certificate: from a public authority, with its chain, and made out to the name in \`server\`. ${APP_SETTING}`,
        })
      : noCliFix(
          `Look at \`server-cert\` in \`show full-configuration system ftm-push\`: a certificate of FortiOS, or one from a public authority made out to the name in \`server\`. ${APP_SETTING}`,
        ),
  };
}
