import { sameUser } from '../facts/accounts/same-user.ts';
import { type Fact, known, valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import type { Interface } from '../facts/network/interface-values.ts';
import type { VdomCoverage } from '../facts/values.ts';
import { callbackInterface } from '../rules/shared/callback-interface.ts';
import { shortList } from './unread.ts';

/**
 * Why a VDOM matters for the push logins of a device. `unread`: it may matter; `beyond-limit`: there are more than
 * `MAX_JUDGED_VDOMS`, and this is the first of those that were not looked at.
 */
type Concern =
  | 'asked'
  | 'management'
  | 'callback'
  | 'ssl-vpn'
  | 'ipsec'
  | 'users'
  | 'unread'
  | 'beyond-limit';

const OF_LOGINS: ReadonlySet<Concern> = new Set(['asked', 'ssl-vpn', 'ipsec', 'users', 'unread']);

export interface ConcernedVdom {
  readonly name: string;
  readonly why: readonly Concern[];
  /** Set if the evidence lacks something that is needed of it. */
  readonly unread?: string;
}

/** More than any FortiGate has. Limits the time that a text with very many names takes. */
export const MAX_JUDGED_VDOMS = 1000;

/** Interfaces that FortiOS creates in every VDOM, whether or not traffic reaches it. */
const BUILT_IN_INTERFACE = /^(?:ssl|naf|l2t)\./;

/**
 * VDOMs that the question concerns: the one named, or else the management VDOM and all that push users log in to; in
 * both cases also the one of the callback. Empty without VDOMs.
 */
export function concernedVdoms(
  facts: Facts,
  inVdom: (name: string) => Facts,
  asked: string | undefined,
): readonly ConcernedVdom[] {
  if (valueIfKnown(facts.vdomMode) !== 'multi') return [];
  const callback = calledInterface(facts)?.vdom;
  const management = managementVdom(facts);
  const names = new Set([...(valueIfKnown(facts.vdoms)?.names ?? []), management, ...[asked ?? []].flat()]);
  const first = new Set(
    [...[asked ?? [], callback ?? []].flat(), management, ...names].slice(0, MAX_JUDGED_VDOMS),
  );
  const beyond = asked === undefined ? [...names].find((name) => !first.has(name)) : undefined;

  const isReachable = mayBeReached(facts);

  function concern(name: string): readonly ConcernedVdom[] {
    const own = inVdom(name);
    const keys = [
      ...(asked === undefined || name === asked ? LOGIN_FACTS : []),
      ...(name === callback ? CALLBACK_FACTS : []),
    ];
    const open =
      name === asked && isUnknownVdom(name, facts) ? unknownVdomReason(name, facts) : firstOpen(own, keys);
    const why: Concern[] = [
      ...(name === asked ? (['asked'] as const) : []),
      ...(asked === undefined && name === management ? (['management'] as const) : []),
      ...(name === callback ? (['callback'] as const) : []),
      ...(asked === undefined ? reachedBy(own) : []),
      ...(asked === undefined && open !== undefined && isReachable(name) ? (['unread'] as const) : []),
    ];
    return why.length === 0 ? [] : [{ name, why, unread: open }];
  }

  const lookedAt = [...names].filter((name) => first.has(name)).flatMap(concern);
  if (beyond === undefined) return lookedAt;
  const unread = `no more than ${MAX_JUDGED_VDOMS} VDOMs are looked at`;
  return [...lookedAt, { name: beyond, why: ['beyond-limit'], unread }];
}

/** A table that is in no VDOM of this name does not mean it is empty: the VDOM does not exist. */
function isUnknownVdom(vdom: string, { vdoms }: Facts): boolean {
  return vdoms.state === 'known' && !vdoms.value.names.includes(vdom);
}

function unknownVdomReason(vdom: string, { vdoms }: Facts): string {
  const names = (valueIfKnown(vdoms)?.names ?? []).map((name) => `\`${name}\``);
  return `the evidence shows no VDOM \`${vdom}\`, only ${shortList(names)}`;
}

export function vdomCoverage(facts: Facts, vdoms: readonly ConcernedVdom[]): Fact<VdomCoverage> {
  if (facts.vdomMode.state !== 'known') {
    return facts.vdomMode.state === 'unknown' ? facts.vdomMode : { ...facts.vdomMode };
  }
  return known(
    {
      concerned: vdoms.filter(({ why }) => !why.includes('beyond-limit')).map(({ name }) => name),
      read: vdoms.filter(({ unread }) => unread === undefined).map(({ name }) => name),
      unread: vdoms.flatMap(({ name, unread }) =>
        unread === undefined ? [] : [{ vdom: name, reason: unread }],
      ),
    },
    facts.vdomMode.quotes,
  );
}

/** VDOMs where users log in, or may; if it is known which ones a user logs in to, only these. */
export function loginVdoms(
  vdoms: readonly ConcernedVdom[],
  inVdom: (name: string) => Facts,
  user: string | undefined,
): readonly string[] {
  const all = vdoms.filter(({ why }) => why.some((each) => OF_LOGINS.has(each))).map(({ name }) => name);
  const theirs = user === undefined ? [] : all.filter((name) => knows(inVdom(name), user, name));
  return theirs.length > 0 ? theirs : all;
}

function knows({ attempts, localUsers }: Facts, user: string, vdom: string): boolean {
  return (
    (valueIfKnown(attempts) ?? []).some((each) => each.vdom === vdom && sameUser(each.user, user)) ||
    (valueIfKnown(localUsers) ?? []).some((each) => sameUser(each.name, user))
  );
}

/** The interface that the callback reaches, if the evidence names one. */
export function calledInterface({ pushService, interfaces, liveAddresses }: Facts): Interface | undefined {
  const push = valueIfKnown(pushService);
  const all = valueIfKnown(interfaces);
  const target = push && all && callbackInterface(push, all, valueIfKnown(liveAddresses));
  return target?.kind === 'exact' ? target.interface : undefined;
}

/** Facts that show whether users log in to a VDOM. */
export const LOGIN_FACTS = ['sslVpn', 'phase1s', 'localUsers'] as const;
const CALLBACK_FACTS = ['sslVpn', 'vips', 'localInPolicies'] as const;

function firstOpen(
  own: Facts,
  keys: readonly (typeof LOGIN_FACTS | typeof CALLBACK_FACTS)[number][],
): string | undefined {
  for (const key of keys) {
    const fact = own[key];
    if (fact.state !== 'known') return fact.reason;
  }
  return undefined;
}

/** Users log in there, or are configured to. */
export function isReached(own: Facts): boolean {
  return reachedBy(own).length > 0;
}

/** `root` by default. */
export function managementVdom({ global }: Facts): string {
  return valueIfKnown(global)?.managementVdom.value || 'root';
}

function reachedBy({ sslVpn, phase1s, localUsers, attempts }: Facts): readonly Concern[] {
  return [
    ...((valueIfKnown(sslVpn) ?? []).some(({ enabled }) => enabled.value) ? (['ssl-vpn'] as const) : []),
    ...((valueIfKnown(phase1s) ?? []).some(({ dialup }) => dialup) ? (['ipsec'] as const) : []),
    ...((valueIfKnown(localUsers) ?? []).some(({ twoFactor }) => twoFactor.value !== 'disable') ||
    (valueIfKnown(attempts) ?? []).some(({ vdom }) => vdom !== undefined)
      ? (['users'] as const)
      : []),
  ];
}

/** Whether a VDOM may have logins: without an interface it has none. */
export function mayBeReached({ interfaces }: Facts): (vdom: string) => boolean {
  const all = valueIfKnown(interfaces);
  if (!all || all.some(({ partial }) => partial)) return () => true;
  const reached = all.filter(({ name }) => !BUILT_IN_INTERFACE.test(name)).map(({ vdom = 'root' }) => vdom);
  const names = new Set(reached);
  return (vdom) => names.has(vdom);
}
