import type { IkeLine } from '../../fortios/debug/ike-events.ts';
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
  fold(line: IkeLine, sighting: EventRef): void;
}

/** One client's talk with IKE, which numbers them behind the tunnel's name. */
interface Negotiation {
  readonly tunnel: string;
  readonly serial: string | undefined;
  readonly vdom: string | undefined;
  readonly first: EventRef;
  draft?: LoginState;
  lastOrder: number;
}

const MAX_NEGOTIATIONS = 1_000;
/** What FortiClient calls itself where SAML names the user only in the end. */
const CLIENT_ID = /^[0-9A-F]{32}$/;

/**
 * Messages of ike about logins. It names who came and whether they got in, and nothing of what lies between: the
 * password, the second factor and the push are fnbamd's and ftm-push's to tell.
 */
export function createIkeFold(registry: Registry, handshakes: Handshakes): IkeFold {
  /** The one heard of longest ago first. */
  const negotiations = new Map<string, Negotiation>();

  function negotiationOf({ tunnel, serial, vdom, says }: IkeLine, sighting: EventRef): Negotiation {
    const base = tunnel.replace(/_\d{1,6}$/, '');
    const key = `${vdom} ${serial ?? base}`;
    const known =
      serial === undefined
        ? spokenOf(base, vdom, 'user' in says ? says.user : undefined)
        : negotiations.get(key);
    const negotiation = known ?? { tunnel: base, serial, vdom, first: sighting, lastOrder: 0 };
    negotiation.lastOrder = sighting.order;
    if (!known) {
      negotiations.set(key, negotiation);
      const [oldest] = negotiations.keys();
      if (negotiations.size > MAX_NEGOTIATIONS && oldest !== undefined) negotiations.delete(oldest);
    }
    return negotiation;
  }

  /** `ike V=root:0:DIAL: user 'x' authenticated …` names no number: it is the user's, or the one that spoke last. */
  function spokenOf(tunnel: string, vdom: string | undefined, user?: string): Negotiation | undefined {
    const own = [...negotiations.values()]
      .filter((each) => each.tunnel === tunnel && each.vdom === vdom)
      .toSorted((a, b) => b.lastOrder - a.lastOrder);
    const theirs = own.find(
      ({ draft }) => user !== undefined && draft?.user !== undefined && isUser(draft, user),
    );
    return theirs ?? own[0];
  }

  function draftFor(negotiation: Negotiation, user: string, sighting: EventRef): LoginState {
    const { draft, first, vdom, tunnel, serial } = negotiation;
    if (draft && draft.stage !== 'over' && isUser(draft, user)) return draft;
    const asked = fnbamdRequests(registry, user, sighting.at);
    // Of a second try on the same negotiation the first line is its own.
    const opened = asked ?? openLogin(registry, draft ? sighting : first, { user, fromStart: true });
    opened.vdom ??= vdom;
    opened.negotiation ??= serial === undefined ? tunnel : `${tunnel}:${serial}`;
    negotiation.draft = opened;
    return opened;
  }

  function refuse(draft: LoginState, sighting: EventRef): void {
    if (isWaiting(draft)) {
      handshakes.answered(draft, sighting);
      markTokenResult(draft, DENIED, sighting);
    } else if (draft.stage === 'password') draft.milestones.refused ??= momentOf(sighting);
    close(draft);
  }

  function accept(draft: LoginState, sighting: EventRef): void {
    if (isWaiting(draft)) handshakes.answered(draft, sighting);
    draft.milestones.granted ??= momentOf(sighting);
    close(draft);
  }

  function close(draft: LoginState): void {
    advance(draft, 'over');
    registry.live.delete(draft);
    handshakes.loginOver(draft);
  }

  /** The login that the end of a negotiation is about; one that is named in its end only began before the log does. */
  function ending(
    negotiation: Negotiation,
    user: string | undefined,
    sighting: EventRef,
  ): LoginState | undefined {
    const { draft } = negotiation;
    if (user === undefined || (draft && isUser(draft, user))) return draft;
    if (draft?.user !== undefined && draft.stage !== 'over' && CLIENT_ID.test(draft.user)) {
      draft.user = user;
      return draft;
    }
    const opened = draftFor(negotiation, user, sighting);
    if (opened.started === sighting) opened.fromStart = false;
    return opened;
  }

  return {
    fold(line, sighting) {
      const { says } = line;
      const negotiation = negotiationOf(line, sighting);
      const draft =
        says.what === 'user'
          ? draftFor(negotiation, says.user, sighting)
          : ending(negotiation, 'user' in says ? says.user : undefined, sighting);
      if (!draft) return;
      draft.lastOrder = sighting.order;
      draft.lastAt = sighting.at ?? draft.lastAt;
      switch (says.what) {
        case 'user':
        case 'eap':
        case 'forticlient':
          return;
        case 'asked':
          if (!registry.byRequest.has(says.request)) bindRequest(registry, draft, says.request);
          draft.requested = sighting;
          return;
        case 'token-needed':
          if (draft.stage === 'password') markQuestion(draft, sighting);
          return;
        case 'accepted':
          accept(draft, sighting);
          return;
        case 'refused':
          if (draft.stage !== 'over') refuse(draft, sighting);
          return;
        case 'gave-up':
          if (draft.stage === 'over') return;
          draft.milestones.gaveUp ??= momentOf(sighting);
          close(draft);
      }
    },
  };
}
