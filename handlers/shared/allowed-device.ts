import type { Permission, RequestService } from '../../src/requests/ports.ts';
import { refusedText } from '../text/replies.ts';
import type { Request } from './request.ts';

/** The alias as the inventory spells it; who may not ask for it is told so. */
export async function allowedDevice(
  alias: string,
  request: Request,
  services: RequestService,
): Promise<string | undefined> {
  const { caller } = request;
  const permission = await services.authorise({ ...caller, alias });
  if (permission.kind === 'refused') {
    await tellRefused(permission, alias, request, services);
    return undefined;
  }
  const devices = await services.visibleDevices(caller);
  return devices.find((each) => each.toLowerCase() === alias.toLowerCase()) ?? alias;
}

/** The same steps whether the device exists or not, so that neither words nor time tell. */
export async function tellRefused(
  permission: Extract<Permission, { kind: 'refused' }>,
  alias: string,
  { caller, reply }: Pick<Request, 'caller' | 'reply'>,
  services: RequestService,
): Promise<void> {
  const suggestions = await services.suggestDevices(caller, alias);
  const devices = await services.visibleDevices(caller);
  await reply(refusedText(permission, { alias, suggestions, devices }));
}
