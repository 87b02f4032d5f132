interface Arrow {
  readonly from: string;
  readonly to: string;
}

/** The arrows by which a layer or file leads back to itself. */
export function arrowsInCycles(arrows: readonly Arrow[]): readonly Arrow[] {
  const starts = new Set(arrows.map(({ from }) => from));
  const ends = new Set(arrows.map(({ to }) => to));
  const left = arrows.filter(({ from, to }) => ends.has(from) && starts.has(to));
  if (left.length < arrows.length) return arrowsInCycles(left);
  return left.filter(({ from, to }) => reaches(left, to, from));
}

function reaches(arrows: readonly Arrow[], start: string, end: string): boolean {
  const found = new Set([start]);
  for (const each of found) {
    for (const { from, to } of arrows) if (from === each) found.add(to);
  }
  return found.has(end);
}
