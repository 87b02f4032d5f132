import { KeyObject } from 'node:crypto';
import { connect as openSocket } from 'node:net';
import ssh2 from 'ssh2';
import { expect, it, vi } from 'vitest';
import { createByteBudget } from '../../../src/device/byte-budget.ts';
import { type SignInOptions, signIn } from '../../../src/device/transport/sign-in.ts';
import { parseInventory } from '../../../src/platform/config/inventory.ts';
import { until } from '../../support/until.ts';
import { type FloodingServer, floodingShell } from '../flooding-server.ts';

const MB = 1024 * 1024;

const { signal } = new AbortController();

function deviceAt({ port, hostKeyLines }: FloodingServer) {
  const inventory = parseInventory(
    `
defaults: { username: u, password: { env: P } }
devices: { fgt-hq: { address: 127.0.0.1, port: ${port}, hostKeys: ["${hostKeyLines[0]?.trim()}"] } }
`,
    'inventory.yaml',
  );
  const device = inventory.devices.get('fgt-hq');
  if (device === undefined) throw new Error('no device');
  return device;
}

function signInTo(server: FloodingServer): SignInOptions {
  const byteBudget = createByteBudget('fgt-hq');
  return { endpoint: deviceAt(server), readSecret: async () => 'any', signal, byteBudget };
}

it('reads nothing more from a host that exceeded its budget', async () => {
  const server = await floodingShell(Buffer.from('x'.repeat(MB)));
  const socket = openSocket(server.port, '127.0.0.1');
  const byteBudget = createByteBudget('fgt-hq', MB);
  try {
    const connection = await signIn({ ...signInTo(server), byteBudget, stream: socket });
    (await connection.openShell(signal)).resume();
    await until(() => socket.destroyed || socket.bytesRead > 8 * MB, 'the connection ends');
    expect(byteBudget.exceeded.reason).toMatchObject({ code: 'ftm_device_flood' });
    // One read may bring 64 KB more.
    expect(socket.bytesRead).toBeLessThan(2 * MB);
    expect(socket.destroyed).toBe(true);
  } finally {
    socket.destroy();
    await server.close();
  }
});

it.each(['zlib@openssh.com', 'zlib'] as const)(
  'agrees to no compression, since the budget counts what is sent: %s',
  async (compression) => {
    const server = await floodingShell(Buffer.from('x'.repeat(MB)), { compress: [compression] });
    try {
      const connected = signIn(signInTo(server));
      await expect(connected).rejects.toMatchObject({ code: expect.stringMatching(/^ftm_device_/) });
    } finally {
      await server.close();
    }
  },
);

it('sends no packet in pieces', async () => {
  const server = await floodingShell(Buffer.from('x'.repeat(MB)));
  const socket = openSocket(server.port, '127.0.0.1');
  const alone: number[] = [];
  const write = socket._write.bind(socket);
  socket._write = (chunk: Buffer, ...rest) => {
    alone.push(chunk.length);
    write(chunk, ...rest);
  };
  try {
    const connection = await signIn({ ...signInTo(server), stream: socket });
    await connection.openShell(signal);
    expect(alone.length).toBeGreaterThan(0);
    // The length of an encrypted packet, which ssh2 writes by itself.
    expect(alone).not.toContain(4);
  } finally {
    socket.destroy();
    await server.close();
  }
});

it('encrypts with key objects, which cost less than bytes', async () => {
  const server = await floodingShell(Buffer.from('x'));
  const socket = openSocket(server.port, '127.0.0.1');
  using connecting = vi.spyOn(ssh2.Client.prototype, 'connect');
  try {
    await signIn({ ...signInTo(server), stream: socket });
    const [client] = connecting.mock.contexts as unknown as readonly {
      readonly _protocol: { _cipher: object };
    }[];
    const keys = Object.entries(client?._protocol._cipher ?? {}).filter(([name]) => /key/i.test(name));
    expect(keys.length).toBeGreaterThan(0);
    for (const [, key] of keys) expect(key).toBeInstanceOf(KeyObject);
  } finally {
    socket.destroy();
    await server.close();
  }
});
