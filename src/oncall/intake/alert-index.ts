import { z } from 'zod';
import type { Records } from '../../platform/store/records.ts';
import { sha256 } from '../../platform/store/sha256.ts';
import { createStoredLists } from '../store/stored-lists.ts';
import { type StoredAlert, storedAlert } from './alert.ts';

const RETENTION_MS = 7 * 24 * 3_600_000;
/** At most one check per device in this time, however many alerts name it. */
const COOL_DOWN_MS = 10 * 60_000;
/** Alerts that join one check; a storm has no end. */
const MAX_JOINED = 200;

const knownAlert = z.object({
  alert: storedAlert,
  /** Why no check was started; for people. */
  refused: z.string().optional(),
  /** The alert had ended: the check says whether the cause is gone, and notes and pages nothing. */
  over: z.boolean().optional(),
});

export type KnownAlert = z.infer<typeof knownAlert>;

export function createAlertIndex(records: Records) {
  const lists = createStoredLists(records, knownAlert, RETENTION_MS);

  /** One atomic write decides which run checks, so a retry after a crash is accepted. */
  async function claim(key: string, runId: string): Promise<string> {
    if (await records.put(key, runId, 0, COOL_DOWN_MS)) return runId;
    return (await records.get(key))?.text ?? runId;
  }

  return {
    alertRunId: ({ source, id }: StoredAlert, alias: string) =>
      `alert-${sha256(`${source}\n${id}\n${alias}`, 32)}`,
    /** The alert that starts the run. */
    async record(runId: string, alert: StoredAlert, more: Pick<KnownAlert, 'refused' | 'over'> = {}) {
      const known = { alert: pickStored(alert), ...more };
      await lists.change(startedKey(runId), (list) => {
        const [first] = list;
        if (first === undefined) return [known];
        // The first delivery and a repeated one may have different results: one may be refused, the other not.
        return first.refused === more.refused ? list : [{ ...first, refused: more.refused }];
      });
    },
    /** Adds an alert whose device is being checked by this run already. False if too many have joined. */
    async join(runId: string, alert: StoredAlert, ownRunId: string) {
      let isJoined = true;
      await records.put(joinedToKey(ownRunId), runId, 0, RETENTION_MS);
      await lists.change(joinedKey(runId), (list) => {
        if (list.some(({ alert: { source, id } }) => source === alert.source && id === alert.id)) return list;
        isJoined = list.length < MAX_JOINED;
        return isJoined ? [...list, { alert: pickStored(alert) }] : list;
      });
      return isJoined;
    },
    /** The run that checked the device because of the alert with this run id. */
    checkedBy: async (ownRunId: string) => (await records.get(joinedToKey(ownRunId)))?.text ?? ownRunId,
    /** The alert that started the run, then those that joined; none if the run is about no alert. */
    async list(runId: string) {
      return (await Promise.all([startedKey(runId), joinedKey(runId)].map(lists.read))).flat();
    },
    /** The run that may check this device now: the given one, or the one that another alert started recently. */
    claimCheck: (alias: string, runId: string) => claim(`alert-check:${alias.toLowerCase()}`, runId),
    /** The same for a check after the alerts of the run `of` ended: its thread gets one in this time. */
    claimRecheck: (of: string, runId: string) => claim(`alert-over:${of}`, runId),
  };
}

/** Maps runs to the alerts that started them, and to those that came while the device was being checked. */
export type AlertIndex = ReturnType<typeof createAlertIndex>;

const startedKey = (runId: string): string => `alert:${runId}`;
const joinedKey = (runId: string): string => `alert-joined:${runId}`;
const joinedToKey = (runId: string): string => `alert-joined-to:${runId}`;

/** The names were needed to find the device. */
function pickStored({ source, id, title, incident }: StoredAlert): StoredAlert {
  return { source, id, title, incident };
}
