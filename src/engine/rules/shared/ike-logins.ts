import type { Quote } from '../../evidence/types.ts';
import type { Attempt, SeenSign } from '../../facts/attempt.ts';
import type { Phase1 } from '../../facts/device/settings.ts';
import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import type { SignName } from '../../fortios/debug/login-signs.ts';
import { sameVdom } from '../../fortios/vdom-name.ts';
import { healthy, notApplicable } from '../define-rule.ts';
import type { Judgement, RuleAnswer } from '../rule.ts';
import { nameList, needsLogin } from './logins.ts';
import { type ShownLogin, shownBy } from './vpn-logins.ts';

/** The verdict of a rule about IPsec that finds nothing: a line of a login that got further is the evidence. */
export function gotFurther(
  attempts: readonly Attempt[],
  signs: readonly SignName[],
  reason: string,
): Judgement {
  const logins = attempts.filter(({ trace }) => trace.vpn === 'ike');
  if (logins.length === 0) return notApplicable('no login over IPsec is in the evidence');
  for (const sign of signs) {
    const shown = shownBy(logins, sign);
    if (shown) return healthy(reason, [shown.seen.quote]);
  }
  return needsLogin('no login over IPsec in the evidence got so far');
}

/** The IKE version of the client, where the log shows how the negotiation began. */
export function versionOfClient({ trace }: Attempt): 1 | 2 | undefined {
  const line = trace.signs['ike-first']?.[0]?.quote.text;
  // IKEv1 has no network ID.
  if (line === undefined) return trace.signs['network-id'] ? 2 : undefined;
  return line.includes('SA_INIT') ? 2 : 1;
}

/** The last such line of a login. */
export function quoteSigns({ trace }: Attempt, ...signs: readonly SignName[]): readonly Quote[] {
  return signs.flatMap((sign) => trace.signs[sign]?.at(-1)?.quote ?? []);
}

/** The phase 1 that IKE chose for a login, as its settings are in the evidence. */
export function findPhase1({ trace, vdom }: Attempt, phase1s: Fact<readonly Phase1[]>): Phase1 | undefined {
  return valueIfKnown(phase1s)?.find((each) => each.name === trace.gateway && sameVdom(each.vdom, vdom));
}

/** `authmethod` of a tunnel that shows a certificate to its clients. */
export const SIGNATURE = 'signature';

/** `ra-staff`, or words where IKE chose none. */
export function tunnelNames(shown: readonly ShownLogin[]): string {
  const names = nameList(shown.flatMap(({ login }) => login.trace.gateway ?? []));
  return names === '' ? 'the dial-up tunnel' : names;
}

/** IKEv2 with EAP: the FortiGate showed its key or certificate, and the client went silent. */
export function isSilentAfterAuth({ trace: { signs } }: Attempt): boolean {
  return (
    signs['eap-asked'] !== undefined &&
    signs['eap-received'] === undefined &&
    signs['peer-id-refused'] === undefined
  );
}

/** What both sides offered, by kind of algorithm; absent if a side is not in the log, or not to its end. */
export interface Offers {
  readonly client: Offered;
  readonly own: Offered;
}

/** By kind of algorithm, the values with the line of each. */
type Offered = ReadonlyMap<string, ReadonlyMap<string, Quote>>;

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
export function readOffers({ trace: { signs } }: Attempt): Offers | undefined {
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
    return theirs !== undefined && [...(client.get(kind)?.keys() ?? [])].every((value) => !theirs.has(value));
  });
}

/** The values of one side, in the order of the log. */
export function offeredValues(side: Offered, kind: string): readonly string[] {
  return [...(side.get(kind)?.keys() ?? [])];
}

/** Groups of `dhgrp` that a tunnel can be given. */
export const STRONG_GROUPS: ReadonlySet<string> = new Set('14 15 16 19 20 21 28 29 30 31 32'.split(' '));
/** Groups of `dhgrp` of up to 1,536 bits. */
export const WEAK_GROUPS: ReadonlySet<string> = new Set(['1', '2', '5']);

/** Whether the client or the FortiGate is changed, with a group of those that the tunnel accepts. */
export function whichSide(accepted: readonly string[]): RuleAnswer {
  const group = accepted.find((each) => STRONG_GROUPS.has(each));
  return [
    'change',
    `The client’s profile has to be changed${group === undefined ? '' : ` to DH group ${group}`} where only some clients fail; the FortiGate has to be changed once where many fail and their values are not weak.`,
  ];
}

/** The lines of both sides that name their values. */
export function quotesOfOffers({ client, own }: Offers, kinds: readonly string[]): readonly Quote[] {
  return kinds.flatMap((kind) => [client, own].flatMap((side) => [...(side.get(kind)?.values() ?? [])]));
}

/** Numbers of Diffie-Hellman groups in `dhgrp` and in the GUI, by their names in the debug (RFC 3526, 5903, 6954, 8031). */
export const DH_GROUPS: Readonly<Record<string, string>> = {
  MODP768: '1',
  MODP1024: '2',
  MODP1536: '5',
  MODP2048: '14',
  MODP3072: '15',
  MODP4096: '16',
  MODP6144: '17',
  MODP8192: '18',
  ECP256: '19',
  ECP384: '20',
  ECP521: '21',
  ECP224BP: '27',
  ECP256BP: '28',
  ECP384BP: '29',
  ECP512BP: '30',
  CURVE25519: '31',
  CURVE448: '32',
};

function collect(values: readonly SeenSign[]): Offered {
  const found = new Map<string, Map<string, Quote>>();
  for (const { fields, quote } of values) {
    const kind = KINDS[fields.type ?? ''];
    if (kind === undefined || fields.value === undefined) continue;
    const own = found.get(kind) ?? new Map<string, Quote>();
    const name = kind === 'DH group' ? (DH_GROUPS[fields.value] ?? fields.value) : fields.value;
    const value = fields.bits === undefined ? name : `${name}_${fields.bits}`;
    if (!own.has(value)) own.set(value, quote);
    found.set(kind, own);
  }
  return found;
}
