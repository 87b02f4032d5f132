import { type EventEmitter, once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { Algorithms, KeyboardAuthContext, ServerChannel } from 'ssh2';
import ssh2 from 'ssh2';
import { generateKey } from '../../src/stand-ins/fortigate/generate-key.ts';

const { Server } = ssh2;

export interface FloodingServer {
  readonly port: number;
  readonly hostKeyLines: readonly string[];
  readonly close: () => Promise<void>;
}

/** An SSH server that lets anybody in, and then prints `piece` again and again as fast as it is read. */
export async function floodingShell(piece: Buffer, algorithms: Algorithms = {}): Promise<FloodingServer> {
  const key = generateKey();
  const sockets = new Set<{ end: () => void }>();
  const server = new Server({ hostKeys: [key.private], algorithms }, (client) => {
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

/** Only what this test uses of the protocol of ssh2, which has no function for more than one banner. */
interface BannerWriter {
  readonly _packetRW: {
    readonly write: {
      readonly allocStart: number;
      alloc(size: number): Buffer;
      finalize(packet: Buffer): Buffer;
    };
  };
  readonly _cipher: { encrypt(packet: Buffer): void };
}

const USERAUTH_BANNER = 53;
const BANNER = Buffer.from('Authorised use only.\n'.repeat(1_000));

const SIGN_INS = {
  /** One question after the other, whatever is answered. */
  questions: (_client: object, context: KeyboardAuthContext) => {
    const ask = () => context.prompt([{ prompt: 'Password: ', echo: false }], ask);
    ask();
  },
  /** The protocol allows rounds without a question. */
  'empty rounds': (_client: object, context: KeyboardAuthContext) => {
    const ask = () => context.prompt([], ask);
    ask();
  },
  banners: (client: object) => {
    const protocol = (client as { readonly _protocol: BannerWriter })._protocol;
    const more = setInterval(() => {
      for (let count = 0; count < 100; count += 1) writeBanner(protocol);
    }, 1);
    (client as EventEmitter).on('close', () => clearInterval(more));
  },
} as const;

export type SignIn = keyof typeof SIGN_INS;

/** An SSH server that never comes to an end with signing in. */
export async function endlessSignIn(kind: SignIn): Promise<FloodingServer> {
  const key = generateKey();
  const clients = new Set<{ end: () => void }>();
  const server = new Server({ hostKeys: [key.private] }, (client) => {
    clients.add(client);
    client.on('error', () => {});
    client.on('authentication', (context) => {
      if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive']);
      SIGN_INS[kind](client, context);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    for (const client of clients) client.end();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { port: portOf(server.address()), hostKeyLines: [key.public], close };
}

function writeBanner({ _packetRW: { write }, _cipher }: BannerWriter): void {
  const packet = write.alloc(1 + 4 + BANNER.length + 4);
  let at = write.allocStart;
  packet[at] = USERAUTH_BANNER;
  at = packet.writeUInt32BE(BANNER.length, at + 1);
  at += BANNER.copy(packet, at);
  packet.writeUInt32BE(0, at);
  _cipher.encrypt(write.finalize(packet));
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
