import { groupAnswerJob } from '../../platform/queue/group-answer-job.ts';
import type { RunQueue } from '../../platform/queue/run-queue.ts';
import { groupAnswerId, memberId } from '../../platform/runs/group.ts';
import type { Run } from '../../platform/runs/run.ts';
import type { GroupStore } from '../../platform/store/group-store.ts';

const BATCH = 20;

/**
 * Ends the check of a group: the results so far are posted now, devices that are being read are abandoned, and
 * waiting ones are not read. `reason` becomes part of the answer. False if it had ended.
 */
export async function cancelGroup(
  { id, group, answeredAt, acceptedAt }: Run & Required<Pick<Run, 'group'>>,
  reason: string,
  { queue, groups }: { readonly queue: RunQueue; readonly groups: GroupStore },
): Promise<boolean> {
  if (answeredAt !== undefined || (await queue.state(groupAnswerId(id))) === 'active') return false;
  await groups.cancel(id, reason);
  const { state } = await queue.enqueue(groupAnswerJob(id, acceptedAt));
  // A sweep holds its result back until the end of the quiet hours.
  if (state === 'duplicate') await queue.cancel(groupAnswerId(id), reason);
  const read = new Set((await groups.rows(id)).map(({ number }) => number));
  const open = Array.from({ length: group.size }, (_, number) => number).filter(
    (number) => !read.has(number),
  );
  for (let at = 0; at < open.length; at += BATCH) {
    await Promise.all(open.slice(at, at + BATCH).map((number) => queue.cancel(memberId(id, number), reason)));
  }
  return true;
}
