import type { LineMap } from '../evidence/line-map.ts';

/** Maps the line of every quote in a value to its original source. */
export function atSourceLines<T>(value: T, maps: ReadonlyMap<string, LineMap>): T {
  return maps.size === 0 ? value : (mapLines(value, maps) as T);
}

function mapLines(value: unknown, maps: ReadonlyMap<string, LineMap>): unknown {
  if (Array.isArray(value)) return value.map((each) => mapLines(each, maps));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, mapLines(each, maps)]);
  const copy = Object.fromEntries(entries) as Record<string, unknown>;
  if (typeof copy.source === 'string' && typeof copy.line === 'number' && 'text' in copy) {
    copy.line = maps.get(copy.source)?.real(copy.line) ?? copy.line;
  }
  return copy;
}
