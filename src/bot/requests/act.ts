import type { AccessRequest } from '../../platform/access/decide.ts';

/** Who asks, and from where: access depends on both. A direct message is a channel with an id of its own. */
export type Caller = Pick<AccessRequest, 'user' | 'channel' | 'team' | 'home'>;

/** Who may do something: everybody sees and does only what concerns themselves and devices that they may check. */
export type WhoMay = 'everybody' | 'grant' | 'device' | 'device-or-called';

/**
 * What people do in Slack, and who may: everybody; those with any grant where they ask; those who may check the device;
 * these and whom the escalation called. `docs/explanation/security.md` has the table with all ways in.
 */
export const VERBS = {
  help: 'everybody',
  list: 'everybody',
  explain: 'everybody',
  handover: 'everybody',
  analyse: 'grant',
  autodetect: 'grant',
  shift: 'grant',
  'take over': 'grant',
  check: 'device',
  read: 'device',
  report: 'device',
  cancel: 'device',
  feedback: 'device',
  page: 'device',
  silence: 'device',
  reassign: 'device',
  bundle: 'device',
  acknowledge: 'device-or-called',
  resolve: 'device-or-called',
} as const satisfies Readonly<Record<string, WhoMay>>;

export type ActVerb = keyof typeof VERBS;

export type WayIn = 'command' | 'mention' | 'message' | 'shortcut' | 'button' | 'menu' | 'form';

declare const authorised: unique symbol;

/**
 * What a person does, after `authorise` allowed it: whatever changes state asks for one, so that nothing can be changed
 * without a permission, and its record names person, verb, device and way in.
 */
export interface Act<V extends ActVerb = ActVerb> {
  readonly verb: V;
  readonly way: WayIn;
  readonly caller: Caller;
  /** A device's alias, or `group:` and a name; absent if it is about none. */
  readonly device?: string;
  readonly [authorised]: true;
}

/** Only `authorise` may call it. */
export function createAct<V extends ActVerb>(
  act: Omit<Act<V>, typeof authorised> & { readonly device?: string | undefined },
): Act<V> {
  return act as Act<V>;
}
