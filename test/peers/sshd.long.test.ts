import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCollector } from '../../src/device/create-collector.ts';
import { scanHostKeys } from '../../src/device/transport/scan-host-keys.ts';
import type { Credential, Device, JumpHost } from '../../src/platform/config/inventory-types.ts';
import { HAVE_SSHD, makeKey, SSHD_USER, type Sshd, type SshdOptions, startAgent, startSshd } from './sshd.ts';

if (!HAVE_SSHD)
  console.warn('our client against OpenSSH skipped: there is no sshd (apt-get install openssh-server)');

const execFileAsync = promisify(execFile);
const TIMEOUTS = { connect: 10_000, command: 10_000, job: 30_000 };

describe.skipIf(!HAVE_SSHD)('our client signs in to a real OpenSSH server', () => {
  const folder = HAVE_SSHD ? mkdtempSync(join(tmpdir(), 'ftm-check-sshd-')) : '';
  const file = (name: string) => join(folder, name);
  const secrets = new Map<string, string>();
  const readSecret = (ref: { readonly env: string } | { readonly file: string }) =>
    Promise.resolve('file' in ref ? readFileSync(ref.file, 'utf8').trim() : (secrets.get(ref.env) ?? ''));
  const collect = createCollector({ readSecret });
  const publicKeys: string[] = [];
  let sshd: Sshd;

  beforeAll(async () => {
    publicKeys.push(
      makeKey(file('ed25519'), 'ed25519'),
      makeKey(file('rsa'), 'rsa'),
      makeKey(file('locked-ed25519'), 'ed25519', 'open'),
      makeKey(file('locked-rsa'), 'rsa', 'open'),
    );
    secrets.set('PASSPHRASE', 'open');
    sshd = await start('device');
  });
  afterAll(async () => {
    await sshd[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  const start = (name: string, more: Partial<SshdOptions> = {}) =>
    startSshd({ folder, name, authorizedKeys: publicKeys, ...more });

  const key = (name: string): Credential => ({
    kind: 'key',
    privateKey: { file: file(name) },
    ...(name.startsWith('locked') ? { passphrase: { env: 'PASSPHRASE' } } : {}),
  });

  const endpoint = (server: Sshd, alias: string) => ({
    alias,
    address: '127.0.0.1',
    port: server.port,
    username: SSHD_USER,
    credential: key('ed25519'),
    hostKeys: [server.hostKeys.ed25519],
    algorithms: 'modern' as const,
    timeouts: TIMEOUTS,
  });
  const deviceAt = (server: Sshd, more: Partial<Device> = {}): Device => ({
    ...endpoint(server, 'fgt-on-sshd'),
    groups: [],
    ...more,
  });
  const jumpAt = (server: Sshd, alias: string, more: Partial<JumpHost> = {}): JumpHost => ({
    kind: 'jump-host',
    ...endpoint(server, alias),
    ...more,
  });

  async function reads(device: Device): Promise<void> {
    const items = await collect({ device, commands: ['dns', 'vips', 'fortitoken-info'] });
    expect(items.map(({ command, text }) => [command, text.split('\n').length])).toEqual([
      ['get system status', 7],
      ['show system dns', 4],
      ['show firewall vip', 9_002],
      ['diagnose fortitoken info', 2],
    ]);
    expect(items.map(({ failure }) => failure?.kind)).toEqual([
      undefined,
      undefined,
      undefined,
      'not-permitted',
    ]);
  }
  const failureOf = (device: Device) =>
    collect({ device, commands: ['dns'] }).then(
      () => undefined,
      (error: unknown) => error,
    );

  it.each(['ed25519', 'rsa', 'locked-ed25519', 'locked-rsa'])('with the key %s', async (name) => {
    await reads(deviceAt(sshd, { credential: key(name) }));
    // It takes no SHA-1 signatures, so that an RSA key got in by SHA-2.
    expect(sshd.log()).toMatch(
      name.includes('rsa') ? /Accepted publickey .*RSA/ : /Accepted publickey .*ED25519/,
    );
  });

  it.each(['ed25519', 'ecdsa', 'rsa'] as const)('with its %s key pinned', async (type) => {
    await reads(deviceAt(sshd, { hostKeys: [sshd.hostKeys[type]] }));
  });

  it('with a known_hosts file that ssh-keyscan wrote, hashed', async () => {
    const { stdout } = await execFileAsync('ssh-keyscan', ['-H', '-p', String(sshd.port), '127.0.0.1']);
    writeFileSync(file('known_hosts'), stdout);
    await reads(deviceAt(sshd, { hostKeys: [], knownHosts: file('known_hosts') }));
  });

  it('never with another key than the pinned one', async () => {
    const { keys } = await scanHostKeys({
      device: deviceAt(sshd, { hostKeys: [] }),
      readSecret,
      signal: new AbortController().signal,
    });
    expect(keys.map(({ line }) => line)).toEqual([
      sshd.hostKeys.ed25519,
      sshd.hostKeys.ecdsa,
      sshd.hostKeys.rsa,
    ]);
    const before = sshd.log().match(/Accepted/g)?.length;
    const wrong = deviceAt(sshd, { hostKeys: [publicKeys[0] ?? ''] });
    expect(await failureOf(wrong)).toMatchObject({ code: 'ftm_host_key_changed' });
    expect(sshd.log().match(/Accepted/g)?.length).toBe(before);
  });

  it('never with a key it does not know, and tries once', async () => {
    makeKey(file('stranger'), 'ed25519');
    const error = await failureOf(deviceAt(sshd, { credential: key('stranger') }));
    expect(error).toMatchObject({ code: 'ftm_device_auth_failed' });
  });

  it('through a chain of jump hosts, each with its own pinned key', async () => {
    await using outer = await start('outer');
    await using inner = await start('inner');
    const jumps = [jumpAt(outer, 'outer', { credential: key('locked-rsa') }), jumpAt(inner, 'inner')];
    await reads(deviceAt(sshd, { jumps }));
    const swapped = [jumpAt(outer, 'outer'), jumpAt(inner, 'inner', { hostKeys: [outer.hostKeys.ed25519] })];
    expect(await failureOf(deviceAt(sshd, { jumps: swapped }))).toMatchObject({
      code: 'ftm_host_key_changed',
      message: expect.stringContaining('inner'),
    });
  });

  it('not through one that does not forward', async () => {
    await using closed = await start('closed', { settings: ['AllowTcpForwarding no'] });
    expect(await failureOf(deviceAt(sshd, { jumps: [jumpAt(closed, 'closed')] }))).toMatchObject({
      code: 'ftm_device_unreachable',
      advice: expect.stringContaining('AllowTcpForwarding'),
    });
  });

  it('with the key of an agent, and only with the one that is meant', async () => {
    await using agent = await startAgent(file('agent'));
    secrets.set('SSH_AUTH_SOCK', agent.socket);
    const byAgent = (wanted?: string): Partial<Device> => ({
      credential: { kind: 'agent', socket: { env: 'SSH_AUTH_SOCK' }, ...(wanted ? { key: wanted } : {}) },
    });
    expect(await failureOf(deviceAt(sshd, byAgent()))).toMatchObject({
      code: 'ftm_config_invalid',
      message: expect.stringContaining('no key'),
    });
    agent.add(file('rsa'));
    await reads(deviceAt(sshd, byAgent()));
    agent.add(file('ed25519'));
    const several = await failureOf(deviceAt(sshd, byAgent()));
    expect(several).toMatchObject({ code: 'ftm_config_invalid', message: expect.stringContaining('2 keys') });
    const [rsaLine] = /ssh-rsa SHA256:\S+/.exec(String((several as { advice?: string }).advice)) ?? [];
    await reads(deviceAt(sshd, byAgent(rsaLine?.split(' ')[1])));
    await reads(deviceAt(sshd, byAgent(publicKeys[0])));
    expect(await failureOf(deviceAt(sshd, byAgent(publicKeys[2])))).toMatchObject({
      code: 'ftm_config_invalid',
      message: expect.stringContaining('does not have'),
    });
  });

  it('not where no agent answers', async () => {
    secrets.set('SSH_AUTH_SOCK', file('nowhere'));
    const credential: Credential = { kind: 'agent', socket: { env: 'SSH_AUTH_SOCK' } };
    expect(await failureOf(deviceAt(sshd, { credential }))).toMatchObject({ code: 'ftm_config_invalid' });
  });

  it('with old algorithms only where the device is marked as legacy', async () => {
    await using old = await start('old', {
      settings: [
        'KexAlgorithms diffie-hellman-group14-sha1',
        'HostKeyAlgorithms ssh-rsa',
        'Ciphers aes128-cbc',
        'MACs hmac-sha1',
      ],
    });
    const device = deviceAt(old, { hostKeys: [old.hostKeys.rsa] });
    expect(await failureOf(device)).toMatchObject({
      code: 'ftm_device_protocol',
      advice: expect.stringContaining('algorithms: legacy'),
    });
    await reads({ ...device, algorithms: 'legacy' });
  });
});
