import { randomPassword } from '../../device/account/random-password.ts';
import { ANY_ADDRESS, parseTrustedHosts } from '../../device/account/trusted-host.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import type { Environment } from '../../platform/config/environment.ts';
import type { Ask } from './ask.ts';
import { PASSWORD_VARIABLE, type PlannedDevice, parsePlannedDevice, type SetupPlan } from './plan.ts';

export interface InitOptions {
  readonly dir: string;
  /** `NAME=ADDRESS[:PORT]` each. */
  readonly device: readonly string[];
  readonly username: string;
  readonly fortios?: string;
  readonly trustedHost: readonly string[];
  readonly http?: string;
  /** Names or ids of Slack channels. */
  readonly channel: readonly string[];
  readonly force: boolean;
}

/** Slack channels by name, of the workspace of a token; undefined if Slack refuses or is unreachable. */
export type FindChannels = (token: string) => Promise<ReadonlyMap<string, string> | undefined>;

/** Values from the options, then the environment, then the person; `ask` is absent without a terminal. */
export async function collectPlan(
  options: InitOptions,
  {
    ask,
    env,
    findChannels,
  }: { readonly ask?: Ask; readonly env: Environment; readonly findChannels: FindChannels },
): Promise<SetupPlan> {
  const devices = await collectDevices(options.device, ask);
  const fortios = options.fortios ?? (await askForFortios(ask));
  const trustedHosts = await collectTrustedHosts(options.trustedHost, fortios !== '', ask);
  const question = `Password of ${options.username} on the devices (empty: a random one to set there)`;
  const typed = env[PASSWORD_VARIABLE] ?? (await ask?.secret(question)) ?? '';
  const password = typed === '' ? randomPassword() : typed;
  const tokens = await collectTokens(options.http !== undefined, env, ask);
  const token = tokens.SLACK_BOT_TOKEN ?? '';
  const channels = await collectChannels(options.channel, token, findChannels, ask);
  const redis: Record<string, string> = env.REDIS_URL === undefined ? {} : { REDIS_URL: env.REDIS_URL };
  return {
    devices,
    username: options.username,
    fortios: fortios === '' ? undefined : fortios,
    trustedHosts,
    http: options.http,
    channels,
    env: { ...tokens, [PASSWORD_VARIABLE]: password, ...redis },
  };
}

async function collectDevices(
  given: readonly string[],
  ask: Ask | undefined,
): Promise<readonly PlannedDevice[]> {
  if (given.length > 0) return given.map(parseDevice);
  if (!ask) {
    throw new FtmError('ftm_usage', 'No device is named, and there is no terminal to ask for one.', {
      advice: 'Name one with `--device fgt-branch-07=192.0.2.7`.',
    });
  }
  const devices: PlannedDevice[] = [];
  do {
    const text = await ask.text('A FortiGate, as NAME=ADDRESS', {
      example: 'fgt-branch-07=192.0.2.7',
      check: (value) =>
        parsePlannedDevice(value)
          ? undefined
          : 'Write it as fgt-branch-07=192.0.2.7 or =host.example.com:2222.',
    });
    devices.push(parseDevice(text));
  } while (await ask.confirm('Another one?', false));
  return devices;
}

function parseDevice(text: string): PlannedDevice {
  const device = parsePlannedDevice(text);
  if (device) return device;
  throw new FtmError('ftm_usage', `${JSON.stringify(text)} is not a device.`, {
    advice: 'Write it as fgt-branch-07=192.0.2.7 or fgt-branch-07=host.example.com:2222.',
  });
}

async function askForFortios(ask: Ask | undefined): Promise<string> {
  if (!ask) return '';
  return await ask.text('FortiOS version, for the lines that create the administrator (empty: later)', {
    example: '7.4.8',
    check: (value) =>
      value === '' || /^\d{1,2}\.\d{1,2}\.\d{1,2}$/.test(value) ? undefined : 'Write it as 7.4.8.',
  });
}

async function collectTrustedHosts(
  given: readonly string[],
  isNeeded: boolean,
  ask: Ask | undefined,
): Promise<readonly string[]> {
  if (given.length > 0 || !isNeeded || !ask) return given;
  const typed = await askForTrustedHost(ask);
  return typed === '' ? [] : [typed];
}

/** Empty if the person does not know it yet. */
export async function askForTrustedHost(ask: Ask): Promise<string> {
  const question =
    'Address the bot connects from, as the FortiGate sees it: the account may sign in from there only. ' +
    `(empty: later; ${ANY_ADDRESS}: from everywhere, which can open the login pages and hide a cause)`;
  return await ask.text(question, {
    example: '192.0.2.10/32',
    check: (value) => (value === '' ? undefined : whyNoTrustedHost(value)),
  });
}

function whyNoTrustedHost(text: string): string | undefined {
  try {
    parseTrustedHosts([text]);
    return undefined;
  } catch (error) {
    return error instanceof FtmError ? error.advice : undefined;
  }
}

async function collectTokens(
  isHttp: boolean,
  env: Environment,
  ask: Ask | undefined,
): Promise<Record<string, string>> {
  const names = ['SLACK_BOT_TOKEN', isHttp ? 'SLACK_SIGNING_SECRET' : 'SLACK_APP_TOKEN'];
  const tokens: Record<string, string> = {};
  for (const name of names) tokens[name] = env[name] ?? (await ask?.secret(`${name} (empty: later)`)) ?? '';
  return tokens;
}

const CHANNEL_ID = /^[CG][A-Z0-9]{5,}$/;

async function collectChannels(
  given: readonly string[],
  token: string,
  findChannels: FindChannels,
  ask: Ask | undefined,
): Promise<readonly string[]> {
  const needsNames =
    given.some((channel) => !CHANNEL_ID.test(channel)) || (given.length === 0 && ask !== undefined);
  const found = token === '' || !needsNames ? undefined : await findChannels(token);
  if (given.length > 0) return given.map((channel) => channelId(channel, found));
  if (!ask) return [];
  if (found !== undefined && found.size > 0) {
    const choices = [...found].map(([name, id]) => ({ value: id, label: `#${name}` }));
    const orLater = [...choices, { value: '', label: 'later' }];
    const chosen = await ask.select('The channel that may check these devices', orLater);
    return chosen === '' ? [] : [chosen];
  }
  const id = await ask.text('Id of the Slack channel that may check them (empty: later)', {
    example: 'C0123456789',
    check: (value) =>
      value === '' || CHANNEL_ID.test(value)
        ? undefined
        : 'It begins with C and is at the bottom of the channel details.',
  });
  return id === '' ? [] : [id];
}

function channelId(channel: string, found: ReadonlyMap<string, string> | undefined): string {
  if (CHANNEL_ID.test(channel)) return channel;
  const name = channel.replace(/^#/, '');
  const id = found?.get(name);
  if (id !== undefined) return id;
  if (found === undefined) {
    throw new FtmError('ftm_usage', `The id of #${name} cannot be looked up.`, {
      advice:
        'That needs SLACK_BOT_TOKEN with the scope channels:read. Or give the id, which is at the bottom of the channel details in Slack.',
    });
  }
  throw new FtmError('ftm_usage', `The bot finds no channel #${name}.`, {
    advice:
      'Invite the bot to a private channel, or give the id, which is at the bottom of the channel details in Slack.',
  });
}
