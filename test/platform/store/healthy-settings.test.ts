import { expect, it } from 'vitest';
import { compareSettings } from '../../../src/engine/diagnosis/changes/compare-settings.ts';
import { deviceSettings } from '../../../src/engine/diagnosis/changes/device-settings.ts';
import { diagnoseWithEvidence } from '../../../src/engine/diagnosis/diagnose.ts';
import { redact } from '../../../src/engine/evidence/redact.ts';
import type { SettingGroup } from '../../../src/engine/facts/comparison/table.ts';
import { createHealthySettingsStore } from '../../../src/platform/store/healthy-settings.ts';
import { createMemoryRecords } from '../../../src/platform/store/memory-records.ts';
import { sampleConfig } from '../../../src/stand-ins/fortigate/samples.ts';

const { evidence } = diagnoseWithEvidence(redact([{ name: 'fgt.conf', text: sampleConfig('campus') }]), {});
const GROUPS = deviceSettings(evidence);

it('keeps settings as they were, without secrets, for a limited time', async () => {
  let now = 1_000;
  const records = createMemoryRecords(() => now);
  const store = createHealthySettingsStore(records, 5_000);
  expect(await store.save('fgt', undefined, { at: 1_000, groups: GROUPS })).toBe(true);
  const kept = await store.last('fgt', undefined);
  expect(kept?.at).toBe(1_000);
  expect(compareSettings(kept?.groups ?? [], GROUPS).changes).toEqual([]);
  expect(kept?.groups.map(({ fact }) => fact)).toEqual(GROUPS.map(({ fact }) => fact));
  expect(JSON.stringify(kept)).not.toContain('NotARealOne');
  now += 5_001;
  expect(await store.last('fgt', undefined)).toBeUndefined();
});

it('knows the VDOM that was asked for, and keeps the later of two', async () => {
  const store = createHealthySettingsStore(
    createMemoryRecords(() => 0),
    5_000,
  );
  await store.save('fgt', 'campus', { at: 20, groups: GROUPS });
  await store.save('fgt', 'campus', { at: 10, groups: [] });
  expect((await store.last('fgt', 'campus'))?.at).toBe(20);
  expect(await store.last('fgt', undefined)).toBeUndefined();
  expect(await store.last('fgt', 'guests')).toBeUndefined();
});

it('keeps nothing that is too large, and reads nothing that is damaged', async () => {
  const records = createMemoryRecords(() => 0);
  const store = createHealthySettingsStore(records, 5_000);
  const [users] = GROUPS;
  if (!users) throw new Error('no groups');
  const value = Array.from({ length: 40_000 }, (_, index) => (index * 7919).toString(36)).join(' ');
  const large: SettingGroup = {
    ...users,
    objects: [{ area: 'users', place: '', settings: [{ area: 'users', name: 'x', value, quotes: [] }] }],
  };
  expect(await store.save('fgt', undefined, { at: 1, groups: [large] })).toBe(false);
  await records.put('settings:fgt', 'H4sI', 0, 5_000);
  expect(await store.last('fgt', undefined)).toBeUndefined();
  expect(await store.save('fgt', undefined, { at: 1, groups: GROUPS })).toBe(true);
  expect((await store.last('fgt', undefined))?.at).toBe(1);
});
