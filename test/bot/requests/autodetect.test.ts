import { expect, it } from 'vitest';
import { createAct } from '../../../src/bot/requests/act.ts';
import { createAutodetect } from '../../../src/bot/requests/autodetect.ts';
import { parseInventory } from '../../../src/platform/config/inventory.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { createMemoryRecords } from '../../../src/platform/store/memory-records.ts';

const inventory = parseInventory(
  'devices: {}\naccess: [{ channels: ["*"], devices: ["*"] }]\nchannels:\n  C0QUIET: { autodetect: false }\n  C0OPEN: { autodetect: true }\n',
  'inventory.yaml',
);
const by = (channel: string, team = 'T1') => ({ user: 'U1', channel, team });
const act = (channel: string) => createAct({ verb: 'autodetect', way: 'command', caller: by(channel) });

it('follows the inventory until somebody chooses, for each channel of each workspace', async () => {
  const records = createMemoryRecords();
  const open = () => createAutodetect({ inventory, records, logger: silentLogger });
  const autodetect = open();
  for (const [channel, expected] of [
    ['C0NEW', true],
    ['C0OPEN', true],
    ['C0QUIET', false],
  ] as const) {
    expect(await autodetect.isOn(by(channel))).toBe(expected);
  }
  expect(await autodetect.set(act('C0NEW'), false)).toBe('done');
  expect(await autodetect.set(act('C0OPEN'), false)).toBe('done');
  expect(await autodetect.set(act('C0QUIET'), true)).toBe('forbidden');
  expect(await open().isOn(by('C0NEW'))).toBe(false);
  expect(await open().isOn(by('C0OPEN'))).toBe(false);
  expect(await open().isOn(by('C0QUIET'))).toBe(false);
  expect(await open().isOn(by('C0NEW', 'T2'))).toBe(true);
  expect(await open().set(act('C0NEW'), true)).toBe('done');
  expect(await autodetect.isOn(by('C0NEW'))).toBe(true);
});

it('takes the last of several choices at once, and reads on while the store is away', async () => {
  const records = createMemoryRecords();
  const autodetect = createAutodetect({ inventory, records, logger: silentLogger });
  const choices = await Promise.all([true, false, true].map((on) => autodetect.set(act('C0NEW'), on)));
  expect(choices).toEqual(['done', 'done', 'done']);
  const away = { ...records, get: () => Promise.reject(new Error('away')) };
  const blind = createAutodetect({ inventory, records: away, logger: silentLogger });
  expect(await blind.isOn(by('C0NEW'))).toBe(true);
  expect(await blind.isOn(by('C0QUIET'))).toBe(false);
});
