import type { Dependencies } from '../../platform/dependencies.ts';
import { updateRecord } from '../../platform/store/records.ts';
import type { Requests } from './ports.ts';

export type AutodetectOptions = Pick<Dependencies, 'inventory' | 'records' | 'logger'>;

type ChannelRef = Parameters<Requests['autodetect']['isOn']>[0];

const TEN_YEARS_MS = 10 * 365 * 24 * 3_600_000;

/**
 * The choice of people for a channel, else the inventory; if the inventory forbids it, no one in the channel can turn
 * it on.
 */
export function createAutodetect({ inventory, records, logger }: AutodetectOptions): Requests['autodetect'] {
  const isForbidden = ({ channel }: ChannelRef): boolean =>
    inventory.channels.get(channel)?.autodetect === false;

  return {
    async isOn(place) {
      if (isForbidden(place)) return false;
      try {
        return (await records.get(channelKey(place)))?.text !== 'off';
      } catch (error) {
        // The next step needs the same store, and reports that it is unavailable.
        logger.warn({ err: error }, 'the channel setting could not be read');
        return true;
      }
    },
    async set({ caller: place }, on) {
      if (on && isForbidden(place)) return 'forbidden';
      await updateRecord(records, channelKey(place), TEN_YEARS_MS, () => (on ? 'on' : 'off'));
      return 'done';
    },
  };
}

function channelKey({ team = '', channel }: ChannelRef): string {
  return `autodetect:${team}:${channel}`;
}
