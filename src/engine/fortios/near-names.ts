/** Characters; longer names are compared by their beginning. */
const MAX_LENGTH = 64;

/** The entries of `names` that are most similar to `name`: best first, at most `limit`. */
export function nearNames(names: readonly string[], name: string, limit = 3): readonly string[] {
  const wanted = name.trim().toLowerCase().slice(0, MAX_LENGTH);
  if (wanted === '') return [];
  return [...new Set(names)]
    .map((each) => ({ name: each, distance: likeness(wanted, each.toLowerCase().slice(0, MAX_LENGTH)) }))
    .filter(({ name: each, distance }) => distance <= Math.max(2, Math.floor(each.length / 3)))
    .filter(({ name: each, distance }) => distance < Math.min(wanted.length, each.length))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, limit)
    .map((each) => each.name);
}

/** Prefers abbreviations (`branch-07` for `fgt-branch-07`), which are more frequent than typing errors. */
function likeness(wanted: string, name: string): number {
  const [short, long] = wanted.length < name.length ? [wanted, name] : [name, wanted];
  return short.length >= 3 && long.includes(short) ? 1 : editDistance(wanted, name);
}

/** Optimal string alignment: two exchanged letters count as one error. Both words are short. */
function editDistance(a: string, b: string): number {
  let before: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current.push(
        Math.min(
          (previous[column - 1] ?? 0) + (same ? 0 : 1),
          (previous[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          swapped ? (before[column - 2] ?? Infinity) + 1 : Infinity,
        ),
      );
    }
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
