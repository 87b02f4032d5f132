import { Temporal } from 'temporal-polyfill';
import type { HandoverSettings } from '../../platform/config/escalation-schema.ts';
import { handoverJob } from '../jobs.ts';
import { handoverCard, type OpenThread } from '../thread/handover-view.ts';
import { orThrow } from '../thread/thread-result.ts';
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
  // With several workspaces, the card shows the pages of its own.
  const open = (isTime ? await openThreads(parts) : []).filter(
    ({ escalation: { thread } }) =>
      settings.team === undefined || [undefined, settings.team].includes(thread.team),
  );
  // First: a card that Slack refuses must not be the last one.
  const next = nextHandover(settings, Math.max(at, parts.now()));
  await parts.queue.enqueue(handoverJob(next, parts.now()));
  if (open.length === 0) return;
  const posted = await parts.thread.postRoot(settings, handoverCard(open), `handover/${at}`, at);
  if (posted.kind !== 'refused') return void orThrow(posted);
  parts.logger.error({ channel: settings.channel, reason: posted.reason }, 'no handover was posted');
  await parts.reportToOps?.({
    key: `handover/${settings.channel}/${posted.reason}`,
    text: `The handover could not be posted in <#${settings.channel}>: ${posted.reason}. \`ftm-check doctor\` checks the channels.`,
    keepMs: TOLD_MS,
  });
}

/** Returns the next handover after `now`, both in milliseconds since the Unix epoch. */
export function nextHandover({ times, timeZone }: HandoverSettings, now: number): number {
  const start = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  const candidates = [0, 1].flatMap((days) =>
    times.map(
      (time) =>
        start.add({ days }).toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) })
          .epochMilliseconds,
    ),
  );
  return Math.min(...candidates.filter((at) => at > now));
}
