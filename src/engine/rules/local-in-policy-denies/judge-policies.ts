import type { LocalInPolicy } from '../../facts/network/firewall-values.ts';
import type { CommandId } from '../../fortios/commands.ts';
import type { Doubt } from '../shared/phone-sources.ts';
import type { Arrival } from './arrival.ts';
import { matchOf } from './match-policy.ts';

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
    const match = matchOf(policy, arrival);
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
    if (accepts) return accepted(mayDeny, refusingFew);
    return mayAccept.length === 0
      ? { kind: 'denied', policy, except: acceptingFew, outOfTime }
      : doubtful(mayAccept, `and policy ${policy.id} denies the rest`);
  }
  return accepted(mayDeny, refusingFew);
}

/** At any time. */
function wouldMatch(policy: LocalInPolicy, arrival: Arrival): boolean {
  const always = { ...policy, schedule: { ...policy.schedule, value: 'always' } };
  if (policy.schedule.value === 'always') return false;
  const { phones } = matchOf(always, arrival);
  return phones === 'every' || phones === 'most';
}

function accepted(mayDeny: readonly Doubted[], refusingFew: readonly LocalInPolicy[]): PolicyOutcome {
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
