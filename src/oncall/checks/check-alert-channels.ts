import { decide } from '../../platform/access/decide.ts';
import type { Inventory } from '../../platform/config/inventory-types.ts';
import { listsDevice } from '../../platform/config/listed-devices.ts';
import { listSharedAddresses } from '../intake/find-alerted-device.ts';
import { failCheck, passCheck, type SettingCheck } from './setting-check.ts';

const SHOWN = 5;

/** Whether the alerts of every device have a channel, and whether that channel may check the device. */
export function checkAlertChannels(inventory: Inventory): readonly SettingCheck[] {
  const channels = inventory.escalation?.alerts?.channels;
  if (channels === undefined) return [];
  const without: string[] = [];
  const refused = new Map<string, string[]>();
  for (const device of inventory.devices.values()) {
    const found = channels.find(({ devices }) => listsDevice(devices, device));
    if (found === undefined) {
      without.push(device.alias);
      continue;
    }
    const { channel, team } = found;
    const decision = decide(inventory, { user: 'alert', channel, team, alias: device.alias });
    if (decision.kind === 'allowed') continue;
    refused.set(channel, [...(refused.get(channel) ?? []), device.alias]);
  }
  const unmapped = `${joinNames(without)}: their alerts start no check, because no entry of alerts.channels names them`;
  return [
    ...[...listSharedAddresses(inventory)].map(([address, sharing]) =>
      passCheck(
        'alerts',
        `${joinNames(sharing.map(({ alias }) => alias))} have the address ${address}: an alert must name one of them in the label device`,
      ),
    ),
    ...(without.length === 0 ? [] : [passCheck('alerts', unmapped)]),
    ...[...refused].map(([channel, aliases]) =>
      failCheck(
        'alerts',
        `${channel} has no grant under \`access\` for ${joinNames(aliases)}: alerts about them start no check.`,
      ),
    ),
    ...(refused.size === 0
      ? [passCheck('alerts', 'every mapped channel has the grants that its alerts need')]
      : []),
  ];
}

function joinNames(names: readonly string[]): string {
  const more = names.length - SHOWN;
  return `${names.slice(0, SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
