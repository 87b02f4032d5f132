import type { Act, ActVerb, Caller, WayIn } from '../../src/bot/requests/act.ts';
import type { EscalationRef } from '../../src/bot/requests/on-call-port.ts';
import type { Intention, Permission, Requests } from '../../src/bot/requests/ports.ts';
import type { Run } from '../../src/platform/runs/run.ts';
import { refusedText } from '../text/replies.ts';
import type { PrivateReply } from './private-reply.ts';

/** What a person wants to do something with: nothing of it for what concerns no device. */
export type Target = Pick<Intention, 'alias' | 'group' | 'live'>;

/** Who asks, how, and where a refusal goes. */
export interface AskingPerson {
  readonly caller: Caller;
  readonly way: WayIn;
  readonly reply: PrivateReply;
}

/** The one place where presses, menus, forms and words are authorised. Undefined if not, and the person is told. */
export async function authorise<V extends ActVerb>(
  verb: V,
  target: Target & Partial<Pick<EscalationRef, 'isCalled'>>,
  asking: AskingPerson,
  requests: Requests,
): Promise<Act<V> | undefined> {
  const { caller, way, reply } = asking;
  const { alias, group, live, isCalled } = target;
  const permission = await requests.authorise({ ...caller, verb, way, alias, group, live, isCalled });
  if (permission.kind === 'allowed') return permission.act;
  await reply(await refusal(permission, target, caller, requests));
  return undefined;
}

/** A word that is nearly the name of a device is refused as a device: it is no user. False if there is none. */
export async function refuseNearDevice(
  words: readonly string[],
  asking: AskingPerson,
  requests: Requests,
): Promise<boolean> {
  for (const alias of words) {
    const near = await requests.suggestDevices(asking.caller, alias);
    if (near.length > 0) return (await authorise('check', { alias }, asking, requests)) === undefined;
  }
  return false;
}

/** The alias of a device that the person may check, as the inventory spells it. */
export async function spellAlias(alias: string, caller: Caller, requests: Requests): Promise<string> {
  const devices = await requests.visibleDevices(caller);
  return devices.find((each) => each.toLowerCase() === alias.toLowerCase()) ?? alias;
}

/** The device or the group of a run. */
export function findTarget({ alias, group }: Run): Target {
  return { alias: group === undefined ? alias : undefined, group: group?.name };
}

/** Takes the same steps for existing and unknown devices, so that neither text nor timing reveals which exist. */
async function refusal(
  permission: Extract<Permission, { kind: 'refused' }>,
  { alias, group }: Target,
  caller: Caller,
  requests: Requests,
): Promise<string> {
  if (group === undefined && alias === undefined) return refusedText(permission);
  if (alias === undefined) {
    const suggestions = group === undefined ? [] : await requests.suggestGroups(caller, group);
    return refusedText(permission, { group, suggestions, devices: await requests.visibleDevices(caller) });
  }
  const suggestions = await requests.suggestDevices(caller, alias);
  const devices = await requests.visibleDevices(caller);
  return refusedText(permission, { alias, suggestions, devices });
}
