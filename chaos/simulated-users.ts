import { setTimeout as sleep } from 'node:timers/promises';
import type { EventDelivery } from '../src/stand-ins/slack/types.ts';
import { isAlert } from './alerts.ts';
import type { Alarm } from './devices.ts';
import {
  type Asked,
  CLOSED_CHANNEL,
  type Kind,
  type PlannedRequest,
  type Sent,
  WEIGHTS,
} from './planned-request.ts';
import type { Random } from './random.ts';
import { type Entries, findRoot, pressEscalate, pressRecheck, SENDERS } from './send.ts';

/** As many as all others together. */
const LIVE_WEIGHT = 120;
const ALERT_WEIGHTS = [
  ['generic', 14],
  ['alertmanager', 3],
  ['pagerduty', 3],
] as const satisfies readonly (readonly [Kind, number])[];
export interface PlanOptions {
  readonly requests: number;
  readonly overMs: number;
  readonly users: readonly string[];
  readonly channels: readonly string[];
  readonly aliases: readonly string[];
  /** Nothing but alerts. */
  readonly onlyAlerts?: boolean;
  /** Most requests watch a login of IPsec. */
  readonly mostlyLive?: boolean | undefined;
  /** For alerts and pages, one each; without any left the request is a command. */
  readonly alarms: IterableIterator<Alarm>;
}

export function planRequests(random: Random, options: PlanOptions): readonly PlannedRequest[] {
  const planned: PlannedRequest[] = [];
  const users = options.users.values();
  const person = (): string => {
    const user = users.next().value;
    if (user === undefined) throw new Error('not enough people');
    return user;
  };
  // Every kind comes at least once, in an order of the seed's, and then by weight.
  const usual: readonly (readonly [Kind, number])[] = options.onlyAlerts ? ALERT_WEIGHTS : WEIGHTS;
  const weights = usual.map(
    ([kind, weight]) => [kind, options.mostlyLive && kind === 'live' ? LIVE_WEIGHT : weight] as const,
  );
  const first = weights
    .map(([kind]) => kind)
    .map((kind) => ({ kind, order: random.next() }))
    .sort((a, b) => a.order - b.order);
  let count = 0;
  while (count < options.requests) {
    const left = options.requests - count;
    const drawn = first.pop()?.kind ?? random.weighted<Kind>(weights);
    const alarm = hasAlarm(drawn) ? options.alarms.next().value : undefined;
    const isImpossible = (hasAlarm(drawn) && alarm === undefined) || needs(drawn) > left;
    // Only this source has incidents in the pager, where such an alert ends.
    const kind = isImpossible ? 'slash' : alarm?.channel === CLOSED_CHANNEL ? 'generic' : drawn;
    const atMs = (count / options.requests) * options.overMs + random.between(0, 200);
    const alias = random.pick(options.aliases);
    // Who asks the same at the same time.
    const size = kind === 'joined' ? Math.min(random.between(2, 5), left) : 1;
    const parts = { count: Math.min(random.between(2, 3), left), pauseMs: random.between(200, 4000) };
    for (let nth = 0; nth < size; nth += 1) {
      planned.push({
        kind,
        atMs: atMs + nth * random.between(0, 60),
        user: person(),
        ...(isPress(kind) ? { second: person() } : {}),
        ...(kind === 'part' ? { parts } : {}),
        alias,
        channel: random.pick(options.channels),
        repeatAfterMs: random.chance(0.35) ? [random.between(0, 300), random.between(500, 9000)] : [],
        ...(hasAlarm(kind) ? alarm : {}),
      });
    }
    count += isPress(kind) ? 2 : kind === 'part' ? parts.count : size;
  }
  return planned;
}

function hasAlarm(kind: Kind): boolean {
  return isAlert(kind) || kind === 'escalate';
}

/** A button below the answer to another person. */
function isPress(kind: Kind): kind is 'recheck' | 'escalate' {
  return kind === 'recheck' || kind === 'escalate';
}

function needs(kind: Kind): number {
  return isPress(kind) || kind === 'part' ? 2 : 1;
}

/** Slack's own pauses are none, a minute and five minutes. */
const REDELIVER_AFTER_MS = [0, 1500, 5000];
/** Those who send alerts are more patient: PagerDuty for a day, Alertmanager until the alert is over. */
const RESEND_AFTER_MS = [500, 1000, 2000, 4000, ...Array.from({ length: 20 }, () => 5000)];
const PRESS_WITHIN_MS = 90_000;

/** One person asks. Resolves when all of it is delivered. */
export async function ask(entries: Entries, planned: PlannedRequest, asked: Asked[]): Promise<void> {
  const { kind } = planned;
  if (kind === 'part') return await pasteInParts(entries, planned, asked);
  if (!isPress(kind)) {
    const sent = await SENDERS[kind](entries, planned);
    await follow(entries, sent, planned, asked);
    return;
  }
  const first = await follow(entries, await SENDERS.slash(entries, planned), planned, asked);
  const user = planned.second ?? planned.user;
  const press = kind === 'recheck' ? pressRecheck : pressEscalate;
  for (let waited = 0; waited < PRESS_WITHIN_MS; waited += 500) {
    const pressed = await press(entries.slack, first, user);
    if (pressed !== undefined) return void (await follow(entries, pressed, { ...planned, user }, asked));
    await sleep(500);
  }
}

/** The next part does not wait for an acknowledgement. */
async function pasteInParts(entries: Entries, planned: PlannedRequest, asked: Asked[]): Promise<void> {
  const thread = findRoot(entries.slack, planned);
  const { count, pauseMs } = planned.parts ?? { count: 1, pauseMs: 0 };
  const parts = Array.from({ length: count }, async (_, nth) => {
    await sleep(nth * pauseMs);
    const sent = await SENDERS.part(entries, { ...planned, part: { thread, nth } });
    await follow(entries, sent, planned, asked);
  });
  await Promise.all(parts);
}

async function follow(
  { slack }: Entries,
  { again, ...sent }: Sent,
  planned: PlannedRequest,
  asked: Asked[],
): Promise<Asked> {
  const one: Asked = { ...sent, user: planned.user, deliveries: [...sent.deliveries] };
  note(one);
  asked.push(one);
  if (again !== undefined) {
    await repeat(again, RESEND_AFTER_MS, planned, one);
    return one;
  }
  const events = sent.deliveries.filter((delivery) => delivery.kind === 'events_api');
  await Promise.all(
    events.map((delivery) => {
      const redeliver: Again = (num) =>
        slack.redeliver(delivery, num === undefined ? undefined : { num, reason: 'http_timeout' });
      return repeat(redeliver, delivery.status === 200 ? [] : REDELIVER_AFTER_MS, planned, one);
    }),
  );
  return one;
}

/** `num`: of a delivery that follows one without acknowledgement, from 1. */
type Again = (num?: number) => Promise<EventDelivery>;

async function repeat(
  again: Again,
  pauses: readonly number[],
  planned: PlannedRequest,
  one: Asked,
): Promise<void> {
  for (const [index, pause] of pauses.entries()) {
    if (one.ackedAt !== undefined) break;
    await sleep(pause);
    const at = Date.now();
    const delivered = await again(index + 1);
    one.deliveries.push(delivered);
    if (delivered.status === 200) one.ackedAt ??= at + delivered.tookMs;
  }
  for (const pause of planned.repeatAfterMs) {
    await sleep(pause);
    one.deliveries.push(await again());
  }
}

function note(one: Asked): void {
  const acked = one.deliveries.filter(({ status }) => status === 200).map(({ tookMs }) => tookMs);
  if (acked.length > 0) one.ackedAt = one.sentAt + Math.min(...acked);
}
