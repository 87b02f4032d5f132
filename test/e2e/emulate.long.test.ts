import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../../src/app/create-app.ts';
import { createCurrentInventory } from '../../src/platform/config/current-inventory.ts';
import { parseInventory } from '../../src/platform/config/inventory.ts';
import { loadConfig } from '../../src/platform/config/load-config.ts';
import { silentLogger } from '../../src/platform/observe/logger.ts';
import { openBackend } from '../../src/platform/queue/open-backend.ts';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { SIMULATED_USER, startSimulator } from '../../src/stand-ins/fortigate/start-simulator.ts';
import { signedHeaders } from '../../src/stand-ins/slack/signature.ts';
import type { SlackMessage } from '../../src/stand-ins/slack/types.ts';
import { until } from '../support/until.ts';
import { buttonIn } from './button-in.ts';

/** Slack as others imitate it: github.com/vercel-labs/emulate. It sends no `bot_id`, and knows neither slash commands nor buttons. */
const PROGRAM = fileURLToPath(new URL('../../node_modules/emulate/dist/index.js', import.meta.url));
const SECRET = 'emulated-signing-secret';
const BOT = 'xoxb-emulated';
const PERSON = 'xoxp-emulated';

interface Message {
  readonly ts: string;
  readonly user?: string;
  readonly text: string;
  readonly thread_ts?: string;
  readonly blocks?: readonly unknown[];
}

const started = new AsyncDisposableStack();
afterAll(() => started.disposeAsync());

let api: string;
let events: string;
let channel: string;
let ana: string;
let bot: string;

async function call(method: string, body: object, token = BOT): Promise<Record<string, unknown>> {
  const response = await fetch(`${api}${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Record<string, unknown>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

async function startEmulate(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ftm-emulate-'));
  started.defer(() => rm(folder, { recursive: true }));
  const seed = join(folder, 'seed.json');
  const slack = {
    users: [{ name: 'ana', real_name: 'Ana Ruiz' }, { name: 'ftm-check' }],
    channels: [{ name: 'support' }],
    tokens: [
      { token: BOT, type: 'bot', user: 'ftm-check' },
      { token: PERSON, type: 'user', user: 'ana' },
    ],
  };
  await writeFile(seed, JSON.stringify({ slack }));
  const port = await freePort();
  const args = [PROGRAM, 'start', '--service', 'slack', '--port', String(port), '--seed', seed];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: 'ignore' });
  started.defer(async () => {
    const ended = child.exitCode === null ? once(child, 'exit') : undefined;
    child.kill();
    await ended;
  });
  const url = `http://127.0.0.1:${port}`;
  await until(
    () =>
      fetch(url).then(
        ({ ok }) => ok,
        () => false,
      ),
    'emulate answers',
  );
  return `${url}/api/`;
}

beforeAll(async () => {
  api = await startEmulate();
  const people = (await call('users.list', {})).members as readonly { id: string; name: string }[];
  const channels = (await call('conversations.list', {})).channels as readonly { id: string; name: string }[];
  const idOf = (all: typeof people, name: string) => all.find((each) => each.name === name)?.id ?? '';
  ana = idOf(people, 'ana');
  bot = idOf(people, 'ftm-check');
  channel = idOf(channels, 'support');

  const simulator = await startSimulator({ configText: sampleConfig('branch-07') });
  started.defer(() => simulator.close());
  const backend = await openBackend({ log: silentLogger });
  const inventory = parseInventory(
    JSON.stringify({
      defaults: { username: SIMULATED_USER.name, password: { env: 'DEVICE_PASSWORD' } },
      devices: {
        'fgt-branch-07': {
          address: '127.0.0.1',
          port: simulator.port,
          hostKeys: simulator.fingerprints,
        },
      },
      access: [{ channels: [channel], devices: ['*'] }],
    }),
    'inventory.yaml',
  );
  const app = createApp({
    config: loadConfig({
      SLACK_BOT_TOKEN: BOT,
      SLACK_SIGNING_SECRET: SECRET,
      SLACK_API_URL: api,
      PORT: '0',
      FTM_CHECK_CONCURRENCY: '2',
    }),
    role: 'all',
    inventory: createCurrentInventory(inventory).inventory,
    backend,
    logger: silentLogger,
    env: { DEVICE_PASSWORD: SIMULATED_USER.password },
    host: '127.0.0.1',
  });
  const { port } = await app.start();
  started.defer(() => app.stop(3_000));
  events = `http://127.0.0.1:${port}/slack/events`;
});

async function deliver(body: string, type: string): Promise<number> {
  const headers = { 'content-type': type, ...signedHeaders(body, SECRET, Math.floor(Date.now() / 1_000)) };
  return (await fetch(events, { method: 'POST', headers, body })).status;
}

let sent = 0;
function deliverEvent(event: object): Promise<number> {
  sent += 1;
  const body = {
    type: 'event_callback',
    team_id: 'T000000001',
    api_app_id: 'A1',
    event_id: `Ev${sent}`,
    event,
  };
  return deliver(JSON.stringify(body), 'application/json');
}

const deliverForm = (fields: Readonly<Record<string, string>>) =>
  deliver(new URLSearchParams(fields).toString(), 'application/x-www-form-urlencoded');

/** A message that Ana writes, and the event about it, signed by hand. */
async function say(text: string, thread?: string): Promise<string> {
  const { ts } = await call('chat.postMessage', { channel, text, thread_ts: thread }, PERSON);
  const type = text.includes(`<@${bot}>`) ? 'app_mention' : 'message';
  await deliverEvent({ type, channel, channel_type: 'channel', user: ana, text, ts, thread_ts: thread });
  return String(ts);
}

async function thread(ts: string): Promise<readonly Message[]> {
  const { messages = [] } = await call('conversations.replies', { channel, ts });
  return (messages as readonly Message[]).filter((each) => each.user === bot);
}

async function history(): Promise<readonly Message[]> {
  return ((await call('conversations.history', { channel })).messages ?? []) as readonly Message[];
}

const isAnswer = ({ text }: Message) => /trusted hosts/.test(text);

it('answers a mention in its thread, and not its own messages, which carry no bot_id', async () => {
  const asked = await say(`<@${bot}> check fgt-branch-07`);
  await until(async () => (await thread(asked)).some(isAnswer), 'the answer stands');
  const before = await thread(asked);
  expect(before.filter(isAnswer)).toHaveLength(1);
  for (const { ts, text } of before) {
    expect(
      await deliverEvent({
        type: 'message',
        channel,
        channel_type: 'channel',
        user: bot,
        text,
        ts,
        thread_ts: asked,
      }),
    ).toBe(200);
  }
  await say(`<@${bot}> again`, asked);
  await until(
    async () => JSON.stringify(await thread(asked)).includes('Unchanged since'),
    'the re-check says that nothing changed',
  );
  expect((await thread(asked)).filter(isAnswer)).toHaveLength(1);
});

it('reads a log that is pasted in a thread', async () => {
  const log = [
    '[2210:root:1a]sslvpn_authenticate_user:183 authenticate user: [marlow]',
    '[2210:root:1a]fam_auth_send_req_internal:514 fnbam_auth return: 1',
    '[2210:root:1a]login_failed:393 user[marlow],auth_type=1 failed [sslvpn_login_permission_denied]',
  ];
  const pasted = await say(`<@${bot}> what is this?\n\`\`\`${log.join('\n')}\`\`\``);
  await until(
    async () => (await thread(pasted)).some(({ text }) => text.includes('marlow was refused')),
    'the log is read',
  );
});

it('answers a slash command and a press, signed by hand', async () => {
  const command = {
    command: '/ftm-check',
    text: 'fgt-branch-07',
    user_id: ana,
    channel_id: channel,
    team_id: 'T000000001',
    response_url: 'http://127.0.0.1:9/none',
    trigger_id: '1.2.3',
  };
  expect(await deliverForm(command)).toBe(200);
  let answer: Message | undefined;
  await until(async () => {
    const root = (await history()).find(({ user, text }) => user === bot && text.includes('asked for'));
    answer = root && (await thread(root.ts)).find(isAnswer);
    return answer !== undefined;
  }, 'the command is answered');
  const button = buttonIn(answer as unknown as SlackMessage, 'Re-check');
  const press = {
    type: 'block_actions',
    team: { id: 'T000000001' },
    user: { id: ana, team_id: 'T000000001' },
    channel: { id: channel },
    container: { type: 'message', message_ts: answer?.ts, channel_id: channel },
    message: answer,
    response_url: 'http://127.0.0.1:9/none',
    trigger_id: '1.2.4',
    actions: [{ ...button, block_id: 'b', action_ts: '1' }],
  };
  expect(await deliverForm({ payload: JSON.stringify(press) })).toBe(200);
  await until(
    async () => JSON.stringify(await thread(answer?.thread_ts ?? '')).includes('Unchanged since'),
    'the re-check says that nothing changed',
  );
});
