import type { Quote } from '../../evidence/types.ts';
import { type DebugEvent, isSideEvent, readDebugEvent } from '../../fortios/debug/debug-event.ts';
import { readRecords } from '../../fortios/debug/read-records.ts';
import type { DebugDaemon, DebugRecord } from '../../fortios/debug/record.ts';
import { readTimestamp } from '../../fortios/debug/timestamp.ts';
import type { Attempt, DebugLog, UnattributedCallback } from '../attempt.ts';
import { type Fact, known, unknown } from '../fact.ts';
import type { Facts } from '../facts.ts';
import { createSideEvents, type SideFacts } from '../logs/side-events.ts';
import type { PassedItem, StreamItem } from './debug-stream.ts';
import { toEventRef } from './event-ref.ts';
import { AttemptTracker, type TrackedLogins } from './tracker.ts';

export type DebugFacts = SideFacts & Pick<Facts, 'debugLog' | 'attempts' | 'looseCallbacks'>;

/** A fact quotes a few of its lines; the attempts hold the others. */
const MAX_QUOTES = 20;
const OWN_DEBUG: ReadonlySet<DebugDaemon> = new Set(['sslvpn', 'fnbamd', 'ftm-push']);

/** `SSL state:SSLv3/TLS read client hello (203.0.113.62)` */
const TLS_CLIENT = /^SSL state:.{1,100}\(([\d.]{7,15})\)$/;

/** Reads the messages of a case one by one, in order, and keeps only the extracted facts. */
export class DebugReader {
  readonly #tracker = new AttemptTracker();
  readonly #side = createSideEvents();
  readonly #edges: Quote[] = [];
  #order = 0;
  #latest: number | undefined;
  #first: string | undefined;
  #last: string | undefined;
  #eapProxy = false;
  readonly #clients = new Set<string>();

  add(item: StreamItem): void {
    if ('passed' in item) {
      this.#skipLines(item);
      return;
    }
    const { record, source } = item;
    this.#order += 1;
    this.#noteTime(record.at, record.stamp);
    const { daemon } = record;
    if (OWN_DEBUG.has(daemon) || daemon === 'ike') this.#tracker.onDaemonLine(daemon, source, this.#order);
    if (daemon === 'flow' || daemon === 'ike') this.#side.onDaemonLine(daemon);
    else if (daemon === 'eap_proxy') this.#eapProxy = true;
    else if (daemon === 'other') this.#side.see(record, source);
    this.#tracker.follow(record);
    if (daemon === 'sslvpn' && this.#clients.size < 2) this.#noteClient(record.text);
    const event = readDebugEvent(record);
    this.#readEvent(event, record, source);
    this.#tracker.read(record, (words) => toEventRef(record, source, this.#order, words));
  }

  /** `lines`: number of lines of debug output in the case; zero without any. */
  finish(lines: number): DebugFacts {
    const logins = this.#tracker.finish({ order: this.#order, at: this.#latest });
    const stamps = { first: this.#first, last: this.#last };
    const [onlyClient, another] = this.#clients;
    const sideFacts = this.#side.finish();
    return {
      ...sideFacts,
      debugLog:
        lines > 0
          ? known(
              {
                ...toDebugLog(logins, lines, stamps),
                ...(another === undefined && onlyClient !== undefined && { onlyClient }),
              },
              this.#edges,
            )
          : unknown('the evidence contains no debug output'),
      attempts: toAttemptsFact(
        withIkeVdoms(logins.attempts, sideFacts),
        noAttemptsReason(lines, this.#eapProxy, sideFacts),
      ),
      looseCallbacks: toLooseHandshakes(logins),
    };
  }

  #noteClient(text: string): void {
    const client = TLS_CLIENT.exec(text)?.[1];
    if (client !== undefined) this.#clients.add(client);
  }

  #noteTime(at: number | undefined, stamp: string | undefined): void {
    if (at !== undefined) this.#latest = Math.max(this.#latest ?? at, at);
    this.#first ??= stamp;
    this.#last = stamp ?? this.#last;
  }

  #skipLines({ passed, source, start }: PassedItem): void {
    const { count, daemons, first: from, last: to, openings = [] } = passed;
    for (const { index, text } of openings) {
      const place = this.#order + index + 1;
      this.#tracker.open(text.slice(text.indexOf('[') + 1, text.indexOf(']')), () =>
        [...readRecords([text], start + index)].map((record) => ({
          record,
          ref: (words) => toEventRef(record, source, place, words),
        })),
      );
    }
    this.#order += count;
    for (const line of [from, to]) {
      const time = readTimestamp(line);
      if (time) this.#noteTime(time.at, time.stamp);
    }
    for (const daemon of daemons) {
      if (daemon === 'ike') this.#side.onDaemonLine(daemon);
      this.#tracker.onDaemonLine(daemon, source, this.#order);
    }
  }

  #readEvent(event: DebugEvent | undefined, record: DebugRecord, source: string): void {
    const { daemon } = record;
    // Every step of a handshake is announced by an extra line without information.
    if (!event || (event.kind === 'tls-step' && event.step === undefined)) return;
    const ref = toEventRef(record, source, this.#order, event);
    if (daemon !== 'other' && daemon !== 'event') this.#edges[Math.min(this.#edges.length, 1)] = ref.quote;
    if (isSideEvent(event) || event.kind === 'blocklist') this.#side.add(event, ref.quote);
    else this.#tracker.add(event, record, ref);
    // An ike message about a login is also a fact of its own: it names the client.
    if (event.kind === 'ike') this.#tracker.add(event, record, ref);
  }
}

function toDebugLog(
  { daemons, unclaimedPushes, moreAttempts, users, otherLogins }: TrackedLogins,
  lines: number,
  stamps: { readonly first?: string; readonly last?: string },
): DebugLog {
  return {
    daemons: {
      sslvpn: daemons.has('sslvpn'),
      fnbamd: daemons.has('fnbamd'),
      'ftm-push': daemons.has('ftm-push'),
    },
    lines,
    timestamps: stamps.first !== undefined,
    ...stamps,
    unclaimedPushes: unclaimedPushes.length > 0 ? unclaimedPushes : undefined,
    otherLogins,
    ...(moreAttempts > 0 ? { moreAttempts, users } : {}),
  };
}

function noAttemptsReason(lines: number, eapProxy: boolean, { ikeLogins }: SideFacts): string {
  if (lines === 0) return 'the evidence contains no debug output';
  if (ikeLogins.state === 'known' && !eapProxy) {
    return 'the debug output contains no login: its lines of ike name no user';
  }
  return eapProxy
    ? 'the debug output contains no login: its lines of eap_proxy name no user and were not read; fnbamd and ike tell of an IPsec login'
    : 'the debug output contains no login';
}

/** fnbamd reports no VDOM; if the login came through IKE, ike does. */
function withIkeVdoms(attempts: readonly Attempt[], { ikeLogins }: SideFacts): readonly Attempt[] {
  if (ikeLogins.state !== 'known' || ikeLogins.value.length === 0) return attempts;
  return attempts.map((attempt) => {
    if (attempt.vdom !== undefined) return attempt;
    const own = ikeLogins.value.filter(({ user }) => user?.toLowerCase() === attempt.user.toLowerCase());
    const [vdom, another] = new Set(own.flatMap((login) => login.vdom ?? []));
    return vdom === undefined || another !== undefined ? attempt : { ...attempt, vdom };
  });
}

function toAttemptsFact(attempts: readonly Attempt[], reason: string): Fact<readonly Attempt[]> {
  if (attempts.length > 0) {
    const quotes = attempts.flatMap((attempt) =>
      attempt.hops.flatMap((hop) => hop.evidence.slice(0, 1)).slice(0, 1),
    );
    return known(attempts, quotes.slice(0, MAX_QUOTES));
  }
  return unknown(reason);
}

function toLooseHandshakes({
  unattributedCallbacks,
  daemons,
}: TrackedLogins): Fact<readonly UnattributedCallback[]> {
  if (unattributedCallbacks.length === 0 && !daemons.has('ftm-push')) {
    return unknown('the evidence contains no debug output of ftm-push');
  }
  return known(
    unattributedCallbacks,
    unattributedCallbacks.slice(0, MAX_QUOTES).map((each) => each.started.quote),
  );
}
