import { z } from 'zod';
import type { CorrelationSettings } from '../../platform/config/escalation-schema.ts';
import { section } from '../../report/block-kit/build-blocks.ts';
import { escapeMrkdwn } from '../../report/block-kit/escape.ts';
import {
  correlationText,
  devicesWithin,
  nameCause,
  type Occurrence,
  occurrence,
} from '../core/incident-correlation.ts';
import { answerThread, threadLink } from '../core/threads.ts';
import { orThrow } from '../thread/thread-result.ts';
import type { AfterAnswerContext } from './after-answer.ts';

const notice = z.object({ ts: z.string().optional(), devices: z.array(z.string()), startedAt: z.number() });
type Notice = z.infer<typeof notice>;

type Parts = Pick<AfterAnswerContext, 'settings' | 'records' | 'thread' | 'runs'>;

/**
 * Posts one notice for several devices that fail alike; later runs extend its text, and later threads link to it.
 * Rejects with a retryable `ftm_slack_failed` when Slack is unavailable; processing the same run again changes
 * nothing.
 */
export async function correlateRun(runId: string, parts: Parts): Promise<void> {
  const { settings, records, thread: slack } = parts;
  const { correlation } = settings;
  const run = await parts.runs.get(runId);
  const where = run && answerThread(run);
  if (run?.outcome?.kind !== 'diagnosed' || where === undefined || correlation === undefined) return;
  const { team, within } = correlation;
  // With several workspaces, the notice names the devices of its own.
  if (team !== undefined && where.team !== undefined && where.team !== team) return;
  const { diagnosis } = run.outcome;
  const device = run.alias ?? diagnosis.device.hostname;
  const signature = nameCause(diagnosis);
  if (device === undefined || signature === undefined) return;
  const at = run.answeredAt ?? run.acceptedAt;
  const set = `correlation:${signature}`;
  await records.addMember(set, JSON.stringify({ device, runId, at }), at, within);
  const known = (await records.membersSince(set, at - within)).flatMap(
    (text) => occurrence.safeParse(JSON.parse(text)).data ?? [],
  );
  const devices = devicesWithin(known, at, within);
  if (devices.length < correlation.devices) return;
  const ts = await showNotice(signature, devices, at, correlation, parts);
  // One link for a thread, however often the device is checked again there.
  const mark = `correlation-link/${signature}/${ts}`;
  const link = `<${threadLink({ channel: correlation.channel, ts })}|other devices have the same problem>`;
  const text = `Before you change anything here: ${link}.`;
  orThrow(await slack.post(where, { text, blocks: [section(text)] }, mark, { since: at - 2 * within }));
}

async function showNotice(
  signature: string,
  devices: readonly Occurrence[],
  at: number,
  settings: CorrelationSettings,
  { records, thread }: Parts,
): Promise<string> {
  const { channel, team, within } = settings;
  const key = `correlation-notice:${signature}`;
  const stored = await records.get(key);
  const current = stored && notice.safeParse(JSON.parse(stored.text)).data;
  // A notice whose devices have all recovered or were deleted is closed; the next wave gets its own.
  const isSameWave = current !== undefined && current.startedAt + 2 * within > at;
  const before: Notice = isSameWave ? current : { devices: [], startedAt: devices[0]?.at ?? at };
  const { startedAt } = before;
  const names = [...new Set([...before.devices, ...devices.map(({ device }) => device)])];
  const text = escapeMrkdwn(correlationText(signature, devices));
  const list = names.map(escapeMrkdwn).join(', ');
  const message = { text, blocks: [section(`*${text}*`), section(list.slice(0, 2900))] };
  const mark = `correlation/${signature}/${startedAt}`;
  const ts = before.ts ?? orThrow(await thread.postRoot(settings, message, mark, startedAt)).ts;
  if (names.length > before.devices.length && before.ts !== undefined)
    orThrow(await thread.update({ channel, team, ts }, ts, message, mark));
  const next = JSON.stringify({ ts, devices: names, startedAt } satisfies Notice);
  await records.put(key, next, stored?.version ?? 0, 4 * within);
  return ts;
}
