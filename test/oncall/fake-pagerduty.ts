import { type FakeProvider, type Received, type Reply, startFakeProvider } from './fake-provider.ts';
import { pagerDutyChange, pagerDutyEvent } from './provider-schemas.ts';

/** An incident as the pages of the Events API v2 describe its life. */
export interface Incident {
  readonly key: string;
  status: 'triggered' | 'acknowledged' | 'resolved';
  /** Trigger events that were applied to it, the first included. */
  triggers: number;
  summary: string;
  severity: string;
}

export interface FakePagerDuty extends FakeProvider {
  readonly incidents: readonly Incident[];
  readonly changes: readonly string[];
  /** Incident notes of the REST API, by incident. */
  readonly notes: ReadonlyMap<string, readonly string[]>;
  /** The next request is applied, and its answer lost. */
  loseNext(): void;
}

const MAX_BYTES = 512 * 1024;
export const ROUTING_KEY = '0123456789abcdef0123456789abcdef';

/**
 * Built from the published tables (developer-docs/docs/events-API-v2): required fields, lengths, 202 and 400, a new
 * incident per key unless one is open, events for unknown keys dropped, 512 KB.
 */
export async function startFakePagerDuty(): Promise<FakePagerDuty> {
  const incidents: Incident[] = [];
  const changes: string[] = [];
  const notes = new Map<string, string[]>();

  let isLost = false;

  function answer(request: Received): Reply {
    const reply = apply(request);
    const drop = isLost;
    isLost = false;
    return drop ? { ...reply, drop } : reply;
  }

  function apply({ method, path, body, text, headers }: Received): Reply {
    if (Buffer.byteLength(text) > MAX_BYTES) return { status: 413 };
    const incident = /^\/incidents\/([^/]+)\/notes$/.exec(path)?.[1];
    if (incident !== undefined) {
      if (headers.authorization !== 'Token token=api-token') return { status: 401 };
      if (method === 'GET') {
        const known = (notes.get(incident) ?? []).map((content) => ({ content }));
        return { status: 200, body: { notes: known } };
      }
      if (headers.from === undefined) return { status: 400 };
      const { note } = body as { readonly note: { readonly content: string } };
      notes.set(incident, [...(notes.get(incident) ?? []), note.content]);
      return { status: 201 };
    }
    if (path === '/v2/change/enqueue') {
      const change = pagerDutyChange.safeParse(body);
      if (!change.success) return invalid(change.error.issues[0]?.message);
      changes.push(change.data.payload.summary);
      return { status: 202, body: { status: 'success' } };
    }
    if (path !== '/v2/enqueue') return { status: 404 };
    const event = pagerDutyEvent.safeParse(body);
    if (!event.success) return invalid(event.error.issues[0]?.message);
    if (event.data.routing_key !== ROUTING_KEY) return invalid('Invalid routing key');
    applyEvent(event.data);
    return { status: 202, body: { status: 'success', dedup_key: event.data.dedup_key } };
  }

  function applyEvent(event: ReturnType<typeof pagerDutyEvent.parse>): void {
    const open = incidents.find(({ key, status }) => key === event.dedup_key && status !== 'resolved');
    if (event.event_action !== 'trigger') {
      if (open) open.status = event.event_action === 'acknowledge' ? 'acknowledged' : 'resolved';
      return;
    }
    if (open) {
      open.triggers += 1;
      return;
    }
    const { summary, severity } = event.payload;
    incidents.push({ key: event.dedup_key, status: 'triggered', triggers: 1, summary, severity });
  }

  const provider = await startFakeProvider(answer);
  return Object.assign(provider, {
    incidents,
    changes,
    notes,
    loseNext() {
      isLost = true;
    },
  });
}

function invalid(message = 'Event object is invalid'): Reply {
  return { status: 400, body: { status: 'invalid event', message, errors: [message] } };
}
