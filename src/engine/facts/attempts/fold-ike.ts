import type { IkeLine } from '../../fortios/debug/ike-events.ts';
import { CLIENT_ID } from '../attempt.ts';
import { type EventRef, toMoment } from './event-ref.ts';
import type { Handshakes } from './handshakes.ts';
import {
  advance,
  DENIED,
  isUser,
  isWaiting,
  type LoginState,
  markQuestion,
  markTokenResult,
} from './login-state.ts';
import { bindRequest, fnbamdRequests, openLogin, type Registry } from './registry.ts';

/** One client's IKE negotiation, numbered behind the tunnel's name. */
interface Negotiation {
  tunnel: string;
  readonly serial: string | undefined;
  readonly vdom: string | undefined;
  readonly first: EventRef;
  login?: LoginState;
  /** The request whose result ike printed. */
  request?: string;
  lastOrder: number;
}

const MAX_NEGOTIATIONS = 1_000;

/**
 * Messages of ike about logins. They tell who connected and whether the login succeeded, but nothing in between:
 * fnbamd reports the password and second factor, ftm-push the push.
 */
export class IkeFold {
  readonly #registry: Registry;
  readonly #handshakes: Handshakes;
  /** Least recently seen first. */
  readonly #negotiations = new Map<string, Negotiation>();

  constructor(registry: Registry, handshakes: Handshakes) {
    this.#registry = registry;
    this.#handshakes = handshakes;
  }

  /** Returns the login that the line is about. */
  fold(line: IkeLine, ref: EventRef): LoginState | undefined {
    const { event } = line;
    const negotiation = this.#negotiationOf(line, ref);
    if ('request' in event) negotiation.request = event.request;
    const login =
      event.what === 'user'
        ? this.#draftFor(negotiation, event.user, ref)
        : this.#ending(negotiation, 'user' in event ? event.user : undefined, ref);
    if (!login) return undefined;
    login.lastOrder = ref.order;
    login.lastAt = ref.at ?? login.lastAt;
    switch (event.what) {
      case 'user':
      case 'eap':
      case 'challenged':
      case 'identified':
      case 'forticlient':
        break;
      case 'asked':
        if (!this.#registry.byRequest.has(event.request)) bindRequest(this.#registry, login, event.request);
        login.requested = ref;
        break;
      case 'token-needed':
        if (login.stage === 'password') markQuestion(login, ref);
        break;
      case 'accepted':
        this.#accept(login, ref, event.withoutToken);
        break;
      case 'refused':
        if (login.stage !== 'over') this.#refuse(login, ref);
        break;
      case 'gave-up':
        if (login.stage === 'over') break;
        login.milestones.gaveUp ??= toMoment(ref);
        this.#close(login);
        break;
    }
    return login;
  }

  #negotiationOf({ tunnel, serial, vdom, event }: IkeLine, ref: EventRef): Negotiation {
    const base = tunnel.replace(/_\d{1,6}$/, '');
    const key = `${vdom} ${serial ?? base}`;
    const known =
      serial === undefined
        ? this.#unnumbered(base, vdom, event)
        : (this.#negotiations.get(key) ?? this.#takeUnnumbered(`${vdom} ${base}`, key));
    const negotiation = known ?? { tunnel: base, serial, vdom, first: ref, lastOrder: 0 };
    negotiation.lastOrder = ref.order;
    // The peer identifier may move a client to another phase1.
    if (serial !== undefined) negotiation.tunnel = base;
    if (!known) {
      this.#negotiations.set(key, negotiation);
      const [oldest] = this.#negotiations.keys();
      if (this.#negotiations.size > MAX_NEGOTIATIONS && oldest !== undefined)
        this.#negotiations.delete(oldest);
    }
    return negotiation;
  }

  /** A log that begins with `EAP user "x"`: the number comes with the next line, about the request. */
  #takeUnnumbered(ofTunnel: string, key: string): Negotiation | undefined {
    const begun = this.#negotiations.get(ofTunnel);
    if (!begun?.login || begun.login.request !== undefined || begun.login.stage === 'over') return undefined;
    this.#negotiations.delete(ofTunnel);
    this.#negotiations.set(key, begun);
    return begun;
  }

  /**
   * `ike V=root:0:DIAL: user 'x' authenticated …` has no number: it is the user's negotiation, or the last one seen. `EAP
   * user "x"` begins a login, so that it is about the last one if that has none.
   */
  #unnumbered(tunnel: string, vdom: string | undefined, event: IkeLine['event']): Negotiation | undefined {
    const user = 'user' in event ? event.user : undefined;
    const own = [...this.#negotiations.values()]
      .filter((each) => each.tunnel === tunnel && each.vdom === vdom)
      .toSorted((a, b) => b.lastOrder - a.lastOrder);
    if (event.what === 'user' && own[0]?.login === undefined) return own[0];
    const ofUser = own.find(
      ({ login }) => user !== undefined && login?.user !== undefined && isUser(login, user),
    );
    return ofUser ?? own[0];
  }

  #draftFor(negotiation: Negotiation, user: string, ref: EventRef): LoginState {
    const { login, first, vdom, tunnel, serial, request } = negotiation;
    if (login && login.stage !== 'over' && isUser(login, user)) return login;
    const named = request === undefined ? undefined : this.#registry.byRequest.get(request);
    const isOwn = named?.user !== undefined && isUser(named, user) && !(named.session ?? named.negotiation);
    const asked = fnbamdRequests(this.#registry, user, ref.at) ?? (isOwn ? named : undefined);
    // A second attempt on the same negotiation starts with this line.
    const opened = asked ?? openLogin(this.#registry, login ? ref : first, { user, fromStart: true });
    opened.vdom ??= vdom;
    opened.negotiation ??= serial === undefined ? tunnel : `${tunnel}:${serial}`;
    if (request !== undefined && opened.request === undefined) bindRequest(this.#registry, opened, request);
    negotiation.login = opened;
    return opened;
  }

  #refuse(login: LoginState, ref: EventRef): void {
    if (isWaiting(login)) {
      this.#handshakes.onAnswered(login, ref);
      markTokenResult(login, DENIED, ref);
    } else if (login.stage === 'password') login.milestones.refused ??= toMoment(ref);
    this.#close(login);
  }

  #accept(login: LoginState, ref: EventRef, withoutToken = false): void {
    if (isWaiting(login)) this.#handshakes.onAnswered(login, ref);
    else if (withoutToken) login.milestones.secondFactorSkipped ??= toMoment(ref);
    login.milestones.granted ??= toMoment(ref);
    this.#close(login);
  }

  #close(login: LoginState): void {
    advance(login, 'over');
    this.#registry.live.delete(login);
    this.#handshakes.onLoginOver(login);
  }

  /** Without its line about the user, only fnbamd names the user of the request whose result ike prints. */
  #adopt(negotiation: Negotiation): LoginState | undefined {
    const { request, tunnel, serial, vdom } = negotiation;
    const named = request === undefined ? undefined : this.#registry.byRequest.get(request);
    if (!named || (named.session ?? named.negotiation) !== undefined) return undefined;
    named.vdom ??= vdom;
    named.negotiation = serial === undefined ? tunnel : `${tunnel}:${serial}`;
    negotiation.login = named;
    return named;
  }

  /** The login that a negotiation's end is about; a login first named at its end began before the log. */
  #ending(negotiation: Negotiation, user: string | undefined, ref: EventRef): LoginState | undefined {
    const { login } = negotiation;
    if (user === undefined) return login ?? this.#adopt(negotiation);
    if (login && isUser(login, user)) return login;
    if (login?.user !== undefined && login.stage !== 'over' && CLIENT_ID.test(login.user)) {
      login.user = user;
      return login;
    }
    const opened = this.#draftFor(negotiation, user, ref);
    if (opened.started === ref) opened.fromStart = false;
    return opened;
  }
}
