import { createHmac } from 'node:crypto';
import { createAlertIndex } from '../src/oncall/intake/alert-index.ts';
import { SIGNATURE_HEADER, signBody, TIMESTAMP_HEADER } from '../src/oncall/routes/signature.ts';
import { createMemoryRecords } from '../src/platform/store/memory-records.ts';
import type { EventDelivery } from '../src/stand-ins/slack/types.ts';
import type { PlannedRequest, Sent } from './planned-request.ts';
import { HOOK_SECRETS } from './secrets.ts';

type Source = 'alertmanager' | 'pagerduty' | 'generic';

interface Post {
  /** The provider's name of this alert. */
  readonly id: string;
  readonly body: object;
  readonly headers: (text: string) => Readonly<Record<string, string>>;
}

const GIVE_UP_MS = 5000;
const book = createAlertIndex(createMemoryRecords());

/** An alert about a device of its own; twice at once where it is planned to come again. */
export async function sendAlert(source: Source, hooks: string, planned: PlannedRequest): Promise<Sent> {
  const { user, channel, alias, repeatAfterMs } = planned;
  const sentAt = Date.now();
  let count = 0;
  const again = (): Promise<EventDelivery> => {
    count += 1;
    return post(`${hooks}/${source}`, POSTS[source](user, alias, sentAt, count));
  };
  const { id } = POSTS[source](user, alias, sentAt, 0);
  const runId = book.alertRunId({ source, id, title: '' }, alias);
  const deliveries = await Promise.all(repeatAfterMs.length > 0 ? [again(), again()] : [again()]);
  return { kind: source, channel, runId, sentAt, deliveries, again };
}

/** The same alert never comes in the same bytes: a provider that sends it again says something else around it. */
const POSTS: Readonly<Record<Source, (user: string, alias: string, at: number, nth: number) => Post>> = {
  alertmanager(user, alias, at, nth) {
    const startsAt = new Date(at).toISOString();
    const alert = {
      status: 'firing',
      labels: { device: alias },
      annotations: {},
      startsAt,
      fingerprint: user,
    };
    return {
      id: `${user} ${startsAt}`,
      body: { version: '4', externalURL: `http://alertmanager-${nth}`, alerts: [alert] },
      headers: () => ({ authorization: `Bearer ${HOOK_SECRETS.ALERTMANAGER_TOKEN}` }),
    };
  },
  pagerduty(user, alias, at, nth) {
    const data = { id: user, type: 'incident', title: `${alias}: nobody gets in` };
    const event = {
      id: `event-${user}-${nth}`,
      event_type: 'incident.triggered',
      occurred_at: new Date(at).toISOString(),
      data,
    };
    return {
      id: `${user} triggered`,
      body: { event },
      headers(text) {
        const hmac = createHmac('sha256', HOOK_SECRETS.PAGERDUTY_SECRET).update(text).digest('hex');
        return { 'x-pagerduty-signature': `v1=${hmac}` };
      },
    };
  },
  generic: (user, alias, _, nth) => ({
    id: user,
    body: { id: user, device: alias, incident: user, title: `push is dead (${nth})` },
    headers(text) {
      const seconds = Math.floor(Date.now() / 1000);
      const signature = signBody(HOOK_SECRETS.HOOK_SECRET, seconds, text);
      return { [TIMESTAMP_HEADER]: String(seconds), [SIGNATURE_HEADER]: signature };
    },
  }),
};

export function isAlert(kind: string): boolean {
  return Object.hasOwn(POSTS, kind);
}

async function post(url: string, { body, headers }: Post): Promise<EventDelivery> {
  const text = JSON.stringify(body);
  const startedAt = performance.now();
  const done = (status: number, ack: unknown): EventDelivery => {
    return { kind: 'interactive', payload: {}, status, ack, tookMs: performance.now() - startedAt };
  };
  try {
    const signal = AbortSignal.timeout(GIVE_UP_MS);
    const response = await fetch(url, { method: 'POST', body: text, headers: headers(text), signal });
    return done(response.status, await response.json());
  } catch {
    return done(0, undefined);
  }
}
