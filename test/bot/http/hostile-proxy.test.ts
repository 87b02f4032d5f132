import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createServer as createTlsServer } from 'node:tls';
import { beforeAll, describe, expect, it } from 'vitest';
import { startConnectProxy } from '../../support/connect-proxy.ts';
import { selfSigned } from '../../support/tls-certificate.ts';

const CREDENTIALS = 'bot:not-for-logs';
const SECRETS = [
  'not-for-logs',
  btoa(CREDENTIALS).replace(/=+$/, ''),
  'key-of-the-pager',
  'token-of-the-bot',
];
const NAMES = ['pager.test', 'calendar.test', 'files.slack.com', 'slack.test'];
const MEGABYTE = Buffer.alloc(1_000_000, 'a');

/** What a proxy does with the head of a request. */
const PROXIES: Readonly<Record<string, (client: Socket, head: string) => void>> = {
  'never answers': () => {},
  'answers a header at a time, for ever': (client) => {
    client.write('HTTP/1.1 200 OK\r\n');
    const timer = setInterval(() => client.write('x: y\r\n'), 100);
    client.on('close', () => clearInterval(timer));
  },
  'answers no HTTP': (client) => void client.write('\0\u0016\u0003 garbage\r\n\r\n'),
  'opens a tunnel in which nothing answers': (client) => void client.write('HTTP/1.1 200 OK\r\n\r\n'),
  'opens a tunnel to no TLS': (client) =>
    void client.write(`HTTP/1.1 200 OK\r\n\r\n${'garbage'.repeat(200)}`),
  'refuses with what it was asked': (client, head) => client.end(`HTTP/1.1 403 Forbidden\r\n\r\n${head}`),
  'leads to an inner address': (client) =>
    client.end('HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/latest\r\n\r\n'),
  'answers without end': (client) => {
    client.write('HTTP/1.1 200 OK\r\n\r\n');
    const pour = () => {
      while (!client.destroyed && client.write(MEGABYTE));
    };
    client.on('drain', pour);
    pour();
  },
};

async function askThrough(...ports: readonly number[]) {
  const addresses = ports.map((port) => `http://${CREDENTIALS}@127.0.0.1:${port}`);
  const script = join(import.meta.dirname, 'ask-through-proxy.ts');
  const child = spawn(process.execPath, [script, ...addresses], {
    env: {},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { ...(JSON.parse(out) as Asked), all: `${out}\n${err}` };
}

interface Asked {
  readonly results: readonly Readonly<Record<string, { readonly kind: string }>>[];
}

describe('behind a proxy', () => {
  const all = new Map<string, Asked['results'][number]>();
  let output = '';
  let heads = '';
  let connected: readonly string[] = [];
  const heard: string[] = [];

  beforeAll(async () => {
    await using servers = new AsyncDisposableStack();
    const ports: number[] = [];
    for (const answer of Object.values(PROXIES)) {
      const server = createServer((client) => {
        client.on('error', () => client.destroy());
        client.once('data', (data) => {
          heads += data.toString('latin1');
          answer(client, data.toString('latin1'));
        });
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      servers.defer(() => void server.close());
      ports.push((server.address() as AddressInfo).port);
    }
    const { certificate, key } = selfSigned('inner.test');
    const inner = createTlsServer({ cert: certificate, key }, (socket) => {
      socket.on('error', () => socket.destroy());
      socket.on('data', (data) => heard.push(data.toString('latin1')));
    });
    inner.listen(0, '127.0.0.1');
    await once(inner, 'listening');
    const { port } = inner.address() as AddressInfo;
    await using proxy = await startConnectProxy({
      credentials: CREDENTIALS,
      hosts: Object.fromEntries(NAMES.map((name) => [`${name}:443`, port])),
    });
    servers.defer(() => void inner.close());
    const asked = await askThrough(...ports, proxy.port);
    connected = proxy.seen;
    for (const [index, name] of Object.keys(PROXIES).entries()) all.set(name, asked.results[index] ?? {});
    output = asked.all;
  });

  it.each(Object.keys(PROXIES))('that %s, every request ends, and gets nothing', (name) => {
    const { error, ...results } = all.get(name) ?? {};
    expect(error?.kind).toBe('logged');
    const kinds = Object.values(results).map(({ kind }) => kind);
    expect(kinds).toHaveLength(6);
    expect(new Set(['later', 'refused', 'failed', 'unreadable'])).toEqual(
      new Set(['later', 'refused', 'failed', 'unreadable', ...kinds]),
    );
  });

  it('no log, no reason and no error shows its password, or that of a provider', () => {
    expect(heads).toContain(btoa(CREDENTIALS));
    expect(output).toContain('could not be reached');
    for (const secret of SECRETS) expect(output).not.toContain(secret);
  });

  it('that connects to another host inside, nothing is said to that host', () => {
    for (const name of NAMES) expect(connected).toContain(`CONNECT ${name}:443`);
    expect(heard).toEqual([]);
  });
});
