import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import { callbackInterface } from '../rules/callback-interface.ts';
import type { Judgement } from '../rules/rule.ts';
import type { RuleId } from '../rules/rule-ids.ts';

/** What may take the phone's call from the push service is set up in the VDOM of the interface that it arrives on. */
const OF_THE_CALLBACK: ReadonlySet<RuleId> = new Set([
  'port-conflict-vip',
  'port-conflict-ssl-vpn',
  'port-conflict-ike-tcp',
  'local-in-policy-denies',
]);

/** A check reads one VDOM: what it does not find there says nothing where the phone calls another. */
export function asFarAsRead(rule: RuleId, judgement: Judgement, facts: Facts): Judgement {
  if (!OF_THE_CALLBACK.has(rule)) return judgement;
  if (judgement.verdict !== 'healthy' && judgement.verdict !== 'not-applicable') return judgement;
  const called = calledInterface(facts);
  const read = vdomsRead(facts);
  if (called?.vdom === undefined || read.length === 0 || read.includes(called.vdom)) return judgement;
  return {
    verdict: 'unknown',
    reason: `${called.name}, where the phone calls, is in VDOM ${called.vdom}, which \`--vdom ${called.vdom}\` reads; only VDOM ${read.join(', ')} was read`,
    need: `what VDOM ${called.vdom} holds: check again with \`--vdom ${called.vdom}\``,
    commands: [],
  };
}

function calledInterface({ pushService, interfaces, liveAddresses }: Facts) {
  const push = valueIfKnown(pushService);
  const all = valueIfKnown(interfaces);
  const target = push && all && callbackInterface(push, all, valueIfKnown(liveAddresses));
  return target?.kind === 'exact' ? target.interface : undefined;
}

/** Every VDOM has its settings, and a whole configuration of it shows them. */
function vdomsRead({ vdomSettings, vdomMode }: Facts): readonly string[] {
  if (valueIfKnown(vdomMode) !== 'multi') return [];
  return [...new Set((valueIfKnown(vdomSettings) ?? []).flatMap(({ vdom }) => vdom ?? []))];
}
