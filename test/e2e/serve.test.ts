import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { SIMULATED_USER, startSimulator } from '../../src/stand-ins/fortigate/start-simulator.ts';
import { startLocalSlack } from '../../src/stand-ins/slack/local-slack.ts';
import { ANA, SUPPORT } from './test-system.ts';

const LAUNCHER = resolve(import.meta.dirname, '../../src/cli/launch.cjs');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-check-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('serve', () => {
  it('finishes what it accepted when it is told to stop', async () => {
    await using started = new AsyncDisposableStack();
    const simulator = await startSimulator({
      configText: sampleConfig('branch-07'),
      behaviour: { commandDelayMs: 60 },
    });
    started.defer(() => simulator.close());
    const slack = await startLocalSlack();
    started.defer(() => slack.close());
    const inventory = `
devices:
  fgt-branch-07:
    address: 127.0.0.1
    port: ${simulator.port}
    username: ${SIMULATED_USER.name}
    password: { env: DEVICE_PASSWORD }
    hostKeys: ["${simulator.fingerprints[0]}"]
access: [{ channels: [${SUPPORT}], devices: ["*"] }]
`;
    await writeFile(join(folder, 'inventory.yaml'), inventory);

    const bot = spawn(process.execPath, [LAUNCHER, 'serve'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        // Without a queue server on PATH the work lives in this process, and must not be lost with it.
        PATH: dirname(process.execPath),
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_SIGNING_SECRET: slack.signingSecret,
        SLACK_API_URL: slack.apiUrl,
        DEVICE_PASSWORD: SIMULATED_USER.password,
        PORT: '0',
      },
    });
    started.defer(() => void bot.kill('SIGKILL'));
    const exited = once(bot, 'exit') as Promise<[number | null]>;

    const ready = await lineWith(bot.stderr, 'ready');
    slack.connect(`http://127.0.0.1:${ready.port}/slack/events`);
    await slack.slash({ command: '/ftm-check', text: 'fgt-branch-07', user: ANA, channel: SUPPORT });
    await slack.until(() => simulator.openConnections() > 0);
    bot.kill('SIGTERM');

    expect(await exited).toEqual([0, null]);
    const said = slack.messages(SUPPORT).filter(({ bot_id: id }) => id !== undefined);
    expect(said.some(({ text }) => text.includes('have trusted hosts'))).toBe(true);
  });
});

/** The first line of the log with this message. */
async function lineWith(stream: NodeJS.ReadableStream, message: string): Promise<{ readonly port?: number }> {
  for await (const line of createInterface({ input: stream })) {
    const entry = JSON.parse(line) as { readonly msg: string; readonly port?: number };
    if (entry.msg === message) return entry;
  }
  throw new Error('the bot ended before it was ready');
}
