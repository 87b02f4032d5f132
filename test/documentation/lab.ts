import { execFileSync, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { generateKey } from '../../src/stand-ins/fortigate/generate-key.ts';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import {
  SIMULATED_USER,
  type Simulator,
  startSimulator,
} from '../../src/stand-ins/fortigate/start-simulator.ts';
import { CHECKOUT } from './command-blocks.ts';

export interface LabRun {
  /** The exit status, or the signal. */
  readonly status: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Lab extends AsyncDisposable {
  readonly folder: string;
  /** `stopAt`: what the program prints when it has started; then it gets SIGINT, as by Ctrl-C. */
  readonly run: (command: string, stopAt?: RegExp) => Promise<LabRun>;
}

const ALIASES = ['fgt-branch-07', 'fgt-branch-08'];
/** What a reader has in a checkout. The rest of the lab is the reader's own. */
const FROM_CHECKOUT = [
  'docs',
  'examples',
  'helm',
  'node_modules',
  'package.json',
  'schema',
  'scripts',
  'src',
];

/** A checkout with the files and devices that the documentation speaks of, and a home with an SSH configuration. */
export async function createLab(): Promise<Lab> {
  const folder = await mkdtemp(join(tmpdir(), 'ftm-check-docs-'));
  const file = (name: string) => join(folder, name);
  const key = generateKey();
  const simulators = await Promise.all(
    ALIASES.map(() =>
      startSimulator({
        configText: sampleConfig('branch-07'),
        users: [SIMULATED_USER, { name: 'ana', publicKeys: [key.public] }],
      }),
    ),
  );
  for (const name of FROM_CHECKOUT) await symlink(join(CHECKOUT, name), file(name));
  await mkdir(file('bin'));
  await symlink(join(CHECKOUT, 'src/cli/launch.cjs'), file('bin/ftm-check'));
  await mkdir(file('home/.ssh'), { recursive: true });
  await writeFile(file('home/.ssh/id_ed25519'), key.private, { mode: 0o600 });
  await writeFile(file('home/.ssh/id_ed25519.pub'), `${key.public}\n`);
  await writeFile(file('home/.ssh/known_hosts'), simulators.map(knownHosts).join('\n'));
  const sshConfig = simulators.map((simulator, index) =>
    sshHost(ALIASES[index] ?? '', simulator, file('home')),
  );
  await writeFile(file('home/.ssh/config'), sshConfig.join('\n'));
  await writeFile(file('lab-config'), sshConfig.join('\n'));
  await writeFile(file('inventory.yaml'), JSON.stringify(inventoryOf(simulators)));
  await writeEvidence(file);
  const { SLACK_BOT_TOKEN: _bot, SLACK_APP_TOKEN: _app, REDIS_URL: _redis, ...inherited } = process.env;
  const env = {
    ...inherited,
    FGT_PASSWORD: SIMULATED_USER.password,
    HOME: file('home'),
    PATH: [file('bin'), process.env.PATH].join(delimiter),
    XDG_STATE_HOME: file('home/state'),
  };
  return {
    folder,
    run: (command, stopAt) => runIn(folder, env, command, stopAt),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(simulators.map((simulator) => simulator.close()));
      await rm(folder, { recursive: true });
    },
  };
}

function knownHosts({ hostKeyLines, port }: Simulator): string {
  return hostKeyLines.map((line) => `[127.0.0.1]:${port} ${line}`).join('\n');
}

function sshHost(alias: string, { port }: Simulator, home: string): string {
  const settings = [`HostName 127.0.0.1`, `Port ${port}`, 'User ana', `IdentityFile ${home}/.ssh/id_ed25519`];
  return [`Host ${alias}`, ...settings, `UserKnownHostsFile ${home}/.ssh/known_hosts`].join('\n  ');
}

function inventoryOf(simulators: readonly Simulator[]): unknown {
  const devices = simulators.map(({ port, hostKeyLines: hostKeys }, index) => [
    ALIASES[index],
    {
      address: '127.0.0.1',
      port,
      username: SIMULATED_USER.name,
      password: { env: 'FGT_PASSWORD' },
      hostKeys,
      groups: ['branches'],
    },
  ]);
  return { devices: Object.fromEntries(devices), groups: { branches: { live: { max: '2m' } } } };
}

/** The files that commands of the documentation name. */
async function writeEvidence(file: (name: string) => string): Promise<void> {
  const rules = join(CHECKOUT, 'src/engine/rules');
  const broken = join(rules, 'port-conflict-admin-https/fixtures/broken.conf');
  const sample = join(CHECKOUT, 'src/stand-ins/fortigate/samples/branch-07.conf');
  await cp(join(rules, 'vpn-wait-too-short/fixtures/broken.log'), file('debug.log'));
  for (const name of ['backup.conf', 'old.conf', 'fgt-branch-07.conf']) await cp(sample, file(name));
  await cp(sample, file('fgt-branch-07-march-03.conf'));
  const changed = (await readFile(sample, 'utf8')).replace('set admin-sport 8443', 'set admin-sport 4433');
  for (const name of ['new.conf', 'fgt-branch-07-march-05.conf']) await writeFile(file(name), changed);
  await writeFile(file('last.json'), '{ "schema": "ftm-check/cases@1", "cases": [] }\n');
  await mkdir(file('backups'));
  await cp(sample, file('backups/fgt-branch-07.conf'));
  await cp(broken, file('backups/fgt-branch-08.conf'));
  execFileSync('tar', ['-czf', file('backups.tgz'), '-C', file('.'), 'backups']);
}

async function runIn(
  cwd: string,
  env: NodeJS.ProcessEnv,
  command: string,
  stopAt: RegExp | undefined,
): Promise<LabRun> {
  const child = spawn('bash', ['-c', command], {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
    if (stopAt?.test(stderr) && pid !== undefined) process.kill(-pid, 'SIGINT');
  });
  const ended = new Promise<number | string>((resolve, reject) => {
    child.once('error', reject).once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  const [status, stdout] = await Promise.all([ended, text(child.stdout)]);
  return { status, stdout, stderr };
}
