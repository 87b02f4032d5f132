import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateKey } from '../../src/stand-ins/fortigate/generate-key.ts';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { type Simulator, startSimulator } from '../../src/stand-ins/fortigate/start-simulator.ts';
import { type Bastion, startBastion } from '../device/bastion.ts';
import { ftmCheck } from './test-io.ts';

const key = generateKey();
let folder: string;
let simulator: Simulator;
let bastion: Bastion;
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-ssh-'));
  simulator = await startSimulator({
    configText: sampleConfig('branch-07'),
    users: [{ name: 'ana', publicKeys: [key.public] }],
  });
  bastion = await startBastion('bastion', { publicKey: key.public });
  await writeFile(file('key'), key.private, { mode: 0o600 });
  await writeFile(
    file('known_hosts'),
    [
      ...simulator.hostKeyLines.map((line) => `[127.0.0.1]:${simulator.port} ${line}`),
      `the-bastion ${bastion.jump.hostKeys[0]}`,
    ].join('\n'),
  );
  await writeFile(file('more'), `Host bastion\n  HostName 127.0.0.1\n  Port ${bastion.jump.port}\n`);
  await writeFile(
    file('config'),
    [
      `Include ${file('more')}`,
      'Host bastion',
      '  HostKeyAlias the-bastion',
      'Host fgt-07',
      '  HostName 127.0.0.1',
      `  Port ${simulator.port}`,
      '  ProxyJump jumper@bastion',
      'Match originalhost fgt-07 exec "exit 0"',
      '  User somebody-else',
      'Host fgt-* bastion',
      '  User ana',
      `  IdentityFile ${file('key')}`,
      `  UserKnownHostsFile ${file('none')} ${file('known_hosts')}`,
    ].join('\n'),
  );
});

afterAll(async () => {
  await simulator.close();
  await bastion[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const check = (...args: string[]) => ftmCheck(['check', 'fgt-07', '--format', 'json', ...args]);

describe('check --ssh-config', () => {
  it('reads a host that only the SSH configuration has, through its jump host', async () => {
    const before = bastion.logins();
    const ran = await check('--ssh-config', file('config'), '--inventory', file('no-inventory.yaml'));
    expect(ran.stderr).toBe(
      `Note: ${file('config')}:8: \`Match exec\` is not evaluated, so its settings are not used.\n`,
    );
    expect(JSON.parse(ran.stdout)).toMatchObject({ schema: 'ftm-check/diagnosis@1', verdict: 'broken' });
    expect(ran.status).toBe(1);
    expect(bastion.logins()).toBe(before + 1);
    expect(simulator.writes).toEqual([]);
  });

  it('saves what came through the jump host, for analyze', async () => {
    const [saved, transcript] = [file('saved'), file('session.log')];
    const from = ['--ssh-config', file('config'), '--inventory', file('no-inventory.yaml')];
    const ran = await check(...from, '--save-evidence', saved, '--transcript', transcript);
    const repeated = await ftmCheck(['analyze', saved, '--format', 'json']);
    expect(repeated).toEqual({ status: 1, stdout: ran.stdout, stderr: '' });
    expect(await readFile(transcript, 'utf8')).toContain(' # get system status\n');
    expect((await ftmCheck(['analyze', transcript])).status).toBe(1);
  });

  it('fills in what the inventory does not say', async () => {
    const inventory = file('inventory.yaml');
    await writeFile(inventory, 'devices: { fgt-07: { vdom: root, timeouts: { connect: 10s } } }\n');
    const before = bastion.logins();
    expect(await check('--ssh-config', file('config'), '--inventory', inventory)).toMatchObject({
      status: 1,
    });
    await writeFile(inventory, `sshConfig: ${file('config')}\ndevices: { fgt-07: { jump: false } }\n`);
    expect(await check('--inventory', inventory)).toMatchObject({ status: 1 });
    // `jump: false` goes there directly.
    expect(bastion.logins()).toBe(before + 1);
  });

  it('refuses a host whose key is in none of its known_hosts files, and says where to add it', async () => {
    const text = `Host fgt-07\nHostName 127.0.0.1\nPort ${simulator.port}\nUser ana\nIdentityFile ${file('key')}\n`;
    await writeFile(file('unpinned'), `${text}UserKnownHostsFile ${file('none')}\n`);
    const ran = await check('--ssh-config', file('unpinned'), '--inventory', file('no-inventory.yaml'));
    expect(ran).toMatchObject({ status: 4, stdout: '' });
    expect(ran.stderr).toContain('No SSH host key is pinned for fgt-07.');
    expect(ran.stderr).toContain(`or to ${file('none')}:\n[127.0.0.1]:${simulator.port} ssh-ed25519 `);
    const scan = ['hosts', 'scan', 'fgt-07', '--inventory', file('no-inventory.yaml')];
    const scanned = await ftmCheck([...scan, '--ssh-config', file('unpinned')]);
    expect(scanned.stdout).toContain(`# or in ${file('none')}\n[127.0.0.1]:${simulator.port} ssh-ed25519 `);
  });

  it('connects to no host that is neither in the inventory nor named by a Host line', async () => {
    const ran = await ftmCheck([
      'check',
      'fgt-99',
      '--ssh-config',
      file('config'),
      '--inventory',
      file('no-inventory.yaml'),
    ]);
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toMatch(/There is no device named fgt-99 in .*config\.\n.*names without wildcards/);
  });

  it.each([
    ['ProxyCommand nc %h %p', /needs ProxyCommand, which is not run; use ProxyJump/],
    ['ProxyJump fgt-07', /ProxyJump leads back to fgt-07/],
    ['IdentityFile /nowhere/key', /no usable key .*\/nowhere\/key cannot be read/],
    ['IdentityFile %Z/key', /%Z\/key has a token that is not known/],
    ['HostName "a b"', /"a b" is not a host name/],
    ['User "a b"', /"a b" is not a user name/],
    ['User "ana', /quote that is not closed/],
  ])('refuses %s', async (line, expected) => {
    await writeFile(file('bad'), `Host fgt-07\n  ${line}\n`);
    const ran = await check('--ssh-config', file('bad'), '--inventory', file('no-inventory.yaml'));
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toMatch(expected);
  });

  it('says which configuration cannot be read', async () => {
    expect(await check('--ssh-config', file('nowhere'))).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/SSH configuration .*nowhere cannot be read/),
    });
  });
});

const agentTools = ['ssh-agent', 'ssh-add', 'ssh-keygen'];
const HAS_AGENT = agentTools.every((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0);
if (!HAS_AGENT) console.log(`skipped: no ${agentTools.join(', ')} on PATH for an SSH agent`);

describe.skipIf(!HAS_AGENT)('an encrypted key', () => {
  it('is used from the SSH agent, and without one it is said to be encrypted', async () => {
    await writeFile(file('locked'), key.private, { mode: 0o600 });
    await writeFile(file('locked.pub'), `${key.public} ana@laptop\n`);
    const socket = file('agent.sock');
    const started = execFileSync('ssh-agent', ['-a', socket, '-s'], { encoding: 'utf8' });
    const pid = Number(/SSH_AGENT_PID=(\d+)/.exec(started)?.[1]);
    try {
      const env = { ...process.env, SSH_AUTH_SOCK: socket };
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file('other')]);
      execFileSync('ssh-add', ['-q', file('other')], { env, stdio: 'pipe' });
      execFileSync('ssh-add', ['-q', file('locked')], { env, stdio: 'pipe' });
      execFileSync('ssh-keygen', ['-q', '-p', '-N', 'a passphrase', '-f', file('locked')]);
      const text = `Host fgt-07\nHostName 127.0.0.1\nPort ${simulator.port}\nUser ana\nIdentityFile ${file('locked')}\n`;
      await writeFile(file('with-agent'), `${text}UserKnownHostsFile ${file('known_hosts')}\n`);
      const args = ['check', 'fgt-07', '--ssh-config', file('with-agent'), '--inventory', file('none.yaml')];
      expect(await ftmCheck(args, { env: { SSH_AUTH_SOCK: socket } })).toMatchObject({
        status: 1,
        stderr: '',
      });
      await writeFile(
        file('with-agent'),
        `${text}UserKnownHostsFile ${file('known_hosts')}\nIdentityAgent ${socket}\n`,
      );
      expect(await ftmCheck(args)).toMatchObject({ status: 1, stderr: '' });
      await writeFile(file('with-agent'), `${text}IdentityAgent none\n`);
      expect(await ftmCheck(args)).toMatchObject({
        status: 2,
        stderr: expect.stringMatching(/locked is encrypted, and no SSH agent runs/),
      });
    } finally {
      process.kill(pid);
    }
  });
});
