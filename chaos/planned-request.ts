import type { EventDelivery } from '../src/stand-ins/slack/types.ts';

/** A channel in which the bot cannot post: an alert about its devices ends as a note in the incident and a page. */
export const CLOSED_CHANNEL = 'C0CLOSED';

/** Every way to a run, and how often it is gone. */
export const WEIGHTS = [
  ['slash', 22],
  ['mention', 18],
  ['paste', 16],
  ['shortcut', 10],
  ['joined', 10],
  ['file', 8],
  ['direct', 6],
  ['form', 6],
  ['recheck', 4],
  ['escalate', 4],
  ['live', 6],
  ['part', 4],
  ['alertmanager', 4],
  ['pagerduty', 3],
  ['generic', 3],
] as const;
export type Kind = (typeof WEIGHTS)[number][0];
export const KINDS: readonly Kind[] = WEIGHTS.map(([kind]) => kind);

/** One request of one person, who asks once, so that everything said to a person belongs to one request. */
export interface Asked {
  readonly kind: Kind;
  readonly user: string;
  readonly channel: string;
  readonly runId: string;
  /** Where the answer belongs; below a message of its own where there is none. */
  readonly thread?: string;
  readonly sentAt: number;
  /** Everything Slack told the app of it, in order. */
  readonly deliveries: EventDelivery[];
  /** Milliseconds since the Unix epoch of the first acknowledgement; `undefined`: Slack told the person that it failed. */
  ackedAt?: number;
}

/** Where a piece of a paste goes, and which it is, from 0. */
export interface Part {
  readonly thread: string;
  readonly nth: number;
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
  /** A paste in parts: how many, and how long after the one before each comes. */
  readonly parts?: { readonly count: number; readonly pauseMs: number };
  readonly part?: Part;
  /** Pauses before further deliveries of the same events, though they were acknowledged. */
  readonly repeatAfterMs: readonly number[];
}

export interface Sent {
  readonly kind: Asked['kind'];
  readonly channel: string;
  readonly runId: string;
  /** Where the answer belongs; below a message of its own where there is none. */
  readonly thread?: string;
  readonly sentAt: number;
  /** Everything that Slack told the app at first. */
  readonly deliveries: readonly EventDelivery[];
  /** Sends it once more, where it is not Slack that sends it. */
  readonly again?: () => Promise<EventDelivery>;
}
