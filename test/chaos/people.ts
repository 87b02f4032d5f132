import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalSlack } from '../../src/local-slack/local-slack.ts';
import type { Delivery } from '../../src/local-slack/types.ts';
import type { Random } from './random.ts';
import { pressRecheck, SENDERS, type Sent } from './send.ts';

/** Every way to a run, and how often it is gone. */
const WEIGHTS = [
  ['slash', 22],
  ['mention', 18],
  ['paste', 16],
  ['shortcut', 10],
  ['joined', 10],
  ['file', 8],
  ['direct', 6],
  ['form', 6],
  ['recheck', 4],
  ['live', 6],
] as const;
export type Kind = (typeof WEIGHTS)[number][0];
export const KINDS: readonly Kind[] = WEIGHTS.map(([kind]) => kind);

/** One request of one person; nobody asks twice, so that everything said to a person belongs to one request. */
export interface Asked {
  readonly kind: Kind;
  readonly user: string;
  readonly channel: string;
  readonly runId: string;
  /** Where the answer belongs; below a message of its own where there is none. */
  readonly thread?: string;
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
  /** Who presses a button below the answer that this request gets. */
  readonly second?: string;
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
  const person = (): string => {
    const user = users.next().value;
    if (user === undefined) throw new Error('not enough people');
    return user;
  };
  let count = 0;
  while (count < options.requests) {
    const left = options.requests - count;
    const drawn = random.weighted<Kind>(WEIGHTS);
    const kind = drawn === 'recheck' && left < 2 ? 'slash' : drawn;
    const atMs = (count / options.requests) * options.overMs + random.between(0, 200);
    const alias = random.pick(options.aliases);
    // Who asks the same at the same time.
    const size = kind === 'joined' ? Math.min(random.between(2, 5), left) : 1;
    for (let nth = 0; nth < size; nth += 1) {
      planned.push({
        kind,
        atMs: atMs + nth * random.between(0, 60),
        user: person(),
        ...(kind === 'recheck' ? { second: person() } : {}),
        alias,
        channel: random.pick(options.channels),
        repeatAfterMs: random.chance(0.35) ? [random.between(0, 300), random.between(500, 9000)] : [],
      });
    }
    count += kind === 'recheck' ? 2 : size;
  }
  return planned;
}

/** Slack's own pauses are none, a minute and five minutes. */
const REDELIVER_AFTER_MS = [0, 1500, 5000];
const PRESS_WITHIN_MS = 90_000;

/** One person asks. Resolves when Slack will deliver nothing of it any more. */
export async function ask(slack: LocalSlack, planned: PlannedRequest, asked: Asked[]): Promise<void> {
  if (planned.kind !== 'recheck') {
    const sent = await SENDERS[planned.kind](slack, planned);
    await follow(slack, sent, planned, asked);
    return;
  }
  const first = await follow(slack, await SENDERS.slash(slack, planned), planned, asked);
  const user = planned.second ?? planned.user;
  for (let waited = 0; waited < PRESS_WITHIN_MS; waited += 500) {
    const pressed = await pressRecheck(slack, first, user);
    if (pressed !== undefined) return void (await follow(slack, pressed, { ...planned, user }, asked));
    await sleep(500);
  }
}

async function follow(
  slack: LocalSlack,
  sent: Sent,
  planned: PlannedRequest,
  asked: Asked[],
): Promise<Asked> {
  const one: Asked = { ...sent, user: planned.user, deliveries: [...sent.deliveries] };
  note(one);
  asked.push(one);
  const events = sent.deliveries.filter((delivery) => delivery.kind === 'events_api');
  await Promise.all(events.map((delivery) => redeliver(slack, delivery, planned, one)));
  return one;
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

function note(one: Asked): void {
  const acked = one.deliveries.filter(({ status }) => status === 200).map(({ tookMs }) => tookMs);
  if (acked.length > 0) one.ackedAt = one.sentAt + Math.min(...acked);
}
