import type { HandoverSettings } from '../../config/escalation-types.ts';
import { FtmError } from '../../ftm-error.ts';
import { nextHandover } from '../core/handover.ts';
import { handoverJob } from '../jobs.ts';
import { handoverCard, type OpenThread } from '../thread/handover-view.ts';
import type { ThreadResult } from '../thread/thread-result.ts';
import type { AfterAnswerContext } from './after-answer.ts';

/** Returns open pages with the last run about their devices, oldest first. */
export async function openThreads({
  store,
  runs,
}: Pick<AfterAnswerContext, 'store' | 'runs'>): Promise<readonly OpenThread[]> {
  return await Promise.all(
    (await store.open()).map(async (escalation) => {
      const { alias } = escalation.subject;
      const [last] = alias === undefined ? [] : await runs.byDevice(alias, 1);
      return { escalation, last };
    }),
  );
}

/** Schedules the next handover card. Every process may call it: each time has one card. */
export async function planHandover(settings: HandoverSettings, parts: AfterAnswerContext): Promise<void> {
  const at = nextHandover(settings, parts.now());
  await parts.queue.enqueue(handoverJob(at, parts.now()));
}

/** Posts the card at the end of a shift; nothing is posted if no page is open. */
export async function handOver(at: number, parts: AfterAnswerContext): Promise<void> {
  const settings = parts.settings.handover;
  if (settings === undefined) return;
  // The times may have changed since this job was scheduled.
  const isTime = nextHandover(settings, at - 1) === at;
  const open = isTime ? (await openThreads(parts)).filter((page) => isIn(settings.team, page)) : [];
  const mark = `handover/${at}`;
  if (open.length > 0 && orThrow(await parts.thread.findRoot(settings, mark, at)) === undefined) {
    orThrow(await parts.thread.postRoot(settings, handoverCard(open), mark));
  }
  const next = nextHandover(settings, Math.max(at, parts.now()));
  await parts.queue.enqueue(handoverJob(next, parts.now()));
}

/** With several workspaces, the card shows the pages of its own. */
function isIn(team: string | undefined, { escalation: { thread } }: OpenThread): boolean {
  return team === undefined || thread.team === undefined || thread.team === team;
}

function orThrow<T>(result: ThreadResult<T>): T {
  if (result.kind === 'done') return result.value;
  throw new FtmError('ftm_slack_failed', result.reason, { retryable: result.kind === 'later' });
}
