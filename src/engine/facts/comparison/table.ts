import type { Declaration, DeclaredFields } from '../config/fields.ts';
import { type Fact, valueIfKnown } from '../fact.ts';
import type { FactKey, Facts } from '../facts.ts';
import type { ShownFact } from './objects.ts';
import type { ChangeArea, ComparedSetting, ConfigObject } from './settings.ts';

/** What one fact shows, as settings. */
export interface SettingGroup {
  readonly fact: FactKey;
  /** In the words of a reader: `interfaces`. */
  readonly what: string;
  readonly objects: readonly ConfigObject[];
  /** VDOMs whose objects the evidence does not show. */
  readonly unread?: readonly string[];
  /** Why an object that is not listed may exist. */
  readonly partial?: string;
  /** Why the evidence does not show it. */
  readonly unknown?: string;
  /** It only matters where other settings name its entries: not worth a word if neither text shows it. */
  readonly isNamedByOthers?: true;
}

/** An object, or an entry of a table. */
type Shown = Readonly<Record<string, unknown>> & {
  readonly vdom?: string;
  /** There may be others. */
  readonly partial?: true;
};

export function showFact(key: FactKey, shown: ShownFact, facts: Facts): SettingGroup {
  const { what } = shown;
  const fact: Fact<unknown> = facts[key];
  if (fact.state !== 'known') return { fact: key, what, objects: [], unknown: fact.reason };
  const { value, quotes, partial } = fact;
  const objects = shown.show(value, { quotes, version: valueIfKnown(facts.version) });
  return { fact: key, what, objects, partial };
}

/** What a comparison shows of a declared object or table, by its fields. `perVdom`: each VDOM has its own. */
export function showDeclared(
  key: FactKey,
  declaration: Declaration,
  perVdom: boolean,
  facts: Facts,
): SettingGroup {
  const { path, what = path, area, fields, isNamedByOthers } = declaration;
  const fact: Fact<unknown> = facts[key];
  const group = { fact: key, what, ...(isNamedByOthers && { isNamedByOthers }) };
  if (fact.state !== 'known') return { ...group, objects: [], unknown: fact.reason };
  const shown = [fact.value].flat() as readonly Shown[];
  const objects = shown.map((each) => ({
    area,
    place: namePlace(each, declaration),
    vdom: perVdom ? each.vdom : undefined,
    ...(declaration.isUnused?.(each) ? { unused: true as const } : {}),
    settings: showFields(area, fields, each),
  }));
  const isPartial = fact.partial !== undefined || shown.some(({ partial }) => partial);
  const partial = fact.partial ?? 'the evidence shows single entries';
  return { ...group, objects, ...(isPartial ? { partial } : {}) };
}

/** `system global`, `system interface wan1` */
function namePlace(of: Shown, { path, key = 'name' }: Declaration): string {
  const entry = of[key];
  return typeof entry === 'string' ? `${path} ${entry}` : path;
}

function showFields(area: ChangeArea, fields: DeclaredFields, of: Shown): readonly ComparedSetting[] {
  return Object.entries(fields).flatMap(([key, field]) =>
    field.show(field.area ?? area, field.name, of[key]),
  );
}
