import type { Quote } from '../evidence/types.ts';
import { setting } from '../fortios/config/find.ts';
import { type ConfigView, entriesOf, type PlacedEntry } from './config-view.ts';
import { conflicting, type Fact, known, type Unknown, unknown } from './fact.ts';
import { agree, beyondEnd, type Claim, upToEnd } from './reading.ts';

/**
 * A table of the configuration as one fact. Entries of which somebody left lines out count only where they hold the lines
 * named in `decisive`. Entries of several sources are put together; one entry that two sources
 * describe differently makes the whole fact conflicting, and a table that was cut off is not known.
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
  if (cut) return unknown(`${cut.source} is cut off inside \`config ${path}\``, notSeen().commands);
  if (blocks.length === 0) return view.covers(path) ? known([], []) : beyondEnd(view, path, notSeen());

  const claims = new Map<string, Claim<T>[]>();
  let abridged = blocks.find((placed) => placed.block.abridged)?.source;
  for (const placed of entriesOf(view, path)) {
    if (placed.entry.abridged) {
      abridged ??= placed.source;
      if (!decisive?.every((name) => setting(placed.entry, name))) continue;
    }
    const key = `${placed.vdom ?? ''}\n${placed.entry.key}`;
    const list = claims.get(key) ?? [];
    list.push({ source: placed.source, value: read(placed), quotes: [placed.quote(placed.entry)] });
    claims.set(key, list);
  }
  const values: T[] = [];
  const quotes: Quote[] = [];
  for (const [key, list] of claims) {
    const fact = agree(list, `\`${path}\` "${key.split('\n')[1]}"`, notSeen);
    if (fact.state === 'conflicting') return conflicting(fact.reason, fact.quotes);
    if (fact.state === 'unknown') continue;
    values.push(fact.value);
    quotes.push(...fact.quotes);
  }
  const shown = quotes.length > 0 ? quotes : blocks.map((placed) => placed.quote(placed.block));
  const fact = upToEnd(view, path, known(values, shown));
  if (fact.state !== 'known' || abridged === undefined) return fact;
  return { ...fact, partial: `${abridged} leaves lines of \`config ${path}\` out` };
}
