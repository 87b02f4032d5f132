import type { Logger } from '../../platform/observe/logger.ts';
import { type Records, untilWritten, updateRecord } from '../../platform/store/records.ts';
import { sha256 } from '../../platform/store/sha256.ts';
import { type Escalation, escalationRecord } from '../core/escalation.ts';

export interface Stored {
  readonly escalation: Escalation;
  readonly version: number;
}

const KEEP_ESCALATIONS_MS = 30 * 24 * 3_600_000;
const OPEN = 'open-escalations';

export function createEscalationStore(records: Records, logger: Logger) {
  async function get(id: string): Promise<Stored | undefined> {
    const record = await records.get(recordKey(id));
    if (record === undefined) return undefined;
    const parsed = escalationRecord.safeParse(JSON.parse(record.text));
    if (parsed.success) return { escalation: parsed.data, version: record.version };
    logger.error({ escalation: id }, 'a stored escalation cannot be read');
    return undefined;
  }

  async function followPointer(pointerTo: string) {
    const pointer = await records.get(pointerTo);
    return { stored: pointer && (await get(pointer.text)), version: pointer?.version ?? 0 };
  }

  async function openByKey(key: string): Promise<Stored | undefined> {
    const { stored } = await followPointer(pointerKey(key));
    return stored?.escalation.state === 'resolved' ? undefined : stored;
  }

  return {
    get,
    openByKey,
    lastByKey: async (key: string) => (await followPointer(pointerKey(key))).stored,
    lastByGroup: async (group: string) => (await followPointer(groupPointerKey(group))).stored,
    /** From now on the key, or the group, leads to this escalation. */
    async link(by: { readonly key: string } | { readonly group: string }, id: string) {
      const pointer = 'key' in by ? pointerKey(by.key) : groupPointerKey(by.group);
      await updateRecord(records, pointer, KEEP_ESCALATIONS_MS, (known) => (known === id ? undefined : id));
    },
    /**
     * Stores a new escalation unless its key has an open one, which it returns instead. Repeating the call returns the
     * current state.
     */
    async create(escalation: Escalation) {
      const { id, key, openedAt } = escalation;
      return await untilWritten(async () => {
        const { stored, version } = await followPointer(pointerKey(key));
        if (stored !== undefined && (stored.escalation.state !== 'resolved' || stored.escalation.id === id)) {
          return stored;
        }
        // The record is written first: a pointer without a record would hide a pending page.
        await records.put(recordKey(id), JSON.stringify(escalation), 0, KEEP_ESCALATIONS_MS);
        await records.addMember(OPEN, id, openedAt, KEEP_ESCALATIONS_MS);
        const isLinked = await records.put(pointerKey(key), id, version, KEEP_ESCALATIONS_MS);
        return isLinked ? await get(id) : undefined;
      });
    },
    /** False if the escalation changed since it was read. */
    async save(escalation: Escalation, version: number) {
      const { id, state } = escalation;
      const text = JSON.stringify(escalation);
      if (!(await records.put(recordKey(id), text, version, KEEP_ESCALATIONS_MS))) return false;
      if (state === 'resolved' && escalation.outbox.length === 0) await records.removeMember(OPEN, id);
      return true;
    },
    async open() {
      const ids = await records.membersSince(OPEN, 0);
      const all = await Promise.all(ids.map(get));
      return all.flatMap((stored) =>
        stored === undefined || stored.escalation.state === 'resolved' ? [] : [stored.escalation],
      );
    },
  };
}

/** Stores escalations; each change needs the latest version. */
export type EscalationStore = ReturnType<typeof createEscalationStore>;

const recordKey = (id: string): string => `escalation:${id}`;
/** Keys contain device names; hashes are short and safe in any store. */
const pointerKey = (key: string): string => `escalation-of:${sha256(key, 40)}`;
const groupPointerKey = (group: string): string => `escalation-group:${sha256(group, 40)}`;
