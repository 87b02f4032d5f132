import {
  type ChangeArea,
  compareSourced,
  compareUnsourced,
  type FieldSetting,
  unsureDefault,
} from '../comparison/settings.ts';
import type { Sourced } from '../fact.ts';
import type { PlacedBlock, PlacedEntry } from './config-view.ts';
import { flagSetting, type Holder, isSet, numberSetting, wordSetting, wordsSetting } from './setting.ts';

/** A setting of an object or entry: how it is read, and what a comparison of two texts shows of it. */
export interface Field<V> extends FieldSetting<V> {
  readonly read: (placed: PlacedBlock, holder: Holder) => V;
}

export type DeclaredFields = Readonly<Record<string, Field<unknown>>>;
type Optional<F extends DeclaredFields> = {
  [K in keyof F]: undefined extends ReturnType<F[K]['read']> ? K : never;
}[keyof F];
export type ValuesOf<F extends DeclaredFields> = {
  readonly [K in Exclude<keyof F, Optional<F>>]: ReturnType<F[K]['read']>;
} & { readonly [K in Optional<F>]?: ReturnType<F[K]['read']> };

/** An object that a device or VDOM has once, or a table of entries. */
export interface Declaration<F extends DeclaredFields = DeclaredFields, K extends string = string> {
  /** `firewall addrgrp` */
  readonly path: string;
  /** In the words of a reader; its path by default. */
  readonly what?: string;
  readonly area: ChangeArea;
  /** Its entries only matter where others name them: one that neither text shows is not worth a word. */
  readonly isNamedByOthers?: true;
  /** Field for the key of an entry, if that is no `name`: `edit 1`. */
  readonly key?: K;
  /** Lines that an entry with omitted lines must hold to count. */
  readonly decisive?: readonly string[];
  /** One entry, or a part of the table, says nothing. */
  readonly onlyWhole?: true;
  readonly fields: F;
  /** Whether such an object has no effect, and FortiOS may leave it out. */
  isUnused?(value: ValuesOf<F>): boolean;
}

export interface NamedEntry {
  readonly name: string;
  readonly vdom?: string;
}

export type ObjectOf<D extends Declaration> = ValuesOf<D['fields']>;
export type EntryOf<D extends Declaration> =
  D extends Declaration<infer F, infer K>
    ? ValuesOf<F> & { readonly [P in K]: string } & { readonly vdom?: string }
    : never;

/** Keeps the types of the fields. */
export function declare<const F extends DeclaredFields, const K extends string = 'name'>(
  declaration: Declaration<F, K>,
): Declaration<F, K> {
  return declaration;
}

export function readFields<F extends DeclaredFields>(
  fields: F,
  placed: PlacedBlock,
  holder: Holder,
): ValuesOf<F> {
  const values: Record<string, unknown> = {};
  for (const key in fields) values[key] = (fields[key] as Field<unknown>).read(placed, holder);
  return values as ValuesOf<F>;
}

export function readEntry<F extends DeclaredFields, K extends string>(
  { fields, key }: Declaration<F, K>,
  placed: PlacedEntry,
): EntryOf<Declaration<F, K>> {
  const { entry, vdom } = placed;
  return { [key ?? 'name']: entry.key, vdom, ...readFields(fields, placed, entry) } as EntryOf<
    Declaration<F, K>
  >;
}

/** The words joined by blanks. `area` of a field: if it is not that of its object. */
export function textField(name: string, fallback = '', area?: ChangeArea): Field<Sourced<string>> {
  return { name, area, show: compareSourced, read: (...at) => wordSetting(...at, name, fallback) };
}

export function listField(name: string, area?: ChangeArea): Field<Sourced<readonly string[]>> {
  return { name, area, show: compareSourced, read: (...at) => wordsSetting(...at, name, []) };
}

export function numberField(name: string, fallback: number, area?: ChangeArea): Field<Sourced<number>> {
  return { name, area, show: compareSourced, read: (...at) => numberSetting(...at, name, fallback) };
}

export function flagField(name: string, fallback: boolean, area?: ChangeArea): Field<Sourced<boolean>> {
  return { name, area, show: compareSourced, read: (...at) => flagSetting(...at, name, fallback) };
}

/** One of these words; the first of them by default, and for any other word. */
export function choiceField<const T extends string>(
  name: string,
  choices: readonly [T, ...T[]],
  area?: ChangeArea,
): Field<Sourced<T>> {
  const [fallback] = choices;
  return {
    name,
    area,
    show: compareSourced,
    read: (...at) => {
      const found = wordSetting(...at, name, fallback);
      const isChoice = choices.some((each) => each === found.value);
      return isChoice ? (found as Sourced<T>) : { ...found, value: fallback };
    },
  };
}

/** A setting whose default depends on a version that is not known, or is not certain. */
export function unsure<V extends string | number | boolean>(field: Field<Sourced<V>>): Field<Sourced<V>> {
  return { ...field, show: (...of) => unsureDefault(compareSourced(...of)) };
}

/** The value without its line. */
export function bare<V extends string | number | boolean | readonly string[]>({
  name,
  area,
  read,
}: Field<Sourced<V>>): Field<V> {
  return { name, area, show: compareUnsourced, read: (...at) => read(...at).value };
}

/** The same, undefined if it is empty. */
export function bareIfSet(field: Field<Sourced<string>>): Field<string | undefined> {
  const { read, ...rest } = bare(field);
  return { ...rest, show: compareUnsourced, read: (...at) => read(...at) || undefined };
}

/** Undefined without a value. */
export function ifSet(field: Field<Sourced<string>>): Field<Sourced<string> | undefined> {
  const { read } = field;
  return {
    ...field,
    show: compareSourced,
    read: (...at) => {
      const found = read(...at);
      return isSet(found) ? found : undefined;
    },
  };
}

/** What a comparison does not show, or shows with another field. */
export function unshown<V>(read: Field<V>['read']): Field<V> {
  return { name: '', show: () => [], read };
}

/** Neither a whole configuration nor the whole table was shown, so there may be other entries. */
export const PARTIAL = unshown(({ entire }) => (entire ? undefined : (true as const)));

/** The same setting, read in another way. */
export function readAs<V>(field: FieldSetting<V>, read: Field<V>['read']): Field<V> {
  return { ...field, read };
}
