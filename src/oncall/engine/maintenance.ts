import { z } from 'zod';
import { endOfWindow } from '../../bot/worker/sweeps/time-windows.ts';
import { FtmError } from '../../ftm-error.ts';
import type { Device } from '../../platform/config/inventory-types.ts';
import { listsDevice } from '../../platform/config/listed-devices.ts';
import type { Records } from '../../platform/store/records.ts';
import { escapeMrkdwn } from '../../report/block-kit/escape.ts';
import { truncate } from '../../report/block-kit/limits.ts';
import { plural } from '../../report/documents/printable.ts';
import type { EscalationRequest } from '../core/escalation.ts';
import { threadLink } from '../core/thread-link.ts';
import { silenceEndedJob } from '../jobs.ts';
import { section } from '../thread/messages.ts';
import type { EngineContext } from './engine-context.ts';

type Parts = Pick<EngineContext, 'queue' | 'settings' | 'thread' | 'logger' | 'now'> & {
  readonly records: Pick<Records, 'addMember' | 'membersSince'>;
};

/** A page that was not sent, as it is kept until the end of the window. */
const silencedPage = z.object({
  device: z.string(),
  summary: z.string(),
  thread: z.object({ team: z.string().optional(), channel: z.string(), ts: z.string() }),
});

const KEEP_AFTER_END_MS = 24 * 3_600_000;

/** Keeps the page for the report if the device is in a maintenance window. False outside of any. */
export async function silencePage(
  draft: EscalationRequest,
  device: Device,
  { records, queue, settings: { maintenance = [] }, now }: Parts,
): Promise<boolean> {
  const at = now();
  const ends = maintenance.flatMap((window) =>
    listsDevice(window.devices, device) ? (endOfWindow(window, window.timeZone, at) ?? []) : [],
  );
  if (ends.length === 0) return false;
  const end = Math.max(...ends);
  const { subject, text, thread } = draft;
  const page = { device: subject.device, summary: text.summary, thread } satisfies z.infer<
    typeof silencedPage
  >;
  await records.addMember(silencedKey(end), JSON.stringify(page), at, end - at + KEEP_AFTER_END_MS);
  await queue.enqueue(silenceEndedJob(end, at));
  return true;
}

/**
 * Reports what was not sent in the channels of the answers: none learns of the devices of another. Rejects when Slack
 * is unavailable, so that the job is retried.
 */
export async function reportSilenced(end: number, { records, thread, logger }: Parts): Promise<void> {
  const pages = (await records.membersSince(silencedKey(end), 0)).map((text) =>
    silencedPage.parse(JSON.parse(text)),
  );
  const places = Map.groupBy(pages, ({ thread: { team = '', channel } }) => `${team} ${channel}`);
  for (const [place, silenced] of places) {
    const [first] = silenced;
    if (first === undefined) continue;
    const mark = `silenced/${end}/${place}`;
    const found = await thread.findRoot(first.thread, mark, end);
    if (found.kind === 'done' && found.value !== undefined) continue;
    const head = `*Maintenance is over*: ${plural(silenced.length, 'page')} not sent meanwhile`;
    const lines = silenced.map(
      (each) => `• ${escapeMrkdwn(each.summary)} <${threadLink(each.thread)}|thread>`,
    );
    const text = truncate([head, ...lines].join('\n'), 2900);
    const posted =
      found.kind === 'done'
        ? await thread.postRoot(first.thread, { text, blocks: [section(text)] }, mark)
        : found;
    if (posted.kind === 'later') throw new FtmError('ftm_slack_failed', posted.reason, { retryable: true });
    if (posted.kind === 'refused')
      logger.error({ place, reason: posted.reason }, 'silenced pages were not reported');
  }
}

function silencedKey(end: number): string {
  return `escalation-silenced:${end}`;
}
