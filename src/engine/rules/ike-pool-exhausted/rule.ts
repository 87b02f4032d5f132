import { defineRule } from '../define-rule.ts';
import { noCliFix } from '../shared/fix.ts';
import { gotFurther, phase1Of, tunnelNames } from '../shared/ike-logins.ts';
import { countOfLogins, failedWith, quotesOf } from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'ike-pool-exhausted',
  title: 'The tunnel has no address for the client',
  severity: 'high',
  hop: 'tunnel',
  number: 152,
  forCustomer: 'the firewall has no free address for another connection',
  needs: ['attempts'],
  wants: ['phase1s'],
  references: ['AG4729'],
  check({ attempts, phase1s }, context) {
    const shown = failedWith(attempts.value, context, 'ike-no-address');
    const [first] = shown;
    if (!first) {
      return gotFurther(attempts.value, ['ike-address-given'], 'the client was given an address');
    }
    const logins = shown.map(({ login }) => login);
    const tunnel = tunnelNames(shown);
    const phase1 = phase1Of(first.login, phase1s);
    const range = phase1?.lastAddress.explicit ? phase1 : undefined;
    return {
      verdict: 'broken',
      // The line is known for IPv6; that for IPv4 follows its form.
      confidence: 'likely',
      title: `${tunnel} has no IPv4 address left for ${logins.length === 1 ? 'a client' : 'clients'}`,
      summary: `${countOfLogins(logins, attempts.value)} got past the password, and no address could be given. ${
        range
          ? `The range is ${range.firstAddress.value} to ${range.lastAddress.value}; addresses of sessions that ended are kept for \`ip-delay-interval\`.`
          : 'Either the range is used up, or none is set.'
      } The same line about IPv6 is harmless.`,
      evidence: [
        ...quotesOf(shown),
        ...(range ? [...range.firstAddress.quotes, ...range.lastAddress.quotes] : []),
      ],
      fix: noCliFix(
        `Widen the range of ${tunnel} (\`ipv4-end-ip\`) with addresses that nothing else uses, also in firewall policies and routes that name it; or end sessions that are dead. \`diagnose vpn ike gateway list\` shows the addresses in use.`,
      ),
    };
  },
});
