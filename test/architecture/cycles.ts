/** The ways from a layer back to itself. */
export function cyclesThrough(
  start: string,
  layers: Readonly<Record<string, { readonly imports: readonly string[] }>>,
  path: readonly string[] = [start],
): readonly string[] {
  const last = path.at(-1) ?? start;
  return (layers[last]?.imports ?? []).flatMap((next) => {
    if (next === start) return [[...path, next].join(' → ')];
    return path.includes(next) ? [] : cyclesThrough(start, layers, [...path, next]);
  });
}
