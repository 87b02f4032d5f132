import type { FortiosVersion } from '../../../engine/fortios/version.ts';

/** `'6.4.10-6.4.99 7.0.0-'`: ranges of releases, both ends included; absent means every release. */
export type Versions = string;

/** One of the words an option takes. */
export interface Choice {
  readonly word: string;
  readonly versions?: Versions;
}

export type ValueType =
  | { readonly kind: 'choice'; readonly choices: readonly Choice[]; readonly many?: true }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  | { readonly kind: 'address' }
  /** An address with a mask or a prefix length. */
  | { readonly kind: 'network' }
  /** One or more TCP or UDP ports or ranges. */
  | { readonly kind: 'ports' }
  | { readonly kind: 'text'; readonly max: number }
  /** Printed encrypted. */
  | { readonly kind: 'secret' }
  /** Names entries of other tables; `builtIn` ones are in no configuration. */
  | {
      readonly kind: 'reference';
      readonly tables: readonly string[];
      readonly builtIn: readonly string[];
      readonly many?: true;
    }
  /** Known by name only: any value is accepted and printed as it was typed. */
  | { readonly kind: 'any' };

export interface OptionSchema {
  readonly name: string;
  readonly type: ValueType;
  readonly versions?: Versions;
  /** The value that `show full-configuration` prints for an unset attribute; without one nothing is printed. */
  readonly default?: string | ((version: FortiosVersion) => string);
  /**
   * FortiOS hides the attribute, and does not accept it, unless that other one has one of these values (inferred).
   */
  readonly when?: { readonly option: string; readonly is: readonly string[] };
  /** FortiOS does not store an entry without it. */
  readonly required?: true;
}

/** Content of one `config <path>`. A path without a schema accepts anything. */
export interface Schema {
  readonly path: string;
  /** For a table: how its entries are named. An object has none. */
  readonly key?: 'name' | 'number';
  readonly options: readonly OptionSchema[];
  /** Blocks inside the object or inside each entry. */
  readonly blocks: readonly Schema[];
}
