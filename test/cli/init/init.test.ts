import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ask, askAtTerminal } from '../../../src/cli/init/ask.ts';
import { parsePlannedDevice, type SetupPlan } from '../../../src/cli/init/plan.ts';
import { collectPlan, type InitOptions } from '../../../src/cli/init/questions.ts';
import { renderEnv, renderInventory } from '../../../src/cli/init/render-files.ts';
import { parseInventory } from '../../../src/platform/config/inventory.ts';
import { startLocalSlack } from '../../../src/stand-ins/slack/local-slack.ts';
import { until } from '../../support/until.ts';
import { ftmCheck } from '../test-io.ts';

const HOST_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const CHECKOUT = resolve(import.meta.dirname, '../../..');
const OPTIONS: InitOptions = {
  dir: '.',
  device: [],
  username: 'ftm-check',
  trustedHost: [],
  channel: [],
  force: false,
};
const nobody = async () => undefined;

describe('a device on the command line', () => {
  it.each([
    ['fgt-branch-07=192.0.2.7', { alias: 'fgt-branch-07', address: '192.0.2.7', port: 22 }],
    ['hq=fgt.example.com:2222', { alias: 'hq', address: 'fgt.example.com', port: 2222 }],
    ['v6=2001:db8::7', { alias: 'v6', address: '2001:db8::7', port: 22 }],
    ['v6=[2001:db8::7]:2222', { alias: 'v6', address: '2001:db8::7', port: 2222 }],
    ['192.0.2.7', undefined],
    ['=192.0.2.7', undefined],
    ['hq=', undefined],
    ['hq=host:0', undefined],
    ['hq=host:70000', undefined],
    ['hq=host name', undefined],
  ])('is read: %s', (text, device) => {
    expect(parsePlannedDevice(text)).toEqual(device);
  });
});

describe('the files of a set-up', () => {
  const plan: SetupPlan = {
    devices: [
      {
        alias: 'hq',
        address: '2001:db8::7',
        port: 2222,
        hostKey: { line: HOST_KEY, fingerprint: 'SHA256:x' },
      },
      { alias: 'branch', address: 'branch.example.com', port: 22 },
    ],
    username: 'ftm-check',
    trustedHosts: [],
    channels: ['C0123456789'],
    env: { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: '', FGT_PASSWORD: 'it\'s #1 "quoted" $HOME' },
  };

  it('are an inventory that is read as it was meant', () => {
    const inventory = parseInventory(renderInventory(plan), 'inventory.yaml');
    expect(inventory.devices.get('hq')).toMatchObject({
      address: '2001:db8::7',
      port: 2222,
      username: 'ftm-check',
      credential: { kind: 'password', password: { env: 'FGT_PASSWORD' } },
      hostKeys: [HOST_KEY],
    });
    expect(inventory.devices.get('branch')).toMatchObject({ port: 22, hostKeys: [] });
    expect(inventory.grants).toMatchObject([{ channels: ['C0123456789'], devices: ['fortigates'] }]);
    expect(renderInventory({ ...plan, channels: [] })).toContain('# access: [{ channels: [C0123456789]');
  });

  it('are an environment with every value as it is', () => {
    expect(parseEnv(renderEnv(plan))).toEqual(plan.env);
  });
});

describe('the questions', () => {
  /** Answers by the beginning of a question. */
  function scripted(answers: readonly (readonly [question: string, answer: string | boolean])[]) {
    const left = [...answers];
    function next(question: string): string | boolean {
      const [expected, answer] = left.shift() ?? ['', ''];
      if (!question.startsWith(expected) || expected === '') throw new Error(`${question} was not expected`);
      return answer;
    }
    const ask: Ask = {
      async text(question, { check } = {}) {
        const answer = String(next(question));
        expect(check?.(answer)).toBeUndefined();
        return answer;
      },
      secret: async (question) => String(next(question)),
      confirm: async (question) => next(question) === true,
      async select(question, choices) {
        const answer = String(next(question));
        expect(choices.map(({ value }) => value)).toContain(answer);
        return answer;
      },
    };
    return { ask, left };
  }

  it('are asked where nothing is given', async () => {
    const { ask, left } = scripted([
      ['A FortiGate', 'fgt-branch-07=192.0.2.7'],
      ['Another one?', true],
      ['A FortiGate', 'hq=192.0.2.1:2222'],
      ['Another one?', false],
      ['FortiOS version', '7.4.8'],
      ['Address the bot connects from', '192.0.2.10/32'],
      ['Password of ftm-check', ''],
      ['SLACK_BOT_TOKEN', 'xoxb-1'],
      ['SLACK_APP_TOKEN', ''],
      ['The channel that may check', 'C0SUPPORT'],
    ]);
    const findChannels = async () => new Map([['support', 'C0SUPPORT']]);
    const plan = await collectPlan(OPTIONS, { ask, env: {}, findChannels });
    expect(left).toEqual([]);
    expect(plan).toMatchObject({
      devices: [
        { alias: 'fgt-branch-07', port: 22 },
        { alias: 'hq', port: 2222 },
      ],
      fortios: '7.4.8',
      trustedHosts: ['192.0.2.10/32'],
      channels: ['C0SUPPORT'],
    });
    // Without a given password it is a random one, to be set on the device.
    expect(plan.env.FGT_PASSWORD).toMatch(/^[A-Za-z][\w.+=-]{31}$/);
  });

  it('are not asked where options and environment say it', async () => {
    const { ask, left } = scripted([]);
    const env = {
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_SIGNING_SECRET: 'shh',
      FGT_PASSWORD: 'given',
      REDIS_URL: 'redis://r',
    };
    const options = {
      ...OPTIONS,
      device: ['hq=192.0.2.1'],
      fortios: '7.4.8',
      trustedHost: ['192.0.2.10/32'],
      http: 'https://bot.example.com',
      channel: ['C0123456789'],
    };
    const plan = await collectPlan(options, { ask, env, findChannels: nobody });
    expect(left).toEqual([]);
    expect(plan.env).toEqual(env);
  });

  it('can be answered at a terminal', async () => {
    const input = new PassThrough();
    const output = new PassThrough();
    let shown = '';
    output.on('data', (chunk: Buffer) => {
      shown += chunk.toString('utf8');
    });
    const ask = askAtTerminal(input, output);
    const secret = ask.secret('Token');
    await until(() => shown.includes('Token'), 'the question is shown');
    input.write('xoxb-not-shown\r');
    expect(await secret).toBe('xoxb-not-shown');
    expect(shown).not.toContain('xoxb-not-shown');
    const cancelled = ask.text('Device');
    await until(() => shown.includes('Device'), 'the next question is shown');
    input.write('\u0003');
    await expect(cancelled).rejects.toMatchObject({ code: 'ftm_interrupted' });
  });
});

describe('ftm-check init', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'ftm-check-init-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const read = (name: string) => readFileSync(join(dir, name), 'utf8');

  it('writes a set-up in which the doctor misses only what a person has to do', async () => {
    const args = [
      'init',
      '--dir',
      dir,
      '--device',
      'hq=192.0.2.1',
      '--fortios',
      '7.4.8',
      '--trusted-host',
      '192.0.2.10',
      '--channel',
      'C0123456789',
    ];
    const { status, stdout, stderr } = await ftmCheck(args);
    expect(status).toBe(0);
    const wrong = stdout.split('\n').filter((line) => line.startsWith('✗'));
    expect(wrong).toEqual([
      expect.stringMatching(/^✗ settings +SLACK_BOT_TOKEN is not set/),
      expect.stringMatching(/^✗ host keys +not pinned, .*hq/),
      expect.stringMatching(/^✗ queue +REDIS_URL is not set/),
    ]);
    expect(stderr).toMatch(
      /Next, in [^\n]+:\n1\. Create the administrator .*account --fortios 7\.4\.8 --trusted-host 192\.0\.2\.10`/,
    );
    const { FGT_PASSWORD: password = '' } = parseEnv(read('.env'));
    expect(`${stdout}${stderr}`).not.toContain(password);
    expect(statSync(join(dir, '.env')).mode & 0o077).toBe(0);
    expect(read('.gitignore')).toBe('.env\ninventory.yaml\naccount.txt\n');
    expect(JSON.parse(read('slack-manifest.json'))).toHaveProperty('features.slash_commands');
  });

  it('writes the files of examples/workspace', async () => {
    const args = ['--device', 'fgt-branch-07=192.0.2.7', '--fortios', '7.4.8', '--channel', 'C0123456789'];
    const env = { FGT_PASSWORD: 'Replace-this-password-1' };
    await ftmCheck(['init', '--dir', dir, ...args], { env });
    const example = join(import.meta.dirname, '../../../examples/workspace');
    expect(readdirSync(dir).toSorted()).toEqual(readdirSync(example).toSorted());
    for (const name of readdirSync(example))
      expect(read(name), name).toBe(readFileSync(join(example, name), 'utf8'));
  });

  it('adds to a .gitignore what is missing there', async () => {
    const setUp = () => ftmCheck(['init', '--dir', dir, '--device', 'hq=192.0.2.1']);
    writeFileSync(join(dir, '.gitignore'), '/inventory.yaml\nnotes');
    const [first, second] = [await setUp(), await setUp()];
    expect(read('.gitignore')).toBe('/inventory.yaml\nnotes\n.env\naccount.txt\n');
    expect(first.stderr).toContain(`Added .env, account.txt to ${join(dir, '.gitignore')}.`);
    expect(second.stderr).not.toContain('Added');
  });

  it('adds nothing to that of the checkout', async () => {
    const ofCheckout = readFileSync(join(CHECKOUT, '.gitignore'), 'utf8');
    writeFileSync(join(dir, '.gitignore'), ofCheckout);
    await ftmCheck(['init', '--dir', dir, '--device', 'hq=192.0.2.1']);
    expect(read('.gitignore')).toBe(ofCheckout);
  });

  it('asks the registry for nothing where the folder is outside the checkout', async () => {
    const env = { npm_command: 'exec', npm_config_local_prefix: CHECKOUT };
    const { stdout, stderr } = await ftmCheck(['init', '--dir', dir, '--device', 'hq=192.0.2.1'], { env });
    expect(stderr).toContain(`Next, in ${dir}:\n1. Create`);
    expect(stderr).toContain(`\`npx --prefix ${CHECKOUT} ftm-check serve\` starts the bot.`);
    expect(stdout + stderr).not.toMatch(/`(?:npx )?ftm-check /);
  });

  it('names commands as npm starts them', async () => {
    const args = ['init', '--dir', dir, '--device', 'hq=192.0.2.1'];
    const { stdout, stderr } = await ftmCheck(args, { env: { npm_command: 'exec' } });
    expect(stderr).toContain(
      '`npx ftm-check doctor --devices` checks it all, `npx ftm-check serve` starts the bot.',
    );
    expect(stdout + stderr).not.toContain('`ftm-check ');
  });

  it('names them so in errors and notes too', async () => {
    const env = { npm_command: 'exec', FGT_PASSWORD: 'Long-enough-4711' };
    expect((await ftmCheck(['chek'], { env })).stderr).toContain('(`npx ftm-check --help` lists');
    const args = ['account', '--fortios', '7.4.8', '--trusted-host', '192.0.2.10'];
    const { stdout, stderr } = await ftmCheck(args, { env });
    expect(stderr).toContain('`npx ftm-check account`');
    expect(stdout).not.toContain('npx');
  });

  it('never writes the password beside the lines that set it', async () => {
    const args = ['--device', 'hq=192.0.2.1', '--fortios', '7.4.8', '--trusted-host', '192.0.2.10'];
    await ftmCheck(['init', '--dir', dir, ...args]);
    const { FGT_PASSWORD: password = '' } = parseEnv(read('.env'));
    for (const name of readdirSync(dir).filter((each) => each !== '.env'))
      expect(read(name), name).not.toContain(password);
    const account = ['account', '--fortios', '7.4.8', '--trusted-host', '192.0.2.10'];
    const { stdout, stderr } = await ftmCheck(account, { env: { FGT_PASSWORD: password } });
    expect(stdout).toContain(`set password "${password}"`);
    expect(stderr).toContain('Do not store them');
  });

  it.each([
    ['a file system that takes no folders', '/proc/ftm-check/new', 'folder does not exist'],
    ['a folder below a file', '$/file/new', 'it exists'],
  ])('refuses %s before it asks anything', async (_, place, reason) => {
    writeFileSync(join(dir, 'file'), '');
    const { status, stderr } = await ftmCheck(['init', '--dir', place.replace('$', dir)]);
    expect(status).toBe(2);
    expect(stderr).toContain(reason);
  });

  it('leaves no folder behind where it cannot go on', async () => {
    const { status, stderr } = await ftmCheck(['init', '--dir', join(dir, 'new', 'folder')]);
    expect(status).toBe(2);
    expect(stderr).toContain('No device is named');
    expect(readdirSync(dir)).toEqual([]);
  });

  it('replaces no file unless it is told to', async () => {
    writeFileSync(join(dir, 'inventory.yaml'), 'devices: {}\n');
    const args = ['init', '--dir', dir, '--device', 'hq=192.0.2.1'];
    const kept = await ftmCheck(args);
    expect(kept.stderr).toContain('inventory.yaml: it exists');
    expect(read('inventory.yaml')).toBe('devices: {}\n');
    await ftmCheck([...args, '--force']);
    expect(read('inventory.yaml')).toContain('address: 192.0.2.1');
  });

  it('finds a channel by its name once there is a token', async () => {
    await using slack = await disposableSlack();
    const env = {
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
    };
    const args = ['init', '--dir', dir, '--device', 'hq=192.0.2.1', '--channel'];
    await ftmCheck([...args, '#support'], { env });
    expect(read('inventory.yaml')).toMatch(/channels:\n +- C0SUPPORT\n/);
    const unknown = await ftmCheck([...args, 'nowhere'], { env });
    expect(unknown).toMatchObject({ status: 2, stdout: '' });
    expect(unknown.stderr).toContain('The bot finds no channel #nowhere.');
    slack.revoke('channels:read');
    const refused = await ftmCheck([...args, 'support'], { env });
    expect(refused.stderr).toContain('The id of #support cannot be looked up.');
  });

  it.each([
    ['without a device', [], 'No device is named'],
    ['with a device that is none', ['--device', 'hq'], '"hq" is not a device.'],
    [
      'with a version that is none',
      ['--device', 'hq=h', '--fortios', 'new'],
      '"new" is not a FortiOS version.',
    ],
  ])('says what is wrong %s', async (_, more, said) => {
    const { status, stderr } = await ftmCheck(['init', '--dir', dir, ...more]);
    expect(status).toBe(2);
    expect(stderr).toContain(said);
  });
});

async function disposableSlack() {
  const slack = await startLocalSlack();
  return Object.assign(slack, { [Symbol.asyncDispose]: () => slack.close() });
}
