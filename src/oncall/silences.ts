import type { OnCall, SilenceTarget } from '../bot/requests/on-call-port.ts';
import { findListedDevices } from '../platform/config/listed-devices.ts';
import type { Dependencies } from '../platform/dependencies.ts';
import { groupLabel } from '../platform/runs/group.ts';
import type { Records } from '../platform/store/records.ts';
import { type EscalationQueue, silenceEndedJob } from './jobs.ts';
import { createSilenceStore, type Silence } from './store/stored-lists.ts';

export interface SilencesOptions extends Pick<Dependencies, 'inventory' | 'now'> {
  readonly records: Pick<Records, 'get' | 'put'>;
  readonly queue: Pick<EscalationQueue, 'enqueue'>;
}

const MAX_MS = 14 * 24 * 3_600_000;

/** Silences that people make in Slack, beside the maintenance windows of the inventory. */
export function createSilences(
  options: SilencesOptions,
): Pick<OnCall, 'silence' | 'listSilences' | 'endSilence'> {
  const { inventory, records, queue, now } = options;
  const store = createSilenceStore(records);

  /** The devices that were named, of those that the person may check. */
  function listDevices({ alias, group = alias ?? '' }: SilenceTarget, visible: readonly string[]) {
    const may = new Set(visible);
    const devices = findListedDevices(inventory.devices.values(), group).map((device) => device.alias);
    return devices.filter((each) => may.has(each));
  }

  return {
    async silence({ act, target, visible, minutes, reason }) {
      const devices = listDevices(target, visible);
      const name = target.group === undefined ? (devices[0] ?? target.alias ?? '') : groupLabel(target.group);
      const from = now();
      const until = from + Math.min(minutes * 60_000, MAX_MS);
      await store.add({ name, devices, from, until, by: act.caller.user, reason });
      return { name, count: devices.length, until };
    },
    async listSilences(visible) {
      return (await store.current(now()))
        .map(({ devices, ...silence }) => ({
          ...silence,
          count: devices.filter((device) => visible.includes(device)).length,
        }))
        .filter(({ count }) => count > 0);
    },
    async endSilence({ target, visible }) {
      const at = now();
      const named = new Set(listDevices(target, visible));
      const ended = await store.end(({ devices }) => devices.every((device) => named.has(device)), at);
      for (const until of new Set(ended.map((silence: Silence) => silence.until)))
        await queue.enqueue(silenceEndedJob(until, at, at));
      return ended.length;
    },
  };
}
