import { quoteAbsence, valueIfKnown } from '../../facts/fact.ts';
import type { FirewallPolicy } from '../../facts/network/firewall-values.ts';
import type { Interface } from '../../facts/network/interface-values.ts';
import { sameVdom } from '../../fortios/vdom-name.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';
import type { Judgement, RuleContext } from '../rule.ts';
import { NEXT_LOGIN } from '../shared/answers.ts';
import {
  configBlock,
  configEntry,
  disabledText,
  enablePolicies,
  globalFix,
  perVdomFix,
  quoteValue,
} from '../shared/fix.ts';
import { isPolicyTableWhole } from '../shared/vpn-access.ts';
import { quotesOfPackets, reachedElsewhere, unansweredClients } from '../shared/vpn-port.ts';

const IPSEC_INSTEAD = notApplicable('SSL VPN does not serve, and there is an IPsec tunnel for users');

export const rule = defineRule({
  id: 'ssl-vpn-not-serving',
  title: 'SSL VPN is switched off, or no firewall policy uses it',
  severity: 'critical',
  hop: 'connection',
  number: 106,
  forCustomer: 'the firewall does not offer the connection at the moment',
  disturbs: 'nobody',
  place: 'on the FortiGate, which does not answer on the port of SSL VPN',
  stops: 'every user of SSL VPN',
  answers: [
    [
      'enough',
      'Both are needed: `status enable` with a server certificate, and an enabled firewall policy with `ssl.root` as its incoming interface.',
    ],
    [
      [
        /(?:delet|remov|lösch|supprim|borr|elimin|apag|cancell|verwijder)\p{L}*.{0,30}\b(?:rules?|polic(?:y|ies)|regel|règle|regla|regola|regra|Richtlinie|directiva|politi\p{L}+)/iu,
        'own-change',
      ],
      'SSL VPN serves only while an enabled firewall policy has its interface (`ssl.root`) as the incoming one.',
    ],
    [
      'side-effect',
      'The change opens the VPN page, and what the policy names to its groups; the reason why it was off should be known first.',
    ],
    [
      'which-setting',
      'SSL VPN needs `status enable`, a server certificate, and an enabled firewall policy from its interface (`ssl.root`).',
    ],
    ['verify', 'The VPN page in a browser shows it: it has to open again.'],
    [
      'where',
      '`status` and `servercert` are in `config vpn ssl settings`; the policy has `ssl.root` as the incoming interface.',
    ],
    ['elsewhere', 'Tunnels of IPsec do not need SSL VPN, so they work.'],
    NEXT_LOGIN,
    ['prevent', 'A policy with `ssl.root` as its incoming interface has to stay as long as SSL VPN is used.'],
  ],
  descriptions: [
    {
      all: ['servesNothing', 'sslvpn|tenPercent|all'],
      or: [
        ['sslvpn', 'settings off', 'tenPercent|unanswered|all'],
        ['sslvpn noPolicy', 'tenPercent|all|unanswered'],
        ['sslvpn noPolicy', 'fails'],
      ],
      also: ['tenPercent', 'all', 'rule'],
      not: ['approval !not !saml', 'request phone', 'webPortal mapping', 'tunnelMode'],
      confidence: 'likely',
      title: 'SSL VPN is switched off, or no firewall policy uses it',
      fix: 'Look at the top of “VPN > SSL-VPN Settings”: “Enable SSL-VPN” must be on (`config vpn ssl settings`, `set status enable`), with a server certificate and an interface. Then look for an enabled firewall policy from the interface `ssl.root` with the group of the users; without one SSL VPN does not answer. The interface `ssl.root` itself must be up.',
    },
  ],
  needs: ['sslVpn'],
  wants: [
    'attempts',
    'firewallPolicies',
    'disabledPolicies',
    'phase1s',
    'zones',
    'interfaces',
    'callbackPackets',
    'flowEvents',
    'shownSettings',
    'userNotices',
    'pushService',
  ],
  versions: 'all with SSL VPN',
  references: ['KB211965'],
  checkPartial: (facts) =>
    reachedElsewhere(facts) ?? (facts.sslVpn.state === 'known' ? undefined : notAnswered(facts)),
  check({ sslVpn, firewallPolicies, disabledPolicies, phase1s, zones, interfaces, ...facts }, context) {
    const used = sslVpn.value.filter(
      ({ interfaces, rules }) => interfaces.value.length > 0 && rules.length > 0,
    );
    if (used.length === 0) return notApplicable('SSL VPN is not set up here', ['sslVpn']);
    const dialups = valueIfKnown(phase1s)?.some(({ dialup }) => dialup);
    const off = used.filter(({ enabled }) => enabled.explicit && !enabled.value);
    if (off.length > 0 && dialups) return IPSEC_INSTEAD;
    if (off.length > 0) {
      return broken(dialups === false ? 'likely' : 'possible', {
        title: 'SSL VPN is switched off, so no client can connect',
        summary:
          'SSL VPN has interfaces and rules for groups, but `status` is `disable`: nothing answers on its port, and clients stop at 10 %.',
        evidence: off.flatMap(({ enabled }) => enabled.quotes),
        fix: perVdomFix(context, off, () => ({
          apply: configBlock('vpn ssl settings', ['set status enable']),
          undo: configBlock('vpn ssl settings', ['set status disable']),
          verify: ['show full-configuration vpn ssl settings | grep status'],
          before:
            'First check that SSL VPN was not switched off on purpose; if it was, the users need another VPN.',
          note: 'This opens the VPN page to every source that reaches the interface.',
        })),
      });
    }
    const down = (valueIfKnown(interfaces) ?? []).find(
      (each) => each.down && used.some(({ vdom = 'root' }) => each.name === `ssl.${vdom}`),
    );
    if (down) return interfaceDown(down, context);
    const policies = valueIfKnown(firewallPolicies);
    const silent = notAnswered({ sslVpn, ...facts });
    const sslZones = (valueIfKnown(zones) ?? []).filter(({ interfaces }) =>
      interfaces.some((name) => name.startsWith('ssl.')),
    );
    const holdsSsl = (name: string) => sslZones.some((zone) => zone.name === name);
    const isFromSsl = ({ from }: FirewallPolicy) =>
      from.some((name) => name.startsWith('ssl.') || name === 'any' || holdsSsl(name));
    const without = used.filter(
      ({ vdom }) => !policies?.some((policy) => sameVdom(policy.vdom, vdom) && isFromSsl(policy)),
    );
    // One policy that is shown serves it, whatever others there are.
    if (without.length > 0 && !isPolicyTableWhole(firewallPolicies)) {
      if (silent) return silent;
      return undecided({
        reason: 'SSL VPN is on; the evidence does not show whether a firewall policy uses it',
        need: 'the firewall policies',
        commands: ['policies'],
        allowsHealthyCase: true,
      });
    }
    if (without.length > 0 && dialups) return IPSEC_INSTEAD;
    const disabled = (valueIfKnown(disabledPolicies) ?? []).filter(
      (policy) => isFromSsl(policy) && without.some(({ vdom }) => sameVdom(policy.vdom, vdom)),
    );
    if (without.length > 0) {
      return broken('likely', {
        title:
          disabled.length === 0
            ? 'No firewall policy has the SSL VPN interface as source, so SSL VPN does not answer'
            : `${disabledText(disabled, 'the SSL VPN interface')}, so SSL VPN does not answer`,
        summary:
          'FortiOS serves SSL VPN only where an enabled firewall policy has `ssl.<vdom>`, or a zone that holds it, as incoming interface. There is none: clients stop at 10 %.',
        evidence: [
          ...disabled.flatMap(({ status }) => status.quotes),
          ...quoteAbsence(firewallPolicies),
          ...without.flatMap(({ interfaces }) => interfaces.quotes),
        ],
        fix:
          disabled.length > 0
            ? enablePolicies(context, disabled)
            : 'Create a firewall policy from the SSL VPN interface (`ssl.root` in VDOM root) to the network that the users need, with the groups of the authentication rules. What they may reach is a decision that the configuration does not show.',
      });
    }
    return (
      silent ??
      healthy(
        'SSL VPN is on, and a firewall policy uses it',
        used.flatMap(({ enabled }) => enabled.quotes),
      )
    );
  },
});

/** Packets of a client arrive, and the settings that were read do not tell why nothing answers. */
function notAnswered(facts: Parameters<typeof unansweredClients>[0]): Judgement | undefined {
  const silent = unansweredClients(facts);
  const [first] = silent;
  if (!first) return undefined;
  const { from, to, interface: name } = first;
  const on = name === undefined || name === 'any' ? '' : ` on ${name}`;
  const isShown = facts.sslVpn.state === 'known';
  const isReset = (valueIfKnown(facts.callbackPackets)?.packets ?? []).some(
    (each) => each.from.port === to.port && each.to.address === from.address && each.flags.includes('rst'),
  );
  const port = isShown ? `TCP ${to.port}, the port of SSL VPN` : `TCP ${to.port}`;
  // A person’s words do not tell which port the VPN has.
  return broken(isShown ? 'likely' : 'possible', {
    title: `The FortiGate ${isReset ? 'refuses' : 'does not answer'} ${from.address} on ${port}`,
    summary: `The client’s packets arrive${on}, so its network and the router in front let them through, and ${isReset ? 'a reset comes back' : 'nothing answers them'}. That is so where SSL VPN is off, does not listen on that interface or does not take that address, and where a local-in policy drops the packet.`,
    evidence: quotesOfPackets(silent, 3),
    fix: isShown
      ? 'SSL VPN is on. Look for a firewall policy that has its interface (`ssl.root` in VDOM root) as source, and for what takes or drops its port: `show firewall policy`, `show firewall local-in-policy`, `show firewall vip`.'
      : `Check in the VDOM of the users: \`status\`, \`port\`, \`source-interface\`${on === '' ? '' : ` (with ${name})`} and \`source-address\`, then a policy from the SSL VPN interface, then what drops the packets: \`show full-configuration vpn ssl settings\`, \`show firewall policy\`, \`show firewall local-in-policy\`.`,
  });
}

function interfaceDown({ name, down = [] }: Interface, context: RuleContext): Judgement {
  return broken('likely', {
    title: `${name} is switched off, so SSL VPN does not answer`,
    summary:
      'The interface of SSL VPN has `status down`. Nothing answers on the port of SSL VPN, and clients stop at 10 %.',
    evidence: down,
    fix: globalFix(context, {
      apply: configEntry('system interface', name, ['set status up']),
      undo: configEntry('system interface', name, ['set status down']),
      verify: [`show system interface ${quoteValue(name)}`],
      before: 'First check that SSL VPN was not switched off on purpose.',
      note: 'This opens the VPN page to every source that reaches the interface.',
    }),
  });
}
