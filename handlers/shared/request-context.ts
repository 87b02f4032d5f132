import type { ModalView } from '@slack/types';
import type { Act, ActVerb, Caller, WayIn } from '../../src/bot/requests/act.ts';
import type { EscalationRef } from '../../src/bot/requests/on-call-port.ts';
import type { Acceptance, Intention, NewRun, Permission, Requests } from '../../src/bot/requests/ports.ts';
import { explainRefusal } from '../../src/bot/slack/refusals.ts';
import type { ReplyTo, Run } from '../../src/platform/runs/run.ts';
import { correctionText, errorText, refusedText } from '../text/replies.ts';
import type { PrivateReply } from './private-reply.ts';

/** Who asks, how, what can be done for them, and where a reply goes. */
export interface AskingPerson {
  readonly caller: Caller;
  readonly callerName?: string | undefined;
  readonly way: WayIn;
  readonly reply: PrivateReply;
  readonly requests: Requests;
}

/** A request of any entry point, and where its answer goes. */
export interface RequestContext extends AskingPerson {
  readonly runId: string;
  readonly replyTo: ReplyTo;
  /** Present if Slack provided a trigger. */
  readonly openForm?: (view: ModalView) => Promise<void>;
}

/** What a person wants to do something with: nothing of it for what concerns no device. */
export type Target = Pick<Intention, 'alias' | 'group' | 'live'>;

/** The one place where presses, menus, forms and words are authorised. Undefined if not, and the person is told. */
export async function authorise<V extends ActVerb>(
  verb: V,
  target: Target & Partial<Pick<EscalationRef, 'isCalled'>>,
  asking: AskingPerson,
): Promise<Act<V> | undefined> {
  const { caller, way, reply, requests } = asking;
  const { alias, group, live, isCalled } = target;
  const permission = await requests.authorise({ ...caller, verb, way, alias, group, live, isCalled });
  if (permission.kind === 'allowed') return permission.act;
  await reply(await refusal(permission, target, asking));
  return undefined;
}

/** Takes the same steps for existing and unknown devices, so that neither text nor timing reveals which exist. */
async function refusal(
  permission: Extract<Permission, { kind: 'refused' }>,
  { alias, group }: Target,
  { caller, requests }: AskingPerson,
): Promise<string> {
  if (group === undefined && alias === undefined) return refusedText(permission);
  const suggestions =
    alias === undefined
      ? await requests.suggestGroups(caller, group ?? '')
      : await requests.suggestDevices(caller, alias);
  const devices = await requests.visibleDevices(caller);
  return refusedText(permission, { alias, group, suggestions, devices });
}

/** A word that is nearly the name of a device is refused as a device: it is no user. False if there is none. */
export async function refuseNearDevice(words: readonly string[], asking: AskingPerson): Promise<boolean> {
  for (const alias of words) {
    const near = await asking.requests.suggestDevices(asking.caller, alias);
    if (near.length > 0) return (await authorise('check', { alias }, asking)) === undefined;
  }
  return false;
}

/** The alias of a device that the person may check, as the inventory spells it. */
export async function spellAlias(alias: string, { caller, requests }: AskingPerson): Promise<string> {
  const devices = await requests.visibleDevices(caller);
  return devices.find((each) => each.toLowerCase() === alias.toLowerCase()) ?? alias;
}

export function findTarget({ alias, group }: Run): Target {
  return { alias: group === undefined ? alias : undefined, group: group?.name };
}

type WithoutAsker<R> = R extends NewRun ? Omit<R, 'asker'> : never;

/**
 * Has a run accepted, and tells the person why it is not; an accepted one says itself what it waits for. `accept` decides
 * again, because alerts come to it without `authorise`.
 */
export async function acceptRun(
  run: WithoutAsker<NewRun>,
  { caller: { user: id, home }, callerName: name, way, reply, requests }: AskingPerson,
): Promise<Acceptance['state']> {
  const { channel } = run.replyTo;
  const acceptance = await requests.accept(
    { ...run, asker: { id, name, home } },
    // The answer then comes by direct message, if possible; this reply says how to fix it.
    (error) => void reply(explainRefusal(error, channel)),
    way,
  );
  if (acceptance.state !== 'refused') return acceptance.state;
  await reply(errorText(acceptance.error));
  // In the background, because the queue may be unavailable for minutes.
  void acceptance
    .withdraw?.()
    .then((truth) => (truth === undefined ? undefined : reply(correctionText(truth))));
  return 'refused';
}
