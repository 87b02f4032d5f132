import type { PushBody } from '../../fortios/debug/ftm-push-events.ts';
import type { Moment } from '../attempt.ts';
import { type EventRef, secondsBetween, toMoment } from './event-ref.ts';
import { advance, isWaiting, type LoginState, wasAsked } from './login-state.ts';
import type { Registry } from './registry.ts';

/**
 * Seconds, or messages without times. ftm-push handles a request at once, so its line is about one of these logins.
 */
const PROMPT_S = 10;
const PROMPT_MESSAGES = 60;
/** Seconds. A request that waited longer gets no further line. */
const MAX_REQUEST_AGE_S = 30;
const MAX_UNCLAIMED = 50;

/**
 * Lines of ftm-push name no session: they are assigned to the login that has just sent its request. Of several at
 * once the first is served first; a token's serial, once seen, distinguishes them.
 */
export class PushFold {
  readonly #registry: Registry;
  readonly #userOfToken = new Map<string, string>();
  readonly #unclaimed: Moment[] = [];
  #head: EventRef | undefined;
  #latest: LoginState | undefined;

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  #send(ref: EventRef, body: PushBody | undefined): void {
    this.#head = undefined;
    const { tokenSerial, platform } = body ?? {};
    const open = [...this.#registry.live].filter(
      (login) => !login.milestones.pushSent && !login.withoutToken && login.stage !== 'approved',
    );
    const narrowed = narrow(open, (login) => login.stage === 'answer') ?? narrow(open, isWaiting) ?? open;
    const { login, ambiguous } = pick(this.#eligible(narrowed, body), ref);
    this.#latest = login;
    if (!login) {
      if (this.#unclaimed.length < MAX_UNCLAIMED) this.#unclaimed.push(toMoment(ref));
      return;
    }
    // IKE does not report that the question was asked; the push shows it.
    if (login.negotiation !== undefined) advance(login, 'question');
    const certain = ambiguous.length === 0 && login.ambiguousPushes.size === 0;
    login.milestones.pushSent = {
      ...toMoment(ref),
      platform: certain ? platform : undefined,
      tokenSerial: certain ? tokenSerial : undefined,
    };
    for (const other of ambiguous) {
      login.ambiguousPushes.add(other);
      other.ambiguousPushes.add(login);
    }
    if (tokenSerial !== undefined && login.user !== undefined && certain) {
      this.#userOfToken.set(tokenSerial, login.user);
    }
  }

  /** A token belongs to one user, and the push names its VDOM. */
  #eligible(logins: readonly LoginState[], body: PushBody | undefined): readonly LoginState[] {
    const sameVdom =
      narrow(logins, (login) => body?.vdom === undefined || (login.vdom ?? body.vdom) === body.vdom) ??
      logins;
    const serial = body?.tokenSerial;
    if (serial === undefined) return sameVdom;
    const owner = this.#userOfToken.get(serial);
    if (owner !== undefined) return narrow(sameVdom, (login) => login.user === owner) ?? sameVdom;
    const others = new Set(this.#userOfToken.values());
    return narrow(sameVdom, (login) => login.user === undefined || !others.has(login.user)) ?? sameVdom;
  }

  connecting(address: string, port: number, ref: EventRef): void {
    if (this.#head) this.#send(this.#head, undefined);
    const open = [...this.#registry.live].filter(
      (login) => !login.milestones.pushConnect && !login.withoutToken && login.stage !== 'approved',
    );
    // For SSL VPN the connection is made before the password is answered; a kept-alive one serves others without a
    // line.
    const asking = open.every(({ session }) => session !== undefined)
      ? narrow(open, ({ stage }) => stage === 'password')
      : undefined;
    const { login, ambiguous } = pick(asking ?? open, ref);
    if (!login) return;
    login.milestones.pushConnect = { ...toMoment(ref), address, port };
    for (const other of ambiguous) {
      login.ambiguousConnects.add(other);
      other.ambiguousConnects.add(login);
    }
  }

  head(ref: EventRef): void {
    if (this.#head) this.#send(this.#head, undefined);
    this.#head = ref;
  }

  body(body: PushBody, ref: EventRef): void {
    if (body.first) {
      this.#send(ref, body);
      return;
    }
    const sent = this.#latest?.milestones.pushSent;
    if (!this.#latest || !sent || this.#latest.ambiguousPushes.size > 0) return;
    const { platform = sent.platform, tokenSerial = sent.tokenSerial } = body;
    this.#latest.milestones.pushSent = { ...sent, platform, tokenSerial };
  }

  /** Takes back the unclear pushes of old logins of a long log, which get no more lines. */
  settleFinished(logins: readonly LoginState[]): void {
    for (const moment of withdrawAmbiguousPushes(logins)) {
      if (this.#unclaimed.length < MAX_UNCLAIMED) this.#unclaimed.push(moment);
    }
    if (this.#latest && logins.includes(this.#latest)) this.#latest = undefined;
  }

  /** Returns pushes that belong to no login of the log, or to one of several. */
  unattributed(): readonly Moment[] {
    if (this.#head) this.#send(this.#head, undefined);
    return [...this.#unclaimed, ...withdrawAmbiguousPushes(this.#registry.logins)];
  }
}

function narrow(
  logins: readonly LoginState[],
  fits: (login: LoginState) => boolean,
): readonly LoginState[] | undefined {
  const found = logins.filter(fits);
  return found.length > 0 ? found : undefined;
}

function pick(
  logins: readonly LoginState[],
  now: EventRef,
): { login?: LoginState; ambiguous: readonly LoginState[] } {
  const waiting = logins
    .filter((login) => (secondsBetween(login.requested.at, now.at) ?? 0) <= MAX_REQUEST_AGE_S)
    .toSorted((a, b) => a.requested.order - b.requested.order);
  const prompt = waiting.filter((login) => isPrompt(login, now));
  const login = prompt[0] ?? waiting.at(-1);
  return login ? { login, ambiguous: prompt.filter((other) => other !== login) } : { ambiguous: [] };
}

function isPrompt({ requested: asked }: LoginState, now: EventRef): boolean {
  const waited = secondsBetween(asked.at, now.at);
  return waited === undefined ? now.order - asked.order <= PROMPT_MESSAGES : waited <= PROMPT_S;
}

/** If an ambiguous login never got its own line, the owner of the one line is unknown. */
function withdrawAmbiguousPushes(logins: readonly LoginState[]): readonly Moment[] {
  withdrawAmbiguousConnects(logins);
  const noPush = logins.filter(
    ({ milestones, ambiguousPushes }) => milestones.pushSent && lacks(ambiguousPushes, 'pushSent'),
  );
  const withdrawn = noPush.flatMap(({ milestones }) =>
    milestones.pushSent ? [toMoment(milestones.pushSent)] : [],
  );
  for (const login of noPush) delete login.milestones.pushSent;
  return withdrawn;
}

/** A login that lost its connection this way may own the connection assigned to another. */
function withdrawAmbiguousConnects(logins: readonly LoginState[]): void {
  const ambiguous = logins.filter(
    (login) =>
      login.milestones.pushConnect && (neededNoPush(login) || lacks(login.ambiguousConnects, 'pushConnect')),
  );
  for (const login of ambiguous) delete login.milestones.pushConnect;
  if (ambiguous.length > 0) withdrawAmbiguousConnects(logins);
}

function lacks(candidates: ReadonlySet<LoginState>, mark: 'pushConnect' | 'pushSent'): boolean {
  return [...candidates].some(
    (other) => other.mergedInto === undefined && !other.milestones[mark] && !neededNoPush(other),
  );
}

/** The login ended before its password was accepted, according to fnbamd. */
function neededNoPush({ milestones, seenByFnbamd, stage }: LoginState): boolean {
  if (milestones.passwordRefused) return true;
  return seenByFnbamd && stage === 'over' && !wasAsked(milestones) && !milestones.pushSent;
}
