import type { Quote } from '../../evidence/types.ts';
import { setting } from '../../fortios/config/find.ts';
import { conflicting, type Fact, known, type Unknown } from '../fact.ts';
import {
  type ConfigView,
  currentTables,
  entriesOf,
  type PlacedBlock,
  type PlacedEntry,
} from './config-view.ts';
import { agree, beyondEnd, type Claim, cutOff, upToEnd } from './reading.ts';

/**
 * Reads a table of the configuration as one fact. Entries with omitted lines count only if they hold the lines named
 * in `decisive`. Entries of several sources are merged; an entry that two sources describe differently makes the
 * whole fact conflicting, and a truncated table is unknown.
 */
export function tableFact<T>(
  view: ConfigView,
  path: string,
  read: (placed: PlacedEntry) => T,
  notSeen: () => Unknown,
  decisive?: readonly string[],
): Fact<readonly T[]> {
  const blocks = view.blocks(path);
  const cut = blocks.find((placed) => !placed.block.closed);
  if (cut) return cutOff(cut, notSeen().commands);
  if (blocks.length === 0)
    return view.covers(path) ? known([], [], view.bounds(path)) : beyondEnd(view, path, notSeen());

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
  let shortened = blocks.find((placed) => placed.block.abridged)?.source;
  for (const placed of entriesOf(view, path)) {
    if (placed.entry.abridged) {
      shortened ??= placed.source;
      if (!decisive?.every((name) => setting(placed.entry, name))) continue;
    }
    const value = read(placed);
    const quote = placed.quote(placed.entry);
    if (blocks.length === 1) {
      values.push(value);
      quotes.push(quote);
      continue;
    }
    const key = `${placed.vdom ?? ''}\n${placed.entry.key}`;
    const claim = { source: placed.source, value, quotes: [quote] };
    const list = claims.get(key);
    if (list) list.push(claim);
    else claims.set(key, [claim]);
  }
  for (const [key, list] of claims) {
    const fact = agree(list, `\`${path}\` "${key.split('\n')[1]}"`, notSeen);
    if (fact.state === 'conflicting') return conflicting(fact.reason, fact.quotes);
    if (fact.state === 'unknown') continue;
    values.push(fact.value);
    quotes.push(...fact.quotes);
  }
  const shown = quotes.length > 0 ? quotes : blocks.map((placed) => placed.quote(placed.block));
  const fact = upToEnd(view, path, known(values, shown, view.bounds(path)));
  if (fact.state !== 'known' || shortened === undefined) return fact;
  return { ...fact, partial: `${shortened} leaves lines of \`config ${path}\` out` };
}

/** Two sources that each show the whole table, with different entries. */
function differentEntries(blocks: readonly PlacedBlock[]): readonly [PlacedBlock, PlacedBlock] | undefined {
  const complete = currentTables(blocks).filter(({ entire, block }) => entire && !block.abridged);
  const keysOf = ({ block }: PlacedBlock) =>
    block.entries
      .map(({ key }) => key)
      .toSorted()
      .join('\n');
  for (const one of complete) {
    const isOther = (each: PlacedBlock) => each.source !== one.source && each.vdom === one.vdom;
    const other = complete.find((each) => isOther(each) && keysOf(each) !== keysOf(one));
    if (other) return [one, other];
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
