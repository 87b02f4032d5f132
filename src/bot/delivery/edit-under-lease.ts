import type { Run } from '../../platform/runs/run.ts';
import { LEASE_MS, type LeaseOptions, releaseLease } from './run-lease.ts';
import type { SlackPort, SlackResult } from './slack-port.ts';
import type { PlacedRun } from './types.ts';

/**
 * Edits a message that another process may answer at any moment: only while there is no outcome, and under the run's
 * lease. The process that answers stores the outcome first and then waits for the lease, so no edit comes after the
 * answer.
 */
export async function editUnderLease(
  id: string,
  options: LeaseOptions,
  edit: (run: PlacedRun) => Promise<SlackResult<null>>,
): Promise<SlackResult<null> | undefined> {
  const { runs, owner } = options;
  // A separate owner, because this process may be the one that answers.
  const editor = { ...options, owner: `${owner}.edit` };
  const known = await runs.get(id);
  if (known?.answerTs === undefined || isAnswered(known)) return undefined;
  const turn = await runs.acquireLease(id, editor.owner, LEASE_MS);
  if (turn === 'held' || turn === 'gone') return undefined;
  try {
    const run = await runs.get(id);
    if (run?.answerTs === undefined || isAnswered(run)) return undefined;
    return await edit({ ...run, answerTs: run.answerTs });
  } finally {
    await releaseLease(known, editor);
  }
}

/** Edits the message that becomes the answer. */
export function editMessage(
  { id: runId, replyTo: { channel, team }, answerTs: ts }: PlacedRun,
  message: Pick<Parameters<SlackPort['update']>[0], 'text' | 'blocks'>,
  { slack }: LeaseOptions,
): Promise<SlackResult<null>> {
  return slack(team).update({ channel, ts, ...message, mark: { runId, role: 'answer' } });
}

function isAnswered({ outcome, answeredAt }: Run): boolean {
  return outcome !== undefined || answeredAt !== undefined;
}
