/**
 * The arrows between rooms in the first diagram of a page. A box names one room or several; those of a queue are left
 * out: they show the way of a job.
 */
export function arrowsOf(page: string): readonly (readonly [string, string])[] {
  const diagram = /```mermaid\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  const boxes = new Map(
    [...diagram.matchAll(/(\w+)\["([^"<]+)/g)].map(([, id = '', label = '']) => [
      id,
      [...label.matchAll(/(?:src\/)?([\w-]+)\/?(?=,|$)/g)].map(([, layer = '']) => layer),
    ]),
  );
  return [...diagram.matchAll(/(\w+)(?:\["[^"]*"\])? --> (\w+)/g)].flatMap(([, from = '', to = '']) =>
    (boxes.get(from) ?? []).flatMap((one) => (boxes.get(to) ?? []).map((other) => [one, other] as const)),
  );
}
