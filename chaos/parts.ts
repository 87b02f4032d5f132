import type { Counted } from './count.ts';
import type { Asked } from './planned-request.ts';
import { isFolded, type SlackSeen } from './slack-seen.ts';

/** What tells that requests are parts of one paste. */
export function partThread({ kind, thread }: Asked): string | undefined {
  return kind === 'part' ? thread : undefined;
}

/** Each part has its answer as any request; but of a paste one answer stands, and the others say that they were read with it. */
export function judgeParts(counted: readonly Counted[], seen: SlackSeen): readonly Counted[] {
  const answered = counted.filter(({ ending }) => ending.startsWith('answered'));
  const pastes = Map.groupBy(answered, ({ asked }) => partThread(asked));
  pastes.delete(undefined);
  const bad = new Map<Counted, Counted['ending']>();
  for (const parts of pastes.values()) {
    const standing = parts.filter((part) => !gaveWay(part, seen));
    for (const part of standing.slice(0, -1)) bad.set(part, 'doubled');
    const [first] = parts;
    if (standing.length === 0 && first !== undefined) bad.set(first, 'lost');
  }
  return counted.map((each) => {
    const ending = bad.get(each);
    return ending === undefined ? each : { ...each, ending };
  });
}

function gaveWay({ asked }: Counted, seen: SlackSeen): boolean {
  return seen.messages(asked.runId, 'answer').every(({ text }) => isFolded(text));
}
