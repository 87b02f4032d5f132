import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';

/** Not on the PATH of ordinary users. */
const SSHD = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/opt/homebrew/sbin/sshd'].find(existsSync);
export const HAVE_SSHD = SSHD !== undefined && spawnSync('ssh-keygen', ['-?']).error === undefined;
/** An SSH server that runs as an ordinary user lets in that user alone. */
export const SSHD_USER = userInfo().username;

export interface Sshd extends AsyncDisposable {
  readonly port: number;
  /** By type: the lines to pin. */
  readonly hostKeys: Readonly<Record<'ed25519' | 'ecdsa' | 'rsa', string>>;
  /** What it has logged. */
  readonly log: () => string;
}

export interface SshdOptions {
  /** Where keys and logs go. */
  readonly folder: string;
  readonly name: string;
  readonly authorizedKeys: readonly string[];
  /** Further lines of `sshd_config`; they win, since sshd takes the first of each setting. */
  readonly settings?: readonly string[];
}

const SHELL = join(import.meta.dirname, 'fortigate-shell.sh');

/** A Debian or other OpenSSH server on a free port of the loopback, with keys of its own and the FortiGate shell. */
export async function startSshd({ folder, name, authorizedKeys, settings = [] }: SshdOptions): Promise<Sshd> {
  if (SSHD === undefined) throw new Error('there is no sshd');
  const own = join(folder, name);
  mkdirSync(own, { recursive: true });
  // As root, sshd insists on the folder that its service unit makes.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const line = (type: string) => makeKey(join(own, type), type).split(' ').slice(0, 2).join(' ');
  const hostKeys = { ed25519: line('ed25519'), ecdsa: line('ecdsa'), rsa: line('rsa') };
  writeFileSync(join(own, 'authorized_keys'), `${authorizedKeys.join('\n')}\n`, { mode: 0o600 });
  const common = [
    ...settings,
    'ListenAddress 127.0.0.1',
    ...Object.keys(hostKeys).map((type) => `HostKey ${join(own, type)}`),
    'PidFile none',
    `AuthorizedKeysFile ${join(own, 'authorized_keys')}`,
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PermitRootLogin yes',
    'PrintMotd no',
    'PrintLastLog no',
    'LogLevel VERBOSE',
    ...penaltiesOff(SSHD),
    `ForceCommand ${SHELL}`,
  ];
  const config = join(own, 'sshd_config');
  const log = join(own, 'log');
  for (;;) {
    const port = await freePort();
    writeFileSync(config, [...common, `Port ${port}`].join('\n'));
    writeFileSync(log, '');
    const child = spawn(SSHD, ['-D', '-f', config, '-E', log], { stdio: 'ignore' });
    // Another process may have taken the port meanwhile.
    if (!(await listening(port, child, log))) continue;
    return {
      port,
      hostKeys,
      log: () => readFileSync(log, 'utf8'),
      [Symbol.asyncDispose]: () => ended(child),
    };
  }
}

/** A new key pair in `path` and `path.pub`; returns the public line. */
export function makeKey(path: string, type: string, passphrase = ''): string {
  execFileSync('ssh-keygen', [
    '-q',
    '-t',
    type,
    ...(type === 'rsa' ? ['-b', '2048'] : []),
    '-N',
    passphrase,
    '-C',
    'test',
    '-f',
    path,
  ]);
  return readFileSync(`${path}.pub`, 'utf8').trim();
}

export interface Agent extends AsyncDisposable {
  readonly socket: string;
  readonly add: (keyFile: string) => void;
}

export async function startAgent(socket: string): Promise<Agent> {
  const child = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
  const env = { ...process.env, SSH_AUTH_SOCK: socket };
  // Status 2 is an agent that does not answer yet.
  while (spawnSync('ssh-add', ['-l'], { env, stdio: 'ignore' }).status === 2) {
    if (child.exitCode !== null) throw new Error('ssh-agent ended');
    await pause();
  }
  return {
    socket,
    add: (keyFile) => void execFileSync('ssh-add', ['-q', keyFile], { env }),
    [Symbol.asyncDispose]: () => ended(child),
  };
}

async function listening(port: number, child: ChildProcess, log: string): Promise<boolean> {
  for (;;) {
    const said = readFileSync(log, 'utf8');
    if (said.includes(`Server listening on 127.0.0.1 port ${port}`)) return true;
    if (said.includes('Address already in use')) return false;
    if (child.exitCode !== null) throw new Error(`sshd ended: ${said}`);
    await pause();
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = once(child, 'exit');
  child.kill();
  await exit;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 20));

/** From 9.8 on sshd drops a source after a few failed logins, and every client of these tests is one source. */
function penaltiesOff(sshd: string): readonly string[] {
  const said = spawnSync(sshd, ['-V'], { encoding: 'utf8' });
  const [, major, minor] = /OpenSSH_(\d+)\.(\d+)/.exec(`${said.stdout}${said.stderr}`) ?? [];
  const release = Number(major) * 100 + Number(minor);
  return release >= 908 ? ['PerSourcePenalties no'] : [];
}
