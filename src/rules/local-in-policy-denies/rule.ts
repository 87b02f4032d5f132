import type { FlowDrop } from '../../facts/attempt.ts';
import { absenceIn, valueIfKnown } from '../../facts/fact.ts';
import type { LocalInPolicy } from '../../facts/firewall-values.ts';
import { callbackPort, dropTo, flowOn } from '../callback-packets.ts';
import { defineRule } from '../define-rule.ts';
import { REFERENCES } from '../references.ts';
import type { Judgement, RuleContext } from '../rule.ts';
import { acceptAbove } from './accept-above.ts';
import { type Arrival, arrivalOf, judgePolicies } from './judge-policies.ts';

export const localInPolicyDenies = defineRule({
  id: 'local-in-policy-denies',
  title: 'A local-in policy drops the phone’s answer',
  severity: 'critical',
  needs: [],
  wants: [
    'flowDrops',
    'pushService',
    'localInPolicies',
    'customServices',
    'serviceGroups',
    'zones',
    'interfaces',
    'liveAddresses',
  ],
  versions: 'all',
  references: [REFERENCES.KB366248, REFERENCES.KB369617],
  check(facts, context) {
    const port = callbackPort(facts.pushService);
    const drop = dropTo(facts.flowDrops, port, facts, (policy) => policy > 0);
    const policies = valueIfKnown(facts.localInPolicies);
    const arrival = arrivalOf(facts, port);
    if (drop) return shownByFlow(drop, arrival, policies, context);
    if (!policies) {
      const reason = facts.localInPolicies.state === 'known' ? '' : facts.localInPolicies.reason;
      return { verdict: 'unknown', reason, need: 'the local-in policies', commands: ['local-in-policies'] };
    }
    const { denying, doubtful } = judgePolicies(policies, arrival);
    if (denying) return shownByConfiguration(denying, arrival, policies, context);
    if (doubtful) {
      return {
        verdict: 'unknown',
        reason: `local-in policy ${doubtful.policy.id} ${doubtful.why}`,
        need: `a debug flow of one callback: ${flowOn(port)}`,
        commands: [],
      };
    }
    return {
      verdict: 'healthy',
      reason: `no local-in policy denies TCP ${port} to every phone`,
      evidence: absenceIn(facts.localInPolicies),
    };
  },
});

function shownByFlow(
  drop: FlowDrop,
  arrival: Arrival,
  policies: readonly LocalInPolicy[] | undefined,
  context: RuleContext,
): Judgement {
  const policy = policies?.find(
    ({ id, vdom }) =>
      id === String(drop.policy) && (vdom === undefined || drop.vdom === undefined || vdom === drop.vdom),
  );
  return {
    verdict: 'broken',
    confidence: drop.destination ? 'certain' : 'likely',
    title: `Local-in policy ${drop.policy} drops the phone’s answer`,
    summary: `${
      drop.destination
        ? `The phone’s connection to TCP ${arrival.port} arrived, and FortiOS dropped it`
        : `A packet, whose own line is not in the evidence and which is taken for the phone’s to TCP ${arrival.port}, was dropped`
    } by local-in policy ${drop.policy}. The user sees Approve do nothing, and the login times out.`,
    evidence: [...drop.quotes, ...(policy?.action.quotes ?? [])],
    fix: acceptAbove(String(drop.policy), policy, arrival, policies, context),
    explains: ['callback-not-accepted'],
  };
}

function shownByConfiguration(
  policy: LocalInPolicy,
  arrival: Arrival,
  policies: readonly LocalInPolicy[],
  context: RuleContext,
): Judgement {
  return {
    verdict: 'broken',
    confidence: 'likely',
    title: `Local-in policy ${policy.id} refuses the phone’s answer`,
    summary: `Policy ${policy.id} denies ${policy.negated.includes('services') ? 'everything but ' : ''}${policy.services.join(', ')} from every source on ${policy.interfaces.join(', ')}, and no policy above it accepts TCP ${arrival.port}. The phone’s answer is dropped there.`,
    evidence: policy.action.quotes,
    fix: acceptAbove(policy.id, policy, arrival, policies, context),
    explains: ['callback-not-accepted'],
  };
}
