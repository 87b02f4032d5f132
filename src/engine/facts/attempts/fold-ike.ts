import type { IkeLine } from '../../fortios/debug/ike-events.ts';
import { CLIENT_ID } from '../attempt.ts';
import { type EventRef, momentOf } from './event-ref.ts';
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

export interface IkeFold {
  /** Returns the login that the line is about. */
  fold(line: IkeLine, ref: EventRef): LoginState | undefined;
}

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
export function createIkeFold(registry: Registry, handshakes: Handshakes): IkeFold {
  /** Least recently seen first. */
  const negotiations = new Map<string, Negotiation>();

  function negotiationOf({ tunnel, serial, vdom, event }: IkeLine, ref: EventRef): Negotiation {
    const base = tunnel.replace(/_\d{1,6}$/, '');
    const key = `${vdom} ${serial ?? base}`;
    const known = serial === undefined ? unnumbered(base, vdom, event) : negotiations.get(key);
    const negotiation = known ?? { tunnel: base, serial, vdom, first: ref, lastOrder: 0 };
    negotiation.lastOrder = ref.order;
    // The peer identifier may move a client to another phase1.
    if (serial !== undefined) negotiation.tunnel = base;
    if (!known) {
      negotiations.set(key, negotiation);
      const [oldest] = negotiations.keys();
      if (negotiations.size > MAX_NEGOTIATIONS && oldest !== undefined) negotiations.delete(oldest);
    }
    return negotiation;
  }

  /**
   * `ike V=root:0:DIAL: user 'x' authenticated …` has no number: it is the user's negotiation, or the last one seen. `EAP
   * user "x"` begins a login, so that it is about the last one if that has none.
   */
  function unnumbered(
    tunnel: string,
    vdom: string | undefined,
    event: IkeLine['event'],
  ): Negotiation | undefined {
    const user = 'user' in event ? event.user : undefined;
    const own = [...negotiations.values()]
      .filter((each) => each.tunnel === tunnel && each.vdom === vdom)
      .toSorted((a, b) => b.lastOrder - a.lastOrder);
    if (event.what === 'user' && own[0]?.login === undefined) return own[0];
    const ofUser = own.find(
      ({ login }) => user !== undefined && login?.user !== undefined && isUser(login, user),
    );
    return ofUser ?? own[0];
  }

  function draftFor(negotiation: Negotiation, user: string, ref: EventRef): LoginState {
    const { login, first, vdom, tunnel, serial, request } = negotiation;
    if (login && login.stage !== 'over' && isUser(login, user)) return login;
    const named = request === undefined ? undefined : registry.byRequest.get(request);
    const isOwn = named?.user !== undefined && isUser(named, user) && !(named.session ?? named.negotiation);
    const asked = fnbamdRequests(registry, user, ref.at) ?? (isOwn ? named : undefined);
    // A second attempt on the same negotiation starts with this line.
    const opened = asked ?? openLogin(registry, login ? ref : first, { user, fromStart: true });
    opened.vdom ??= vdom;
    opened.negotiation ??= serial === undefined ? tunnel : `${tunnel}:${serial}`;
    if (request !== undefined && opened.request === undefined) bindRequest(registry, opened, request);
    negotiation.login = opened;
    return opened;
  }

  function refuse(login: LoginState, ref: EventRef): void {
    if (isWaiting(login)) {
      handshakes.onAnswered(login, ref);
      markTokenResult(login, DENIED, ref);
    } else if (login.stage === 'password') login.milestones.refused ??= momentOf(ref);
    close(login);
  }

  function accept(login: LoginState, ref: EventRef, withoutToken = false): void {
    if (isWaiting(login)) handshakes.onAnswered(login, ref);
    else if (withoutToken) login.milestones.secondFactorSkipped ??= momentOf(ref);
    login.milestones.granted ??= momentOf(ref);
    close(login);
  }

  function close(login: LoginState): void {
    advance(login, 'over');
    registry.live.delete(login);
    handshakes.onLoginOver(login);
  }

  /** The login that a negotiation's end is about; a login first named at its end began before the log. */
  function ending(negotiation: Negotiation, user: string | undefined, ref: EventRef): LoginState | undefined {
    const { login } = negotiation;
    if (user === undefined || (login && isUser(login, user))) return login;
    if (login?.user !== undefined && login.stage !== 'over' && CLIENT_ID.test(login.user)) {
      login.user = user;
      return login;
    }
    const opened = draftFor(negotiation, user, ref);
    if (opened.started === ref) opened.fromStart = false;
    return opened;
  }

  return {
    fold(line, ref) {
      const { event } = line;
      const negotiation = negotiationOf(line, ref);
      if ('request' in event) negotiation.request = event.request;
      const login =
        event.what === 'user'
          ? draftFor(negotiation, event.user, ref)
          : ending(negotiation, 'user' in event ? event.user : undefined, ref);
      if (!login) return undefined;
      login.lastOrder = ref.order;
      login.lastAt = ref.at ?? login.lastAt;
      switch (event.what) {
        case 'user':
        case 'eap':
        case 'forticlient':
          break;
        case 'asked':
          if (!registry.byRequest.has(event.request)) bindRequest(registry, login, event.request);
          login.requested = ref;
          break;
        case 'token-needed':
          if (login.stage === 'password') markQuestion(login, ref);
          break;
        case 'accepted':
          accept(login, ref, event.withoutToken);
          break;
        case 'refused':
          if (login.stage !== 'over') refuse(login, ref);
          break;
        case 'gave-up':
          if (login.stage === 'over') break;
          login.milestones.gaveUp ??= momentOf(ref);
          close(login);
          break;
      }
      return login;
    },
  };
}
