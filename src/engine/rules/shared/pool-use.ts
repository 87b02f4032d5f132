import type { Quote } from '../../evidence/types.ts';
import type { FactKey } from '../../facts/facts.ts';
import { healthy } from '../define-rule.ts';
import type { Broken, RuleContext } from '../rule.ts';
import { noCliFix } from './fix.ts';

/** The addresses for clients of one VPN, and how many are given out. */
export interface Pool {
  /** `SSL VPN`, `ra-staff`. */
  readonly owner: string;
  /** `SSLVPN_TUNNEL_ADDR1`, `10.99.3.1 to 10.99.3.50`. */
  readonly name: string;
  readonly used: number;
  readonly size: number;
  /** `WHEN_READ`, `At the end of the event log`. */
  readonly seenAt: string;
  /** What to raise, with its value today. */
  readonly widen: string;
  readonly evidence: readonly Quote[];
}

/** Of sessions that the device listed itself. */
export const WHEN_READ = 'When the device was read';

/** From here on a few more clients use it up: 10 of the 11 addresses that FortiOS sets by default. */
const NEAR = 0.9;

/** What the counts say, most urgent first; that a pool is nearly used up is told where the device is asked about, not a user. */
export function judgePools(pools: readonly Pool[], { user }: RuleContext, decidedBy: readonly FactKey[]) {
  const [fullest, ...others] = pools.toSorted((a, b) => b.used / b.size - a.used / a.size);
  if (!fullest) return undefined;
  const { used, size } = fullest;
  if (used >= size) return usedUp(fullest);
  if (user === undefined && used >= size * NEAR) return nearlyUsedUp(fullest);
  return healthy(
    [fullest, ...others]
      .map((pool) => `${pool.used} of ${pool.size} addresses of ${pool.name} are in use`)
      .join(', '),
    fullest.evidence,
    decidedBy,
  );
}

function usedUp({ owner, name, size, seenAt, widen, evidence }: Pool): Broken {
  return {
    verdict: 'broken',
    confidence: 'likely',
    title: `All ${size} addresses of ${name} are in use: ${owner} has none for another client`,
    summary: `${seenAt}, ${owner} had given out every address of ${name}. Further users pass the password and get no tunnel, until a session ends.`,
    evidence,
    fix: noCliFix(widenPool(widen)),
  };
}

function nearlyUsedUp({ owner, name, used, size, seenAt, widen, evidence }: Pool): Broken {
  return {
    verdict: 'broken',
    confidence: 'certain',
    severity: 'low',
    concerns: 'some-users',
    title: `${owner} has ${size - used} of ${size} addresses left`,
    summary: `${seenAt}, ${used} of the ${size} addresses of ${name} were in use. Clients that come once they are used up get no tunnel.`,
    evidence,
    fix: noCliFix(widenPool(widen)),
  };
}

/** `widen`: as in a pool. */
export function widenPool(widen: string): string {
  return `Raise ${widen} into addresses that nothing else uses, and add the new addresses to the policies and routes that name the old ones; or end sessions that are dead.`;
}
