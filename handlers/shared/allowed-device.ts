import type { Permission, Requests } from '../../src/bot/requests/ports.ts';
import { refusedText } from '../text/replies.ts';
import type { RequestContext } from './request-context.ts';

/** Returns the alias as the inventory spells it, or tells the person that they are not authorised. */
export async function allowedDevice(
  alias: string,
  request: RequestContext,
  requests: Requests,
): Promise<string | undefined> {
  const { caller } = request;
  const permission = await requests.authorise({ ...caller, alias });
  if (permission.kind === 'refused') {
    await replyRefused(permission, alias, request, requests);
    return undefined;
  }
  const devices = await requests.visibleDevices(caller);
  return devices.find((each) => each.toLowerCase() === alias.toLowerCase()) ?? alias;
}

/** Takes the same steps for existing and unknown devices, so that neither text nor timing reveals which exist. */
export async function replyRefused(
  permission: Extract<Permission, { kind: 'refused' }>,
  alias: string,
  { caller, reply }: Pick<RequestContext, 'caller' | 'reply'>,
  requests: Requests,
): Promise<void> {
  const suggestions = await requests.suggestDevices(caller, alias);
  const devices = await requests.visibleDevices(caller);
  await reply(refusedText(permission, { alias, suggestions, devices }));
}
