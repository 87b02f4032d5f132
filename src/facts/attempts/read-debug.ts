import type { Quote, Section } from '../../evidence/types.ts';
import type { Attempt, DebugLog, LooseCallback } from '../attempt.ts';
import { type Fact, known, unknown } from '../fact.ts';
import type { Facts } from '../facts.ts';
import { streamRecords } from './debug-stream.ts';
import { createFlowAndEvents } from './flow-and-events.ts';
import { sightingOf } from './sighting.ts';
import { createAttemptTracker, type TrackedLogins } from './tracker.ts';

export type DebugFacts = Pick<
  Facts,
  | 'debugLog'
  | 'attempts'
  | 'looseCallbacks'
  | 'flowDrops'
  | 'pushEvents'
  | 'callbackPackets'
  | 'flowEvents'
  | 'pushdEvents'
  | 'provisioningErrors'
  | 'blockedSources'
  | 'tokenEvents'
  | 'ikeLogins'
>;

/** A fact names a few of its lines; the attempts hold the others. */
const MOST_QUOTES = 20;

/** Everything that logs tell: logins, callbacks of nobody, dropped packets, push events. */
export function readDebug(sections: readonly Section[]): DebugFacts {
  const tracker = createAttemptTracker();
  const others = createFlowAndEvents();
  const edges: Quote[] = [];
  let first: string | undefined;
  let last: string | undefined;
  for (const { record, source } of streamRecords(sections)) {
    tracker.add(record, source);
    others.add(record, source);
    first ??= record.stamp;
    last = record.stamp ?? last;
    if (record.daemon !== 'other' && record.daemon !== 'event') {
      edges[Math.min(edges.length, 1)] = sightingOf(record, source, 0).quote;
    }
  }
  const logins = tracker.finish();
  const { flowDrops, pushEvents } = others;
  const debug = sections.filter((section) => section.kind === 'debug');
  const lines = debug.reduce((sum, section) => sum + section.lines.length, 0);
  const stamps = { ...(first === undefined ? {} : { first }), ...(last === undefined ? {} : { last }) };
  const noDebug = unknown('the evidence holds no debug output');
  return {
    debugLog: debug.length > 0 ? known(debugLogOf(logins, lines, stamps), edges) : noDebug,
    attempts: attemptsOf(logins, debug.length > 0),
    looseCallbacks: looseOf(logins),
    flowDrops:
      flowDrops.length > 0 || others.flowHeard()
        ? known(flowDrops, quotesOf(flowDrops))
        : unknown('the evidence holds no debug flow output'),
    pushEvents:
      pushEvents.length > 0
        ? known(pushEvents, quotesOf(pushEvents))
        : unknown('the evidence holds no event-log line about a push'),
    callbackPackets: unknown('the evidence holds no sniffer output'),
    flowEvents: unknown('the evidence holds no debug flow output'),
    pushdEvents: unknown("the evidence holds no log of FortiAuthenticator's pushd"),
    provisioningErrors: unknown('the evidence holds no answer of the token server'),
    blockedSources: unknown('the evidence holds no list of blocked sources'),
    tokenEvents: unknown('the evidence holds no message about a token'),
    ikeLogins: unknown('the evidence holds no IKE debug output'),
  };
}

function debugLogOf(
  { daemons, unclaimedPushes }: TrackedLogins,
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
    ...(unclaimedPushes.length > 0 ? { unclaimedPushes } : {}),
  };
}

function attemptsOf({ attempts }: TrackedLogins, hasDebug: boolean): Fact<readonly Attempt[]> {
  if (attempts.length > 0) {
    const quotes = attempts.flatMap((attempt) =>
      attempt.hops.flatMap((hop) => hop.evidence.slice(0, 1)).slice(0, 1),
    );
    return known(attempts, quotes.slice(0, MOST_QUOTES));
  }
  return unknown(hasDebug ? 'the debug output holds no login' : 'the evidence holds no debug output');
}

function looseOf({ looseCallbacks, daemons }: TrackedLogins): Fact<readonly LooseCallback[]> {
  if (looseCallbacks.length === 0 && !daemons.has('ftm-push')) {
    return unknown('the evidence holds no debug output of ftm-push');
  }
  return known(
    looseCallbacks,
    looseCallbacks.slice(0, MOST_QUOTES).map((each) => each.started.quote),
  );
}

function quotesOf(list: readonly { readonly quotes: readonly Quote[] }[]): readonly Quote[] {
  return list.slice(0, MOST_QUOTES).flatMap((each) => each.quotes);
}
