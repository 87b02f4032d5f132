import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { sampleConfig } from '../../../src/stand-ins/fortigate/samples.ts';
import {
  SIMULATED_USER,
  type Simulator,
  startSimulator,
} from '../../../src/stand-ins/fortigate/start-simulator.ts';
import { type LocalSlack, startLocalSlack } from '../../../src/stand-ins/slack/local-slack.ts';
import { ANA, SUPPORT } from '../../e2e/test-system.ts';
import { type Served, startServing } from './serve-process.ts';

const LAUNCHER = resolve(import.meta.dirname, '../../../src/cli/launch.cjs');
export const PASSWORD = SIMULATED_USER.password;

/** `serve` with a look-alike and a workspace of its own for each test. */
export interface Serving {
  readonly folder: string;
  readonly simulator: Simulator;
  readonly slack: LocalSlack;
  readonly serve: (env?: Record<string, string>) => Served;
  /** Waits until it is ready, and reads its internal addresses. */
  readonly ready: (served: Served) => Promise<{
    readonly get: (
      path: string,
      init?: RequestInit,
    ) => Promise<{ readonly status: number; readonly text: string }>;
  }>;
  readonly put: (inventory: string) => Promise<void>;
  readonly writeInventory: (...aliases: readonly string[]) => Promise<void>;
  /** `secret`: the file of the password. */
  readonly writeDevices: (aliases: readonly string[], secret: string) => Promise<void>;
  readonly check: (text: string) => Promise<unknown>;
  readonly answers: () => readonly unknown[];
}

export function prepareServing(): Serving {
  let folder: string;
  let simulator: Simulator;
  let slack: LocalSlack;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ftm-check-test-'));
    simulator = await startSimulator({ configText: sampleConfig('branch-07') });
    slack = await startLocalSlack();
    await writeDevices(['fgt-branch-07'], 'password');
    await writeFile(join(folder, 'password'), PASSWORD);
  });
  afterEach(async () => {
    await slack.close();
    await simulator.close();
    await rm(folder, { recursive: true });
  });

  /** In one step: the watcher may look at any moment. */
  async function put(inventory: string): Promise<void> {
    await writeFile(join(folder, 'inventory.new'), inventory);
    await rename(join(folder, 'inventory.new'), join(folder, 'inventory.yaml'));
  }

  function writeDevices(aliases: readonly string[], secret: string): Promise<void> {
    const device = `
    address: 127.0.0.1
    port: ${simulator.port}
    username: ${SIMULATED_USER.name}
    password: { file: ${join(folder, secret)} }
    hostKeys: ["${simulator.fingerprints[0]}"]`;
    return put(
      `devices:${aliases.map((alias) => `\n  ${alias}:${device}`).join('')}\naccess: [{ channels: [${SUPPORT}], devices: ["*"] }]\n`,
    );
  }

  return {
    get folder() {
      return folder;
    },
    get simulator() {
      return simulator;
    },
    get slack() {
      return slack;
    },
    serve: (env = {}) =>
      startServing({
        entry: [process.execPath, LAUNCHER],
        cwd: folder,
        env: {
          PATH: dirname(process.execPath),
          SLACK_BOT_TOKEN: slack.botToken,
          SLACK_SIGNING_SECRET: slack.signingSecret,
          SLACK_API_URL: slack.apiUrl,
          PORT: '0',
          FTM_CHECK_INTERNAL_PORT: '0',
          ...env,
        },
      }),
    async ready(served) {
      const { port, internalPort } = await served.line('ready');
      slack.connect(`http://127.0.0.1:${port}/slack/events`);
      const base = `http://127.0.0.1:${internalPort}`;
      return {
        get: async (path, init) => {
          const response = await fetch(`${base}${path}`, init);
          return { status: response.status, text: await response.text() };
        },
      };
    },
    put,
    writeDevices,
    writeInventory: (...aliases) => writeDevices(aliases, 'password'),
    check: (text) => slack.slash({ command: '/ftm-check', text, user: ANA, channel: SUPPORT }),
    answers: () =>
      slack
        .messages(SUPPORT)
        .filter(({ bot_id: id, text }) => id !== undefined && text.includes('have trusted hosts')),
  };
}
