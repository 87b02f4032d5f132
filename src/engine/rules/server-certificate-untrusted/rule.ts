import { defineRule, healthy, notApplicable } from '../define-rule.ts';
import { noCliFix } from '../shared/fix.ts';
import { countOfLogins, failedWith, firstQuotes, lastSign, quotesOf, shownBy } from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'server-certificate-untrusted',
  title: 'The client does not trust the certificate of the VPN',
  severity: 'high',
  hop: 'connection',
  number: 109,
  forCustomer: 'the program does not trust the server that it connects to',
  needs: ['attempts'],
  references: ['OPENFORTIVPN', 'KB211965'],
  check({ attempts }, context) {
    const shown = failedWith(attempts.value, context, 'endpoint-untrusted');
    const [first] = shown;
    if (!first) {
      const trusted = shownBy(attempts.value, 'endpoint-connected');
      return trusted
        ? healthy('the client accepted the certificate', [trusted.seen.quote])
        : notApplicable('no log of a VPN client is in the evidence');
    }
    const { seen, login } = first;
    const printed = seen.fields.name ?? login.trace.signs['endpoint-certificate']?.[0]?.fields.name;
    const name = printed?.startsWith('<') ? undefined : printed;
    const isOtherName = seen.quote.text.includes('constraint check failed');
    const issuer = lastSign(login, 'endpoint-certificate')?.fields.name;
    const isOwn = issuer !== undefined && FACTORY.test(issuer);
    return {
      verdict: 'broken',
      confidence: 'certain',
      title: isOtherName
        ? `The certificate of the VPN is not for ${name ?? 'the name'}, to which the client connects`
        : `The client does not trust the certificate of the VPN${name === undefined ? '' : ` (${name})`}`,
      summary: `The client ended the connection when it saw the certificate; ${countOfLogins(
        shown.map((each) => each.login),
        attempts.value,
      )} ended before a name or password was sent.${isOwn ? ` ${issuer} issued it: it is the certificate that the FortiGate is delivered with, which no client trusts by itself.` : ''}`,
      evidence: firstQuotes([
        ...quotesOf(shown),
        ...(login.trace.signs['endpoint-certificate'] ?? []).map(({ quote }) => quote),
      ]),
      fix: noCliFix(
        'Give the VPN a certificate that a public authority issued for the name to which the clients connect: `set servercert` in `config vpn ssl settings`, or `set certificate` of the IPsec tunnel. With an authority of your own, install its certificate on the client. To trust this one certificate (`--trusted-cert` of openfortivpn), first compare its digest with that of the certificate on the FortiGate: another server on the way looks the same. To forward: “Your VPN program does not know our certificate. Please do not accept it unseen; ask us for the digest or for the certificate of our authority.”',
      ),
    };
  },
});

/** Issuers of the certificates that a FortiGate is delivered with: `fortinet-subca2001`, `support`. */
const FACTORY = /^(?:fortinet-(?:sub)?ca\d{0,5}|support)$/i;
