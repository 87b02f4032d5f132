import type { Quote } from '../../evidence/types.ts';
import type { ChangeArea, ComparedSetting, ConfigObject } from '../../facts/comparison/settings.ts';
import type { SettingGroup } from '../../facts/comparison/table.ts';
import type { FactKey } from '../../facts/facts.ts';
import { maySameModel } from '../../fortios/same-model.ts';

/** One difference between two configurations of a device. */
export interface ConfigChange {
  readonly area: ChangeArea;
  /** `added` and `removed`: the whole object or entry. */
  readonly kind: 'changed' | 'added' | 'removed';
  readonly fact: FactKey;
  /** `system interface wan1`; empty for what no `config` holds. */
  readonly place: string;
  readonly vdom?: string;
  /** Absent if the object was added or removed. Values are empty if it is not set. */
  readonly setting?: { readonly name: string; readonly before: string; readonly after: string };
  readonly evidence: { readonly old: readonly Quote[]; readonly new: readonly Quote[] };
}

export interface NotCompared {
  readonly what: string;
  readonly side: 'old' | 'new' | 'both';
}

export interface SettingsComparison {
  readonly changes: readonly ConfigChange[];
  readonly notCompared: readonly NotCompared[];
}

/** Compares what both sides show. Both lists have the same groups in the same order. */
export function compareSettings(
  old: readonly SettingGroup[],
  now: readonly SettingGroup[],
): SettingsComparison {
  const changes: ConfigChange[] = [];
  const notCompared: NotCompared[] = [];
  for (const before of old) {
    const after = now.find(({ fact }) => fact === before.fact);
    if (after === undefined) continue;
    const { what } = before;
    if (before.unknown !== undefined || after.unknown !== undefined) {
      const both = before.unknown !== undefined && after.unknown !== undefined;
      if (both && before.isNamedByOthers) continue;
      notCompared.push({ what, side: both ? 'both' : before.unknown === undefined ? 'new' : 'old' });
      continue;
    }
    changes.push(...compareGroups(before, after));
  }
  return { changes, notCompared };
}

function compareGroups(before: SettingGroup, after: SettingGroup): readonly ConfigChange[] {
  const { fact } = before;
  const old = byPlace(before);
  const now = byPlace(after);
  const changes: ConfigChange[] = [];
  for (const [key, object] of old) {
    const later = now.get(key);
    if (later) changes.push(...compareObjects(fact, object, later));
    else if (showsAll(after, object)) changes.push(wholeChange(fact, object, 'removed'));
  }
  for (const [key, object] of now) {
    if (!old.has(key) && showsAll(before, object)) changes.push(wholeChange(fact, object, 'added'));
  }
  return changes;
}

/** A setting outside of `config` blocks always exists: a text without it merely does not show it. */
function showsAll({ partial, unread = [] }: SettingGroup, { place, vdom, unused }: ConfigObject): boolean {
  if (vdom !== undefined && unread.includes(vdom)) return false;
  return partial === undefined && place !== '' && !unused;
}

function byPlace({ objects }: SettingGroup): ReadonlyMap<string, ConfigObject> {
  return new Map(objects.map((object) => [objectKey(object), object]));
}

/** A setting outside of `config` blocks is identified by the names of its settings. */
function objectKey({ place, vdom = '', settings }: ConfigObject): string {
  return JSON.stringify(place === '' ? settings.map(({ name }) => name) : [place, vdom]);
}

function compareObjects(fact: FactKey, before: ConfigObject, after: ConfigObject): readonly ConfigChange[] {
  const names = [...new Set([...before.settings, ...after.settings].map(({ name }) => name))];
  const pairs = names.map((name) => ({
    name,
    old: settingNamed(before, name),
    now: settingNamed(after, name),
  }));
  const oldOmits = pairs.some(({ old, now }) => isOmittedDefault(old, now));
  const nowOmits = pairs.some(({ old, now }) => isOmittedDefault(now, old));
  return pairs.flatMap(({ name, old, now }) => {
    if (isSame(name, old, now)) return [];
    if (mayBeEqual(old, now, oldOmits) || mayBeEqual(now, old, nowOmits)) return [];
    return {
      area: (now ?? old)?.area ?? after.area,
      kind: 'changed' as const,
      fact,
      ...toPlace(after),
      setting: { name, before: old?.value ?? '', after: now?.value ?? '' },
      evidence: { old: old?.quotes ?? [], new: now?.quotes ?? [] },
    };
  });
}

type Side = ComparedSetting | undefined;

/** A text leaves out a default that the other one prints: a backup beside `show full-configuration`. */
function isOmittedDefault(one: Side, other: Side): boolean {
  if (one?.absent === undefined || other === undefined || other.absent !== undefined) return false;
  return comparable(one) === comparable(other);
}

function isSame(name: string, old: Side, now: Side): boolean {
  if (comparable(old) === comparable(now)) return true;
  return name === 'model' && maySameModel(comparable(old), comparable(now));
}

/** Whether the default of a setting that `one` does not show may be the value in the other text. */
function mayBeEqual(one: Side, other: Side, omitsDefaults: boolean): boolean {
  return one?.absent === 'unsure' && (omitsDefaults || other?.absent !== undefined);
}

/** Each case numbers its redacted values separately, so equal numbers do not mean equal values. */
const REDACTED = /<([a-z-]+)#\d+>/g;

function comparable(setting: ComparedSetting | undefined): string {
  return (setting?.value ?? '').replaceAll(REDACTED, '<$1>');
}

function settingNamed({ settings }: ConfigObject, wanted: string): ComparedSetting | undefined {
  return settings.find(({ name }) => name === wanted);
}

function wholeChange(fact: FactKey, object: ConfigObject, kind: 'added' | 'removed'): ConfigChange {
  const quotes = object.settings.flatMap((setting) => setting.quotes);
  const evidence = kind === 'added' ? { old: [], new: quotes } : { old: quotes, new: [] };
  return { area: object.area, kind, fact, ...toPlace(object), evidence };
}

function toPlace({ place, vdom }: ConfigObject): Pick<ConfigChange, 'place' | 'vdom'> {
  return { place, vdom };
}
