import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VARIABLES } from '../../src/platform/config/load-config.ts';
import { startLocalSlack } from '../../src/stand-ins/slack/local-slack.ts';
import { startServing } from '../bot/http/serve-process.ts';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../..');
const UNIT = await readFile(join(ROOT, 'examples/systemd/ftm-check.service'), 'utf8');
const PROGRAM = '/usr/bin/node --max-semi-space-size=8 /opt/ftm-check/dist/src/cli/launch.cjs';
const LAUNCHER = join(ROOT, 'src/cli/launch.cjs');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-unit-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** All values of one setting. */
function settings(name: string): readonly string[] {
  return UNIT.split('\n').flatMap((line) =>
    line.startsWith(`${name}=`) ? [line.slice(name.length + 1)] : [],
  );
}

const hasSystemd = await run('systemd-analyze', ['--version']).then(
  () => true,
  () => false,
);
if (!hasSystemd) {
  process.stderr.write(
    '\n*** SKIPPED: the systemd unit is not verified: there is no systemd-analyze. ***\n\n',
  );
}

describe('the systemd unit', () => {
  it('starts the launcher, and leaves more time to end than the drain takes', () => {
    expect(settings('ExecStart')).toEqual([`${PROGRAM} serve`]);
    expect(settings('TimeoutStopSec')).toEqual(['40']);
    expect(settings('KillMode')).toEqual(['mixed']);
    const names = settings('Environment').map((line) => line.split('=')[0] ?? '');
    expect(names.filter((name) => !VARIABLES.includes(name))).toEqual(['NODE_ENV']);
    expect(UNIT).not.toMatch(/^Environment=.*(?:TOKEN|SECRET|PASSWORD)/m);
  });

  it.skipIf(!hasSystemd)('is taken by systemd', async () => {
    const unit = join(folder, 'ftm-check.service');
    await writeFile(
      unit,
      UNIT.replace(PROGRAM, `${process.execPath} ${LAUNCHER}`).replace(
        '/etc/ftm-check/env',
        join(folder, 'env'),
      ),
    );
    await writeFile(join(folder, 'env'), '');
    const { stdout, stderr } = await run('systemd-analyze', ['verify', '--man=no', unit]);
    // Units of the machine are not ours to judge.
    const about = (stdout + stderr).split('\n').filter((line) => line.includes('ftm-check'));
    expect(about).toEqual([]);
  });

  it('has settings with which the program starts, reads its inventory again and ends', async () => {
    await using slack = await startSlack();
    const inventory = join(folder, 'inventory.yaml');
    await writeFile(inventory, 'devices: {}\naccess: []\n');
    const env = Object.fromEntries(settings('Environment').map((line) => line.split('=', 2)));
    await using served = startServing({
      entry: [process.execPath, LAUNCHER],
      cwd: folder,
      env: {
        ...env,
        PATH: dirname(process.execPath),
        FTM_CHECK_INVENTORY: inventory,
        FTM_CHECK_DATA: join(folder, 'data'),
        FTM_CHECK_INTERNAL_PORT: '0',
        FTM_CHECK_SELF_CHECK_MINUTES: '0',
        PORT: '0',
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_SIGNING_SECRET: slack.signingSecret,
        SLACK_API_URL: slack.apiUrl,
      },
    });
    await served.line('ready');
    await writeFile(inventory, 'devices: {}\naccess: []\nchannels: { C0SUPPORT: { autodetect: false } }\n');
    served.child.kill('SIGHUP');
    await served.line('changed inventory loaded');
    expect(await served.end()).toBe(0);
  });
});

async function startSlack() {
  const slack = await startLocalSlack();
  return { ...slack, [Symbol.asyncDispose]: () => slack.close() };
}
