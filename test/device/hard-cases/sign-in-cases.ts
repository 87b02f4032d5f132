import { generateKeyPairSync } from 'node:crypto';
import { expect } from 'vitest';
import { createCollector } from '../../../src/device/create-collector.ts';
import { algorithmsFor } from '../../../src/device/transport/algorithms.ts';
import { sampleConfig } from '../../../src/stand-ins/fortigate/samples.ts';
import { startSimulator } from '../../../src/stand-ins/fortigate/start-simulator.ts';
import { ALL, check, deviceAt, failedCheck } from '../device-fixture.ts';

const LONG = { connect: 20_000, command: 20_000, job: 60_000 };

export async function silentDeny(): Promise<void> {
  await check({ behaviour: { silentDeny: true } }, ({ items }) => {
    expect(items.map(({ failure }) => failure?.kind)).toEqual([undefined, ...ALL.map(() => 'not-permitted')]);
  });
}

export async function rsaUserKey(): Promise<void> {
  const pem = { type: 'pkcs1', format: 'pem' } as const;
  const rsa = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: pem,
    publicKeyEncoding: pem,
  });
  const simulator = await startSimulator({
    configText: sampleConfig('branch-07'),
    behaviour: { noRsaSha2: true },
  });
  try {
    const collect = createCollector({ readSecret: () => Promise.resolve(rsa.privateKey) });
    const device = deviceAt(simulator, { credential: { kind: 'key', privateKey: { env: 'KEY' } } });
    await expect(collect({ device, commands: ['dns'] })).rejects.toMatchObject({
      code: 'ftm_device_auth_failed',
      advice: expect.stringContaining('ed25519'),
    });
    expect(simulator.refusedLogins()).toBe(1);
  } finally {
    await simulator.close();
  }
}

export function noGroup1(): void {
  for (const profile of ['modern', 'legacy'] as const) {
    const algorithms = JSON.stringify(algorithmsFor(profile, []));
    expect(algorithms).not.toMatch(/group1-|dss/);
    expect(algorithms.includes('sha1')).toBe(profile === 'legacy');
  }
}

export async function passwordChanges(): Promise<void> {
  for (const forcePasswordChange of [true, 'after-upgrade'] as const) {
    const { error, simulator } = await failedCheck({ behaviour: { forcePasswordChange } });
    expect(error).toMatchObject({
      code: 'ftm_device_dialogue',
      message: expect.stringContaining('new password'),
    });
    expect(simulator.commands).toEqual([]);
    expect(simulator.keys).toEqual([]);
  }
  // Not a dialogue, and nothing to stop for.
  await check({ behaviour: { loginWarning: 'WARNING: File System Check Recommended! # $' } }, ({ items }) => {
    expect(items.filter(({ failure }) => failure)).toEqual([]);
  });
}

export async function noPrompt(): Promise<void> {
  const behaviour = { loginWarning: 'Select a system [1-3]:', silentAfter: 'prompt' } as const;
  const { error } = await failedCheck({ behaviour, device: { timeouts: { ...LONG, connect: 700 } } });
  expect(error).toMatchObject({
    code: 'ftm_device_timeout',
    message: expect.stringMatching(/sent \d+ characters in 1 line, but no FortiOS prompt.*ends in `:`/),
    advice: expect.stringContaining('Sign in by hand'),
  });
}

export async function otherQuestion(): Promise<void> {
  const behaviour = {
    tokenPrompt: 'keyboard-interactive',
    tokenQuestion: 'Enter the code we e-mailed\u001b[31m to you: ',
    keyboardInteractiveOnly: true,
  } as const;
  const { error } = await failedCheck({ behaviour });
  expect(error).toMatchObject({
    code: 'ftm_device_dialogue',
    message: expect.stringContaining('“Enter the code we e-mailed [31m to you:”'),
  });
  expect(String(error)).not.toContain('FortiToken');
}
