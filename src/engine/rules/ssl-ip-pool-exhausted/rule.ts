import { valueIfKnown } from '../../facts/fact.ts';
import { defineRule, healthy } from '../define-rule.ts';
import { noCliFix } from '../shared/fix.ts';
import { shownBy } from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'ssl-ip-pool-exhausted',
  title: 'SSL VPN has no address left for the client',
  severity: 'high',
  hop: 'tunnel',
  number: 142,
  forCustomer: 'the firewall has no address left to give to this connection',
  needs: [],
  wants: ['userNotices', 'attempts'],
  versions: 'all with SSL VPN',
  references: ['KB192027', 'AG4729'],
  check({ userNotices, attempts }) {
    const logins = valueIfKnown(attempts) ?? [];
    const line =
      valueIfKnown(userNotices)?.find(({ kind }) => kind === 'no-address')?.quote ??
      shownBy(logins, 'sslvpn-no-address')?.seen.quote;
    if (line) {
      return {
        verdict: 'broken',
        confidence: 'likely',
        title: 'The pool of SSL VPN addresses is used up, so the client gets none',
        summary:
          'The line says that no more address is available. The login itself went well; those who come first get in, later ones fail near the end. Sessions that ended without a logout hold their address until they time out.',
        evidence: [line],
        fix: noCliFix(
          'Compare the sessions (`get vpn ssl monitor`) with the pool: the address object in `ip-pools` of the portal, or in `tunnel-ip-pools` of `config vpn ssl settings` where `tunnel-addr-assigned-method` is `round-robin`. End old sessions, or widen the object (`end-ip`), and then add the new addresses to the policies and routes that name the old ones.',
        ),
      };
    }
    const given = shownBy(logins, 'sslvpn-address-given');
    return given
      ? healthy('a client of SSL VPN was given an address', [given.seen.quote], ['attempts'])
      : {
          verdict: 'unknown',
          reason: 'nothing in the evidence shows whether an address is left',
          need: 'the number of sessions (`get vpn ssl monitor`) and the address object of the portal',
          commands: [],
          allowsHealthyCase: true,
        };
  },
});
