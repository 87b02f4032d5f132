import type { Quote } from '../../evidence/types.ts';
import type { FactKey } from '../../facts/facts.ts';
import { broken, healthy } from '../define-rule.ts';
import type { Broken, Fix, RuleContext } from '../rule.ts';
import { configEntry, quoteValue, vdomFix } from './fix.ts';
import { noCliFix } from './no-cli-fix.ts';

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
  /** The last addresses of its ranges, as they are set. */
  readonly ends: readonly PoolEnd[];
  readonly evidence: readonly Quote[];
}

/** The setting that ends a range of addresses for clients. */
export interface PoolEnd {
  readonly path: 'firewall address' | 'vpn ipsec phase1-interface';
  readonly name: string;
  readonly value: string;
  readonly vdom: string | undefined;
  /** The address that may follow `value`, and the last one of a network that is set aside for clients. */
  readonly free?: readonly [first: string, last: string] | undefined;
  /** Number of its addresses. */
  readonly size?: number;
}

/** Of sessions that the device listed itself. */
export const WHEN_READ = 'When the device was read';

/** From here on a few more clients use it up: 10 of the 11 addresses that FortiOS sets by default. */
const NEAR = 0.9;

/** What the counts say, most urgent first; that a pool is nearly used up is told where the device is asked about, not a user. */
export function judgePools(pools: readonly Pool[], context: RuleContext, decidedBy: readonly FactKey[]) {
  const [fullest, ...others] = pools.toSorted((a, b) => b.used / b.size - a.used / a.size);
  if (!fullest) return undefined;
  const { used, size } = fullest;
  if (used >= size) return usedUp(fullest, context);
  if (context.user === undefined && used >= size * NEAR) return nearlyUsedUp(fullest, context);
  return healthy(
    [fullest, ...others]
      .map((pool) => `${pool.used} of ${pool.size} addresses of ${pool.name} are in use`)
      .join(', '),
    fullest.evidence,
    decidedBy,
  );
}

function usedUp({ owner, name, size, seenAt, ends, evidence }: Pool, context: RuleContext): Broken {
  return broken('likely', {
    title: `All ${size} addresses of ${name} are in use: ${owner} has none for another client`,
    summary: `${seenAt}, ${owner} had given out every address of ${name}. Further users pass the password and get no tunnel, until a session ends.`,
    evidence,
    fix: widenPool(ends, context),
  });
}

function nearlyUsedUp(
  { owner, name, used, size, seenAt, ends, evidence }: Pool,
  context: RuleContext,
): Broken {
  return broken('certain', {
    severity: 'low',
    concerns: 'some-users',
    title: `${owner} has ${size - used} of ${size} addresses left`,
    summary: `${seenAt}, ${used} of the ${size} addresses of ${name} were in use. Clients that come once they are used up get no tunnel.`,
    evidence,
    fix: widenPool(ends, context),
  });
}

/** How the addresses in use are listed. */
const IN_USE: Readonly<Record<PoolEnd['path'], string>> = {
  'firewall address': 'get vpn ssl monitor',
  'vpn ipsec phase1-interface': 'diagnose vpn ike gateway list',
};

/** Raises the first of the ends. */
export function widenPool([end]: readonly PoolEnd[], context: RuleContext, otherwise = ''): Fix {
  if (end === undefined) {
    return noCliFix(
      `Raise ${otherwise} into addresses that nothing else uses, and add the new addresses to the policies and routes that name the old ones; or end sessions that are dead.`,
    );
  }
  const { path, name, value, vdom, free } = end;
  const setting = path === 'firewall address' ? 'end-ip' : 'ipv4-end-ip';
  const setEnd = (last: string) => configEntry(path, name, [`set ${setting} ${last}`]);
  return vdomFix(context, vdom, {
    apply: setEnd(free?.[1] ?? '<last-address>'),
    undo: setEnd(value),
    verify: [`show ${path} ${quoteValue(name)} | grep ${setting}`],
    ...(free && { before: `First check that nothing else uses ${free.join(' to ')}.` }),
    note: `${free ? '' : `Take addresses after ${value} that nothing else uses. `}Add the new addresses to the policies and routes that name the old ones. Dead sessions hold addresses, too: \`${IN_USE[path]}\` lists them.`,
  });
}
