import { refusedText, unknownDeviceText } from './replies.ts';
import type { Request } from './request.ts';
import type { Services } from './services.ts';

/** The alias as the inventory spells it; who may not ask for it is told so. */
export async function allowedDevice(
  alias: string,
  { caller, reply }: Request,
  services: Services,
): Promise<string | undefined> {
  const permission = await services.authorise({ ...caller, alias });
  const devices = await services.visibleDevices(caller);
  if (permission.kind === 'allowed') {
    return devices.find((each) => each.toLowerCase() === alias.toLowerCase()) ?? alias;
  }
  await reply(
    permission.kind === 'refused'
      ? refusedText(permission, alias, devices)
      : unknownDeviceText(alias, await services.suggestDevices(caller, alias), devices),
  );
  return undefined;
}
