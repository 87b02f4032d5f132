import type { FtmPushEvent } from '../../fortios/debug/ftm-push-events.ts';
import type { UnattributedCallback } from '../attempt.ts';
import { type EventRef, secondsBetween } from './event-ref.ts';
import {
  alertOf,
  better,
  type Handshake,
  isAboutOnly,
  looseOf,
  marksOf,
  partiesOf,
  rootsOf,
} from './handshake.ts';
import { isWaiting, type LoginState, wasAsked } from './login-state.ts';
import type { Registry } from './registry.ts';

export interface Handshakes {
  tls(event: TlsEvent, sighting: EventRef): void;
  /** A result of the second factor came: the handshake that ended directly before it belongs to this login. */
  answered(draft: LoginState, sighting: EventRef): void;
  /** The code was typed, so no handshake is the reason for this login's result. */
  typed(draft: LoginState): void;
  /** The phone may still call back after the VPN has given up. */
  loginOver(draft: LoginState): void;
  /** Gives every handshake that only one login can explain to that login; the others are nobody's. */
  settle(): readonly UnattributedCallback[];
  /** A handshake may still be given to this login. */
  mayHear(draft: LoginState, now: EventRef): boolean;
  /** Settles the handshakes that are only about logins which are over; answers the logins the others are about. */
  settleOver(isOver: (draft: LoginState) => boolean): ReadonlySet<LoginState>;
  forget(drafts: ReadonlySet<LoginState>): void;
}

type TlsEvent = Extract<FtmPushEvent, { readonly kind: `tls-${string}` }>;

/** The phone answers within its own handshake; a result long after one has another reason. Seconds. */
const DIRECTLY = 10;
/** How long after its last chance a phone may still call back. Seconds. */
const LATE = 300;
const MAX_LATE = 200;
const MAX_UNEXPLAINED = 20;
const MAX_KEPT = 4_000;
const MAX_UNATTRIBUTED = 200;

export function createHandshakes(registry: Registry): Handshakes {
  const all: Handshake[] = [];
  const late = new Set<LoginState>();
  /** Answered without a handshake before it; in logs merged by the second it may stand after. */
  const unexplained: LoginState[] = [];
  const loose: UnattributedCallback[] = [];
  const owned = new Map<LoginState, Handshake>();
  let current: Handshake | undefined;

  function begin(sighting: EventRef, fresh: boolean): Handshake {
    const handshake: Handshake = {
      started: sighting,
      outbound: false,
      fresh,
      candidates: waitingAt(sighting),
      spent: false,
    };
    if (all.length < MAX_KEPT) all.push(handshake);
    else if (loose.length < MAX_UNATTRIBUTED) loose.push(handshake);
    current = handshake;
    return handshake;
  }

  function waitingAt(now: EventRef): readonly LoginState[] {
    const waiting = new Set<LoginState>();
    for (const draft of latestOfEach(registry.live, late)) if (mayAnswer(draft, now)) waiting.add(draft);
    for (const draft of unexplained) {
      const { tokenResult, manualCode } = draft.milestones;
      const isSameSecond = now.at !== undefined && tokenResult?.at === now.at && manualCode?.push !== false;
      if (isSameSecond && mayAnswer(draft, now)) waiting.add(draft);
    }
    const all = [...waiting];
    const pushed = all.filter(
      ({ milestones: marks, pushRivals }) => marks.pushSent ?? marks.pushAlreadySent ?? pushRivals.size > 0,
    );
    return pushed.length > 0 ? pushed : all;
  }

  function mayAnswer(draft: LoginState, now: EventRef): boolean {
    return !owned.has(draft) && !isGone(draft, now);
  }

  function own(handshake: Handshake, draft: LoginState): void {
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
          ({ milestones: marks }) => marks.pushConnect && !marks.pushSent,
        );
        if (draft && others.length === 0) current.carries = draft;
      }
      if (event.kind === 'tls-done' && !current.fresh) {
        // TLS 1.3 announces each session ticket as another handshake of the same connection.
        all.splice(all.lastIndexOf(current), 1);
      }
    },

    answered(draft, sighting) {
      if (owned.has(draft) || draft.milestones.manualCode?.push === false) return;
      const last = all.findLast((each) => each.completed && !each.outbound);
      const after = secondsBetween(last?.completed?.at, sighting.at);
      if (!last || last.spent || last.owner || (after !== undefined && after > DIRECTLY)) {
        unexplained.push(draft);
        if (unexplained.length > MAX_UNEXPLAINED) unexplained.shift();
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
      const { milestones: marks } = draft;
      if (marks.granted || !(wasAsked(marks) || marks.pushSent) || owned.has(draft)) return;
      if (marks.manualCode && !marks.manualCode.push) return;
      late.add(draft);
      const [oldest] = late;
      if (late.size > MAX_LATE && oldest) late.delete(oldest);
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
      const ready: Handshake[] = [];
      const rest: Handshake[] = [];
      const open = new Set<LoginState>();
      for (const each of all) {
        if (each !== current && isAboutOnly(each, isOver)) {
          ready.push(each);
          continue;
        }
        rest.push(each);
        for (const draft of partiesOf(each)) open.add(draft);
      }
      settleAll(ready);
      all.splice(0, all.length, ...rest);
      return open;
    },

    forget(drafts) {
      for (const draft of drafts) owned.delete(draft);
    },
  };

  function settleAll(handshakes: readonly Handshake[]): void {
    for (const { carries, tlsAlert } of handshakes) {
      if (carries && tlsAlert) carries.milestones.pushTlsAlert ??= alertOf(tlsAlert);
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
      Object.assign(owner.milestones, marksOf(handshake));
      return;
    }
    // An earlier try of a phone that got through in the end is that login's, not a riddle.
    if (handshake.clientHello && roots.length === 1 && roots[0] && owned.has(roots[0])) return;
    if (roots.length > 1 && roots.every((draft) => owned.get(draft)?.completed)) return;
    if (handshake.clientHello) for (const draft of roots) draft.callbackDoubtful = true;
    if (loose.length < MAX_UNATTRIBUTED) loose.push(looseOf(handshake));
  }
}

function follow(handshake: Handshake, event: TlsEvent, sighting: EventRef): void {
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
function latestOfEach(live: Iterable<LoginState>, late: Iterable<LoginState>): Iterable<LoginState> {
  const latest = new Map<string | undefined, LoginState>();
  function see(draft: LoginState): void {
    const other = latest.get(draft.user);
    if (!other || draft.started.order > other.started.order) latest.set(draft.user, draft);
  }
  for (const draft of live) if (isWaiting(draft)) see(draft);
  for (const draft of late) see(draft);
  return latest.values();
}

/** Nobody waits that long any more: neither the VPN nor the phone. */
function isGone({ milestones: marks, started }: LoginState, now: EventRef): boolean {
  const asked = marks.vpnWait?.at ?? marks.passwordAccepted?.at ?? started.at;
  const waited = secondsBetween(asked, now.at);
  const allowed = Math.max(marks.vpnWait?.seconds ?? 0, marks.tokenWait?.seconds ?? 0);
  return waited !== undefined && waited > allowed + LATE;
}
