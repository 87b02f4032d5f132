import type { Quote } from '../../evidence/types.ts';
import { setting } from '../../fortios/config/find.ts';
import { conflicting, type Fact, known, unknown } from '../fact.ts';
import { type DeclaredKey, FACT_KEYS, FACTS, type FactKey, type Facts, type VdomFactKey } from '../facts.ts';
import {
  type ConfigView,
  currentTables,
  entriesOf,
  type PlacedBlock,
  type PlacedEntry,
} from './config-view.ts';
import { type Declaration, readEntry, readFields } from './fields.ts';
import {
  agree,
  beyondEnd,
  type Claim,
  cutOff,
  latestPerSource,
  notSeen,
  notShown,
  upToEnd,
} from './reading.ts';

/**
 * Reads a table of the configuration as one fact. Entries of several sources are merged; an entry that two sources
 * describe differently makes the whole fact conflicting, and a truncated table is unknown.
 */
export function tableFact<T>(
  view: ConfigView,
  key: FactKey,
  { path, decisive, onlyWhole }: Declaration,
  read: (placed: PlacedEntry) => T,
): Fact<readonly T[]> {
  const blocks = view.blocks(path);
  if (onlyWhole && blocks.length > 0 && blocks.every(({ selected }) => selected))
    return notSeen(key, view.sections);
  const cut = blocks.find((placed) => !placed.block.closed);
  if (cut) return cutOff(cut, FACTS[key].commands);
  if (blocks.length === 0)
    return view.covers(path)
      ? known([], [], view.bounds(path))
      : beyondEnd(view, path, notSeen(key, view.sections));

  const differing = differentEntries(blocks) ?? besideWholeConfig(view, path, blocks);
  if (differing) {
    const [one, other] = differing;
    return conflicting(`${one.source} and ${other.source} list different entries of \`${path}\``, [
      one.quote(one.block),
      other.quote(other.block),
    ]);
  }
  const claims = new Map<string, Claim<T>[]>();
  const values: T[] = [];
  const quotes: Quote[] = [];
  const isOneSource = new Set(blocks.map(({ source }) => source)).size === 1;
  let shortened = blocks.find((placed) => placed.block.abridged)?.source;
  for (const placed of entriesOf(view, path)) {
    if (placed.entry.abridged) {
      shortened ??= placed.source;
      if (!decisive?.every((name) => setting(placed.entry, name))) continue;
    }
    const value = read(placed);
    const quote = placed.quote(placed.entry);
    if (isOneSource) {
      values.push(value);
      quotes.push(quote);
      continue;
    }
    const place = `${placed.vdom ?? ''}\n${placed.entry.key}`;
    const claim = { source: placed.source, value, quotes: [quote] };
    const list = claims.get(place);
    if (list) list.push(claim);
    else claims.set(place, [claim]);
  }
  for (const [place, list] of claims) {
    const [only] = list;
    if (only && list.length === 1) {
      values.push(only.value);
      quotes.push(...only.quotes);
      continue;
    }
    const fact = agree(list, `\`${path}\` "${place.split('\n')[1]}"`, () => notSeen(key, view.sections));
    if (fact.state === 'conflicting') return conflicting(fact.reason, fact.quotes);
    if (fact.state === 'unknown') continue;
    values.push(fact.value);
    quotes.push(...fact.quotes);
  }
  const shown = quotes.length > 0 ? quotes : blocks.map((placed) => placed.quote(placed.block));
  const fact = upToEnd(view, path, known(values, shown, view.bounds(path)));
  if (fact.state !== 'known') return fact;
  const partial =
    shortened === undefined ? fact.partial : `${shortened} leaves lines of \`config ${path}\` out`;
  if (partial === undefined) return fact;
  return onlyWhole ? unknown(partial, FACTS[key].commands) : { ...fact, partial };
}

/** The declared facts of a device. */
export function readDeclaredFacts(view: ConfigView): Pick<Facts, Exclude<DeclaredKey, VdomFactKey>> {
  return readDeclared(view, undefined);
}

/** The declared facts of a VDOM; of all VDOMs together if `view` holds several. */
export function readDeclaredVdomFacts(view: ConfigView): Pick<Facts, DeclaredKey & VdomFactKey> {
  return readDeclared(view, true);
}

function readDeclared<K extends DeclaredKey>(view: ConfigView, scope: true | undefined): Pick<Facts, K> {
  const facts = FACT_KEYS.flatMap((key) => {
    const { table, object, readApart, perVdom } = FACTS[key];
    if (readApart || perVdom !== scope) return [];
    if (object) return [[key, objectFact(view, key, object)]];
    return table ? [[key, tableFact(view, key, table, (placed) => readEntry(table, placed))]] : [];
  });
  return Object.fromEntries(facts) as Pick<Facts, K>;
}

/** An object that a device has once. */
function objectFact(view: ConfigView, key: FactKey, { path, fields }: Declaration): Fact<unknown> {
  const claims = view.objects(path).map((placed) => ({
    source: placed.source,
    value: readFields(fields, placed, placed.block),
    quotes: [placed.quote(placed.block)],
    bounds: placed.bounds(placed.block),
  }));
  return agree(latestPerSource(claims), `\`${path}\``, () => notShown(key, view, path));
}

/** Two sources that each show the whole table, with different entries. */
function differentEntries(blocks: readonly PlacedBlock[]): readonly [PlacedBlock, PlacedBlock] | undefined {
  const complete = currentTables(blocks).filter(({ entire, block }) => entire && !block.abridged);
  const keysOf = ({ block }: PlacedBlock) =>
    block.entries
      .map(({ key }) => key)
      .toSorted()
      .join('\n');
  for (const ofVdom of Map.groupBy(complete, ({ vdom }) => vdom).values()) {
    if (ofVdom.every(({ source }) => source === ofVdom[0]?.source)) continue;
    const tables = ofVdom.map((placed) => ({ placed, source: placed.source, keys: keysOf(placed) }));
    for (const one of tables) {
      const other = tables.find(({ source, keys }) => source !== one.source && keys !== one.keys);
      if (other) return [one.placed, other.placed];
    }
  }
  return undefined;
}

/** A whole configuration without the table, and another source that has entries of it. */
function besideWholeConfig(
  view: ConfigView,
  path: string,
  blocks: readonly PlacedBlock[],
): readonly [PlacedBlock, PlacedBlock] | undefined {
  const without = view.without(path);
  const other = blocks.find(({ block, source }) => block.entries.length > 0 && source !== without?.source);
  return without && other && [without, other];
}
