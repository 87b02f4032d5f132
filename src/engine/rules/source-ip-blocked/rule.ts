import { valueIfKnown } from '../../facts/fact.ts';
import type { SslVpnSettings } from '../../facts/values.ts';
import { defineRule, healthy } from '../define-rule.ts';
import type { Judgement, RuleContext } from '../rule.ts';
import { configBlock, vdomFix } from '../shared/fix.ts';

const DEFAULT_LIMIT = 2;
/** Failed logins; fewer may be a typing error and a push that arrived too late. */
const MIN_FAILURES = 5;

export const rule = defineRule({
  id: 'source-ip-blocked',
  title: 'SSL VPN blocks the user’s address after failed logins',
  severity: 'medium',
  hop: 'login',
  number: 51,
  aliases: ['V14'],
  forCustomer: 'the place you sign in from is blocked for the moment',
  needs: [],
  wants: ['sslVpnBlocklist', 'blockedSources', 'userNotices', 'sslVpn', 'attempts'],
  versions: 'all with SSL VPN; the list can be shown from 7.2.6 and 7.4.1 on',
  references: ['KB203615', 'KB194229', 'KB333869', 'KB232277'],
  check({ sslVpnBlocklist, blockedSources, userNotices, sslVpn, attempts }, context) {
    const vpns = valueIfKnown(sslVpn);
    const active = vpns?.filter((each) => each.enabled.value);
    if (active?.length === 0) {
      return { verdict: 'not-applicable', reason: 'SSL VPN is not in use', decidedBy: ['sslVpn'] };
    }
    const [settings] = active ?? [];
    const limit = settings?.loginAttemptLimit.value ?? DEFAULT_LIMIT;
    if (limit === 0 || settings?.loginBlockTime.value === 0) {
      return healthy('SSL VPN blocks nobody after failed logins', settings?.loginAttemptLimit.quotes ?? [], [
        'sslVpn',
      ]);
    }
    const locked = valueIfKnown(sslVpnBlocklist)?.find((each) => each.status.value === 'locked');
    if (locked) return blocked(locked.address, 'certain', locked.status.quotes, settings, context);
    const counted = valueIfKnown(blockedSources)?.find(
      ({ locked: refused, fails }) => refused === true || (fails !== undefined && fails >= limit),
    );
    const notice = valueIfKnown(userNotices)?.find((each) => each.kind === 'too-many-attempts')?.quote;
    if (counted) return blocked(counted.host, 'likely', counted.quotes, settings, context);
    if (notice) return blocked(undefined, 'likely', [notice], settings, context);
    const accepted = valueIfKnown(attempts)?.find(({ milestones }) => milestones.passwordAccepted)?.milestones
      .passwordAccepted;
    if (accepted) {
      return healthy('a login got past the block list', [accepted.quote], ['attempts']);
    }
    if (sslVpnBlocklist.state === 'known') {
      return healthy('the block list holds no address', sslVpnBlocklist.quotes);
    }
    return {
      verdict: 'unknown',
      reason: 'the evidence does not show whether SSL VPN blocks the user’s address',
      need: `the block list at the time of the refusal; an empty answer means that nobody is blocked`,
      commands: ['ssl-vpn-blocklist'],
    };
  },
});

function blocked(
  address: string | undefined,
  confidence: 'certain' | 'likely',
  evidence: Extract<Judgement, { verdict: 'broken' }>['evidence'],
  settings: SslVpnSettings | undefined,
  context: RuleContext,
): Judgement {
  const limit = settings?.loginAttemptLimit.value ?? DEFAULT_LIMIT;
  const seconds = settings?.loginBlockTime.value ?? 60;
  const line = (value: number) => configBlock('vpn ssl settings', [`set login-attempt-limit ${value}`]);
  return {
    verdict: 'broken',
    confidence,
    title: `SSL VPN blocks ${address ?? 'the user’s address'} for a while: too many failed logins`,
    summary: `After ${limit} failed logins SSL VPN blocks the source address for ${seconds} s (\`login-attempt-limit\`, \`login-block-time\`). An expired push counts as a failure. Everybody behind the same address is refused, before any password or push.`,
    evidence,
    fix: vdomFix(context, settings?.vdom, {
      apply: line(Math.max(MIN_FAILURES, limit + 1)),
      undo: line(limit),
      verify: ['show full-configuration vpn ssl settings | grep login-attempt-limit'],
      note: `Waiting ${seconds} s lifts the block by itself. A higher limit also allows more password guesses.${
        settings ? '' : ` The undo sets the FortiOS default, ${DEFAULT_LIMIT}: note your own value first.`
      }`,
    }),
  };
}
