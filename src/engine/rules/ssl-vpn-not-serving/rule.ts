import { absenceIn, valueIfKnown } from '../../facts/fact.ts';
import { defineRule, healthy } from '../define-rule.ts';
import { configBlock, noCliFix, perVdomFix } from '../shared/fix.ts';
import { reachedElsewhere } from '../shared/vpn-port.ts';

export const rule = defineRule({
  id: 'ssl-vpn-not-serving',
  title: 'SSL VPN is switched off, or no firewall policy uses it',
  severity: 'critical',
  hop: 'connection',
  number: 106,
  forCustomer: 'the firewall does not offer the connection at the moment',
  needs: ['sslVpn'],
  wants: ['attempts', 'firewallPolicies', 'phase1s'],
  versions: 'all with SSL VPN',
  references: ['KB211965'],
  checkPartial: reachedElsewhere,
  check({ sslVpn, firewallPolicies, phase1s }, context) {
    const used = sslVpn.value.filter(
      ({ interfaces, rules }) => interfaces.value.length > 0 && rules.length > 0,
    );
    if (used.length === 0) {
      return { verdict: 'not-applicable', reason: 'SSL VPN is not set up here', decidedBy: ['sslVpn'] };
    }
    const dialups = valueIfKnown(phase1s)?.some(({ dialup }) => dialup);
    const off = used.filter(({ enabled }) => enabled.explicit && !enabled.value);
    if (off.length > 0 && dialups) {
      return { verdict: 'not-applicable', reason: 'SSL VPN is off, and there is an IPsec tunnel for users' };
    }
    if (off.length > 0) {
      return {
        verdict: 'broken',
        confidence: dialups === false ? 'likely' : 'possible',
        title: 'SSL VPN is switched off, so no client can connect',
        summary:
          'SSL VPN has interfaces and rules for groups, but `status` is `disable`: nothing answers on its port, and clients stop at 10 %. If it was switched off on purpose, the users need another VPN.',
        evidence: off.flatMap(({ enabled }) => enabled.quotes),
        fix: perVdomFix(context, off, () => ({
          apply: configBlock('vpn ssl settings', ['set status enable']),
          undo: configBlock('vpn ssl settings', ['set status disable']),
          verify: ['show full-configuration vpn ssl settings | grep status'],
          note: 'Opens the VPN page to everybody who may reach the interface. Do it only if nobody switched SSL VPN off on purpose.',
        })),
      };
    }
    const policies = valueIfKnown(firewallPolicies);
    if (!policies || policies.length === 0 || policies.some(({ partial }) => partial)) {
      return {
        verdict: 'unknown',
        reason: 'SSL VPN is on; the evidence does not show whether a firewall policy uses it',
        need: 'the firewall policies',
        commands: ['policies'],
        allowsHealthyCase: true,
      };
    }
    const without = used.filter(
      ({ vdom }) =>
        !policies.some(
          (policy) =>
            (vdom === undefined || policy.vdom === undefined || policy.vdom === vdom) &&
            policy.from.some((name) => name.startsWith('ssl.') || name === 'any'),
        ),
    );
    if (without.length > 0) {
      return {
        verdict: 'broken',
        confidence: 'likely',
        title: 'No firewall policy has the SSL VPN interface as source, so SSL VPN does not answer',
        summary:
          'FortiOS serves SSL VPN only where an enabled firewall policy has `ssl.<vdom>` as incoming interface. There is none: clients stop at 10 %. A zone that holds this interface would do too.',
        evidence: [...absenceIn(firewallPolicies), ...without.flatMap(({ interfaces }) => interfaces.quotes)],
        fix: noCliFix(
          'Create a firewall policy from the SSL VPN interface (`ssl.root` in VDOM root) to the network that the users need, with the groups of the authentication rules; or enable the one that was switched off. What they may reach is a decision that the configuration does not show.',
        ),
      };
    }
    return healthy(
      'SSL VPN is on, and a firewall policy uses it',
      used.flatMap(({ enabled }) => enabled.quotes),
    );
  },
});
