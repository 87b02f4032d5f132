import { randomUUID } from 'node:crypto';
import type { Records } from '../../platform/store/records.ts';

export interface DebugSessionToken {
  readonly alias: string;
  /** Distinguishes the sessions of two processes that work on the same device. */
  readonly id: string;
}

const SET = 'debug-windows';
/** Time to open and close the session, and to reconnect after a lost connection. */
export const GRACE_MS = 60_000;
/** Enough time to handle a device that cannot be reached. */
export const RETENTION_MS = 7 * 24 * 60 * 60_000;

/**
 * `now`: milliseconds since the Unix epoch. `onDamaged` is called with a record that names no session; it has been
 * removed: that session cannot be closed.
 */
export function createDebugSessions(
  records: Pick<Records, 'addMember' | 'removeMember' | 'membersSince'>,
  now: () => number,
  onDamaged: (record: string) => void = () => {},
) {
  async function all(since: number): Promise<readonly DebugSessionToken[]> {
    const tokens: DebugSessionToken[] = [];
    for (const member of await records.membersSince(SET, since)) {
      const token = readToken(member);
      if (token) tokens.push(token);
      else {
        await records.removeMember(SET, member);
        onDamaged(member);
      }
    }
    return tokens;
  }
  return {
    /** Call before debug is enabled. Rejects if the session cannot be recorded; debug must stay off then. */
    async register(alias: string, seconds: number) {
      const token = { alias, id: randomUUID() };
      await records.addMember(SET, memberOf(token), now() + seconds * 1000 + GRACE_MS, RETENTION_MS);
      return token;
    },
    remove: (token: DebugSessionToken) => records.removeMember(SET, memberOf(token)),
    /** Open sessions of one device. */
    ofDevice: async (alias: string) => (await all(0)).filter((token) => token.alias === alias),
    /** All open sessions, and those that should have been closed by now. */
    async list() {
      const at = now();
      const [open, onTime] = await Promise.all([all(0), all(at)]);
      const fine = new Set(onTime.map(memberOf));
      return { open, overdue: open.filter((token) => !fine.has(memberOf(token))) };
    },
  };
}

/** Devices that may have debug enabled by ftm-check. Shared by all processes, so that another one can turn it off. */
export type DebugSessions = ReturnType<typeof createDebugSessions>;

/** The separator is a space, which an alias cannot contain. */
function memberOf({ alias, id }: DebugSessionToken): string {
  return `${alias} ${id}`;
}

function readToken(member: string): DebugSessionToken | undefined {
  const [alias, id, ...others] = member.split(' ');
  return alias && id && others.length === 0 ? { alias, id } : undefined;
}
