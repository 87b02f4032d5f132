import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { ServerChannel } from 'ssh2';
import ssh2 from 'ssh2';
import { generateKey } from '../../src/simulator/generate-key.ts';

const { Server } = ssh2;

export interface FloodingServer {
  readonly port: number;
  readonly hostKeyLines: readonly string[];
  readonly close: () => Promise<void>;
}

/** An SSH server that lets anybody in, and then prints `piece` again and again as fast as it is read. */
export async function floodingShell(piece: Buffer): Promise<FloodingServer> {
  const key = generateKey();
  const sockets = new Set<{ end: () => void }>();
  const server = new Server({ hostKeys: [key.private] }, (client) => {
    sockets.add(client);
    client.on('error', () => {});
    client.on('authentication', (context) => context.accept());
    client.on('session', (accept) => {
      const session = accept();
      session.on('pty', (acceptPty) => acceptPty?.());
      session.on('shell', (acceptShell) => flood(acceptShell(), piece));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    for (const client of sockets) client.end();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { port: portOf(server.address()), hostKeyLines: [key.public], close };
}

function flood(channel: ServerChannel, piece: Buffer): void {
  let open = true;
  channel.on('close', () => {
    open = false;
  });
  channel.on('error', () => {});
  const more = () => {
    let accepted = open;
    while (accepted) accepted = channel.write(piece);
  };
  channel.on('drain', more);
  more();
}

/** Not even SSH: lines without end, before the one that names a version. */
export async function floodingSocket(piece: Buffer): Promise<FloodingServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    const more = () => {
      while (!socket.destroyed && socket.write(piece)) {}
    };
    socket.on('drain', more);
    more();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { port: portOf(server.address()), hostKeyLines: [], close };
}

function portOf(address: ReturnType<ReturnType<typeof createServer>['address']>): number {
  return typeof address === 'object' && address ? address.port : 0;
}
