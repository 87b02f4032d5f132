import { execFile, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ssh2 from 'ssh2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { knownHostsName } from '../../../src/device/transport/known-hosts.ts';
import { scanHostKeys } from '../../../src/device/transport/scan-host-keys.ts';
import type { Device } from '../../../src/platform/config/inventory-types.ts';
import { generateKey } from '../../../src/stand-ins/fortigate/generate-key.ts';
import { sampleConfig } from '../../../src/stand-ins/fortigate/samples.ts';
import { type Simulator, startSimulator } from '../../../src/stand-ins/fortigate/start-simulator.ts';
import { collect, deviceAt } from '../device-fixture.ts';

const execFileAsync = promisify(execFile);
const ed25519 = generateKey();
const rsa = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
}).privateKey;
const ecdsa = ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 }).private;

const readSecret = () => Promise.reject(new Error('no secret is needed for looking'));
const scan = (device: Device) => scanHostKeys({ device, readSecret, signal: new AbortController().signal });

const haveKeyscan = spawnSync('ssh-keyscan', ['-?']).error === undefined;
if (!haveKeyscan) console.warn('host keys against ssh-keyscan skipped: there is no ssh-keyscan on PATH');

describe('a device with three host keys', () => {
  let simulator: Simulator;
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'host-keys-'));
    simulator = await startSimulator({
      configText: sampleConfig('branch-07'),
      hostKeys: [rsa, ecdsa, ed25519.private],
    });
  });
  afterAll(async () => {
    await simulator.close();
    rmSync(folder, { recursive: true });
  });

  const readsDns = (device: Partial<Device>) =>
    collect({ device: deviceAt(simulator, device), commands: ['dns'] });
  const knownHosts = (...lines: string[]) => {
    const path = join(folder, `known_hosts_${Math.random()}`);
    writeFileSync(path, `${lines.join('\n')}\n`);
    return { hostKeys: [], knownHosts: path };
  };
  const name = () => knownHostsName('127.0.0.1', simulator.port);
  const lineOf = (type: string) => simulator.hostKeyLines.find((line) => line.startsWith(type)) ?? '';

  it('shows each, ed25519 first, and signs in to nothing', async () => {
    const { keys, mislabelledRsa } = await scan(deviceAt(simulator, { hostKeys: [] }));
    expect(keys.map(({ type, status }) => [type, status])).toEqual([
      ['ssh-ed25519', 'unknown'],
      ['ecdsa-sha2-nistp256', 'unknown'],
      ['ssh-rsa', 'unknown'],
    ]);
    expect(keys.map(({ line }) => line).toSorted()).toEqual(simulator.hostKeyLines.toSorted());
    expect(keys.map(({ fingerprint }) => fingerprint).toSorted()).toEqual(simulator.fingerprints.toSorted());
    expect(mislabelledRsa).toBe(false);
    expect(simulator.refusedLogins()).toBe(0);
  });

  it.each(['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ssh-rsa'])(
    'once its %s key is pinned, checks pass',
    async (type) => {
      expect(await readsDns({ hostKeys: [lineOf(type)] })).toHaveLength(2);
      const { keys } = await scan(deviceAt(simulator, { hostKeys: [lineOf(type)] }));
      expect(keys.map((key) => key.status)).toEqual(
        keys.map((key) => (key.type === type ? 'pinned' : 'other-type')),
      );
    },
  );

  it('is trusted by a known_hosts file', async () => {
    expect(await readsDns(knownHosts(`${name()} ${lineOf('ssh-rsa')}`))).toHaveLength(2);
    expect(await readsDns(knownHosts(`[127.0.0.*]:* ${lineOf('ecdsa')} comment`))).toHaveLength(2);
  });

  it.skipIf(!haveKeyscan).each([[[]], [['-H']]])(
    'is trusted by what ssh-keyscan %j wrote',
    async (options) => {
      const args = [...options, '-p', String(simulator.port), '127.0.0.1'];
      const { stdout } = await execFileAsync('ssh-keyscan', args);
      expect(stdout).toContain('ssh-ed25519');
      expect(await readsDns(knownHosts(stdout))).toHaveLength(2);
      const { keys } = await scan(deviceAt(simulator, knownHosts(stdout)));
      expect(keys.map(({ status }) => status)).toEqual(['pinned', 'pinned', 'pinned']);
    },
  );

  it('is refused when known_hosts revokes the key, even where the inventory pins it', async () => {
    const device = {
      ...knownHosts(`@revoked * ${lineOf('ssh-ed25519')}`),
      hostKeys: [lineOf('ssh-ed25519')],
    };
    await expect(readsDns(device)).rejects.toMatchObject({
      code: 'ftm_host_key_changed',
      message: expect.stringContaining('revoked'),
    });
  });

  it('is refused where only a certificate authority is trusted, and told why', async () => {
    const device = knownHosts(`@cert-authority * ${lineOf('ssh-ed25519')}`);
    await expect(readsDns(device)).rejects.toMatchObject({
      code: 'ftm_host_key_unknown',
      advice: expect.stringContaining('@cert-authority'),
    });
  });

  it('is refused when the key changed, or is known under another port', async () => {
    const changed = knownHosts(`${name()} ${generateKey().public}`);
    await expect(readsDns(changed)).rejects.toMatchObject({
      code: 'ftm_host_key_changed',
      // Left there it would keep the old key trusted beside the new one.
      advice: expect.stringContaining(`take the old line out of ${changed.knownHosts}, and add this one to`),
    });
    const pinned = { hostKeys: [generateKey().public] };
    await expect(readsDns(pinned)).rejects.toMatchObject({
      advice: expect.stringContaining('replace the old line in `hostKeys` of `fgt-test`'),
    });
    await expect(readsDns(knownHosts(`127.0.0.1 ${lineOf('ssh-ed25519')}`))).rejects.toMatchObject({
      code: 'ftm_host_key_unknown',
    });
    const { keys } = await scan(deviceAt(simulator, { hostKeys: [generateKey().public] }));
    expect(keys.map(({ status }) => status)).toEqual(['changed', 'other-type', 'other-type']);
  });

  it('is not reached with a known_hosts file that cannot be read', async () => {
    const device = { hostKeys: [], knownHosts: join(folder, 'nowhere') };
    await expect(readsDns(device)).rejects.toMatchObject({ code: 'ftm_config_invalid' });
  });
});

describe('an RSA host key that is called rsa-sha2-512', () => {
  let port = 0;
  let server: InstanceType<typeof ssh2.Server>;
  beforeAll(async () => {
    const key = ssh2.utils.parseKey(rsa);
    if (key instanceof Error) throw key;
    const blob = mislabelled(key.getPublicSSH());
    key.getPublicSSH = () => blob;
    // The type of ssh2 does not know that a parsed key will do.
    server = new ssh2.Server({ hostKeys: [{ key: key as unknown as string }] }, (connection) => {
      connection.on('error', () => {});
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => void server.close());

  function mislabelled(blob: Buffer): Buffer {
    const label = Buffer.from('rsa-sha2-512');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(label.length);
    return Buffer.concat([length, label, blob.subarray(4 + 'ssh-rsa'.length)]);
  }

  it.each([[[]], [[generateKey().public]]])('is explained, with the pins %j', async (hostKeys) => {
    const device = deviceAt({ port, hostKeyLines: hostKeys });
    await expect(collect({ device, commands: ['dns'] })).rejects.toMatchObject({
      code: 'ftm_device_protocol',
      message: expect.stringContaining('known FortiOS bug'),
      advice: expect.stringContaining('ssh-hostkey-algo ssh-ed25519'),
    });
    expect(await scan(device)).toEqual({ keys: [], mislabelledRsa: true });
  });
});

it('a host that is not there cannot be looked at', async () => {
  const simulator = await startSimulator({ configText: sampleConfig('branch-07') });
  await simulator.close();
  await expect(scan(deviceAt(simulator))).rejects.toMatchObject({ code: 'ftm_device_unreachable' });
});
