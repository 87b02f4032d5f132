import type { LocalInPolicy } from '../../facts/network/firewall-values.ts';
import type { CommandId } from '../../fortios/commands.ts';
import { contains, coversEverything } from '../../fortios/ipv4-ranges.ts';
import { sameVdom } from '../../fortios/vdom-name.ts';
import { type Doubt, measureShare, type Share } from '../shared/phone-sources.ts';
import { appliesWhen } from '../shared/schedule-times.ts';
import { coversPort } from '../shared/service-ports.ts';
import type { Arrival } from './arrival.ts';

/** What the policies do with the phones' connections. */
export type PolicyOutcome =
  /** `policy` denies every phone except those that a policy above it accepts, which are few. */
  | {
      readonly kind: 'denied';
      readonly policy: LocalInPolicy;
      readonly except: readonly LocalInPolicy[];
      /** Policies above it that would accept phones if their schedule applied. */
      readonly outOfTime: readonly LocalInPolicy[];
    }
  | { readonly kind: 'accepted'; readonly refusingFew: readonly LocalInPolicy[] }
  /** `policy` may be the deciding one. */
  | {
      readonly kind: 'doubtful';
      readonly policy: LocalInPolicy;
      readonly why: string;
      readonly commands: readonly CommandId[];
    };

interface Doubted {
  readonly policy: LocalInPolicy;
  readonly doubts: readonly Doubt[];
}

/** FortiOS uses the first matching policy, and accepts traffic that matches none. */
export function judgePolicies(policies: readonly LocalInPolicy[], arrival: Arrival): PolicyOutcome {
  const mayAccept: Doubted[] = [];
  const mayDeny: Doubted[] = [];
  const acceptingFew: LocalInPolicy[] = [];
  const refusingFew: LocalInPolicy[] = [];
  const outOfTime: LocalInPolicy[] = [];
  for (const policy of policies) {
    const match = matchPolicy(policy, arrival);
    const accepts = policy.action.value === 'accept';
    if (match.phones === 'none') {
      if (accepts && wouldMatch(policy, arrival)) outOfTime.push(policy);
      continue;
    }
    if (match.phones === 'unsure') {
      (accepts ? mayAccept : mayDeny).push({ policy, doubts: match.doubts });
      continue;
    }
    if (match.phones === 'few') {
      (accepts ? acceptingFew : refusingFew).push(policy);
      continue;
    }
    if (accepts) return acceptOutcome(mayDeny, refusingFew);
    return mayAccept.length === 0
      ? { kind: 'denied', policy, except: acceptingFew, outOfTime }
      : doubtful(mayAccept, `and policy ${policy.id} denies the rest`);
  }
  return acceptOutcome(mayDeny, refusingFew);
}

/** At any time. */
function wouldMatch(policy: LocalInPolicy, arrival: Arrival): boolean {
  const always = { ...policy, schedule: { ...policy.schedule, value: 'always' } };
  if (policy.schedule.value === 'always') return false;
  const { phones } = matchPolicy(always, arrival);
  return phones === 'every' || phones === 'most';
}

function acceptOutcome(mayDeny: readonly Doubted[], refusingFew: readonly LocalInPolicy[]): PolicyOutcome {
  return mayDeny.length === 0 ? { kind: 'accepted', refusingFew } : doubtful(mayDeny, '');
}

function doubtful(doubted: readonly Doubted[], then: string): PolicyOutcome {
  const [first] = doubted;
  if (!first) throw new Error('a doubt is about a policy');
  const does = first.policy.action.value === 'accept' ? 'accepts' : 'denies';
  const why = first.doubts.map((each) => each.why).join(', and ');
  return {
    kind: 'doubtful',
    policy: first.policy,
    why: `${does} some connections${then === '' ? '' : `, ${then}`}: the evidence does not show ${why}`,
    commands: [...new Set(doubted.flatMap(({ doubts }) => doubts.flatMap(({ commands }) => commands)))],
  };
}

/** How many of the phones' connections a policy matches. */
interface Match {
  readonly phones: Share;
  /** Unknown parts, if the match is not certain. */
  readonly doubts: readonly Doubt[];
}

/** Whether one part of a policy matches the phone's packet. */
type Part = 'yes' | 'no' | Doubt;

const NOT_THIS_ONE: Match = { phones: 'none', doubts: [] };

function matchPolicy(policy: LocalInPolicy, arrival: Arrival): Match {
  if (!policy.enabled) return NOT_THIS_ONE;
  const parts = [onInterface, onPort, toAddress, atTime].map((part) => part(policy, arrival));
  const resolved = arrival.addressBook.resolve(policy.sources, policy.vdom);
  const share = policy.otherSources ? 'unsure' : measureShare(resolved, policy.negated.includes('sources'));
  if (share === 'none' || parts.includes('no')) return NOT_THIS_ONE;
  const doubts = parts.filter((part) => typeof part === 'object');
  if (share === 'unsure') doubts.push(sourceDoubt(policy, resolved));
  return { phones: doubts.length > 0 ? 'unsure' : share, doubts };
}

function sourceDoubt(policy: LocalInPolicy, resolved: ReturnType<Arrival['addressBook']['resolve']>): Doubt {
  if (policy.otherSources) return { why: `which phones are among its Internet services`, commands: [] };
  if ('doubt' in resolved) return resolved.doubt;
  return { why: `whether the phone is among ${policy.sources.join(', ')}`, commands: [] };
}

function onInterface(policy: LocalInPolicy, { interfaces, exact, known, zones }: Arrival): Part {
  const inScope = interfaces.filter((each) => sameVdom(each.vdom, policy.vdom));
  if (interfaces.length > 0 && inScope.length === 0) return 'no';
  const zone = (name: string) =>
    zones.find((each) => each.name === name && (each.vdom === undefined || each.vdom === policy.vdom));
  const names = policy.interfaces.flatMap((name) => zone(name)?.interfaces ?? [name]);
  if (names.includes('any') || interfaces.length === 0) return 'yes';
  const met = inScope.filter((each) => names.includes(each.name));
  if (met.length > 0 && (exact || met.length === interfaces.length)) return 'yes';
  const unseen = names.filter((name) => !known.has(name));
  if (met.length === 0 && unseen.length === 0) return 'no';
  return {
    why: `whether the phone arrives on its interface (${policy.interfaces.join(', ')})`,
    commands: met.length === 0 ? ['zones'] : [],
  };
}

function onPort(policy: LocalInPolicy, { port, services }: Arrival): Part {
  const covers = coversPort(policy.services, port, policy.vdom, services);
  if (covers === 'unsure') {
    return {
      why: `whether its services (${policy.services.join(', ')}) cover TCP ${port}`,
      commands: ['custom-services', 'service-groups'],
    };
  }
  return (covers === 'yes') === policy.negated.includes('services') ? 'no' : 'yes';
}

function toAddress(policy: LocalInPolicy, { addresses, addressBook }: Arrival): Part {
  // Older fixtures and truncated pastes may have no `dstaddr`; FortiOS always has one.
  if (policy.destinations.length === 0) return 'yes';
  const resolved = addressBook.resolve(policy.destinations, policy.vdom);
  if ('doubt' in resolved) return resolved.doubt;
  const { ranges } = resolved;
  const negated = policy.negated.includes('destinations');
  if (coversEverything(ranges) || ranges.length === 0) return ranges.length > 0 === negated ? 'no' : 'yes';
  const met = addresses.filter((address) => contains(ranges, address) !== negated);
  if (addresses.length > 0 && met.length === addresses.length) return 'yes';
  if (addresses.length > 0 && met.length === 0) return 'no';
  return {
    why: `whether the phone connects to ${negated ? 'anything but ' : ''}${policy.destinations.join(', ')}`,
    commands: [],
  };
}

function atTime(policy: LocalInPolicy, { schedules, readAt }: Arrival): Part {
  const applies = appliesWhen(policy.schedule.value, policy.vdom, schedules, readAt);
  if (typeof applies === 'object') return applies;
  return applies === 'always' ? 'yes' : 'no';
}
