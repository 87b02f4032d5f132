import type { ShownSettings } from '../../facts/config/shown-settings.ts';
import { conflicting, type Fact, known, type Sourced } from '../../facts/fact.ts';

/**
 * One setting of an object, or its line from a `grep`: `path` is `system global admin-sport`. If the whole object is
 * not known, the single line suffices; if both are known, they must agree.
 */
export function oneSetting<T, V extends number | string | boolean>(
  whole: Fact<T>,
  pick: (value: T) => Sourced<V>,
  shown: Fact<ShownSettings>,
  path: string,
  read: (text: string) => V,
): Fact<Sourced<V>> {
  const line = shown.state === 'known' ? shown.value.get(path) : undefined;
  const single = line && { ...line, value: read(line.value) };
  if (whole.state !== 'known') return single ? known(single, single.quotes) : whole;
  const full = pick(whole.value);
  if (single && single.value !== full.value) {
    return conflicting(`the evidence shows two values of \`${path}\`: ${full.value} and ${single.value}`, [
      ...full.quotes,
      ...single.quotes,
    ]);
  }
  return known(full, full.quotes);
}
