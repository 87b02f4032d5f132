import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import type { LocalInPolicy, Zone } from '../../facts/firewall-values.ts';
import type { Interface } from '../../facts/values.ts';
import { callbackInterface } from '../callback-interface.ts';
import { coversPort, type ServiceNames } from '../service-ports.ts';

/** What the evidence tells of how the phone's packet comes in. */
export interface Arrival {
  readonly port: number;
  /** Where it may come in; empty where nothing tells. */
  readonly interfaces: readonly Interface[];
  /** It is the one interface there is in `interfaces`. */
  readonly exact: boolean;
  /** Names of all interfaces of the evidence. */
  readonly known: ReadonlySet<string>;
  readonly zones: readonly Zone[];
  readonly services: ServiceNames;
}

type Seen = Pick<
  Facts,
  'pushService' | 'interfaces' | 'liveAddresses' | 'customServices' | 'serviceGroups' | 'zones'
>;

export function arrivalOf(facts: Seen, port: number): Arrival {
  const service = valueIfKnown(facts.pushService);
  const all = valueIfKnown(facts.interfaces);
  const target = service && all && callbackInterface(service, all, valueIfKnown(facts.liveAddresses));
  const interfaces = target?.kind === 'exact' ? [target.interface] : (target?.interfaces ?? []);
  return {
    port,
    interfaces,
    exact: interfaces.length === 1,
    known: new Set(all?.map((each) => each.name)),
    zones: valueIfKnown(facts.zones) ?? [],
    services: {
      custom: valueIfKnown(facts.customServices) ?? [],
      groups: valueIfKnown(facts.serviceGroups) ?? [],
    },
  };
}

type Answer = 'yes' | 'no' | 'unsure';

interface Judged {
  /** Refuses every phone. */
  readonly denying?: LocalInPolicy;
  /** Where there is none of that kind: the policy that may decide, and why that is not sure. */
  readonly doubtful?: { readonly policy: LocalInPolicy; readonly why: string };
}

/** FortiOS takes the first policy that fits, and accepts what fits none. */
export function judgePolicies(policies: readonly LocalInPolicy[], arrival: Arrival): Judged {
  let doubtful: Judged['doubtful'];
  for (const policy of policies) {
    if (!policy.enabled) continue;
    const fits = [onInterface(policy, arrival), onPort(policy, arrival)];
    if (fits.includes('no')) continue;
    const others = [fromAnybody(policy), toAnything(policy)];
    if (others.includes('no')) continue;
    const sure = [...fits, ...others].every((each) => each === 'yes');
    if (!sure) {
      doubtful ??= { policy, why: doubt(policy, fits, arrival.port) };
      continue;
    }
    if (policy.action.value === 'accept') return doubtful?.policy.action.value === 'deny' ? { doubtful } : {};
    return doubtful ? { doubtful } : { denying: policy };
  }
  return doubtful?.policy.action.value === 'deny' ? { doubtful } : {};
}

function doubt(policy: LocalInPolicy, fits: readonly Answer[], port: number): string {
  const does = policy.action.value === 'accept' ? 'accepts' : 'denies';
  if (fits.includes('unsure')) {
    return `may apply to TCP ${port} where the phone arrives; its interface (${policy.interfaces.join(', ')}) or its services (${policy.services.join(', ')}) are not in the evidence`;
  }
  return `${does} some sources or destinations on TCP ${port}; whether the phone is among them the evidence does not show`;
}

function onInterface(policy: LocalInPolicy, { interfaces, exact, known, zones }: Arrival): Answer {
  const inScope = interfaces.filter(
    (each) => policy.vdom === undefined || each.vdom === undefined || each.vdom === policy.vdom,
  );
  if (interfaces.length > 0 && inScope.length === 0) return 'no';
  const zone = (name: string) =>
    zones.find((each) => each.name === name && (each.vdom === undefined || each.vdom === policy.vdom));
  const names = policy.interfaces.flatMap((name) => zone(name)?.interfaces ?? [name]);
  if (names.includes('any') || interfaces.length === 0) return 'yes';
  const met = inScope.filter((each) => names.includes(each.name));
  if (met.length > 0) return exact || met.length === interfaces.length ? 'yes' : 'unsure';
  return names.every((name) => known.has(name)) ? 'no' : 'unsure';
}

function onPort(policy: LocalInPolicy, { port, services }: Arrival): Answer {
  const covers = coversPort(policy.services, port, policy.vdom, services);
  if (!policy.negated.includes('services')) return covers;
  if (covers === 'unsure') return 'unsure';
  return covers === 'yes' ? 'no' : 'yes';
}

function fromAnybody(policy: LocalInPolicy): Answer {
  return addressed(policy.sources, policy.negated.includes('sources'));
}

function toAnything(policy: LocalInPolicy): Answer {
  // An older fixture or a cut paste may hold no `dstaddr`; FortiOS itself always has one.
  return policy.destinations.length === 0
    ? 'yes'
    : addressed(policy.destinations, policy.negated.includes('destinations'));
}

function addressed(names: readonly string[], negated: boolean): Answer {
  if (!names.includes('all')) return 'unsure';
  return negated ? 'no' : 'yes';
}
