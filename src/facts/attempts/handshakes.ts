import type { FtmPushEvent } from '../../fortios/debug/ftm-push-events.ts';
import type { LooseCallback } from '../attempt.ts';
import { type Draft, isWaiting, wasAsked } from './draft.ts';
import type { Registry } from './registry.ts';
import { momentOf, type Sighting, secondsBetween } from './sighting.ts';

/** One TLS handshake that the FortiGate accepted on the push port, or made with the push server. */
interface Handshake extends LooseCallback {
  readonly started: Sighting;
  clientHello?: Sighting;
  tlsAlert?: Sighting & { readonly code: number; readonly name: string };
  completed?: Sighting;
  outbound: boolean;
  /** Whose push an outbound one carries, where only one login has a push on its way. */
  carries?: Draft;
  /** The handshake really began here: not only a session ticket of the one before. */
  fresh: boolean;
  /** Logins that were waiting for their phone when it began. */
  readonly candidates: readonly Draft[];
  owner?: Draft;
  /** A login was answered after it, so it cannot be the cause of a later answer. */
  spent: boolean;
}

export interface Handshakes {
  tls(event: TlsEvent, sighting: Sighting): void;
  /** A result of the second factor came: the handshake that ended directly before it belongs to this login. */
  answered(draft: Draft, sighting: Sighting): void;
  /** The code was typed, so no handshake is the reason for this login's result. */
  typed(draft: Draft): void;
  /** The phone may still call back after the VPN has given up. */
  loginOver(draft: Draft): void;
  /** Gives every handshake that only one login can explain to that login; the others are nobody's. */
  settle(): readonly LooseCallback[];
  /** A handshake may still be given to this login. */
  mayHear(draft: Draft, now: Sighting): boolean;
  /** Settles the handshakes that are only about logins which are over; answers the logins the others are about. */
  settleOver(isOver: (draft: Draft) => boolean): ReadonlySet<Draft>;
  forget(drafts: ReadonlySet<Draft>): void;
}

type TlsEvent = Extract<FtmPushEvent, { readonly kind: `tls-${string}` }>;

/** The phone answers within its own handshake; a result long after one has another reason. Seconds. */
const DIRECTLY = 10;
/** How long after its last chance a phone may still call back. Seconds. */
const LATE = 300;
const MOST_LATE = 200;
const MOST_UNEXPLAINED = 20;
const MOST_KEPT = 4_000;
const MOST_LOOSE = 200;

export function createHandshakes(registry: Registry): Handshakes {
  const all: Handshake[] = [];
  const late = new Set<Draft>();
  /** Answered without a handshake before it; in logs merged by the second it may stand after. */
  const unexplained: Draft[] = [];
  const loose: LooseCallback[] = [];
  const owned = new Map<Draft, Handshake>();
  let current: Handshake | undefined;

  function begin(sighting: Sighting, fresh: boolean): Handshake {
    const handshake: Handshake = {
      started: sighting,
      outbound: false,
      fresh,
      candidates: waitingAt(sighting),
      spent: false,
    };
    if (all.length < MOST_KEPT) all.push(handshake);
    else if (loose.length < MOST_LOOSE) loose.push(handshake);
    current = handshake;
    return handshake;
  }

  function waitingAt(now: Sighting): readonly Draft[] {
    const asked = latestOfEach([...[...registry.live].filter(isWaiting), ...late]);
    const sameSecond = unexplained.filter(
      ({ marks }) =>
        now.at !== undefined && marks.tokenResult?.at === now.at && marks.manualCode?.push !== false,
    );
    const waiting = [...new Set([...asked, ...sameSecond])].filter(
      (draft) => !owned.has(draft) && !isGone(draft, now),
    );
    const pushed = waiting.filter(
      ({ marks, pushRivals }) => marks.pushSent ?? marks.pushAlreadySent ?? pushRivals.size > 0,
    );
    return pushed.length > 0 ? pushed : waiting;
  }

  function own(handshake: Handshake, draft: Draft): void {
    handshake.owner = draft;
    owned.set(draft, handshake);
  }

  return {
    tls(event, sighting) {
      if (event.kind === 'tls-start') {
        begin(sighting, false);
        return;
      }
      if (event.kind === 'tls-step' && event.step !== undefined && !current) begin(sighting, false);
      if (!current || current.completed) return;
      follow(current, event, sighting);
      if (current.outbound && !current.carries) {
        const [draft, ...others] = [...registry.live].filter(
          ({ marks }) => marks.pushConnect && !marks.pushSent,
        );
        if (draft && others.length === 0) current.carries = draft;
      }
      if (event.kind === 'tls-done' && !current.fresh) {
        // TLS 1.3 announces each session ticket as another handshake of the same connection.
        all.splice(all.lastIndexOf(current), 1);
      }
    },

    answered(draft, sighting) {
      if (owned.has(draft) || draft.marks.manualCode?.push === false) return;
      const last = all.findLast((each) => each.completed && !each.outbound);
      const after = secondsBetween(last?.completed?.at, sighting.at);
      if (!last || last.spent || last.owner || (after !== undefined && after > DIRECTLY)) {
        unexplained.push(draft);
        if (unexplained.length > MOST_UNEXPLAINED) unexplained.shift();
        return;
      }
      last.spent = true;
      own(last, draft);
    },

    typed(draft) {
      const handshake = owned.get(draft);
      if (!handshake) return;
      delete handshake.owner;
      owned.delete(draft);
      handshake.spent = false;
    },

    loginOver(draft) {
      const { marks } = draft;
      if (marks.granted || !(wasAsked(marks) || marks.pushSent) || owned.has(draft)) return;
      if (marks.manualCode && !marks.manualCode.push) return;
      late.add(draft);
      const [oldest] = late;
      if (late.size > MOST_LATE && oldest) late.delete(oldest);
    },

    settle() {
      settleAll(all);
      return loose;
    },

    mayHear(draft, now) {
      if (late.has(draft) && isGone(draft, now)) late.delete(draft);
      return late.has(draft) || unexplained.includes(draft);
    },

    settleOver(isOver) {
      const ready = all.filter((each) => each !== current && partiesOf(each).every(isOver));
      settleAll(ready);
      const done = new Set(ready);
      all.splice(0, all.length, ...all.filter((each) => !done.has(each)));
      return new Set(all.flatMap(partiesOf));
    },

    forget(drafts) {
      for (const draft of drafts) owned.delete(draft);
    },
  };

  function settleAll(handshakes: readonly Handshake[]): void {
    for (const { carries, tlsAlert } of handshakes) {
      if (carries && tlsAlert) carries.marks.pushTlsAlert ??= alertOf(tlsAlert);
    }
    const inbound = handshakes.filter((each) => !each.outbound);
    eliminate(inbound.filter((each) => each.completed));
    // A phone that refused the certificate, or an open port that a scanner found, may come before the answer.
    for (const handshake of inbound.filter((each) => !each.completed)) {
      const [draft, ...others] = rootsOf(handshake.candidates);
      if (draft && others.length === 0 && better(handshake, owned.get(draft))) own(handshake, draft);
    }
    for (const handshake of inbound) give(handshake);
  }

  /** With every login that is settled, fewer are left for the other handshakes. */
  function eliminate(handshakes: readonly Handshake[]): void {
    for (let found = true; found; ) {
      found = false;
      for (const handshake of handshakes) {
        if (handshake.owner) continue;
        const left = rootsOf(handshake.candidates).filter((draft) => !owned.has(draft));
        const [draft] = left;
        if (!draft || left.length > 1) continue;
        own(handshake, draft);
        found = true;
      }
    }
  }

  function give(handshake: Handshake): void {
    const { owner } = handshake;
    const roots = rootsOf(handshake.candidates);
    if (owner && owned.get(owner) === handshake) {
      Object.assign(owner.marks, marksOf(handshake));
      return;
    }
    // An earlier try of a phone that got through in the end is that login's, not a riddle.
    if (handshake.clientHello && roots.length === 1 && roots[0] && owned.has(roots[0])) return;
    if (roots.length > 1 && roots.every((draft) => owned.get(draft)?.completed)) return;
    if (handshake.clientHello) for (const draft of roots) draft.callbackDoubtful = true;
    if (loose.length < MOST_LOOSE) loose.push(looseOf(handshake));
  }
}

function follow(handshake: Handshake, event: TlsEvent, sighting: Sighting): void {
  switch (event.kind) {
    case 'tls-start':
      return;
    case 'tls-step':
      if (event.step === undefined) return;
      handshake.fresh = true;
      if (event.side === 'connect') handshake.outbound = true;
      else if (event.step.includes('read client hello')) handshake.clientHello ??= sighting;
      return;
    case 'tls-alert': {
      const { code, name } = event.alert;
      if (name !== 'close_notify') handshake.tlsAlert ??= { ...sighting, code, name };
      return;
    }
    case 'tls-done':
      handshake.completed = sighting;
      return;
  }
}

/** Of a user who tried again and again the phone shows the latest request, and answers that. */
function latestOfEach(drafts: readonly Draft[]): readonly Draft[] {
  const latest = new Map<string | undefined, Draft>();
  for (const draft of drafts) {
    const other = latest.get(draft.user);
    if (!other || draft.started.order > other.started.order) latest.set(draft.user, draft);
  }
  return [...latest.values()];
}

/** Nobody waits that long any more: neither the VPN nor the phone. */
function isGone({ marks, started }: Draft, now: Sighting): boolean {
  const asked = marks.vpnWait?.at ?? marks.passwordAccepted?.at ?? started.at;
  const waited = secondsBetween(asked, now.at);
  const allowed = Math.max(marks.vpnWait?.seconds ?? 0, marks.tokenWait?.seconds ?? 0);
  return waited !== undefined && waited > allowed + LATE;
}

function rootsOf(drafts: readonly Draft[]): readonly Draft[] {
  return [...new Set(drafts.map((draft) => draft.mergedInto ?? draft))];
}

/** Every login that a handshake is or may be about. */
function partiesOf({ candidates, owner, carries }: Handshake): readonly Draft[] {
  return rootsOf([...candidates, ...(owner ? [owner] : []), ...(carries ? [carries] : [])]);
}

/** How far it got. */
function reach(handshake: Handshake | undefined): number {
  if (!handshake) return 0;
  if (handshake.completed) return 4;
  if (handshake.tlsAlert) return 3;
  return handshake.clientHello ? 2 : 1;
}

function better(handshake: Handshake, than: Handshake | undefined): boolean {
  return reach(handshake) > reach(than);
}

function alertOf(alert: Sighting & { readonly code: number; readonly name: string }) {
  return { ...momentOf(alert), code: alert.code, name: alert.name };
}

function marksOf(handshake: Handshake) {
  const { started, clientHello, tlsAlert, completed } = handshake;
  return {
    callbackStarted: momentOf(started),
    ...(clientHello ? { clientHello: momentOf(clientHello) } : {}),
    ...(tlsAlert ? { tlsAlert: alertOf(tlsAlert) } : {}),
    ...(completed ? { callbackCompleted: momentOf(completed) } : {}),
  };
}

function looseOf(handshake: Handshake): LooseCallback {
  const { callbackStarted, clientHello, tlsAlert, callbackCompleted } = marksOf(handshake);
  return {
    started: callbackStarted,
    awaited: handshake.candidates.length > 0,
    ...(clientHello ? { clientHello } : {}),
    ...(tlsAlert ? { tlsAlert } : {}),
    ...(callbackCompleted ? { completed: callbackCompleted } : {}),
  };
}
