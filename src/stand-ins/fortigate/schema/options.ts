import type { Choice, OptionSchema, Schema, ValueType, Versions } from './types.ts';

type More = Pick<OptionSchema, 'versions' | 'default' | 'required' | 'when'>;
type Word = string | Choice;

/** A word that only some releases know. */
export function word(name: string, versions: Versions): Choice {
  return { word: name, versions };
}

export function choice(name: string, words: readonly Word[], more: More = {}): OptionSchema {
  return { name, type: { kind: 'choice', choices: words.map(toChoice) }, ...more };
}

/** `enable` or `disable`. */
export function toggle(name: string, initial: 'enable' | 'disable', versions?: Versions): OptionSchema {
  return choice(name, ['enable', 'disable'], { default: initial, ...(versions ? { versions } : {}) });
}

/** Several words of a list at once, for `append` and `unselect`. */
export function choices(name: string, words: readonly Word[], more: More = {}): OptionSchema {
  return { name, type: { kind: 'choice', choices: words.map(toChoice), many: true }, ...more };
}

export function integer(name: string, min: number, max: number, more: More = {}): OptionSchema {
  return { name, type: { kind: 'integer', min, max }, ...more };
}

export function address(name: string, more: More = {}): OptionSchema {
  return { name, type: { kind: 'address' }, ...more };
}

export function network(name: string, more: More = {}): OptionSchema {
  return { name, type: { kind: 'network' }, ...more };
}

export function ports(name: string, more: More = {}): OptionSchema {
  return { name, type: { kind: 'ports' }, ...more };
}

export function text(name: string, max: number, more: More = {}): OptionSchema {
  return { name, type: { kind: 'text', max }, ...more };
}

export function secret(name: string, more: More = {}): OptionSchema {
  return { name, type: { kind: 'secret' }, ...more };
}

/** The name of an entry of one of these tables. */
export function reference(
  name: string,
  tables: readonly string[],
  more: More & { readonly builtIn?: readonly string[] } = {},
): OptionSchema {
  const { builtIn = [], ...rest } = more;
  return { name, type: { kind: 'reference', tables, builtIn }, ...rest };
}

/** Names of any number of entries. */
export function references(
  name: string,
  tables: readonly string[],
  more: More & { readonly builtIn?: readonly string[] } = {},
): OptionSchema {
  const { builtIn = [], ...rest } = more;
  return { name, type: { kind: 'reference', tables, builtIn, many: true }, ...rest };
}

/** The other attributes of a path, by name only: `name` or `name@7.0.1-7.4.1`. */
export function others(names: string): readonly OptionSchema[] {
  const any: ValueType = { kind: 'any' };
  return names
    .split(/\s+/)
    .filter((each) => each !== '')
    .map((each) => {
      const [name = '', versions] = each.split('@');
      return { name, type: any, versions };
    });
}

/** Attributes that exist only while another one has one of these values. */
export function onlyWhen(
  option: string,
  is: readonly string[],
  dependent: readonly OptionSchema[],
): readonly OptionSchema[] {
  return dependent.map((each) => ({ ...each, when: { option, is } }));
}

export function object(
  path: string,
  options: readonly OptionSchema[],
  blocks: readonly Schema[] = [],
): Schema {
  return { path, options, blocks };
}

export function table(
  path: string,
  key: 'name' | 'number',
  options: readonly OptionSchema[],
  blocks: readonly Schema[] = [],
): Schema {
  return { path, key, options, blocks };
}

/** A block inside another that accepts anything. */
export function inner(path: string): Schema {
  return { path, options: [], blocks: [] };
}

function toChoice(each: Word): Choice {
  return typeof each === 'string' ? { word: each } : each;
}
