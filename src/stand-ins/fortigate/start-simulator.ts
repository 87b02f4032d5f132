import { createHash } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import type { Connection, ServerChannel } from 'ssh2';
import ssh2 from 'ssh2';
import { parseVersion } from '../../engine/fortios/version.ts';
import { joinWrites } from '../../platform/net/join-writes.ts';
import { prepareKeys } from '../../platform/net/prepare-keys.ts';
import { authenticateUser, type SimulatedUser } from './authentication.ts';
import type { SimulatorBehaviour } from './behaviour.ts';
import { Cli } from './cli.ts';
import { configuredUsers } from './configured-users.ts';
import { createDeviceDebug } from './device-debug.ts';
import { type ConfigWrite, createDeviceState, type DeviceState } from './device-state.ts';
import { runExec } from './exec-session.ts';
import { generateKey } from './generate-key.ts';
import type { Directories } from './logins/directories.ts';
import { logIn } from './logins/log-in.ts';
import type { Login, LoginResult } from './logins/login.ts';
import { createNoise } from './noise.ts';
import { runShell } from './shell-session.ts';
import { type Pty, Terminal } from './terminal.ts';

export interface SimulatorOptions {
  /** An ordinary configuration backup. */
  readonly configText: string;
  /** `7.4.8`, in place of the release in the configuration's header. */
  readonly version?: string;
  /**
   * Outputs by command text, for what a configuration does not contain; they take precedence over generated output.
   */
  readonly outputs?: Readonly<Record<string, string>>;
  /** Free port by default. */
  readonly port?: number;
  readonly host?: string;
  /** Private keys in OpenSSH or PEM form; a new ed25519 key by default. */
  readonly hostKeys?: readonly string[];
  /** `SIMULATED_USER` by default. */
  readonly users?: readonly SimulatedUser[];
  readonly behaviour?: SimulatorBehaviour;
}

export interface Simulator {
  readonly port: number;
  /** `SHA256:…` of every host key. */
  readonly fingerprints: readonly string[];
  /** `ssh-ed25519 AAAA…`, the lines to pin. */
  readonly hostKeyLines: readonly string[];
  /** Every line received by any shell, in order. */
  readonly commands: readonly string[];
  /** Keys pressed at questions. */
  readonly keys: readonly string[];
  /** Every line that changed, or would have changed, the configuration. A check causes none. */
  readonly writes: readonly ConfigWrite[];
  readonly vdoms: () => readonly string[];
  /** The current state of the device, and a command line to change it as at its console. */
  readonly state: DeviceState;
  readonly console: () => Cli;
  /** The daemons with enabled debug, and `output` for each session that prints debug. */
  readonly debugOn: () => readonly string[];
  /** Criteria of the IKE debug. */
  readonly ikeFilter: () => readonly string[];
  /** A user logs in to the VPN; the daemons whose debug is enabled print it. */
  readonly logIn: (login: Login, directories?: Directories, vdom?: string) => LoginResult;
  readonly refusedLogins: () => number;
  readonly openConnections: () => number;
  /** Cuts every open connection abruptly. */
  readonly cutAll: () => void;
  readonly close: () => Promise<void>;
}

interface Shell {
  readonly channel: ServerChannel;
  readonly pty: () => Pty | undefined;
  readonly user: string | undefined;
  readonly cut: () => boolean;
}

export const SIMULATED_USER: SimulatedUser & { readonly password: string } = {
  name: 'ftm-check',
  password: 'simulated-only',
};

export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { behaviour = {}, users = [SIMULATED_USER] } = options;
  const hostKeys = options.hostKeys ?? [generateKey().private];
  const state = createDeviceState(options.configText, parseVersion(options.version ?? ''));
  const role = { current: behaviour.haRole };
  const name = { current: behaviour.hostname };
  const outputs = new Map(Object.entries(options.outputs ?? {}));
  const commands: string[] = [];
  const keys: string[] = [];
  const writes: ConfigWrite[] = [];
  const sockets = new Set<Socket>();
  const debug = createDeviceDebug(behaviour);
  const shells = new Set<Cli>();
  const noise = behaviour.noise && createNoise(behaviour.noise);
  let refusedLogins = 0;
  let connections = 0;

  const ssh = new ssh2.Server({
    hostKeys: [...hostKeys],
    ident: 'AqTN-',
    algorithms: {
      kex: {
        // ssh2 offers this key exchange as a server but cannot complete it.
        remove: ['diffie-hellman-group-exchange-sha256'],
        // Offered by FortiOS for old clients; Netmiko's driver accepts nothing newer.
        append: ['diffie-hellman-group14-sha1'],
        prepend: [],
      },
    },
    banner: behaviour.preLoginBanner,
  });

  ssh.on('connection', (connection: Connection, info: { ip: string; port: number }) => {
    prepareKeys(connection);
    // A client that disconnects during the handshake is ignored.
    connection.on('error', () => {});
    let user: string | undefined;
    connection.on('authentication', (context) => {
      user = context.username;
      authenticateUser(context, [...users, ...configuredUsers(state)], behaviour, () => {
        refusedLogins += 1;
      });
    });
    connection.on('session', (accept) => {
      const session = accept();
      let pty: Pty | undefined;
      session.on('pty', (acceptPty, _reject, { rows, cols }) => {
        pty = { rows, cols };
        acceptPty?.();
      });
      session.on('window-change', (acceptChange, _reject, { rows, cols }) => {
        pty = { rows, cols };
        acceptChange?.();
      });
      session.on('shell', (acceptShell) => {
        serveShell({ channel: acceptShell(), pty: () => pty, user, cut: () => cutConnection(info.port) });
      });
      session.on('exec', (acceptExec, _reject, { command }) => {
        const { postLoginBanner } = behaviour;
        runExec({
          channel: acceptExec(),
          cli: openCli(user, () => {}),
          command,
          hasPty: pty !== undefined,
          logLine: (line) => commands.push(line),
          postLoginBanner,
        });
      });
    });
  });

  function openCli(user: string | undefined, print: (line: string) => void): Cli {
    return new Cli({
      state,
      behaviour,
      outputs,
      role,
      name,
      debug,
      print,
      record: (write) => writes.push(write),
      user,
    });
  }

  function serveShell({ channel, pty, user, cut }: Shell): void {
    const terminal = new Terminal({ channel, pty: pty(), behaviour, idleMs, cut, noise });
    const cli = openCli(user, (line) => {
      terminal.write(`${line}\r\n`).catch(() => {});
    });
    shells.add(cli);
    runShell({
      terminal,
      cli,
      pty,
      behaviour,
      logLine: (line) => commands.push(line),
      logKey: (key) => keys.push(key),
      cut,
    })
      .catch(() => {})
      .finally(() => {
        shells.delete(cli);
        cli.close();
        channel.close();
      });
  }

  /** `admintimeout` of the configuration, in minutes; FortiOS's default is 5. */
  function idleMs(): number {
    return behaviour.idleTimeoutMs ?? Number(state.setting('system global', 'admintimeout') ?? 5) * 60_000;
  }

  let dropsLeft = behaviour.drops ?? Number.POSITIVE_INFINITY;
  function cutConnection(port: number): boolean {
    if (dropsLeft <= 0) return false;
    dropsLeft -= 1;
    for (const socket of sockets) if (socket.remotePort === port) socket.resetAndDestroy();
    return true;
  }

  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    connections += 1;
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    if (connections > (behaviour.maxConnections ?? Number.POSITIVE_INFINITY)) socket.resetAndDestroy();
    else if (behaviour.silentAfter === 'tcp') socket.resume();
    else {
      joinWrites(socket);
      ssh.injectSocket(socket);
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  });
  const address = server.address();
  const publicKeys = hostKeys.map(publicBlob);

  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    fingerprints: publicKeys.map(({ blob }) => fingerprint(blob)),
    hostKeyLines: publicKeys.map(({ type, blob }) => `${type} ${blob.toString('base64')}`),
    commands,
    keys,
    writes,
    vdoms: state.vdoms,
    state,
    console: () => openCli(undefined, () => {}),
    debugOn: () => [
      ...debug.levels().map(({ daemon }) => daemon),
      ...[...shells].filter((shell) => shell.printsDebug()).map(() => 'output'),
    ],
    ikeFilter: () => [...debug.ikeFilter].map((criterion) => criterion.join(' ')),
    logIn(login, directories = {}, vdom = 'root') {
      const result = logIn(state, vdom, directories, login);
      for (const { daemon, text } of result.lines) debug.emit(daemon, text, login.client);
      return result;
    },
    refusedLogins: () => refusedLogins,
    openConnections: () => sockets.size,
    cutAll: () => {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        debug.reset();
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function publicBlob(privateKey: string): { type: string; blob: Buffer } {
  const key = ssh2.utils.parseKey(privateKey);
  if (key instanceof Error) throw key;
  return { type: key.type, blob: key.getPublicSSH() };
}

function fingerprint(blob: Buffer): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}
