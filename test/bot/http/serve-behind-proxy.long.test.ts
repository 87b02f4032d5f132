import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createServer } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleConfig } from '../../../src/stand-ins/fortigate/samples.ts';
import { SIMULATED_USER, startSimulator } from '../../../src/stand-ins/fortigate/start-simulator.ts';
import { TWO_USERS_LOG } from '../../../src/stand-ins/fortigate/two-users-log.ts';
import { type LocalSlack, startLocalSlack } from '../../../src/stand-ins/slack/local-slack.ts';
import { ANA, SUPPORT } from '../../e2e/test-system.ts';
import { type ConnectProxy, startConnectProxy } from '../../support/connect-proxy.ts';
import { selfSigned } from '../../support/tls-certificate.ts';
import { until } from '../../support/until.ts';
import { startServing } from './serve-process.ts';

const LAUNCHER = resolve(import.meta.dirname, '../../../src/cli/launch.cjs');
/** No name server knows it: it can be reached through the proxy only. */
const SLACK_HOST = 'slack.test';
const CREDENTIALS = 'bot:not-for-logs';

describe('serve behind a proxy', () => {
  const started = new AsyncDisposableStack();
  let folder: string;
  let slack: LocalSlack;
  let proxy: ConnectProxy;
  let env: Record<string, string>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ftm-check-test-'));
    started.defer(() => rm(folder, { recursive: true }));
    const simulator = await startSimulator({ configText: sampleConfig('branch-07') });
    started.defer(() => simulator.close());
    slack = await startLocalSlack();
    started.defer(() => slack.close());
    const { certificate, key } = selfSigned(SLACK_HOST);
    const port = await startTls(Number(new URL(slack.apiUrl).port), certificate, key);
    proxy = started.use(
      await startConnectProxy({ credentials: CREDENTIALS, hosts: { [`${SLACK_HOST}:443`]: port } }),
    );
    slack.useProxy(`https://${SLACK_HOST}`, { sockets: true });
    await writeFile(join(folder, 'ca.pem'), certificate);
    await writeFile(join(folder, 'password'), SIMULATED_USER.password);
    await writeFile(
      join(folder, 'inventory.yaml'),
      [
        'devices:',
        '  fgt-branch-07:',
        '    address: 127.0.0.1',
        `    port: ${simulator.port}`,
        `    username: ${SIMULATED_USER.name}`,
        `    password: { file: ${join(folder, 'password')} }`,
        `    hostKeys: ["${simulator.fingerprints[0]}"]`,
        `access: [{ channels: [${SUPPORT}], devices: ["*"] }]`,
        '',
      ].join('\n'),
    );
    env = {
      PATH: dirname(process.execPath),
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: `https://${SLACK_HOST}/api/`,
      HTTPS_PROXY: `http://${CREDENTIALS}@127.0.0.1:${proxy.port}`,
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    };
  });
  afterEach(() => started.disposeAsync());

  /** Takes TLS off, as a load balancer does. */
  async function startTls(target: number, cert: string, key: string): Promise<number> {
    const server = createServer({ cert, key }, (client) => {
      const upstream = connect(target, '127.0.0.1');
      client.on('error', () => upstream.destroy());
      upstream.on('error', () => client.destroy());
      client.on('close', () => upstream.destroy());
      client.pipe(upstream).pipe(client);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    started.defer(() => void server.close());
    return (server.address() as AddressInfo).port;
  }

  it('reaches Slack through it with all it does: socket, Web API and files; the device not', async () => {
    await using served = startServing({ entry: [process.execPath, LAUNCHER], cwd: folder, env });
    await served.line('ready');
    await until(() => slack.openSockets() > 0, 'the socket is open');
    await slack.slash({ command: '/ftm-check', text: 'fgt-branch-07', user: ANA, channel: SUPPORT });
    await until(
      () => slack.messages(SUPPORT).some(({ text }) => text.includes('have trusted hosts')),
      'the answer stands',
    );
    await slack.mention({
      user: ANA,
      channel: SUPPORT,
      text: '',
      files: [{ name: 'debug.log', content: TWO_USERS_LOG }],
    });
    await until(
      () => slack.messages(SUPPORT).some(({ text }) => text.includes('marlow approved 14 s after')),
      'the file was fetched and answered',
    );
    expect(new Set(proxy.seen)).toEqual(new Set([`CONNECT ${SLACK_HOST}:443`]));
    expect(proxy.refused).toEqual([]);
    expect(served.log.join('\n')).not.toContain('not-for-logs');
    expect(await served.end()).toBe(0);
  });
});
