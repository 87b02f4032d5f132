import type { LoginSign, SignName } from '../../fortios/debug/login-signs.ts';
import type { DebugDaemon, DebugRecord } from '../../fortios/debug/record.ts';
import type { LoginTrace, SeenSign } from '../attempt.ts';
import { type EventRef, toMoment } from './event-ref.ts';

/** What the daemons said about one login, under construction. */
export interface Trace {
  vpn: 'sslvpn' | 'ike' | undefined;
  vdom: string | undefined;
  readonly started: EventRef;
  lastOrder: number;
  /** Name of the phase 1 that IKE chose, or the tunnel of later lines. */
  gateway: string | undefined;
  client: string | undefined;
  /** The person, where the login itself carries only an identifier of the client. */
  person: string | undefined;
  /** It belongs to a login that was reported by name. */
  claimed: boolean;
  mergedInto: Trace | undefined;
  /** No line shows whether a person’s client or another gateway began it. */
  unclear?: true;
  /** Lines of fnbamd before any that names a request. */
  isPiece: boolean;
  readonly signs: Map<SignName, SeenSign[]>;
}

/** The first lines of a kind are kept, and always the last. */
const MAX_OF_A_KIND = 24;

export function createTrace(started: EventRef, about: Partial<Trace> = {}): Trace {
  return {
    vpn: undefined,
    vdom: undefined,
    gateway: undefined,
    client: undefined,
    person: undefined,
    claimed: false,
    isPiece: false,
    mergedInto: undefined,
    ...about,
    started,
    lastOrder: started.order,
    signs: new Map(),
  };
}

export function current(trace: Trace): Trace {
  let found = trace;
  while (found.mergedInto) found = found.mergedInto;
  return found;
}

export function findLatest(
  traces: ReadonlyMap<string, Trace>,
  is: (trace: Trace) => boolean,
): Trace | undefined {
  return [...traces.values()].map(current).findLast(is);
}

export function addSign(trace: Trace, { sign, fields }: LoginSign, ref: EventRef): void {
  const seen = trace.signs.get(sign) ?? [];
  trace.signs.set(sign, seen);
  if (seen.length >= MAX_OF_A_KIND) seen.pop();
  seen.push({ ...toMoment(ref), order: ref.order, fields });
  trace.lastOrder = ref.order;
  if (fields.client !== undefined && sign !== 'address-locked') trace.client ??= fields.client;
  if (sign === 'gateway-matched' || sign === 'gateway-changed') trace.gateway = fields.gateway;
}

/** Older releases print only the state that follows, so that the one before it is that of the line before. */
export function withStateBefore({ signs }: Trace, { sign, fields }: LoginSign): LoginSign {
  const from = fields.from ?? signs.get('ldap-state')?.at(-1)?.fields.to;
  return from === undefined ? { sign, fields } : { sign, fields: { ...fields, from } };
}

/** Its request went to this server and has no result yet. */
export function waitsFor({ signs }: Trace, server: string): boolean {
  const asked = [...(signs.get('server-loaded') ?? []), ...(signs.get('radius-sent') ?? [])];
  return !signs.has('request-result') && asked.some(({ fields }) => fields.server === server);
}

/** What a second login on the same connection shares with the first. */
export function pickConnection({ vpn, vdom, gateway, client, person }: Trace): Partial<Trace> {
  return { vpn, vdom, gateway, client, person };
}

/** The lines of these kinds from this place on turned out to be about another login. */
export function moveSigns(from: Trace, into: Trace, kinds: ReadonlySet<string>, since: number): void {
  for (const [sign, seen] of from.signs) {
    const moved = kinds.has(sign) ? seen.filter(({ order }) => order >= since) : [];
    if (moved.length === 0) continue;
    const left = seen.filter((each) => !moved.includes(each));
    if (left.length > 0) from.signs.set(sign, left);
    else from.signs.delete(sign);
    const all = [...(into.signs.get(sign) ?? []), ...moved].toSorted((a, b) => a.order - b.order);
    into.signs.set(sign, all.slice(0, MAX_OF_A_KIND));
  }
}

/** The tunnel of a line of ike without the number of the client: `ra-staff` of `ra-staff_3`; cookies are none. */
export function findGateway({ tunnel }: { readonly tunnel: string }): string | undefined {
  return tunnel === '' || tunnel.includes('/') ? undefined : tunnel.replace(/_\d{1,6}$/, '');
}

/** Both turned out to be about one login. */
export function absorb(into: Trace, other: Trace): void {
  if (into === other) return;
  for (const [sign, seen] of other.signs) {
    const all = [...(into.signs.get(sign) ?? []), ...seen].toSorted((a, b) => a.order - b.order);
    into.signs.set(sign, all.slice(0, MAX_OF_A_KIND));
  }
  into.vpn ??= other.vpn;
  into.vdom ??= other.vdom;
  into.gateway ??= other.gateway;
  into.client ??= other.client;
  into.person ??= other.person;
  other.mergedInto = into;
}

export function loginTrace({ vpn, client, gateway, unclear, signs }: Trace): LoginTrace {
  return { vpn, client, gateway, unclear, signs: Object.fromEntries(signs) };
}

/** Of a log that begins after the line that names the request. */
export const NO_REQUEST = '';
/** Lines about one session before its first other message. */
export const MAX_OPENED = 48;
/** Requests, sessions, negotiations and jobs remembered at a time. */
export const MAX_REMEMBERED = 1_000;

/** Forgets the oldest beyond `MAX_REMEMBERED`. */
export function remember<Known, Own extends Known>(map: Map<string, Known>, key: string, trace: Own): Own {
  map.delete(key);
  map.set(key, trace);
  if (map.size <= MAX_REMEMBERED) return trace;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    break;
  }
  return trace;
}

/**
 * The login named last in this tunnel, once: of a log that begins behind the number of its negotiation, the next number
 * in this tunnel is its own.
 */
export function takeOut(negotiations: Map<string, Trace>, tunnel: string): Trace | undefined {
  const trace = negotiations.get(tunnel);
  negotiations.delete(tunnel);
  return trace;
}

/** Lines about an answer where no connection ties them: their request is the one whose result follows. */
export const OF_ANSWERS: ReadonlySet<SignName> = new Set<SignName>([
  'ldap-state',
  'ldap-search',
  'ldap-no-dn',
  'ldap-dn',
  'ldap-user-bind',
  'ldap-refused',
  'ldap-group',
  'ldap-return',
  'ldap-accepted',
  'radius-code',
  'radius-chap-error',
  'radius-group',
  'server-connected',
  'server-tls-failed',
  'server-certificate-refused',
  'server-timeout',
  'server-unanswered',
  'server-given-up',
  'group-matched',
  'group-mismatch',
  'eap-password-wrong',
  'eap-failed',
]);

/** VPN clients whose logs are read, and the VPN that each uses. */
export const ENDPOINTS: Readonly<Partial<Record<DebugDaemon, Trace['vpn']>>> = {
  openfortivpn: 'sslvpn',
  charon: 'ike',
  'native-client': 'ike',
};

/** Lines with which a VPN client begins a login. */
export const BEGINNINGS: ReadonlySet<SignName> = new Set<SignName>([
  'endpoint-user',
  'endpoint-began',
  'endpoint-connected',
]);

/** Lines behind which a VPN client begins anew. */
export const ENDS: ReadonlySet<SignName> = new Set<SignName>([
  'endpoint-untrusted',
  'endpoint-no-proposal',
  'endpoint-psk-mismatch',
  'endpoint-no-answer',
  'endpoint-failed',
  'endpoint-password-wrong',
  'endpoint-eap-ended',
  'endpoint-refused',
  'endpoint-no-tunnel',
  'endpoint-tunnel-up',
]);

export type ReadOpening = () => readonly {
  readonly record: DebugRecord;
  readonly ref: (words: object) => EventRef;
}[];

/** Of a session that was only opened: its lines, not yet read. */
export interface OpenedSession {
  readonly opened: ReadOpening[];
}
