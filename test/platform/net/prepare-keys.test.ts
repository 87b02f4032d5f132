import { KeyObject } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Algorithms, ClientChannel, Connection } from 'ssh2';
import ssh2 from 'ssh2';
import { expect, it } from 'vitest';
import { prepareKeys } from '../../../src/platform/net/prepare-keys.ts';
import { generateKey } from '../../../src/stand-ins/fortigate/generate-key.ts';

/** A server whose shell repeats what it is sent, and a client of it; both prepare their keys. */
async function echoSession(algorithms: Algorithms) {
  const accepted = Promise.withResolvers<Connection>();
  const server = new ssh2.Server({ hostKeys: [generateKey().private], algorithms }, (connection) => {
    prepareKeys(connection);
    accepted.resolve(connection);
    connection.on('error', () => {});
    connection.on('authentication', (context) => context.accept());
    connection.on('session', (accept) => {
      accept().on('shell', (acceptShell) => {
        const channel = acceptShell();
        channel.pipe(channel);
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new ssh2.Client();
  prepareKeys(client);
  const { port } = server.address() as AddressInfo;
  client.connect({ host: '127.0.0.1', port, username: 'any', password: 'any', algorithms });
  await once(client, 'ready');
  const channel = await new Promise<ClientChannel>((resolve, reject) => {
    client.shell(false, (error, shell) => (error ? reject(error) : resolve(shell)));
  });
  const connection = await accepted.promise;
  return {
    client,
    connection,
    async echo(text: string): Promise<string> {
      const back = Promise.withResolvers<string>();
      let read = '';
      channel.on('data', function onData(bytes: Buffer) {
        read += bytes.toString();
        if (read.length < text.length) return;
        channel.off('data', onData);
        back.resolve(read);
      });
      channel.write(text);
      return await back.promise;
    },
    async [Symbol.asyncDispose]() {
      client.end();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The keys of both directions, as ssh2 holds them. */
function keysOf(peer: object): readonly KeyObject[] {
  const { _cipher, _decipher } = (peer as { _protocol: Record<string, Record<string, KeyObject>> })._protocol;
  return [_cipher, _decipher].flatMap((each = {}) =>
    Object.entries(each).flatMap(([name, value]) => (/key/i.test(name) && value ? [value] : [])),
  );
}

it.each<[string, Algorithms]>([
  ['what both agree to', {}],
  ['AES-GCM', { cipher: ['aes256-gcm@openssh.com'] }],
  ['ChaCha20', { cipher: ['chacha20-poly1305@openssh.com'] }],
  [
    'a counter and a code over the ciphertext',
    { cipher: ['aes128-ctr'], hmac: ['hmac-sha2-256-etm@openssh.com'] },
  ],
  ['a chain and a code over the text', { cipher: ['aes128-cbc'], hmac: ['hmac-sha2-512'] }],
])('the keys of a session are key objects, also once they were renewed: %s', async (_name, algorithms) => {
  await using session = await echoSession(algorithms);
  const long = 'x'.repeat(70_000);
  expect(await session.echo('first')).toBe('first');
  expect(await session.echo(long)).toBe(long);
  const keys = () => [session.client, session.connection].map(keysOf);
  const before = keys().flat();
  for (const each of keys()) expect(each.length).toBeGreaterThan(1);
  for (const key of before) expect(key).toBeInstanceOf(KeyObject);

  await new Promise<void>((resolve) => session.connection.rekey(() => resolve()));
  expect(await session.echo(long)).toBe(long);
  const after = keys().flat();
  for (const key of after) expect(key).toBeInstanceOf(KeyObject);
  expect(after.length).toBe(before.length);
  for (const key of after) expect(before.some((old) => old.equals(key))).toBe(false);
});
