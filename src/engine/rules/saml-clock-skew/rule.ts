import { defineRule } from '../define-rule.ts';
import { noCliFix } from '../shared/fix.ts';
import { acceptedAnswer, SAML_EXPLAINS } from '../shared/saml-logins.ts';
import { countOfLogins, failedWith, quotesOf } from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'saml-clock-skew',
  title: 'The clocks of FortiGate and identity provider differ',
  severity: 'critical',
  hop: 'login',
  number: 133,
  forCustomer: 'the clock of the firewall or of the sign-in service is wrong',
  needs: ['attempts'],
  versions: 'all with SAML',
  references: ['KB212936'],
  check({ attempts }, context) {
    const shown = failedWith(attempts.value, context, 'saml-clock-skew');
    if (shown.length === 0) return acceptedAnswer(attempts.value);
    const logins = shown.map(({ login }) => login);
    const invalid = logins.flatMap(({ trace }) => trace.signs['saml-assertion-invalid']?.at(-1) ?? []);
    return {
      verdict: 'broken',
      confidence: 'certain',
      title: 'The clocks of the FortiGate and the identity provider differ',
      summary: `samld reports a difference between the two clocks: the answer is valid only from a later, or until an earlier time than the FortiGate has. ${countOfLogins(logins, attempts.value)} failed this way. Which of the clocks is wrong, the log does not show; most often it is the FortiGate’s.`,
      evidence: [...quotesOf(shown), ...invalid.slice(0, 2).map(({ quote }) => quote)],
      fix: noCliFix(
        'Compare `execute time` and `execute date` with a clock you trust, the time zone included, and read `diagnose sys ntp status`: the FortiGate should take its time from an NTP server (`config system ntp`, `ntpsync`). If its clock is right, the identity provider’s is wrong. To forward to the administrator of the identity provider: “SAML answers for our VPN are not valid at the time they arrive. Please check the clock of your server; we check ours.”',
      ),
      explains: SAML_EXPLAINS,
    };
  },
});
