import { defineRule } from '../define-rule.ts';
import { noCliFix } from '../shared/fix.ts';
import { gotFurther, lineOf, tunnelNames } from '../shared/ike-logins.ts';
import { nameList } from '../shared/logins.ts';
import { countOfLogins, failedWith, quotesOf, whoseLogins } from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'ike-udp-blocked',
  title: 'The client’s second IKE message does not arrive',
  severity: 'high',
  hop: 'connection',
  number: 111,
  forCustomer: 'the network in which the computer is lets only a part of the connection through',
  needs: ['attempts'],
  references: ['AG442351'],
  check({ attempts }, context) {
    const shown = failedWith(
      attempts.value,
      context,
      'ike-timeout',
      (_, { trace: { signs } }) =>
        signs['gateway-matched'] !== undefined &&
        signs['ike-first']?.[0]?.quote.text.includes('SA_INIT') === true &&
        (signs['peer-id'] ??
          signs['eap-asked'] ??
          signs['port-changed'] ??
          signs['forticlient-version'] ??
          signs['peer-certificate'] ??
          signs['psk-mismatch']) === undefined,
    );
    const [first] = shown;
    if (!first) {
      return gotFurther(
        attempts.value,
        ['peer-id', 'eap-asked', 'port-changed', 'ike-sa-added'],
        'the client’s second message arrived',
      );
    }
    const logins = shown.map(({ login }) => login);
    const clients = nameList(logins.flatMap(({ trace }) => trace.client ?? []));
    const from = clients === '' ? 'the client' : clients;
    return {
      verdict: 'broken',
      confidence: 'possible',
      title: `${whoseLogins(logins)}: only the first IKE message arrives, as where a network blocks UDP 4500`,
      summary: `${countOfLogins(logins, attempts.value)} ended in a timeout: ${tunnelNames(shown)} answered the first message on UDP 500, and nothing more came from ${from}. Behind NAT the second one comes on UDP 4500. A client that drops the answer looks the same.`,
      evidence: [...lineOf(first.login, 'ike-packet', 'gateway-matched'), ...quotesOf(shown)],
      fix: noCliFix(
        `Try the same client on mobile data: if it connects there, its network blocks UDP 4500. \`diagnose sniffer packet any 'host <client> and udp port 4500' 4 20 l\` shows whether anything arrives. With IKEv2, FortiOS 7.4.2 and FortiClient 7.4.1 or later, a tunnel with \`transport auto\` also takes TCP; the client’s profile needs the same port. To forward to the administrator of that network: UDP 500 and 4500 to the VPN gateway have to be let through.`,
      ),
    };
  },
});
