import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseInventory } from '../../src/platform/config/inventory.ts';
import { readConfig } from '../../src/platform/config/load-config.ts';
import { untilAnswersOn } from '../../src/stand-ins/redis/server-process.ts';
import { findServer, freePort } from '../../src/stand-ins/redis/throw-away-server.ts';

const run = promisify(execFile);
const FILE = resolve(import.meta.dirname, '../../compose.yaml');
const EXAMPLE = resolve(import.meta.dirname, '../../examples/compose');
const SECRETS = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', VALKEY_PASSWORD: 'for0tests' };

interface Service {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly volumes: readonly string[];
  readonly ports?: unknown;
}

const text = await readFile(FILE, 'utf8');
const { services } = parse(text, { merge: true }) as { services: Readonly<Record<string, Service>> };

/** Where Debian puts it, and others. */
const COMPOSE = [
  ['docker-compose'],
  ['/usr/libexec/docker/cli-plugins/docker-compose'],
  ['docker', 'compose'],
];

async function findCompose(): Promise<readonly string[] | undefined> {
  for (const command of COMPOSE) {
    const [program = '', ...args] = command;
    const works = await run(program, [...args, 'version']).then(
      () => true,
      () => false,
    );
    if (works) return command;
  }
  process.stderr.write(
    '\n*** SKIPPED: compose.yaml is not shown to Docker Compose (Debian: docker-compose). ***\n\n',
  );
  return undefined;
}

const compose = await findCompose();

describe('compose.yaml', () => {
  it.skipIf(compose === undefined)('is taken by Docker Compose, and asks for its secrets', async () => {
    const [program = '', ...args] = compose ?? [];
    const config = (env: Readonly<Record<string, string>>) =>
      run(program, [...args, '-f', FILE, '--env-file', '/dev/null', 'config', '--format', 'json'], {
        env: { PATH: process.env.PATH, ...env },
      });
    const { stdout } = await config(SECRETS);
    const read = JSON.parse(stdout) as { services: Readonly<Record<string, object>> };
    expect(Object.keys(read.services).sort()).toEqual(['bot', 'valkey', 'worker']);
    for (const name of Object.keys(SECRETS)) {
      await expect(config({ ...SECRETS, [name]: '' })).rejects.toThrow(
        `required variable ${name} is missing`,
      );
    }
  });

  it.skipIf(compose === undefined)('passes on every secret, each to the part that needs it', async () => {
    await using started = new AsyncDisposableStack();
    const folder = await mkdtemp(join(tmpdir(), 'ftm-compose-'));
    started.defer(() => rm(folder, { recursive: true }));
    await cp(EXAMPLE, folder, { recursive: true });
    await cp(FILE, join(folder, 'compose.yaml'));
    const filled = (await readFile(join(folder, '.env'), 'utf8')).replace(
      /^# (FTM_CHECK_DASHBOARD_PASSWORD)=$/m,
      '$1=dashboard-password',
    );
    const values = { ...SECRETS, FGT_PASSWORD: 'device-password' };
    const env = filled.replaceAll(
      /^(\w+)=$/gm,
      (_, name: string) => `${name}=${values[name as keyof typeof values]}`,
    );
    await writeFile(join(folder, '.env'), `${env}HUB_PASSWORD=hub-password\n`);
    await writeFile(join(folder, 'paging.env'), 'PAGERDUTY_KEY=pager-key\n');
    const [program = '', ...args] = compose ?? [];
    const { stdout } = await run(program, [...args, 'config', '--format', 'json'], {
      cwd: folder,
      env: { PATH: process.env.PATH },
    });
    const read = JSON.parse(stdout) as { services: Readonly<Record<string, Pick<Service, 'environment'>>> };
    const having = (secret: string) =>
      Object.entries(read.services)
        .filter(([, { environment }]) => Object.values(environment).includes(secret))
        .map(([name]) => name);
    expect({
      bot: having('xoxb-1'),
      app: having('xapp-1'),
      device: having('device-password'),
      hub: having('hub-password'),
      pager: having('pager-key'),
      dashboard: having('dashboard-password'),
      queue: having('for0tests'),
    }).toEqual({
      bot: ['bot', 'worker'],
      app: ['bot'],
      device: ['worker'],
      hub: ['worker'],
      pager: ['bot', 'worker'],
      dashboard: ['bot'],
      queue: ['valkey'],
    });
  });

  it('has an example inventory that the program reads, and examples without secrets', async () => {
    const inventory = parseInventory(
      await readFile(join(EXAMPLE, 'inventory/inventory.yaml'), 'utf8'),
      'inventory.yaml',
    );
    expect([...inventory.devices.keys()]).toEqual(['fgt-branch-07']);
    for (const name of ['.env', 'paging.env']) {
      const lines = (await readFile(join(EXAMPLE, name), 'utf8')).split('\n');
      expect(lines.filter((line) => !/^(?:#.*|\w+=|)$/.test(line))).toEqual([]);
    }
  });

  it('runs all without rights, without a way in, and with logs that end', () => {
    expect(Object.keys(services).sort()).toEqual(['bot', 'valkey', 'worker']);
    for (const service of Object.values(services)) {
      expect(service).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        tmpfs: ['/tmp'],
        restart: 'unless-stopped',
        logging: { driver: 'local' },
      });
      expect(service.ports).toBeUndefined();
    }
    expect(services.valkey).toMatchObject({ user: '999:1000', volumes: ['queue:/data'] });
    expect(text).not.toMatch(/xoxb-[0-9]|PASSWORD: (?!"?\$|"")/);
  });

  it.each(['bot', 'worker'] as const)('gives the %s what it needs, and time to end', (role) => {
    expect(services[role]).toMatchObject({
      command: ['serve', '--role', role],
      stop_grace_period: '40s',
      depends_on: { valkey: { condition: 'service_healthy' } },
    });
    const filled = Object.entries(services[role]?.environment ?? {}).map(([name, value]) => [
      name,
      filledIn(value),
    ]);
    const read = readConfig(Object.fromEntries(filled) as Record<string, string>, role);
    if (!('config' in read)) throw new Error(JSON.stringify(read.problems));
    expect(read.config).toMatchObject({
      slack: { mode: 'socket' },
      redis: { url: 'redis://:for0tests@valkey:6379/0' },
    });
    expect(read.config.drainMs).toBeLessThanOrEqual(25_000);
    expect(services[role]?.environment.SLACK_APP_TOKEN !== '').toBe(role === 'bot');
  });

  it('starts a queue that asks for its password, keeps what it is given, and is found well', async (context) => {
    const server = await findServer(process.env.PATH ?? '');
    const cli = await run('sh', ['-c', 'command -v valkey-cli redis-cli | head -1']).then(({ stdout }) =>
      stdout.trim(),
    );
    if (!server || cli === '') {
      context.skip('no valkey-server or redis-server here, or no client for it');
      return;
    }
    await using started = new AsyncDisposableStack();
    const folder = await mkdtemp(join(tmpdir(), 'ftm-compose-'));
    started.defer(() => rm(folder, { recursive: true }));
    await mkdir(join(folder, 'data'));
    const port = await freePort();
    const here = (script = '') =>
      script
        .replaceAll('$$', '$')
        .replaceAll('/tmp/', `${folder}/`)
        .replace('dir /data', `dir ${folder}/data`)
        .replace(
          'exec valkey-server',
          `printf 'port ${port}\\n' >> ${folder}/valkey.conf; exec ${server.binary}`,
        )
        .replace('valkey-cli', `${cli} -p ${port}`);
    const env = { PATH: process.env.PATH, VALKEY_PASSWORD: SECRETS.VALKEY_PASSWORD };
    const child = spawn('sh', ['-c', here(services.valkey?.command.at(-1))], { stdio: 'ignore', env });
    const exited = once(child, 'exit');
    started.defer(async () => {
      child.kill('SIGTERM');
      await exited;
    });
    expect(await untilAnswersOn(port, true, 10_000)).toBe(true);
    const health = here(services.valkey?.healthcheck?.test.at(-1));
    await run('sh', ['-c', health], { env });
    await expect(run('sh', ['-c', health], { env: { ...env, VALKEY_PASSWORD: 'wrong' } })).rejects.toThrow();
    const redis = new Redis(`redis://:${SECRETS.VALKEY_PASSWORD}@127.0.0.1:${port}/0`);
    started.defer(() => redis.disconnect());
    for (const [name, value] of [
      ['maxmemory-policy', 'noeviction'],
      ['appendonly', 'yes'],
      ['dir', join(folder, 'data')],
    ] as const) {
      expect(await redis.config('GET', name)).toEqual([name, value]);
    }
  });
});

/** As Compose fills in `${NAME}`, `${NAME:-default}` and `${NAME:?message}`. */
function filledIn(value: string): string {
  return value.replaceAll(
    /\$\{(\w+)(?::[-?]([^}]*))?\}/g,
    (_, name: string) => SECRETS[name as keyof typeof SECRETS] ?? '',
  );
}
