import { connect, createServer, type Socket } from 'node:net';

/** What becomes of a connection once enough bytes have gone to the client. */
export type Cut = 'reset' | 'end' | 'silence';
export const CUTS: readonly Cut[] = ['reset', 'end', 'silence'];

export interface CuttingProxy extends AsyncDisposable {
  readonly port: number;
  /** Bytes that went to clients of it. */
  readonly passed: () => number;
  /** Connections of clients that are still open. */
  readonly open: () => number;
}

/** Passes bytes on to a server of this machine, and cuts each connection after `at` bytes to the client. */
export async function startCuttingProxy(
  port: number,
  at = Number.POSITIVE_INFINITY,
  cut: Cut = 'reset',
): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  const clients = new Set<Socket>();
  let passed = 0;

  const server = createServer({ noDelay: true }, (client) => {
    const device = connect({ port, host: '127.0.0.1', noDelay: true });
    let left = at;
    track(client);
    track(device);
    clients.add(client);
    client.on('close', () => clients.delete(client));
    client.on('data', (bytes) => device.write(bytes));
    device.on('data', (bytes) => {
      const part = bytes.subarray(0, left);
      left -= part.length;
      passed += part.length;
      if (part.length > 0) client.write(part);
      if (left > 0) return;
      device.destroy();
      if (cut === 'end') client.end();
      // What was written before has to arrive: a reset would overtake it.
      else if (cut === 'reset') setImmediate(() => client.resetAndDestroy());
    });
    client.on('close', () => device.destroy());
    device.on('end', () => {
      if (left > 0) client.end();
    });
  });

  function track(socket: Socket): void {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    passed: () => passed,
    open: () => clients.size,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
