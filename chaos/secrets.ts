import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import type { RedisSettings } from '../src/platform/config/redis-address.ts';
import { silentLogger } from '../src/platform/observe/logger.ts';
import { connectWithRetry, disconnect } from '../src/platform/queue/redis-connection.ts';
import type { LocalSlack } from '../src/stand-ins/slack/local-slack.ts';
import type { ChaosRedis } from './redis.ts';

/** Planted where secrets live. Of characters that no generator of ids uses in a row. */
export const DEVICE_SECRETS = {
  login: 'chaos-Device-Login-Zq81xxq',
  admin: 'SH2ChaosPlantedAdminHashAAAAAAAAAAAAAAAAAAAAAA=',
  radius: 'ChaosPlantedRadiusSecretCCCCCCCCCCCCCCCCCCCCCC==',
  local: 'ChaosPlantedLocalPasswordBBBBBBBBBBBBBBBBBBBBB==',
} as const;

export const PASTE_SECRETS = {
  psk: 'ChaosPlantedPskEEEEEE',
  registration: 'chaos-planted-registration:APA91bGGGGGGGGGGGGGGGG',
  cookie: 'ChaosPlantedSvpnCookieHHHHHHHHHHHHHH',
} as const;

/** What those who send alerts prove themselves with; by the variable that the bot has it from. */
export const HOOK_SECRETS = {
  ALERTMANAGER_TOKEN: 'chaos-Alertmanager-Token-Zq82xxq',
  PAGERDUTY_SECRET: 'chaos-PagerDuty-Secret-Zq83xxq',
  HOOK_SECRET: 'chaos-Hook-Secret-Zq84xxq',
} as const;

const ALL = [DEVICE_SECRETS, PASTE_SECRETS, HOOK_SECRETS].flatMap((each) => Object.values(each));

export interface Probe {
  readonly slack: LocalSlack;
  readonly channels: readonly string[];
  readonly redis: Pick<ChaosRedis, 'settings' | 'dataFolders'>;
  readonly logFile: string;
}

/** Every place where a secret stands that must not hold one. */
export async function secretsFound(probe: Probe): Promise<readonly string[]> {
  const places: readonly (readonly [string, string])[] = [
    ['the log', await readFile(probe.logFile, 'latin1')],
    ['Slack', saidByTheBot(probe)],
    ['the keys of Redis', await readContent(probe.redis.settings)],
    ['the files of Redis', (await Promise.all(probe.redis.dataFolders.map(readFiles))).join('\n')],
  ];
  for (const [place, text] of places) {
    // A probe that sees nothing would find no secret anywhere.
    if (!text.includes('fgt-')) throw new Error(`the probe of ${place} sees nothing`);
  }
  return places.flatMap(([place, text]) =>
    ALL.filter((secret) => text.includes(secret)).map((secret) => `${secret} in ${place}`),
  );
}

function saidByTheBot({ slack, channels }: Probe): string {
  const said = channels.flatMap((channel) =>
    slack.messages(channel).filter(({ bot_id: bot }) => bot === slack.workspace.bot.id),
  );
  const files = said.flatMap((message) => (message.files ?? []).map(({ id }) => slack.fileContent(id)));
  return JSON.stringify([said, files, slack.calls().map(({ args }) => args)]);
}

async function readContent(settings: RedisSettings): Promise<string> {
  const redis = connectWithRetry(settings, silentLogger);
  const found: unknown[] = [];
  for await (const keys of redis.scanStream({ count: 500 })) {
    for (const key of keys as string[]) found.push(key, await contentOfKey(redis, key));
  }
  await disconnect(redis);
  return JSON.stringify(found);
}

async function contentOfKey(redis: Redis, key: string): Promise<unknown> {
  switch (await redis.type(key)) {
    case 'hash':
      return await redis.hgetall(key);
    case 'string':
      return await redis.get(key);
    case 'list':
      return await redis.lrange(key, '0', '-1');
    case 'set':
      return await redis.smembers(key);
    case 'zset':
      return await redis.zrange(key, '0', '-1');
    case 'stream':
      return await redis.xrange(key, '-', '+');
    default:
      return null;
  }
}

async function readFiles(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((each) => each.isFile());
  const texts = await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')));
  return texts.join('\n');
}
