import { existsSync } from 'node:fs';
import { type ManifestOptions, slackManifest } from '../../bot/slack/manifest.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import { inventoryPath } from '../../platform/config/environment.ts';
import { loadInventory } from '../../platform/config/inventory.ts';
import { type Io, printJson } from '../terminal/io.ts';

export async function manifest(
  { http: url, name }: { readonly http?: string; readonly name: string },
  io: Io,
): Promise<number> {
  if (url !== undefined && !/^https:\/\/[^/]/.test(url))
    throw new FtmError('ftm_usage', `${url} is not an https:// address.`, {
      advice:
        'Slack calls the bot over HTTPS only: give the public address of your ingress or reverse proxy.',
    });
  const features = await readFeatures(inventoryPath(io.env));
  const made = slackManifest({ name, socketMode: url === undefined, url, ...features });
  await printJson(io.stdout, JSON.stringify(made, null, 2));
  return 0;
}

/** The manifest is often made before there is an inventory. */
async function readFeatures(path: string): Promise<Pick<ManifestOptions, 'pages' | 'userGroups'>> {
  if (!existsSync(path)) return {};
  // `doctor` reports an invalid inventory.
  const inventory = await loadInventory(path).catch(() => undefined);
  const { escalation } = inventory ?? {};
  if (escalation === undefined) return {};
  const schedules = [...escalation.schedules.values()];
  return { pages: true, userGroups: schedules.some(({ userGroup }) => userGroup !== undefined) };
}
