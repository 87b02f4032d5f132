import type { Quote } from '../../evidence/types.ts';
import type { Attempt, SeenSign } from '../../facts/attempt.ts';
import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import type { Phase1 } from '../../facts/values.ts';
import type { SignName } from '../../fortios/debug/login-signs.ts';
import { healthy } from '../define-rule.ts';
import type { Judgement } from '../rule.ts';
import { nameList, needsLogin } from './logins.ts';
import { type ShownLogin, shownBy } from './vpn-logins.ts';

/** The verdict of a rule about IPsec that finds nothing: a line of a login that got further is the evidence. */
export function gotFurther(
  attempts: readonly Attempt[],
  signs: readonly SignName[],
  reason: string,
): Judgement {
  const logins = attempts.filter(({ trace }) => trace.vpn === 'ike');
  if (logins.length === 0) {
    return { verdict: 'not-applicable', reason: 'no login over IPsec is in the evidence' };
  }
  for (const sign of signs) {
    const shown = shownBy(logins, sign);
    if (shown) return healthy(reason, [shown.seen.quote]);
  }
  return needsLogin('no login over IPsec in the evidence got so far');
}

/** The last such line of a login. */
export function lineOf({ trace }: Attempt, ...signs: readonly SignName[]): readonly Quote[] {
  return signs.flatMap((sign) => trace.signs[sign]?.at(-1)?.quote ?? []);
}

/** The phase 1 that IKE chose for a login, as its settings are in the evidence. */
export function phase1Of({ trace, vdom }: Attempt, phase1s: Fact<readonly Phase1[]>): Phase1 | undefined {
  return valueIfKnown(phase1s)?.find(
    (each) =>
      each.name === trace.gateway && (vdom === undefined || each.vdom === undefined || each.vdom === vdom),
  );
}

/** `ra-staff`, or words where IKE chose none. */
export function tunnelNames(shown: readonly ShownLogin[]): string {
  const names = nameList(shown.flatMap(({ login }) => login.trace.gateway ?? []));
  return names === '' ? 'the dial-up tunnel' : names;
}

/** What both sides offered, by kind of algorithm; absent if a side is not in the log, or not to its end. */
export interface Offers {
  readonly client: ReadonlyMap<string, ReadonlySet<string>>;
  readonly own: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Values of the two proposals that are kept: more may have been there. */
const MAX_VALUES = 24;
const KINDS: Readonly<Record<string, string>> = {
  ENCR: 'encryption',
  OAKLEY_ENCRYPT_ALG: 'encryption',
  INTEGR: 'integrity',
  OAKLEY_HASH_ALG: 'hash',
  PRF: 'PRF',
  DH_GROUP: 'DH group',
  OAKLEY_GROUP: 'DH group',
  AUTH_METHOD: 'authentication method',
};

/** Both proposals of an IKE negotiation; nothing where the log holds one of them, or more values than are kept. */
export function offersOf({ trace: { signs } }: Attempt): Offers | undefined {
  const values = signs['proposal-value'] ?? [];
  const incoming = signs['proposal-incoming']?.[0];
  const mine = signs['proposal-mine']?.find(({ order }) => incoming && order > incoming.order);
  if (!incoming || !mine || values.length >= MAX_VALUES) return undefined;
  const between = (from: number, to: number) =>
    collect(values.filter(({ order }) => order > from && order < to));
  const again = signs['proposal-incoming']?.find(({ order }) => order > mine.order)?.order;
  return {
    client: between(incoming.order, mine.order),
    own: between(mine.order, again ?? Number.POSITIVE_INFINITY),
  };
}

/** The kinds in which no value of one side is among those of the other. */
export function differences({ client, own }: Offers): readonly string[] {
  return [...client.keys()].filter((kind) => {
    const theirs = own.get(kind);
    return theirs !== undefined && [...(client.get(kind) ?? [])].every((value) => !theirs.has(value));
  });
}

/** `MODP1536 against MODP2048 and ECP521`. */
export function compareOffers({ client, own }: Offers, kind: string): string {
  return `${nameList([...(client.get(kind) ?? [])])} against ${nameList([...(own.get(kind) ?? [])])}`;
}

function collect(values: readonly SeenSign[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { fields } of values) {
    const kind = KINDS[fields.type ?? ''];
    if (kind === undefined || fields.value === undefined) continue;
    const own = found.get(kind) ?? new Set();
    found.set(kind, own.add(fields.bits === undefined ? fields.value : `${fields.value}_${fields.bits}`));
  }
  return found;
}
