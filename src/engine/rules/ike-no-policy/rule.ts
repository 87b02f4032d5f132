import { defineRule } from '../define-rule.ts';
import { noCliFix } from '../shared/fix.ts';
import { gotFurther, tunnelNames } from '../shared/ike-logins.ts';
import { countOfLogins, failedWith, quotesOf } from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'ike-no-policy',
  title: 'No firewall policy uses the dial-up tunnel',
  severity: 'critical',
  hop: 'connection',
  number: 149,
  forCustomer: 'the firewall has no rule that lets this connection through',
  needs: ['attempts'],
  references: ['KB339644'],
  check({ attempts }, context) {
    const shown = failedWith(attempts.value, context, 'no-policy');
    if (shown.length === 0) {
      return gotFurther(attempts.value, ['gateway-matched'], 'the tunnel took the request');
    }
    const logins = shown.map(({ login }) => login);
    const tunnel = tunnelNames(shown);
    return {
      verdict: 'broken',
      confidence: 'certain',
      title: `No firewall policy uses ${tunnel}, so the FortiGate refuses its clients`,
      summary: `${countOfLogins(logins, attempts.value)} ended at the first message: FortiOS ignores requests for a tunnel that no firewall policy uses. A window for SAML comes before that and may have succeeded.`,
      evidence: quotesOf(shown),
      fix: noCliFix(
        `Create a firewall policy with ${tunnel} as incoming interface, the network of the clients as source and what they may reach as destination, action accept; or enable the one that is disabled. Which networks and services these are is a decision that the log does not show.`,
      ),
      explains: ['ike-proposal-mismatch'],
    };
  },
});
