import { connect, createServer, type Socket } from 'node:net';
import type { PublicKeyAuthContext } from 'ssh2';
import ssh2 from 'ssh2';
import type { JumpHost } from '../../src/platform/config/inventory-types.ts';
import { generateKey } from '../../src/stand-ins/fortigate/generate-key.ts';

export interface Bastion extends AsyncDisposable {
  readonly jump: JumpHost;
  readonly logins: () => number;
  readonly open: () => number;
  /** The most connections that were open at the same time. */
  readonly mostOpen: () => number;
  readonly cut: () => void;
}

export interface BastionOptions {
  readonly forwards?: 'yes' | 'refused' | 'never';
  readonly silent?: boolean;
  /** A line of the key that may sign in beside the password. */
  readonly publicKey?: string;
}

/** An SSH server that only forwards. */
export async function startBastion(
  alias: string,
  { forwards = 'yes', silent = false, publicKey }: BastionOptions = {},
): Promise<Bastion> {
  const { private: hostKey, public: pin } = generateKey();
  const sockets = new Set<Socket>();
  let logins = 0;
  let mostOpen = 0;
  const ssh = new ssh2.Server({ hostKeys: [hostKey] }, (connection) => {
    connection.on('error', () => {});
    connection.on('authentication', (context) => {
      if (context.method === 'none') context.reject(['password', 'publickey']);
      else if (context.method === 'publickey' && holdsKey(publicKey, context)) {
        if (context.signature) logins += 1;
        context.accept();
      } else if (context.method === 'password' && context.password === `${alias}-secret`) {
        logins += 1;
        context.accept();
      } else context.reject();
    });
    connection.on('tcpip', (accept, reject, { destIP, destPort }) => {
      if (forwards === 'never') return;
      if (forwards === 'refused') {
        reject();
        return;
      }
      const onward = connect({ port: destPort, host: destIP, noDelay: true });
      onward.on('error', () => reject());
      onward.once('connect', () => {
        const channel = accept();
        channel.on('error', () => onward.destroy());
        channel.pipe(onward).pipe(channel);
      });
    });
  });
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    mostOpen = Math.max(mostOpen, sockets.size);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    if (silent) socket.resume();
    else ssh.injectSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    jump: {
      kind: 'jump-host',
      alias,
      address: '127.0.0.1',
      port: typeof address === 'object' && address ? address.port : 0,
      username: 'jump',
      credential: { kind: 'password', password: { env: alias } },
      hostKeys: [pin],
      algorithms: 'modern',
      timeouts: { connect: 5_000 },
    },
    logins: () => logins,
    open: () => sockets.size,
    mostOpen: () => mostOpen,
    cut: () => {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function holdsKey(line: string | undefined, context: PublicKeyAuthContext): boolean {
  const key = line === undefined ? undefined : ssh2.utils.parseKey(line);
  if (!key || key instanceof Error || !key.getPublicSSH().equals(context.key.data)) return false;
  const { signature, blob, hashAlgo } = context;
  return signature === undefined || blob === undefined || key.verify(blob, signature, hashAlgo);
}
