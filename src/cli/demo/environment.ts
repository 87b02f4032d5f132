import { createApp } from '../../app/create-app.ts';
import { parseInventory } from '../../platform/config/inventory.ts';
import type { Inventory } from '../../platform/config/inventory-types.ts';
import { loadConfig } from '../../platform/config/load-config.ts';
import { createLogger } from '../../platform/observe/create-logger.ts';
import { openBackend } from '../../platform/queue/open-backend.ts';
import { sampleConfig } from '../../stand-ins/fortigate/samples.ts';
import { SIMULATED_USER, type Simulator, startSimulator } from '../../stand-ins/fortigate/start-simulator.ts';
import { startThrowAwayServer } from '../../stand-ins/redis/throw-away-server.ts';
import { type LocalSlack, startLocalSlack } from '../../stand-ins/slack/local-slack.ts';

const STOP_WITHIN_MS = 2000;

/** Starts everything the bot needs on this machine; disposing removes it all. */
export async function startDemoEnvironment() {
  await using started = new AsyncDisposableStack();
  const simulator = await startSimulator({ configText: sampleConfig('branch-07') });
  started.defer(() => simulator.close());
  const slack = await startLocalSlack();
  started.defer(() => slack.close());

  const logger = createLogger({ level: 'error' });
  const server = await startThrowAwayServer();
  if (server) started.defer(() => server.stop());
  const backend = await openBackend({ redis: server && { url: server.url }, log: logger });
  const app = createApp({
    config: configFor(slack),
    role: 'all',
    inventory: inventoryFor(simulator),
    backend,
    logger,
    env: { SIMULATED_PASSWORD: SIMULATED_USER.password },
    host: '127.0.0.1',
  });
  started.defer(() => app.stop(STOP_WITHIN_MS));
  const { port } = await app.start();
  slack.connect(`http://127.0.0.1:${port}/slack/events`);

  const all = started.move();
  const queueText = server
    ? `Jobs are kept by a ${server.kind}-server that is removed at the end.`
    : 'Jobs are kept in memory: no valkey-server or redis-server is on PATH.';
  return { slack, simulator, backend, queueText, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

function configFor({ botToken, signingSecret, apiUrl }: LocalSlack) {
  return loadConfig({
    SLACK_BOT_TOKEN: botToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: apiUrl,
    FTM_CHECK_CONCURRENCY: '4',
    PORT: '0',
  });
}

function inventoryFor(simulator: Simulator): Inventory {
  return parseInventory(
    `
devices:
  fgt-branch-07:
    address: 127.0.0.1
    port: ${simulator.port}
    username: ${SIMULATED_USER.name}
    password: { env: SIMULATED_PASSWORD }
    hostKeys: [${simulator.fingerprints.map((each) => `"${each}"`).join(', ')}]
access:
  - { channels: [C0SUPPORT], devices: ["*"] }
`,
    'inventory.yaml',
  );
}
