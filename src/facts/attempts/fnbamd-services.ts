import type { Quote } from '../../evidence/types.ts';
import type { OtherLogins } from '../attempt.ts';
import { hasSecondFactor, type LoginState } from './login-state.ts';

/**
 * Who asked fnbamd. It checks passwords for everybody: for both VPNs, for administrators, portals, proxies and Wi-Fi.
 * Most releases do not print for whom; newer ones give the service a number (`svc=`), of which no table is public, so
 * that numbers are only compared with each other.
 */
export interface FnbamdServices {
  /** A line of a VPN's daemon: from here on, its logins would be announced. */
  heard(source: string, order: number): void;
  /** Takes what these logins tell of the numbers of services. */
  learn(drafts: readonly LoginState[]): void;
  /** True for a login of somebody else, which is counted: no VPN announced it, it has no part in a push, and the log shows both. */
  setAside(draft: LoginState): boolean;
  others(): OtherLogins | undefined;
}

const MAX_LISTED = 3;

interface Span {
  readonly from: number;
  to: number;
}

export function createFnbamdServices(): FnbamdServices {
  const spans = new Map<string, Span>();
  const ofVpn = new Set<string>();
  const ofTokens = new Set<string>();
  const others: { count: number; users: string[]; quotes: Quote[] } = { count: 0, users: [], quotes: [] };
  let announced = false;

  /** In the same file after the first line of the VPN's daemon, or between two of its lines in another. */
  function isCovered({ started }: LoginState): boolean {
    const { order, quote } = started;
    const own = spans.get(quote.source);
    if (own && own.from < order) return true;
    return [...spans.values()].some(({ from, to }) => from < order && order < to);
  }

  function isElsewhere(draft: LoginState): boolean {
    const { service, fromStart, request } = draft;
    if (isAnnounced(draft) || request === undefined || !fromStart || hasSecondFactor(draft)) return false;
    if (service !== undefined && ofVpn.size > 0) return !ofVpn.has(service);
    if (announced && isCovered(draft)) return true;
    return service !== undefined && ofTokens.size > 0 && !ofTokens.has(service);
  }

  return {
    heard(source, order) {
      const span = spans.get(source);
      if (span) span.to = order;
      else spans.set(source, { from: order, to: order });
    },

    learn(drafts) {
      for (const draft of drafts) {
        const { service } = draft;
        if (isAnnounced(draft)) {
          announced = true;
          if (service !== undefined) ofVpn.add(service);
        } else if (service !== undefined && hasSecondFactor(draft)) ofTokens.add(service);
      }
    },

    setAside(draft) {
      if (!isElsewhere(draft)) return false;
      const { user, started } = draft;
      others.count += 1;
      if (user !== undefined && others.users.length < MAX_LISTED && !others.users.includes(user)) {
        others.users.push(user);
        others.quotes.push(started.quote);
      }
      return true;
    },

    others: () => (others.count === 0 ? undefined : others),
  };
}

/** A VPN has told of it. */
export function isAnnounced({ session, negotiation }: LoginState): boolean {
  return (session ?? negotiation) !== undefined;
}
