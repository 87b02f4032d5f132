import { connect as openSocket } from 'node:net';
import { expect, it } from 'vitest';
import { parseInventory } from '../../src/config/inventory.ts';
import { createByteBudget } from '../../src/device/byte-budget.ts';
import { signIn } from '../../src/device/sign-in.ts';
import { until } from '../support/until.ts';
import { floodingShell } from './flooding-server.ts';

const MB = 1024 * 1024;

it('reads nothing more from a host that exceeded its budget', async () => {
  const server = await floodingShell(Buffer.from('x'.repeat(MB)));
  const inventory = parseInventory(
    `
defaults: { username: u, password: { env: P } }
devices: { fgt-hq: { address: 127.0.0.1, port: ${server.port}, hostKeys: ["${server.hostKeyLines[0]?.trim()}"] } }
`,
    'inventory.yaml',
  );
  const device = inventory.devices.get('fgt-hq');
  if (device === undefined) throw new Error('no device');
  const socket = openSocket(server.port, '127.0.0.1');
  const budget = createByteBudget('fgt-hq', MB);
  try {
    const { signal } = new AbortController();
    const connection = await signIn(device, async () => 'any', signal, budget, socket);
    (await connection.openShell(signal)).resume();
    await until(() => socket.destroyed || socket.bytesRead > 8 * MB, 'the connection ends');
    expect(budget.exceeded()).toMatchObject({ code: 'ftm_device_flood' });
    // One read may bring 64 KB more.
    expect(socket.bytesRead).toBeLessThan(2 * MB);
    expect(socket.destroyed).toBe(true);
  } finally {
    socket.destroy();
    await server.close();
  }
});
