interface Place<T> {
  readonly at: number;
  readonly item: T;
}

/**
 * What belongs to one VDOM or to none, in its order, by the name of the VDOM. Goes through all items once, when it is first
 * asked: a text may have as many VDOMs as items, and going through them again for each took minutes.
 */
export function byVdom<T>(
  items: readonly T[],
  vdomOf: (item: T) => string | undefined,
): (name: string) => readonly T[] {
  const places = new Map<string | undefined, Place<T>[]>();

  function sortByVdom(): void {
    for (const [at, item] of items.entries()) {
      const vdom = vdomOf(item);
      const known = places.get(vdom);
      if (known) known.push({ at, item });
      else places.set(vdom, [{ at, item }]);
    }
  }

  return (name) => {
    if (places.size === 0) sortByVdom();
    const own = [...(places.get(undefined) ?? []), ...(places.get(name) ?? [])];
    return own.sort((one, other) => one.at - other.at).map(({ item }) => item);
  };
}
