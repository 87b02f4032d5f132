import { describe, expect, it } from 'vitest';
import { createCollector } from '../../src/device/create-collector.ts';
import type { SimulatorBehaviour } from '../../src/stand-ins/fortigate/behaviour.ts';
import { generateKey } from '../../src/stand-ins/fortigate/generate-key.ts';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { SIMULATED_USER, startSimulator } from '../../src/stand-ins/fortigate/start-simulator.ts';
import { ALL, collect, deviceAt, failedCheck } from './device-fixture.ts';

describe('credentials', () => {
  const wrong = createCollector({ readSecret: () => Promise.resolve('wrong') });

  it.each<[string, SimulatorBehaviour]>([
    ['by password', {}],
    ['by keyboard-interactive', { keyboardInteractiveOnly: true }],
  ])('a wrong password is tried once, %s', async (_, behaviour) => {
    const simulator = await startSimulator({ configText: sampleConfig('branch-07'), behaviour });
    try {
      const attempt = wrong({ device: deviceAt(simulator), commands: ALL });
      await expect(attempt).rejects.toMatchObject({ code: 'ftm_device_auth_failed', retryable: false });
      expect(simulator.refusedLogins()).toBe(1);
    } finally {
      await simulator.close();
    }
  });

  it('an ed25519 key opens the device, plain or encrypted', async () => {
    const keys = generateKey('open');
    const simulator = await startSimulator({
      configText: sampleConfig('branch-07'),
      users: [{ name: SIMULATED_USER.name, publicKeys: [keys.public] }],
    });
    const secrets: Record<string, string> = { KEY: keys.private, PASSPHRASE: 'open', WRONG: 'shut' };
    const byKey = createCollector({
      readSecret: (ref) => Promise.resolve(('env' in ref && secrets[ref.env]) || ''),
    });
    const device = (passphrase: string) =>
      deviceAt(simulator, {
        credential: { kind: 'key', privateKey: { env: 'KEY' }, passphrase: { env: passphrase } },
      });
    try {
      const items = await byKey({ device: device('PASSPHRASE'), commands: ['dns'] });
      expect(items).toHaveLength(2);
      const locked = byKey({ device: device('WRONG'), commands: ['dns'] });
      await expect(locked).rejects.toMatchObject({ code: 'ftm_config_invalid' });
      const withPassword = collect({ device: deviceAt(simulator), commands: ['dns'] });
      await expect(withPassword).rejects.toMatchObject({ code: 'ftm_device_auth_failed' });
    } finally {
      await simulator.close();
    }
  });
});

describe('host keys', () => {
  /** The simulator counts the logins that it refuses, so one that arrives shows. */
  const UNKNOWN_USER = 'nobody';
  const other = generateKey().public;

  it('an unknown key is refused with the line to pin, and that line works', async () => {
    const simulator = await startSimulator({ configText: sampleConfig('branch-07') });
    try {
      const unknown = collect({
        device: deviceAt(simulator, { hostKeys: [], username: UNKNOWN_USER }),
        commands: ['dns'],
      });
      const error = await unknown.catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'ftm_host_key_unknown', retryable: false });
      const pin = String((error as { advice?: string }).advice)
        .split('\n')
        .at(-1);
      expect(simulator.hostKeyLines).toContain(pin);
      expect(String((error as { advice?: string }).advice)).toContain(simulator.fingerprints[0]);
      expect(simulator.refusedLogins()).toBe(0);
      await collect({ device: deviceAt(simulator, { hostKeys: [pin ?? ''] }), commands: ['dns'] });
      await collect({
        device: deviceAt(simulator, { hostKeys: [other, ...simulator.fingerprints] }),
        commands: ['dns'],
      });
    } finally {
      await simulator.close();
    }
  });

  it.each([[other], ['SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'], [`${other} a comment`]])(
    'a changed key is refused before any credential is sent: %s',
    async (pin) => {
      const { error, simulator, leftOpen } = await failedCheck({
        device: { hostKeys: [pin], username: UNKNOWN_USER },
      });
      expect(error).toMatchObject({ code: 'ftm_host_key_changed' });
      expect(simulator.refusedLogins()).toBe(0);
      expect(error).toHaveProperty('advice', expect.stringContaining(simulator.hostKeyLines[0] ?? ''));
      expect(simulator.commands).toEqual([]);
      expect(leftOpen).toBe(0);
    },
  );
});
