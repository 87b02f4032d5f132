import type { Quote } from '../evidence/types.ts';
import { type Fact, valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import type { PushService } from '../facts/values.ts';
import type { RuleId } from '../rules/rule-ids.ts';
import { callbackAddress, callbackInterface } from '../rules/shared/callback-interface.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Judged } from './judge.ts';

type PortMap = NonNullable<Diagnosis['portMap']>;
type Service = PortMap['claims'][number]['service'];

/**
 * Who else may answer on the push port, in the order in which FortiOS lets them: address translation comes before any
 * local service, a local-in policy before the listeners, and the administration page and the SSL VPN portal were seen to
 * answer instead of the push service (field notes, RC09–RC12, RC19). IKE over TCP against push is not established.
 */
const RIVALS: readonly { readonly service: Service; readonly rule: RuleId }[] = [
  { service: 'virtual-ip', rule: 'port-conflict-vip' },
  { service: 'local-in-policy', rule: 'local-in-policy-denies' },
  { service: 'admin-https', rule: 'port-conflict-admin-https' },
  { service: 'ssl-vpn', rule: 'port-conflict-ssl-vpn' },
  { service: 'ike-tcp', rule: 'port-conflict-ike-tcp' },
];

/** Who owns the push port where the phone calls, and who wins; `undefined` while the push service itself is not known. */
export function portMap(judged: readonly Judged[], facts: Facts): PortMap | undefined {
  const push = valueIfKnown(facts.pushService);
  if (!push) return undefined;
  const rivals = RIVALS.flatMap(({ service, rule }) => {
    const judgement = judged.find((each) => each.rule.id === rule)?.judgement;
    return judgement?.verdict === 'broken'
      ? [
          {
            confidence: judgement.confidence,
            claim: {
              service: service === 'ike-tcp' && adminListens(push, facts) ? 'admin-other' : service,
              detail: judgement.title,
              evidence: copyOf(judgement.evidence),
            },
          },
        ]
      : [];
  });
  const unseen = RIVALS.filter(({ rule }) => {
    const verdict = judged.find((each) => each.rule.id === rule)?.judgement.verdict;
    return verdict === 'unknown' || verdict === 'conflicting';
  }).map(({ service }) => service);
  const listens = push.status.value === 'enable';
  const own = {
    service: 'ftm-push' as const,
    detail: listens ? 'the push service is on' : 'the push service is off',
    evidence: copyOf(push.status.quotes),
  };
  const claims = [...rivals.map(({ claim }) => claim), ...(listens ? [own] : [])];
  const address = callbackAddress(push);
  const reached = interfaceName(facts.interfaces, push);
  return {
    port: push.serverPort.value,
    address,
    interface: reached,
    claims,
    winner: claims[0]?.service ?? null,
    confidence: rivals[0]?.confidence ?? 'certain',
    unseen,
  };
}

/** One rule tells of all listeners beside HTTPS and SSL VPN. */
function adminListens({ serverPort }: PushService, facts: Facts): boolean {
  const settings = valueIfKnown(facts.global);
  return [settings?.adminPort, settings?.adminSshPort, settings?.adminTelnetPort].some(
    (each) => each?.value === serverPort.value,
  );
}

function copyOf(quotes: readonly Quote[]): Quote[] {
  return quotes.map((quote) => ({ ...quote }));
}

function interfaceName(
  interfaces: Fact<Parameters<typeof callbackInterface>[1]>,
  push: Parameters<typeof callbackInterface>[0],
): string | undefined {
  const all = valueIfKnown(interfaces);
  const target = all && callbackInterface(push, all);
  return target?.kind === 'exact' ? target.interface.name : undefined;
}
