import type { FtmPushEvent } from '../../fortios/debug/ftm-push-events.ts';
import type { UnattributedCallback } from '../attempt.ts';
import { type EventRef, secondsBetween } from './event-ref.ts';
import {
  better,
  findAlert,
  findRoots,
  type Handshake,
  isAboutOnly,
  loginsOf,
  pickMarks,
  toLooseCallback,
} from './handshake.ts';
import { isWaiting, type LoginState, wasAsked } from './login-state.ts';
import type { Registry } from './registry.ts';

type TlsEvent = Extract<FtmPushEvent, { readonly kind: `tls-${string}` }>;

/** Seconds. The phone answers within its own handshake; a result long after one has another cause. */
const MAX_ANSWER_DELAY_S = 10;
/** Seconds in which a phone may still call back after the login ended. */
const MAX_LATE_CALLBACK_S = 300;
const MAX_LATE = 200;
const MAX_UNEXPLAINED = 20;
const MAX_KEPT = 4_000;
const MAX_UNATTRIBUTED = 200;

export class Handshakes {
  readonly #registry: Registry;
  readonly #all: Handshake[] = [];
  readonly #late = new Set<LoginState>();
  /** Answered without an earlier handshake; in logs merged by the second it may come later. */
  readonly #unexplained: LoginState[] = [];
  readonly #unattributed: UnattributedCallback[] = [];
  readonly #owned = new Map<LoginState, Handshake>();
  #current: Handshake | undefined;

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  #begin(ref: EventRef, isNew: boolean): Handshake {
    const handshake: Handshake = {
      started: ref,
      outbound: false,
      isNew: isNew,
      candidates: this.#waitingAt(ref),
      isUsed: false,
    };
    if (this.#all.length < MAX_KEPT) this.#all.push(handshake);
    else if (this.#unattributed.length < MAX_UNATTRIBUTED) this.#unattributed.push(handshake);
    this.#current = handshake;
    return handshake;
  }

  #waitingAt(now: EventRef): readonly LoginState[] {
    const waiting = new Set<LoginState>();
    for (const login of latestOfEach(this.#registry.live, this.#late))
      if (this.#mayAnswer(login, now)) waiting.add(login);
    for (const login of this.#unexplained) {
      const { tokenResult, manualCode } = login.milestones;
      const isSameSecond = now.at !== undefined && tokenResult?.at === now.at && manualCode?.push !== false;
      if (isSameSecond && this.#mayAnswer(login, now)) waiting.add(login);
    }
    const callable = [...waiting];
    const pushed = callable.filter(
      ({ milestones, ambiguousPushes }) =>
        milestones.pushSent ?? milestones.pushAlreadySent ?? ambiguousPushes.size > 0,
    );
    return pushed.length > 0 ? pushed : callable;
  }

  #mayAnswer(login: LoginState, now: EventRef): boolean {
    return !this.#owned.has(login) && !isGone(login, now);
  }

  #own(handshake: Handshake, login: LoginState): void {
    handshake.owner = login;
    this.#owned.set(login, handshake);
  }

  tls(event: TlsEvent, ref: EventRef): void {
    if (event.kind === 'tls-start') {
      this.#begin(ref, false);
      return;
    }
    if (event.kind === 'tls-step' && event.step !== undefined && !this.#current) this.#begin(ref, false);
    if (!this.#current || this.#current.completed) return;
    follow(this.#current, event, ref);
    if (this.#current.outbound && !this.#current.carriesPushOf) {
      const [login, ...others] = [...this.#registry.live].filter(
        ({ milestones }) => milestones.pushConnect && !milestones.pushSent,
      );
      if (login && others.length === 0) this.#current.carriesPushOf = login;
    }
    if (event.kind === 'tls-done' && !this.#current.isNew) {
      // TLS 1.3 announces each session ticket as another handshake of the same connection.
      this.#all.splice(this.#all.lastIndexOf(this.#current), 1);
    }
  }

  /** A second-factor result arrived: the handshake that ended directly before belongs to this login. */
  onAnswered(login: LoginState, ref: EventRef): void {
    if (this.#owned.has(login) || login.milestones.manualCode?.push === false) return;
    const last = this.#all.findLast((each) => each.completed && !each.outbound);
    const after = secondsBetween(last?.completed?.at, ref.at);
    if (!last || last.isUsed || last.owner || (after !== undefined && after > MAX_ANSWER_DELAY_S)) {
      this.#unexplained.push(login);
      if (this.#unexplained.length > MAX_UNEXPLAINED) this.#unexplained.shift();
      return;
    }
    last.isUsed = true;
    this.#own(last, login);
  }

  /** The code was typed, so no handshake caused this login's result. */
  onTyped(login: LoginState): void {
    const handshake = this.#owned.get(login);
    if (!handshake) return;
    delete handshake.owner;
    this.#owned.delete(login);
    handshake.isUsed = false;
  }

  /** The phone may still call back after the VPN has given up. */
  onLoginOver(login: LoginState): void {
    const { milestones } = login;
    if (milestones.granted || !(wasAsked(milestones) || milestones.pushSent) || this.#owned.has(login))
      return;
    if (milestones.manualCode && !milestones.manualCode.push) return;
    this.#late.add(login);
    const [oldest] = this.#late;
    if (this.#late.size > MAX_LATE && oldest) this.#late.delete(oldest);
  }

  /** Assigns every handshake that only one login can explain; returns the others. */
  assign(): readonly UnattributedCallback[] {
    this.#assignAll(this.#all);
    return this.#unattributed;
  }

  /** Whether a handshake may still be assigned to this login. */
  mayBelongTo(login: LoginState, now: EventRef): boolean {
    if (this.#late.has(login) && isGone(login, now)) this.#late.delete(login);
    return this.#late.has(login) || this.#unexplained.includes(login);
  }

  /** Assigns the handshakes that only concern finished logins; returns the logins that the others concern. */
  assignFinished(isOver: (login: LoginState) => boolean): ReadonlySet<LoginState> {
    const ready: Handshake[] = [];
    const rest: Handshake[] = [];
    const open = new Set<LoginState>();
    for (const each of this.#all) {
      if (each !== this.#current && isAboutOnly(each, isOver)) {
        ready.push(each);
        continue;
      }
      rest.push(each);
      for (const login of loginsOf(each)) open.add(login);
    }
    this.#assignAll(ready);
    this.#all.splice(0, this.#all.length, ...rest);
    return open;
  }

  forget(logins: ReadonlySet<LoginState>): void {
    for (const login of logins) this.#owned.delete(login);
  }

  #assignAll(handshakes: readonly Handshake[]): void {
    for (const { carriesPushOf, tlsAlert } of handshakes) {
      if (carriesPushOf && tlsAlert) carriesPushOf.milestones.pushTlsAlert ??= findAlert(tlsAlert);
    }
    const inbound = handshakes.filter((each) => !each.outbound);
    this.#eliminate(inbound.filter((each) => each.completed));
    // A phone that refused the certificate, or a port scan, may come before the answer.
    for (const handshake of inbound.filter((each) => !each.completed)) {
      const [login, ...others] = findRoots(handshake.candidates);
      if (login && others.length === 0 && better(handshake, this.#owned.get(login)))
        this.#own(handshake, login);
    }
    for (const handshake of inbound) this.#assignTo(handshake);
  }

  /** With every assigned login, fewer candidates remain for the other handshakes. */
  #eliminate(handshakes: readonly Handshake[]): void {
    for (let found = true; found; ) {
      found = false;
      for (const handshake of handshakes) {
        if (handshake.owner) continue;
        const left = findRoots(handshake.candidates).filter((login) => !this.#owned.has(login));
        const [login] = left;
        if (!login || left.length > 1) continue;
        this.#own(handshake, login);
        found = true;
      }
    }
  }

  #assignTo(handshake: Handshake): void {
    const { owner } = handshake;
    const roots = findRoots(handshake.candidates);
    if (owner && this.#owned.get(owner) === handshake) {
      Object.assign(owner.milestones, pickMarks(handshake));
      return;
    }
    // An earlier attempt of a phone that succeeded later belongs to that login.
    if (handshake.clientHello && roots.length === 1 && roots[0] && this.#owned.has(roots[0])) return;
    if (roots.length > 1 && roots.every((login) => this.#owned.get(login)?.completed)) return;
    if (handshake.clientHello) for (const login of roots) login.ambiguousCallback = true;
    if (this.#unattributed.length < MAX_UNATTRIBUTED) this.#unattributed.push(toLooseCallback(handshake));
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
      const { code, name, sent } = event.alert;
      if (name !== 'close_notify') handshake.tlsAlert ??= { ...ref, code, name, sent };
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
