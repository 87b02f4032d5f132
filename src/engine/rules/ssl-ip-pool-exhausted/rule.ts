import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { broken, defineRule, healthy, undecided } from '../define-rule.ts';
import { NEXT_LOGIN, OPENS_NOTHING } from '../shared/answers.ts';
import { nameList } from '../shared/logins.ts';
import { judgePools, widenPool } from '../shared/pool-use.ts';
import { listPools, loggedPools, poolEnds, sslPools } from '../shared/ssl-pools.ts';
import { shownBy } from '../shared/vpn-logins.ts';

export const rule = defineRule({
  id: 'ssl-ip-pool-exhausted',
  title: 'SSL VPN has no address left for the client',
  severity: 'high',
  hop: 'tunnel',
  number: 142,
  forCustomer: 'the firewall has no address left to give to this connection',
  disturbs: 'every session of SSL VPN',
  place: 'on the FortiGate, which has no address left for another client',
  stops: 'every further client of SSL VPN',
  answers: [
    [
      [
        /\b(?:old|dead|idle|alte\w?|anciennes|viejas|vecchie|antigas|oude|een paar|a few|some) (?:\p{L}+ )?(?:sessi\p{L}+|Sitzung\p{L}*|connections?|Verbindungen)\b/iu,
        'meanwhile',
      ],
      '`execute vpn sslvpn del-tunnel` with an index of `get vpn ssl monitor` ends one session, whose address is then free.',
    ],
    [
      'buy',
      'A licence is not needed: the address pool is full, and FortiOS needs no licence for each VPN user.',
    ],
    [
      'risk',
      'A change of the pool ends every session of SSL VPN, whose users connect again at once; until it is made, no further user gets in.',
    ],
    ['restart', 'A restart helps until the pool is full again, and it ends every session.'],
    ['elsewhere', 'Users who were in before have an address; those who come later find none.'],
    ['prevent', 'The range needs more addresses than there are users at the busiest time.'],
    ['verify', '`get vpn ssl monitor` shows how many addresses are in use.'],
    NEXT_LOGIN,
    [
      'where',
      'The range is in `tunnel-ip-pools` of `config vpn ssl settings`, or in `ip-pools` of the portal.',
    ],
    ['choice', 'Old sessions that are ended help at once; a larger range helps for good.'],
    [
      'own-change',
      'More users at once than the range has addresses bring it up, with settings that did not change.',
    ],
    OPENS_NOTHING,
  ],
  loginReasons: { 'sslvpn-no-address': 'no address left in the pool' },
  descriptions: [
    {
      all: ['pool', 'countedUsers'],
      or: [
        ['pool', 'oneLeaves'],
        ['countedUsers', 'oneLeaves'],
      ],
      also: ['sslvpn', 'lateStop', 'oneLeaves', 'countedUsers'],
      not: ['approval !not !saml', 'request phone', 'ipsec', 'alreadyOpen'],
      title: 'SSL VPN has no address left for further clients',
      fix: 'Compare the number of sessions under “Dashboard > SSL-VPN Monitor” with the “IP Ranges” in “VPN > SSL-VPN Settings” and in the portal (the default `SSLVPN_TUNNEL_ADDR1` has 11 addresses). Enlarge the range, which must not overlap with other networks and needs a route back, and end sessions that are left over.',
      decided: {
        all: ['pool', 'notFree'],
        fix: 'Enlarge the range of the pool: the address object under “IP Ranges” in “VPN > SSL-VPN Settings” and in the portal (`SSLVPN_TUNNEL_ADDR1` is 10.212.134.200 to 10.212.134.210 by default, so that its end can be 10.212.134.250). The range must not overlap with other networks, and policies and routes have to cover it. Until then an ended session frees its address.',
      },
    },
  ],
  needs: [],
  wants: ['userNotices', 'attempts', 'sslVpn', 'sslPortals', 'sslSessions', 'addresses'],
  versions: 'all with SSL VPN',
  references: ['KB192027', 'AG4729'],
  check({ userNotices, attempts, ...facts }, context) {
    const logins = valueIfKnown(attempts) ?? [];
    const logged = shownBy(logins, 'sslvpn-no-address')?.seen.quote;
    const line = logged ?? valueIfKnown(userNotices)?.find(({ kind }) => kind === 'no-address')?.quote;
    const counted =
      judgePools(sslPools(facts), context, []) ?? judgePools(loggedPools(facts, logins), context, []);
    if (line && counted?.verdict === 'broken' && counted.severity === undefined) {
      const left = leftOut(userNotices);
      return {
        ...counted,
        confidence: 'certain',
        summary: `${counted.summary}${left === '' ? '' : ` ${left} passed the password and got none.`}`,
        evidence: [line, ...counted.evidence],
      };
    }
    if (line) {
      const ends = poolEnds(facts);
      const [end, another] = ends;
      const left = leftOut(userNotices);
      const isOfDevice = logged !== undefined || LOGGED_USER.test(line.text);
      return broken(isOfDevice ? 'certain' : 'likely', {
        title:
          end?.size === undefined || another
            ? 'The pool of SSL VPN addresses is used up, so the client gets none'
            : `The ${end.size} addresses of ${end.name} are used up: SSL VPN has none for another client`,
        summary: `The line says that no more address is available.${left === '' ? '' : ` ${left} passed the password and got none.`} Further users pass the password and get no tunnel. Sessions that ended without a logout hold their address until they time out.`,
        evidence: [line],
        fix: widenPool(ends, context, poolNames(facts)),
      });
    }
    const given = shownBy(logins, 'sslvpn-address-given');
    if (given) return healthy('a client of SSL VPN was given an address', [given.seen.quote], ['attempts']);
    const refused = valueIfKnown(userNotices)?.find(({ kind }) => kind === 'late-end' || kind === 'not-in');
    if (refused && counted?.verdict === 'broken' && counted.severity === undefined) {
      return { ...counted, confidence: 'certain', evidence: [refused.quote, ...counted.evidence] };
    }
    const decidedBy = ['sslVpn', 'sslPortals', 'sslSessions', 'addresses'] as const;
    return (
      judgePools(sslPools(facts), context, decidedBy) ??
      judgePools(loggedPools(facts, logins), context, ['attempts', 'addresses']) ??
      undecided({
        reason: 'nothing in the evidence shows whether an address is left',
        need: 'the number of sessions (`get vpn ssl monitor`) and the address object of the portal',
        commands: ['ssl-sessions'],
        allowsHealthyCase: true,
      })
    );
  },
});

/** Who got no address, by the events. */
function leftOut(notices: Facts['userNotices']): string {
  return nameList([
    ...new Set(
      (valueIfKnown(notices) ?? []).flatMap(({ kind, quote }) =>
        kind === 'no-address' ? (LOGGED_USER.exec(quote.text)?.[1] ?? []) : [],
      ),
    ),
  ]);
}

/** The user of an event. Sample: `user="gannet" group="crew" reason="no more IP address available"` */
const LOGGED_USER = /\buser="([^"]{1,120})"/;

/** The address objects that the portals use, else where they are named. */
function poolNames(facts: Parameters<typeof listPools>[0]): string {
  const names = nameList(listPools(facts).flatMap((each) => each.names));
  return `\`end-ip\` of ${names === '' ? 'the address object in `ip-pools` of the portal, or in `tunnel-ip-pools` of `config vpn ssl settings`,' : names}`;
}
