import { execFile } from 'node:child_process';
import { chmod, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shippedLicences } from '../../scripts/licences.ts';
import { readConfig } from '../../src/platform/config/load-config.ts';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { SIMULATED_USER, startSimulator } from '../../src/stand-ins/fortigate/start-simulator.ts';
import { startLocalSlack } from '../../src/stand-ins/slack/local-slack.ts';
import { startServing } from '../bot/http/serve-process.ts';
import { ANA, SUPPORT } from '../e2e/test-system.ts';
import { openTestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { type ImageRecipe, layOut, readRecipe } from './image.ts';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../..');

let app: string;
let recipe: ImageRecipe;
let node: string;
beforeAll(async () => {
  recipe = await readRecipe();
  app = await mkdtemp(join(tmpdir(), 'ftm-check-image-'));
  await run('npm', ['run', '--silent', 'build'], { cwd: ROOT });
  await layOut(recipe, app);
  await run('chmod', ['-R', 'a+rX', app]);
  node = await nodeForUser();
}, 120_000);
afterAll(() => rm(app, { recursive: true }));

/** The user of the image, where we may choose one. Without that right it is at least not root. */
function imageUser(): { readonly uid?: number } {
  return process.getuid?.() === 0 ? { uid: recipe.user } : {};
}

/** A checkout below a private folder is closed to that user, and so is the Node in it. */
async function nodeForUser(): Promise<string> {
  const own = process.execPath;
  const opens = await run(own, ['--version'], imageUser()).then(
    () => true,
    () => false,
  );
  if (opens) return own;
  await cp(own, join(app, 'node'));
  return join(app, 'node');
}

const entry = () => [node, ...recipe.entrypoint.slice(1)];

describe('what the image holds', () => {
  it('says what it is, and of which version and revision', async () => {
    const { description, license } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as Record<
      'description' | 'license',
      string
    >;
    const name = (key: string) => `org.opencontainers.image.${key}`;
    expect(recipe.labels).toEqual({
      [name('title')]: 'ftm-check',
      [name('description')]: description,
      [name('licenses')]: license,
      // biome-ignore-start lint/suspicious/noTemplateCurlyInString: arguments of the build.
      [name('version')]: '${VERSION}',
      [name('revision')]: '${REVISION}',
      [name('source')]: '${SOURCE}',
      // biome-ignore-end lint/suspicious/noTemplateCurlyInString: arguments of the build.
    });
  });

  it('is started by number as a user that is not root', () => {
    expect(recipe.user).toBeGreaterThan(0);
    expect(recipe.entrypoint[0]).toBe('node');
    expect(recipe.command).toEqual(['serve']);
    expect(
      readConfig({ ...recipe.env, SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }),
    ).toHaveProperty('config');
  });

  it('is without compiler, sources and development packages', async () => {
    const { stdout } = await run('ls', ['-a', app, join(app, 'node_modules')]);
    expect(stdout).not.toMatch(/^(?:src|test|typescript|vitest|\.git|\.env)$/m);
    const text = await readFile(join(ROOT, 'Dockerfile'), 'utf8');
    expect(text).not.toMatch(/apt-get|apk add|build-essential|python/);
    expect(text.match(/npm ci [^\n]*--ignore-scripts/g)).toHaveLength(2);
  });

  it('carries the web page, without the bundler', async () => {
    const args = [join(app, 'dist/src/cli/launch.cjs'), 'page', '--output', '-'];
    const { stdout } = await run(node, args, { ...imageUser(), maxBuffer: 4 << 20 });
    expect(stdout).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(stdout).toContain('Find the cause');
  });

  it('lists what is in it, with nothing that differs from build to build', async () => {
    const text = (await readFile(join(ROOT, 'Dockerfile'), 'utf8')).replaceAll('\\\n', ' ');
    const [, command = 'false'] = /^RUN (npm pkg delete devDependencies .*)$/m.exec(text) ?? [];
    await cp(join(ROOT, 'package-lock.json'), join(app, 'package-lock.json'));
    await run('sh', ['-c', command], { cwd: app });
    const bill = JSON.parse(await readFile(join(app, 'sbom.json'), 'utf8')) as {
      readonly serialNumber?: string;
      readonly metadata: object;
      readonly components: readonly {
        readonly group?: string;
        readonly name: string;
        readonly version: string;
      }[];
    };
    const listed = bill.components.map(
      ({ group, name, version }) => `${group ? `${group}/` : ''}${name}@${version}`,
    );
    const shipped = shippedLicences().map(({ name, version }) => `${name}@${version}`);
    expect([...new Set(listed)].sort()).toEqual([...new Set(shipped)].sort());
    expect(bill.serialNumber).toBeUndefined();
    expect(bill.metadata).not.toHaveProperty('timestamp');
  });

  it('draws pictures, with its own fonts', async () => {
    const recipeText = (await readFile(join(ROOT, 'Dockerfile'), 'utf8')).replaceAll('\\\n', ' ');
    const [, prune = 'false'] = /^RUN (find .*)$/m.exec(recipeText) ?? [];
    await run('sh', ['-c', prune], { cwd: app });
    const fonts = await run('find', ['node_modules/@expo-google-fonts/inter', '-name', '*.ttf*'], {
      cwd: app,
    });
    expect(fonts.stdout.trim().split('\n')).toHaveLength(2);
    const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><text y="15" style="font:13px Inter">TEXT</text></svg>`;
    const script = `const thread = new (require('node:worker_threads').Worker)('./dist/src/bot/delivery/picture/png-worker.js');
      const pictures = [];
      thread.on('message', ({ answer }) => {
        if (pictures.push(answer) < 2) return;
        console.log(pictures[0].length - pictures[1].length);
        thread.terminate();
      });
      thread.postMessage(process.argv[1]);
      thread.postMessage(process.argv[1].replace('TEXT', ''));`;
    const [program = ''] = entry();
    const { stdout } = await run(program, ['--eval', script, drawing], {
      cwd: app,
      ...imageUser(),
    });
    expect(Number(stdout)).toBeGreaterThan(200);
  });

  it.each([
    [['rules'], /push-disabled/],
    [['manifest'], /ftm-check/],
    [['--version'], /^\d+\.\d+\.\d+/],
  ])('answers %j', async (args, expected) => {
    const [program = '', ...before] = entry();
    const { stdout } = await run(program, [...before, ...args], {
      cwd: app,
      env: recipe.env,
      ...imageUser(),
    });
    expect(stdout).toMatch(expected);
  });

  it('answers a request as bot and worker of their own, as that user', async (context) => {
    const redis = await openTestRedis();
    if (!redis) {
      context.skip('no valkey-server or redis-server here');
      return;
    }
    await using started = new AsyncDisposableStack();
    started.defer(() => redis.stop());
    const simulator = await startSimulator({ configText: sampleConfig('branch-07') });
    started.defer(() => simulator.close());
    const slack = await startLocalSlack();
    started.defer(() => slack.close());
    const data = await mkdtemp(join(tmpdir(), 'ftm-check-data-'));
    started.defer(() => rm(data, { recursive: true }));
    await chmod(data, 0o777);
    await writeFile(
      join(data, 'inventory.yaml'),
      `devices: { fgt-branch-07: { address: 127.0.0.1, port: ${simulator.port}, username: ${SIMULATED_USER.name}, password: { env: FGT_PASSWORD }, hostKeys: ["${simulator.fingerprints[0]}"] } }
access: [{ channels: [${SUPPORT}], devices: ["*"] }]
`,
    );
    const start = (role: string, more: Record<string, string>) =>
      started.use(
        startServing({
          entry: entry(),
          args: ['--role', role],
          cwd: app,
          ...imageUser(),
          env: {
            ...recipe.env,
            SLACK_BOT_TOKEN: slack.botToken,
            SLACK_API_URL: slack.apiUrl,
            REDIS_URL: redis.url,
            FTM_CHECK_INVENTORY: join(data, 'inventory.yaml'),
            FTM_CHECK_DATA: data,
            FTM_CHECK_INTERNAL_PORT: '0',
            ...more,
          },
        }),
      );
    const bot = start('bot', {
      SLACK_SIGNING_SECRET: slack.signingSecret,
      PORT: '0',
      FTM_CHECK_DASHBOARD_PASSWORD: 'for-tests-only-1234',
    });
    const worker = start('worker', { FGT_PASSWORD: SIMULATED_USER.password, FTM_CHECK_AUDIT: 'stdout' });
    const { port, internalPort: dashboardPort } = await bot.line('ready');
    const { internalPort } = await worker.line('ready');
    slack.connect(`http://127.0.0.1:${port}/slack/events`);
    await slack.slash({ command: '/ftm-check', text: 'fgt-branch-07', user: ANA, channel: SUPPORT });
    await until(
      () => slack.messages(SUPPORT).some(({ text }) => text.includes('have trusted hosts')),
      'the answer stands',
    );
    // Its pages are files of a package, which a build could leave behind.
    const authorization = `Basic ${btoa('ana:for-tests-only-1234')}`;
    const page = await fetch(`http://127.0.0.1:${dashboardPort}/queues`, { headers: { authorization } });
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('static/js/main')]);
    const ready = async () => (await fetch(`http://127.0.0.1:${internalPort}/readyz`)).status;
    await until(async () => (await ready()) === 200, 'the worker is ready');
    expect(worker.log.some((line) => line.includes('"event":"device.left"'))).toBe(true);
    expect([await bot.end(), await worker.end()]).toEqual([0, 0]);
  });
});
