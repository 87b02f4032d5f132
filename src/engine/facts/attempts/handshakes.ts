import type { FtmPushEvent } from '../../fortios/debug/ftm-push-events.ts';
import type { UnattributedCallback } from '../attempt.ts';
import { type EventRef, secondsBetween } from './event-ref.ts';
import {
  alertOf,
  better,
  type Handshake,
  isAboutOnly,
  loginsOf,
  looseOf,
  marksOf,
  rootsOf,
} from './handshake.ts';
import { isWaiting, type LoginState, wasAsked } from './login-state.ts';
import type { Registry } from './registry.ts';

export interface Handshakes {
  tls(event: TlsEvent, ref: EventRef): void;
  /** A second-factor result arrived: the handshake that ended directly before belongs to this login. */
  onAnswered(login: LoginState, ref: EventRef): void;
  /** The code was typed, so no handshake caused this login's result. */
  onTyped(login: LoginState): void;
  /** The phone may still call back after the VPN has given up. */
  onLoginOver(login: LoginState): void;
  /** Assigns every handshake that only one login can explain; returns the others. */
  assign(): readonly UnattributedCallback[];
  /** Whether a handshake may still be assigned to this login. */
  mayBelongTo(login: LoginState, now: EventRef): boolean;
  /** Assigns the handshakes that only concern finished logins; returns the logins that the others concern. */
  assignFinished(isOver: (login: LoginState) => boolean): ReadonlySet<LoginState>;
  forget(logins: ReadonlySet<LoginState>): void;
}

type TlsEvent = Extract<FtmPushEvent, { readonly kind: `tls-${string}` }>;

/** Seconds. The phone answers within its own handshake; a result long after one has another cause. */
const MAX_ANSWER_DELAY_S = 10;
/** Seconds in which a phone may still call back after the login ended. */
const MAX_LATE_CALLBACK_S = 300;
const MAX_LATE = 200;
const MAX_UNEXPLAINED = 20;
const MAX_KEPT = 4_000;
const MAX_UNATTRIBUTED = 200;

export function createHandshakes(registry: Registry): Handshakes {
  const all: Handshake[] = [];
  const late = new Set<LoginState>();
  /** Answered without an earlier handshake; in logs merged by the second it may come later. */
  const unexplained: LoginState[] = [];
  const unattributed: UnattributedCallback[] = [];
  const owned = new Map<LoginState, Handshake>();
  let current: Handshake | undefined;

  function begin(ref: EventRef, isNew: boolean): Handshake {
    const handshake: Handshake = {
      started: ref,
      outbound: false,
      isNew: isNew,
      candidates: waitingAt(ref),
      isUsed: false,
    };
    if (all.length < MAX_KEPT) all.push(handshake);
    else if (unattributed.length < MAX_UNATTRIBUTED) unattributed.push(handshake);
    current = handshake;
    return handshake;
  }

  function waitingAt(now: EventRef): readonly LoginState[] {
    const waiting = new Set<LoginState>();
    for (const login of latestOfEach(registry.live, late)) if (mayAnswer(login, now)) waiting.add(login);
    for (const login of unexplained) {
      const { tokenResult, manualCode } = login.milestones;
      const isSameSecond = now.at !== undefined && tokenResult?.at === now.at && manualCode?.push !== false;
      if (isSameSecond && mayAnswer(login, now)) waiting.add(login);
    }
    const all = [...waiting];
    const pushed = all.filter(
      ({ milestones, ambiguousPushes }) =>
        milestones.pushSent ?? milestones.pushAlreadySent ?? ambiguousPushes.size > 0,
    );
    return pushed.length > 0 ? pushed : all;
  }

  function mayAnswer(login: LoginState, now: EventRef): boolean {
    return !owned.has(login) && !isGone(login, now);
  }

  function own(handshake: Handshake, login: LoginState): void {
    handshake.owner = login;
    owned.set(login, handshake);
  }

  return {
    tls(event, ref) {
      if (event.kind === 'tls-start') {
        begin(ref, false);
        return;
      }
      if (event.kind === 'tls-step' && event.step !== undefined && !current) begin(ref, false);
      if (!current || current.completed) return;
      follow(current, event, ref);
      if (current.outbound && !current.carriesPushOf) {
        const [login, ...others] = [...registry.live].filter(
          ({ milestones }) => milestones.pushConnect && !milestones.pushSent,
        );
        if (login && others.length === 0) current.carriesPushOf = login;
      }
      if (event.kind === 'tls-done' && !current.isNew) {
        // TLS 1.3 announces each session ticket as another handshake of the same connection.
        all.splice(all.lastIndexOf(current), 1);
      }
    },

    onAnswered(login, ref) {
      if (owned.has(login) || login.milestones.manualCode?.push === false) return;
      const last = all.findLast((each) => each.completed && !each.outbound);
      const after = secondsBetween(last?.completed?.at, ref.at);
      if (!last || last.isUsed || last.owner || (after !== undefined && after > MAX_ANSWER_DELAY_S)) {
        unexplained.push(login);
        if (unexplained.length > MAX_UNEXPLAINED) unexplained.shift();
        return;
      }
      last.isUsed = true;
      own(last, login);
    },

    onTyped(login) {
      const handshake = owned.get(login);
      if (!handshake) return;
      delete handshake.owner;
      owned.delete(login);
      handshake.isUsed = false;
    },

    onLoginOver(login) {
      const { milestones } = login;
      if (milestones.granted || !(wasAsked(milestones) || milestones.pushSent) || owned.has(login)) return;
      if (milestones.manualCode && !milestones.manualCode.push) return;
      late.add(login);
      const [oldest] = late;
      if (late.size > MAX_LATE && oldest) late.delete(oldest);
    },

    assign() {
      assignAll(all);
      return unattributed;
    },

    mayBelongTo(login, now) {
      if (late.has(login) && isGone(login, now)) late.delete(login);
      return late.has(login) || unexplained.includes(login);
    },

    assignFinished(isOver) {
      const ready: Handshake[] = [];
      const rest: Handshake[] = [];
      const open = new Set<LoginState>();
      for (const each of all) {
        if (each !== current && isAboutOnly(each, isOver)) {
          ready.push(each);
          continue;
        }
        rest.push(each);
        for (const login of loginsOf(each)) open.add(login);
      }
      assignAll(ready);
      all.splice(0, all.length, ...rest);
      return open;
    },

    forget(logins) {
      for (const login of logins) owned.delete(login);
    },
  };

  function assignAll(handshakes: readonly Handshake[]): void {
    for (const { carriesPushOf, tlsAlert } of handshakes) {
      if (carriesPushOf && tlsAlert) carriesPushOf.milestones.pushTlsAlert ??= alertOf(tlsAlert);
    }
    const inbound = handshakes.filter((each) => !each.outbound);
    eliminate(inbound.filter((each) => each.completed));
    // A phone that refused the certificate, or a port scan, may come before the answer.
    for (const handshake of inbound.filter((each) => !each.completed)) {
      const [login, ...others] = rootsOf(handshake.candidates);
      if (login && others.length === 0 && better(handshake, owned.get(login))) own(handshake, login);
    }
    for (const handshake of inbound) assignTo(handshake);
  }

  /** With every assigned login, fewer candidates remain for the other handshakes. */
  function eliminate(handshakes: readonly Handshake[]): void {
    for (let found = true; found; ) {
      found = false;
      for (const handshake of handshakes) {
        if (handshake.owner) continue;
        const left = rootsOf(handshake.candidates).filter((login) => !owned.has(login));
        const [login] = left;
        if (!login || left.length > 1) continue;
        own(handshake, login);
        found = true;
      }
    }
  }

  function assignTo(handshake: Handshake): void {
    const { owner } = handshake;
    const roots = rootsOf(handshake.candidates);
    if (owner && owned.get(owner) === handshake) {
      Object.assign(owner.milestones, marksOf(handshake));
      return;
    }
    // An earlier attempt of a phone that succeeded later belongs to that login.
    if (handshake.clientHello && roots.length === 1 && roots[0] && owned.has(roots[0])) return;
    if (roots.length > 1 && roots.every((login) => owned.get(login)?.completed)) return;
    if (handshake.clientHello) for (const login of roots) login.ambiguousCallback = true;
    if (unattributed.length < MAX_UNATTRIBUTED) unattributed.push(looseOf(handshake));
  }
}

function follow(handshake: Handshake, event: TlsEvent, ref: EventRef): void {
  switch (event.kind) {
    case 'tls-start':
      return;
    case 'tls-step':
      if (event.step === undefined) return;
      handshake.isNew = true;
      if (event.side === 'connect') handshake.outbound = true;
      else if (event.step.includes('read client hello')) handshake.clientHello ??= ref;
      return;
    case 'tls-alert': {
      const { code, name } = event.alert;
      if (name !== 'close_notify') handshake.tlsAlert ??= { ...ref, code, name };
      return;
    }
    case 'tls-done':
      handshake.completed = ref;
      return;
  }
}

/** If a user tried several times, the phone shows the latest request and answers that one. */
function latestOfEach(live: Iterable<LoginState>, late: Iterable<LoginState>): Iterable<LoginState> {
  const latest = new Map<string | undefined, LoginState>();
  function see(login: LoginState): void {
    const other = latest.get(login.user);
    if (!other || login.started.order > other.started.order) latest.set(login.user, login);
  }
  for (const login of live) if (isWaiting(login)) see(login);
  for (const login of late) see(login);
  return latest.values();
}

/** Neither the VPN nor the phone waits that long. */
function isGone({ milestones, started }: LoginState, now: EventRef): boolean {
  const asked = milestones.vpnWait?.at ?? milestones.passwordAccepted?.at ?? started.at;
  const waited = secondsBetween(asked, now.at);
  const allowed = Math.max(milestones.vpnWait?.seconds ?? 0, milestones.tokenWait?.seconds ?? 0);
  return waited !== undefined && waited > allowed + MAX_LATE_CALLBACK_S;
}
