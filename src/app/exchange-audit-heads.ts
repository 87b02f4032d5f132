import type { ChainLink } from '../platform/audit/audit-line.ts';
import type { AuditTrail } from '../platform/audit/audit-trail.ts';
import type { Logger } from '../platform/observe/logger.ts';
import type { Records } from '../platform/store/records.ts';

export interface HeadExchangeOptions {
  readonly audit: AuditTrail;
  readonly records: Pick<Records, 'addMember' | 'removeMember' | 'membersSince'>;
  readonly logger: Logger;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}

export interface HeadExchange {
  /** Publishes the own head, and records those of other processes that are new. Never rejects. */
  exchange(): Promise<void>;
}

const SET = 'audit-heads';
/** Heads of ended processes are still recorded by others within this time. */
const KEEP_MS = 15 * 60_000;

/**
 * Links the chains of processes that share no file: each records the last lines of the others. Lines that only refer to
 * others are not published, because two processes would answer each other for ever.
 */
export function createHeadExchange({ audit, records, logger, now }: HeadExchangeOptions): HeadExchange {
  let published: string | undefined;
  const seen = new Map<string, string>();

  async function publish(): Promise<void> {
    const head = audit.recorded();
    if (head === undefined) return;
    const member = write(head);
    if (member === published) return;
    await records.addMember(SET, member, now(), KEEP_MS);
    if (published !== undefined) await records.removeMember(SET, published);
    published = member;
  }

  async function recordOthers(): Promise<void> {
    const own = audit.recorded()?.chain;
    const latest = new Map<string, ChainLink>();
    for (const member of await records.membersSince(SET, now() - KEEP_MS)) {
      const link = read(member);
      if (link !== undefined && link.seq >= (latest.get(link.chain)?.seq ?? 0)) latest.set(link.chain, link);
    }
    const heads = [...latest.values()].filter(({ chain, hash }) => chain !== own && seen.get(chain) !== hash);
    if (heads.length === 0) return;
    audit.recordHeads(heads);
    for (const { chain, hash } of heads) seen.set(chain, hash);
  }

  return {
    async exchange() {
      if (!audit.isAlone) return;
      try {
        await publish();
        await recordOthers();
      } catch (error) {
        logger.warn({ err: error }, 'audit trail not linked with the other processes');
      }
    },
  };
}

function write({ chain, seq, hash }: ChainLink): string {
  return `${chain}:${seq}:${hash}`;
}

function read(member: string): ChainLink | undefined {
  const [, chain, seq, hash] = /^([0-9a-f]{16}):(\d{1,15}):([0-9a-f]{64})$/.exec(member) ?? [];
  if (chain === undefined || seq === undefined || hash === undefined) return undefined;
  return { chain, seq: Number(seq), hash };
}
