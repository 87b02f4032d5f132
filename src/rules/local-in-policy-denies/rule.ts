import type { FlowDrop } from '../../facts/attempt.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { CustomService, LocalInPolicy } from '../../facts/values.ts';
import { callbackInterface } from '../callback-interface.ts';
import { defineRule } from '../define-rule.ts';
import { configEntry, vdomFix } from '../fix.ts';
import { REFERENCES } from '../references.ts';
import type { Judgement, RuleContext } from '../rule.ts';

/** Above any id a person would have chosen, so that nothing is overwritten. */
const NEW_POLICY = '4433';

export const localInPolicyDenies = defineRule({
  id: 'local-in-policy-denies',
  title: 'A local-in policy drops the phone’s answer',
  severity: 'critical',
  needs: [],
  wants: ['flowDrops', 'pushService', 'localInPolicies', 'customServices', 'interfaces'],
  versions: 'all',
  references: [REFERENCES.KB366248, REFERENCES.KB369617],
  check({ flowDrops, pushService, localInPolicies, customServices, interfaces }, context) {
    const service = valueIfKnown(pushService);
    const port = service?.serverPort.value ?? 4433;
    const drop = valueIfKnown(flowDrops)?.find(
      (each) => each.policy > 0 && (each.destination === undefined || each.destination.port === port),
    );
    const policies = valueIfKnown(localInPolicies);
    if (drop) return shownByFlow(drop, port, policies, context);
    if (!policies) {
      const reason = localInPolicies.state === 'known' ? '' : localInPolicies.reason;
      return { verdict: 'unknown', reason, need: 'the local-in policies', commands: ['local-in-policies'] };
    }
    const all = valueIfKnown(interfaces);
    const target = service && all ? callbackInterface(service, all) : undefined;
    const reached =
      target?.kind === 'exact'
        ? [target.interface.name]
        : (target?.interfaces ?? []).map((each) => each.name);
    const services = valueIfKnown(customServices) ?? [];
    const first = policies.find((policy) => decides(policy, port, reached, services));
    if (first?.action.value === 'deny') return shownByConfiguration(first, port, context);
    const partial = policies.find(
      (policy) =>
        policy.enabled && policy.action.value === 'deny' && touches(policy, port, reached, services),
    );
    if (partial && !first) {
      return {
        verdict: 'unknown',
        reason: `local-in policy ${partial.id} denies some sources on TCP ${port}; whether the phone is among them the evidence does not show`,
        need: 'a debug flow of one callback',
        commands: [],
      };
    }
    return { verdict: 'healthy', reason: `no local-in policy denies TCP ${port} to every phone` };
  },
});

/** Applies to every phone: the right interface, any source, and the port. */
function decides(
  policy: LocalInPolicy,
  port: number,
  reached: readonly string[],
  services: readonly CustomService[],
): boolean {
  return policy.enabled && policy.sources.includes('all') && touches(policy, port, reached, services);
}

function touches(
  policy: LocalInPolicy,
  port: number,
  reached: readonly string[],
  services: readonly CustomService[],
): boolean {
  const onInterface =
    policy.interfaces.includes('any') ||
    reached.length === 0 ||
    policy.interfaces.some((name) => reached.includes(name));
  return onInterface && policy.services.some((name) => coversPort(name, port, services));
}

function coversPort(name: string, port: number, services: readonly CustomService[]): boolean {
  if (name === 'ALL' || name === 'ALL_TCP') return true;
  const custom = services.find((service) => service.name === name);
  return (custom?.tcpPorts ?? []).some((range) => {
    const [first, last = first] = range.split('-').map(Number);
    return first !== undefined && last !== undefined && first <= port && port <= last;
  });
}

function shownByFlow(
  drop: FlowDrop,
  port: number,
  policies: readonly LocalInPolicy[] | undefined,
  context: RuleContext,
): Judgement {
  const policy = policies?.find((each) => each.id === String(drop.policy));
  return {
    verdict: 'broken',
    confidence: 'certain',
    title: `Local-in policy ${drop.policy} drops the phone’s answer`,
    summary: `The phone’s connection to TCP ${port} arrived, and FortiOS dropped it by local-in policy ${drop.policy}. The user sees Approve do nothing, and the login times out.`,
    evidence: [...drop.quotes, ...(policy?.action.quotes ?? [])],
    fix: acceptAbove(String(drop.policy), policy, port, context),
  };
}

function shownByConfiguration(policy: LocalInPolicy, port: number, context: RuleContext): Judgement {
  return {
    verdict: 'broken',
    confidence: 'likely',
    title: `Local-in policy ${policy.id} refuses the phone’s answer`,
    summary: `Policy ${policy.id} denies ${policy.services.join(', ')} from every source on ${policy.interfaces.join(', ')}, and no policy above it accepts TCP ${port}. The phone’s answer is dropped there.`,
    evidence: policy.action.quotes,
    fix: acceptAbove(policy.id, policy, port, context),
  };
}

function acceptAbove(denying: string, policy: LocalInPolicy | undefined, port: number, context: RuleContext) {
  const name = `FTM-${port}`;
  const onInterface = policy?.interfaces[0] ?? '<wan>';
  return vdomFix(context, policy?.vdom, {
    apply: [
      ...configEntry('firewall service custom', name, [`set tcp-portrange ${port}`]),
      'config firewall local-in-policy',
      `    edit ${NEW_POLICY}`,
      `        set intf "${onInterface}"`,
      '        set srcaddr "all"',
      '        set dstaddr "all"',
      '        set action accept',
      `        set service "${name}"`,
      '        set schedule "always"',
      '    next',
      `    move ${NEW_POLICY} before ${denying}`,
      'end',
    ],
    undo: [
      'config firewall local-in-policy',
      `    delete ${NEW_POLICY}`,
      'end',
      'config firewall service custom',
      `    delete "${name}"`,
      'end',
    ],
    verify: ['show firewall local-in-policy', 'show firewall service custom'],
    note: `This opens TCP ${port} on ${onInterface} to every source, because nobody knows the phone’s address; the push service asks for a client certificate there.`,
  });
}
