import { setTimeout as sleep } from 'node:timers/promises';
import { messageRunId, triggerRunId } from '../../handlers/run-id.ts';
import { TWO_USERS_LOG } from '../../src/demo/two-users.ts';
import type { LocalSlack } from '../../src/local-slack/local-slack.ts';
import type { Delivery, SlackMessage } from '../../src/local-slack/types.ts';
import { CHECK_LOG_SHORTCUT, SLASH_COMMAND } from '../../src/slack/manifest.ts';
import type { Random } from './random.ts';
import { PASTE_SECRETS } from './secrets.ts';

export const KINDS = ['slash', 'mention', 'paste', 'shortcut', 'joined'] as const;
export type Kind = (typeof KINDS)[number];

/** One request of one person; nobody asks twice, so that everything said to a person belongs to one request. */
export interface Asked {
  readonly kind: Kind;
  readonly user: string;
  readonly channel: string;
  readonly runId: string;
  readonly sentAt: number;
  /** Everything Slack told the app of it, in order. */
  readonly deliveries: Delivery[];
  /** Milliseconds since the Unix epoch of the first acknowledgement; `undefined`: Slack told the person that it failed. */
  ackedAt?: number;
}

/** What a plan says of one request; made before anything happens, from the seed alone. */
export interface PlannedRequest {
  readonly kind: Kind;
  readonly atMs: number;
  readonly user: string;
  readonly channel: string;
  readonly alias: string;
  /** Pauses before further deliveries of the same events, though they were acknowledged. */
  readonly repeatAfterMs: readonly number[];
}

export interface PlanOptions {
  readonly requests: number;
  readonly overMs: number;
  readonly users: readonly string[];
  readonly channels: readonly string[];
  readonly aliases: readonly string[];
}

export function planRequests(random: Random, options: PlanOptions): readonly PlannedRequest[] {
  const planned: PlannedRequest[] = [];
  const users = options.users.values();
  while (planned.length < options.requests) {
    const kind = random.weighted<Kind>([
      ['slash', 28],
      ['mention', 24],
      ['paste', 22],
      ['shortcut', 14],
      ['joined', 12],
    ]);
    const atMs = (planned.length / options.requests) * options.overMs + random.between(0, 200);
    const alias = random.pick(options.aliases);
    // Who asks the same at the same time.
    const size = kind === 'joined' ? Math.min(random.between(2, 5), options.requests - planned.length) : 1;
    for (let nth = 0; nth < size; nth += 1) {
      const user = users.next().value;
      if (user === undefined) throw new Error('not enough people');
      planned.push({
        kind,
        atMs: atMs + nth * random.between(0, 60),
        user,
        alias,
        channel: random.pick(options.channels),
        repeatAfterMs: random.chance(0.35) ? [random.between(0, 300), random.between(500, 9000)] : [],
      });
    }
  }
  return planned;
}

/** Slack's own pauses are none, a minute and five minutes. */
const REDELIVER_AFTER_MS = [0, 1500, 5000];

/** One person asks. Resolves when Slack will deliver nothing of it any more. */
export async function ask(slack: LocalSlack, planned: PlannedRequest, asked: Asked[]): Promise<void> {
  const { first, runId } = await send(slack, planned);
  const { kind, user, channel } = planned;
  const sentAt = first.sentAt;
  const one: Asked = { kind, user, channel, runId, sentAt, deliveries: [...first.deliveries] };
  note(one, sentAt);
  asked.push(one);
  const events = first.deliveries.filter((delivery) => delivery.kind === 'events_api');
  await Promise.all(events.map((delivery) => redeliver(slack, delivery, planned, one)));
}

async function redeliver(
  slack: LocalSlack,
  delivery: Delivery,
  planned: PlannedRequest,
  one: Asked,
): Promise<void> {
  let isAcked = delivery.status === 200;
  for (const [index, pause] of REDELIVER_AFTER_MS.entries()) {
    if (isAcked) break;
    await sleep(pause);
    const at = Date.now();
    const again = await slack.redeliver(delivery, { num: index + 1, reason: 'http_timeout' });
    one.deliveries.push(again);
    isAcked = again.status === 200;
    if (isAcked) one.ackedAt ??= at + again.tookMs;
  }
  for (const pause of planned.repeatAfterMs) {
    await sleep(pause);
    one.deliveries.push(await slack.redeliver(delivery));
  }
}

function note(one: Asked, sentAt: number): void {
  const acked = one.deliveries.filter(({ status }) => status === 200).map(({ tookMs }) => tookMs);
  if (acked.length > 0) one.ackedAt = sentAt + Math.min(...acked);
}

interface Sent {
  readonly runId: string;
  readonly first: { readonly sentAt: number; readonly deliveries: readonly Delivery[] };
}

async function send(slack: LocalSlack, { kind, user, channel, alias }: PlannedRequest): Promise<Sent> {
  const { team } = slack.workspace;
  if (kind === 'slash' || kind === 'joined') {
    const sentAt = Date.now();
    const delivery = await slack.slash({ command: SLASH_COMMAND, text: alias, user, channel });
    return { runId: runOfTrigger(delivery), first: { sentAt, deliveries: [delivery] } };
  }
  const root = await said(slack, user, channel, 'Push does not work for somebody here.');
  if (kind === 'shortcut') {
    // An app said it, so that nobody reads it unasked.
    const log = slack.workspace.add({
      channel,
      user: 'U0OTHERAPP',
      bot_id: 'B0OTHER',
      subtype: 'bot_message',
      text: pasteOf(user),
      thread_ts: root.ts,
    });
    const sentAt = Date.now();
    const delivery = await slack.shortcut({ callbackId: CHECK_LOG_SHORTCUT, user, channel, ts: log.ts });
    return { runId: runOfTrigger(delivery), first: { sentAt, deliveries: [delivery] } };
  }
  const sentAt = Date.now();
  const spoken = { user, channel, thread: root.ts };
  const { message, deliveries } =
    kind === 'mention'
      ? await slack.mention({ ...spoken, text: alias })
      : await slack.message({ ...spoken, text: pasteOf(user) });
  // A mention comes as two events, and Slack is content when both are acknowledged; the app answers one of them.
  const relevant = deliveries.filter(
    ({ payload }) => kind !== 'mention' || typeOf(payload) === 'app_mention',
  );
  return { runId: messageRunId(team, channel, message.ts), first: { sentAt, deliveries: relevant } };
}

/** Stored without being told to the app: nobody is interested in whether that was acknowledged. */
async function said(slack: LocalSlack, user: string, channel: string, text: string): Promise<SlackMessage> {
  return slack.workspace.add({ channel, user, text });
}

function typeOf(payload: Readonly<Record<string, unknown>>): unknown {
  return (payload.event as { readonly type?: unknown } | undefined)?.type;
}

function runOfTrigger({ payload }: Delivery): string {
  return triggerRunId(String(payload.trigger_id));
}

function pasteOf(user: string): string {
  return `\`\`\`
${TWO_USERS_LOG}
[2210:root:1a]Cookie: SVPNCOOKIE=${PASTE_SECRETS.cookie}
{"sender":"FGT-FGT60F0000000001-root","registration_id":"${PASTE_SECRETS.registration}","app":"FTM","platform":"ios","message":"{}"}
config vpn ipsec phase1-interface
    edit "dialup-${user}"
        set psksecret ${PASTE_SECRETS.psk}
    next
end
\`\`\``;
}
