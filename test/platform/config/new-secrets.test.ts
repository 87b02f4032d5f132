import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseInventory } from '../../../src/platform/config/inventory.ts';
import type { Role } from '../../../src/platform/config/load-config.ts';
import { missingSecrets } from '../../../src/platform/config/new-secrets.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-check-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

const inventory = (devices: string, more = '') =>
  parseInventory(`defaults: { username: u }\ndevices:\n${devices}\n${more}`, 'inventory.yaml');
const device = (alias: string, credential: string) => `  ${alias}: { address: 192.0.2.1, ${credential} }`;
const CURRENT = device('a', 'password: { file: /nowhere/known }');

function ask(devices: string, { more = '', role = 'all' }: { more?: string; role?: Role } = {}) {
  const current = inventory(CURRENT);
  return missingSecrets({ next: inventory(devices, more), current, role, env: { SET: 'x', EMPTY: '' } });
}

it('has nothing against secrets that are there, nor against one that was missing before', async () => {
  await writeFile(join(folder, 'key'), 'k');
  const file = join(folder, 'key');
  expect(await ask(`${CURRENT}\n${device('b', 'password: { file: /nowhere/known }')}`)).toBeUndefined();
  expect(await ask(device('b', `privateKey: { file: ${file} }, passphrase: { env: SET }`))).toBeUndefined();
});

it('names what is missing and who needs it, each once', async () => {
  const missing = join(folder, 'gone');
  const error = await ask(
    [
      CURRENT,
      device('b', `password: { file: ${missing} }`),
      device('c', `password: { file: ${missing} }`),
      device('d', `privateKey: { env: SET }, passphrase: { env: UNSET }`),
      device('e', 'password: { env: EMPTY }'),
    ].join('\n'),
  );
  expect(error).toMatchObject({ code: 'ftm_inventory_invalid' });
  expect(error?.message.split('\n').slice(1)).toEqual([
    `The secret file ${missing} cannot be read. Needed for b, c.`,
    'The environment variable UNSET is not set. Needed for d.',
    'The environment variable EMPTY is empty. Needed for e.',
  ]);
});

it('looks at the hosts on the way too', async () => {
  const jump = `jumpHosts:\n  bastion: { address: 192.0.2.9, username: u, password: { env: UNSET } }`;
  const error = await ask(device('b', 'password: { env: SET }, jump: bastion'), { more: jump });
  expect(error?.message).toContain('UNSET is not set. Needed for b.');
});

it.each([
  ['worker', ['UNSET_DEVICE', 'UNSET_ROUTE']],
  ['bot', ['UNSET_ALERTS']],
  ['all', ['UNSET_ALERTS', 'UNSET_DEVICE', 'UNSET_ROUTE']],
] as const)('asks of a %s only what it uses', async (role, expected) => {
  const more = `
escalation:
  routes: { duty: { kind: pagerduty, routingKey: { env: UNSET_ROUTE } } }
  alerts:
    channels: [{ devices: ["*"], channel: C0SUPPORT }]
    alertmanager: { token: { env: UNSET_ALERTS } }`;
  const error = await ask(device('b', 'password: { env: UNSET_DEVICE }'), { role, more });
  expect([...new Set(error?.message.match(/UNSET_\w+/g))].sort()).toEqual(expected);
});
