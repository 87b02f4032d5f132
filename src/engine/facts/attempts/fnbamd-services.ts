import type { Quote } from '../../evidence/types.ts';
import type { OtherLogins } from '../attempt.ts';
import { hasSecondFactor, type LoginState } from './login-state.ts';

const MAX_LISTED = 3;

interface Span {
  readonly from: number;
  to: number;
}

/**
 * Which service sent an authentication request to fnbamd, which serves VPN, admin, portal, proxy and Wi-Fi logins.
 * Most releases do not print the service; newer ones print a number (`svc=`) without a public table, so numbers are
 * only compared with each other.
 */
export function createFnbamdServices() {
  const spans = new Map<string, Span>();
  const ofVpn = new Set<string>();
  const ofTokens = new Set<string>();
  const others: { count: number; users: string[]; quotes: Quote[] } = { count: 0, users: [], quotes: [] };
  let announced = false;

  /**
   * The login is after the first line of the VPN's daemon in the same file, or between two of its lines in another.
   */
  function isCovered({ started }: LoginState): boolean {
    const { order, quote } = started;
    const own = spans.get(quote.source);
    if (own && own.from < order) return true;
    return [...spans.values()].some(({ from, to }) => from < order && order < to);
  }

  function isOtherService(login: LoginState): boolean {
    const { service, fromStart, request } = login;
    if (isAnnounced(login) || request === undefined || !fromStart || hasSecondFactor(login)) return false;
    if (service !== undefined && ofVpn.size > 0) return !ofVpn.has(service);
    if (announced && isCovered(login)) return true;
    return service !== undefined && ofTokens.size > 0 && !ofTokens.has(service);
  }

  return {
    /** A VPN daemon printed a line: from here on, its logins would be announced. */
    onVpnLine(source: string, order: number): void {
      const span = spans.get(source);
      if (span) span.to = order;
      else spans.set(source, { from: order, to: order });
    },

    /** Learns which service numbers belong to the VPNs from these logins. */
    learn(logins: readonly LoginState[]): void {
      for (const login of logins) {
        const { service } = login;
        if (isAnnounced(login)) {
          announced = true;
          if (service !== undefined) ofVpn.add(service);
        } else if (service !== undefined && hasSecondFactor(login)) ofTokens.add(service);
      }
    },

    /**
     * True, and counted, for a login of another service: no VPN announced it, it has no part in a push, and the log
     * shows both.
     */
    setAside(login: LoginState): boolean {
      if (!isOtherService(login)) return false;
      const { user, started } = login;
      others.count += 1;
      if (user !== undefined && others.users.length < MAX_LISTED && !others.users.includes(user)) {
        others.users.push(user);
        others.quotes.push(started.quote);
      }
      return true;
    },

    others: (): OtherLogins | undefined => (others.count === 0 ? undefined : others),
  };
}

/** A VPN daemon reported the login. */
export function isAnnounced({ session, negotiation }: LoginState): boolean {
  return (session ?? negotiation) !== undefined;
}
