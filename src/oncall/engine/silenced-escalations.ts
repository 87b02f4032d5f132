import { z } from 'zod';
import { endOfWindow } from '../../bot/worker/sweeps/time-windows.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import type { Device, Inventory } from '../../platform/config/inventory-types.ts';
import { findDevice, listsDevice } from '../../platform/config/listed-devices.ts';
import type { Records } from '../../platform/store/records.ts';
import { section } from '../../report/block-kit/build-blocks.ts';
import { escapeMrkdwn } from '../../report/block-kit/escape.ts';
import { truncate } from '../../report/block-kit/limits.ts';
import { plural } from '../../report/documents/printable.ts';
import type { EscalationRequest } from '../core/escalation.ts';
import { threadLink } from '../core/threads.ts';
import type { KnownAlert } from '../intake/alert-index.ts';
import type { FindSilence } from '../intake/alertmanager-silences.ts';
import { type EscalationJob, silenceEndedJob } from '../jobs.ts';
import { createSilenceStore } from '../store/stored-lists.ts';
import type { EngineContext } from './engine-context.ts';

type Parts = Pick<EngineContext, 'queue' | 'settings' | 'thread' | 'logger' | 'now'> & {
  readonly records: Pick<Records, 'addMember' | 'membersSince' | 'removeMember' | 'get' | 'put'>;
  readonly findSilence: FindSilence;
};

/** A page that was not sent, as it is kept until the end of the silence. */
const silencedEscalation = z.object({
  device: z.string(),
  summary: z.string(),
  thread: z.object({ team: z.string().optional(), channel: z.string(), ts: z.string() }),
  /** Slack mrkdwn. */
  why: z.string().default('Maintenance'),
});

/** What keeps a page back, until when, in milliseconds since the Unix epoch. */
interface Quiet {
  readonly until: number;
  /** Slack mrkdwn. */
  readonly why: string;
}

const KEEP_AFTER_END_MS = 24 * 3_600_000;

/** Keeps the page for the report if its device is silent. False if it is not. */
export async function silenceEscalation(
  draft: EscalationRequest,
  device: Device,
  alerts: readonly KnownAlert[],
  parts: Parts,
): Promise<boolean> {
  const { records, queue, now } = parts;
  const at = now();
  const quiet = await findQuiet(device, alerts, at, parts);
  if (quiet === undefined) return false;
  const { until, why } = quiet;
  const { subject, text, thread } = draft;
  const page = { device: subject.device, summary: text.summary, thread, why } satisfies z.infer<
    typeof silencedEscalation
  >;
  await records.addMember(silencedKey(until), JSON.stringify(page), at, until - at + KEEP_AFTER_END_MS);
  await queue.enqueue(silenceEndedJob(until, at));
  return true;
}

/** End of the silence of a device, whatever alerts are about it. Undefined if it has none. */
export function createQuietUntil(
  inventory: Inventory,
  parts: Omit<Parts, 'queue' | 'thread' | 'logger'>,
): EngineContext['quietUntil'] {
  return async (alias) => {
    const device = findDevice(inventory, alias);
    return device && (await findQuiet(device, [], parts.now(), parts))?.until;
  };
}

/** The one that ends last, of maintenance windows, people's silences and those of Alertmanager. */
async function findQuiet(
  device: Device,
  alerts: readonly KnownAlert[],
  at: number,
  { records, settings, findSilence }: Pick<Parts, 'records' | 'settings' | 'findSilence'>,
): Promise<Quiet | undefined> {
  const { maintenance = [] } = settings;
  const planned = maintenance.flatMap((window) => {
    const until = listsDevice(window.devices, device)
      ? endOfWindow(window, window.timeZone ?? 'UTC', at)
      : undefined;
    return until === undefined ? [] : [{ until, why: 'Maintenance' }];
  });
  const silences = (await createSilenceStore(records).current(at))
    .filter(({ devices }) => devices.includes(device.alias))
    .map(({ until, name, by, reason }) => {
      const said = reason === undefined ? '' : ` (${escapeMrkdwn(reason)})`;
      return { until, why: `The silence of ${escapeMrkdwn(name)} by <@${by}>${said}` };
    });
  const known = [...planned, ...silences];
  const end = known.length > 0 ? undefined : await findSilence(device.alias, alerts);
  const found = end === undefined ? known : [{ until: end, why: 'A silence of Alertmanager' }];
  return found.toSorted((one, other) => other.until - one.until)[0];
}

/**
 * Reports what was not sent in the channels of the answers: none learns of the devices of another. Rejects when Slack
 * is unavailable, so that the job is retried.
 */
export async function reportSilenced(
  { at: end, since = end }: Extract<EscalationJob, { kind: 'silence-ended' }>,
  { records, thread, logger }: Parts,
): Promise<void> {
  const members = await records.membersSince(silencedKey(end), 0);
  const pages = members.map((member) => ({ member, ...silencedEscalation.parse(JSON.parse(member)) }));
  const places = Map.groupBy(pages, ({ thread: { team = '', channel } }) => `${team} ${channel}`);
  for (const [place, silenced] of places) {
    const [first] = silenced;
    if (first === undefined) continue;
    const mark = `silenced/${end}/${place}`;
    const head = `*${first.why} is over*: ${plural(silenced.length, 'page')} not sent meanwhile`;
    const lines = silenced.map(
      (each) => `• ${escapeMrkdwn(each.summary)} <${threadLink(each.thread)}|thread>`,
    );
    const text = truncate([head, ...lines].join('\n'), 2900);
    const posted = await thread.postRoot(first.thread, { text, blocks: [section(text)] }, mark, since);
    if (posted.kind === 'later') throw new FtmError('ftm_slack_failed', posted.reason, { retryable: true });
    if (posted.kind === 'refused')
      logger.error({ place, reason: posted.reason }, 'silenced pages were not reported');
    for (const { member } of silenced) await records.removeMember(silencedKey(end), member);
  }
}

function silencedKey(end: number): string {
  return `escalation-silenced:${end}`;
}
