import { z } from 'zod';
import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import type { CorrelationSettings } from '../../platform/config/escalation-types.ts';
import type { Records } from '../../platform/store/records.ts';
import { section } from '../../report/block-kit/build-blocks.ts';
import { escapeMrkdwn } from '../../report/block-kit/escape.ts';
import type { ThreadRef } from '../core/escalation.ts';
import {
  correlationText,
  devicesWithin,
  nameCause,
  type Occurrence,
  occurrence,
} from '../core/incident-correlation.ts';
import { threadLink } from '../core/thread-link.ts';
import type { ThreadMessage, ThreadPort } from '../thread/thread-port.ts';
import { orThrow } from '../thread/thread-result.ts';

export interface CorrelationContext {
  readonly settings: CorrelationSettings;
  readonly records: Records;
  readonly thread: ThreadPort;
}

export interface DiagnosedOccurrence extends Occurrence {
  readonly diagnosis: Diagnosis;
  readonly thread: ThreadRef;
}

const notice = z.object({ ts: z.string().optional(), devices: z.array(z.string()), startedAt: z.number() });
type Notice = z.infer<typeof notice>;

/**
 * Posts one notice for several devices that fail alike; later runs extend its text, and later threads link to it.
 * Rejects with a retryable `ftm_slack_failed` when Slack is unavailable; processing the same run again changes
 * nothing.
 */
export async function correlate(seen: DiagnosedOccurrence, parts: CorrelationContext): Promise<void> {
  const { settings, records } = parts;
  const signature = nameCause(seen.diagnosis);
  if (signature === undefined) return;
  const { device, runId, at } = seen;
  const set = `correlation:${signature}`;
  await records.addMember(set, JSON.stringify({ device, runId, at }), at, settings.within);
  const known = (await records.membersSince(set, at - settings.within)).flatMap(
    (text) => occurrence.safeParse(JSON.parse(text)).data ?? [],
  );
  const devices = devicesWithin(known, at, settings.within);
  if (devices.length < settings.devices) return;
  const ts = await showNotice(signature, devices, at, parts);
  await linkThread(signature, seen, ts, parts);
}

async function showNotice(
  signature: string,
  devices: readonly Occurrence[],
  at: number,
  { settings, records, thread }: CorrelationContext,
): Promise<string> {
  const key = `correlation-notice:${signature}`;
  const stored = await records.get(key);
  const current = stored && notice.safeParse(JSON.parse(stored.text)).data;
  const startedAt = devices[0]?.at ?? at;
  // A notice whose devices have all recovered or were deleted is closed; the next wave gets its own.
  const isSameWave = current !== undefined && current.startedAt + 2 * settings.within > at;
  const before: Notice = isSameWave ? current : { devices: [], startedAt };
  const names = [...new Set([...before.devices, ...devices.map(({ device }) => device)])];
  const message = correlationMessage(signature, devices, names);
  const mark = `correlation/${signature}/${before.startedAt}`;

  let { ts } = before;
  if (ts === undefined) {
    ts = orThrow(await thread.postRoot(settings, message, mark, before.startedAt));
  }
  if (names.length > before.devices.length && before.ts !== undefined) {
    orThrow(await thread.update({ channel: settings.channel, team: settings.team, ts }, ts, message, mark));
  }
  const text = JSON.stringify({ ts, devices: names, startedAt: before.startedAt } satisfies Notice);
  await records.put(key, text, stored?.version ?? 0, 4 * settings.within);
  return ts;
}

async function linkThread(
  signature: string,
  { thread: where, at }: DiagnosedOccurrence,
  noticeTs: string,
  { settings, thread }: CorrelationContext,
): Promise<void> {
  // One link for a thread, however often the device is checked again there.
  const mark = `correlation-link/${signature}/${noticeTs}`;
  if (orThrow(await thread.find(where, mark, at - 2 * settings.within)) !== undefined) return;
  const link = `<${threadLink({ channel: settings.channel, ts: noticeTs })}|other devices have the same problem>`;
  const text = `Before you change anything here: ${link}.`;
  orThrow(await thread.post(where, { text, blocks: [section(text)] }, mark));
}

function correlationMessage(
  signature: string,
  devices: readonly Occurrence[],
  names: readonly string[],
): ThreadMessage {
  const text = escapeMrkdwn(correlationText(signature, devices));
  const list = names.map(escapeMrkdwn).join(', ');
  return { text, blocks: [section(`*${text}*`), section(list.slice(0, 2900))] };
}
