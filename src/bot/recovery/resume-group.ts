import type { RunQueue } from '../../platform/queue/run-queue.ts';
import { groupAnswerId } from '../../platform/runs/group.ts';
import type { Run } from '../../platform/runs/run.ts';

const INTERVAL_MS = 5 * 60_000;
const PENDING: ReadonlySet<string> = new Set(['waiting', 'delayed', 'active']);

/**
 * Continues a group check without an answer: jobs of devices that were lost with the queue's data are enqueued again.
 * If no job was lost this changes nothing. Once in five minutes, by all processes together.
 */
export async function resumeGroup(
  { id: runId, group, asker, replyTo, acceptedAt, user, vdom }: Run & Required<Pick<Run, 'group'>>,
  { queue, now }: { readonly queue: RunQueue; readonly now: () => number },
): Promise<boolean> {
  for (const id of [runId, groupAnswerId(runId)]) if (PENDING.has(await queue.state(id))) return false;
  const { name, sweep } = group;
  const { state } = await queue.enqueue({
    id: `${runId}.resume-${Math.floor(now() / INTERVAL_MS)}`,
    lane: `resume.${runId}`,
    data: {
      kind: 'group',
      runId,
      acceptedAt,
      asker,
      replyTo,
      group: name,
      aliases: [],
      user,
      vdom,
      sweep,
    },
  });
  return state !== 'duplicate';
}
