import { FtmError } from '../../ftm-error.ts';
import type { HandoverSettings } from '../../platform/config/escalation-types.ts';
import { nextHandover } from '../core/handover.ts';
import { handoverJob } from '../jobs.ts';
import { handoverCard, type OpenThread } from '../thread/handover-view.ts';
import type { ThreadResult } from '../thread/thread-result.ts';
import type { AfterAnswerContext } from './after-answer.ts';

const TOLD_MS = 24 * 3_600_000;

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
  // First: a card that Slack refuses must not be the last one.
  const next = nextHandover(settings, Math.max(at, parts.now()));
  await parts.queue.enqueue(handoverJob(next, parts.now()));
  if (open.length === 0) return;
  const posted = await postCard(settings, open, at, parts);
  if (posted.kind === 'done') return;
  if (posted.kind === 'later') throw new FtmError('ftm_slack_failed', posted.reason, { retryable: true });
  parts.logger.error({ channel: settings.channel, reason: posted.reason }, 'no handover was posted');
  await parts.reportToOps?.({
    key: `handover/${settings.channel}/${posted.reason}`,
    text: `The handover could not be posted in <#${settings.channel}>: ${posted.reason}. \`ftm-check doctor\` checks the channels.`,
    keepMs: TOLD_MS,
  });
}

async function postCard(
  settings: HandoverSettings,
  open: readonly OpenThread[],
  at: number,
  { thread }: AfterAnswerContext,
): Promise<ThreadResult<string>> {
  const mark = `handover/${at}`;
  const found = await thread.findRoot(settings, mark, at);
  if (found.kind !== 'done') return found;
  if (found.value !== undefined) return { kind: 'done', value: found.value };
  return await thread.postRoot(settings, handoverCard(open), mark);
}

/** With several workspaces, the card shows the pages of its own. */
function isIn(team: string | undefined, { escalation: { thread } }: OpenThread): boolean {
  return team === undefined || thread.team === undefined || thread.team === team;
}
