import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FtmError } from '../../../src/engine/ftm-error.ts';
import { decide } from '../../../src/platform/access/decide.ts';
import { createCurrentInventory } from '../../../src/platform/config/current-inventory.ts';
import { parseInventory } from '../../../src/platform/config/inventory.ts';
import { readSecret } from '../../../src/platform/config/read-secret.ts';
import { watchInventory } from '../../../src/platform/config/watch-inventory.ts';

const withDevices = (...aliases: readonly string[]) => `
defaults: { username: u, password: { env: P } }
devices: {${aliases.map((alias) => `${alias}: { address: 192.0.2.1 }`).join(', ')}}
access: [{ users: ["*"], devices: ["*"] }]
`;

let folder: string;
let path: string;
let watch: ReturnType<typeof watchInventory>;
let heard: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-check-test-'));
  path = join(folder, 'inventory.yaml');
  await writeFile(path, withDevices('a'));
  heard = [];
  watch = watchInventory({
    path,
    intervalMs: 3_600_000,
    onChange: ({ devices }) => heard.push([...devices.keys()].join()),
    onRejected: ({ message, advice = '' }) => heard.push(message + advice),
  });
  await watch.checkNow();
});
afterEach(async () => {
  watch.stop();
  await rm(folder, { recursive: true });
});

it('says nothing while nothing changes', async () => {
  await watch.checkNow();
  expect(heard).toEqual([]);
});

it.each([
  ['written over', (text: string) => writeFile(path, text)],
  [
    'put in its place, as Kubernetes and editors do',
    async (text: string) => {
      await writeFile(`${path}.new`, text);
      await rename(`${path}.new`, path);
    },
  ],
])('hears of a file that is %s', async (_, change) => {
  await change(withDevices('a', 'b'));
  await watch.checkNow();
  await watch.checkNow();
  expect(heard).toEqual(['a,b']);
});

it('hears of a volume of Kubernetes that is swapped as a whole, and reads its secrets anew', async () => {
  const mount = join(folder, 'mount');
  const other = join(mount, 'inventory.yaml');
  const project = async (version: string, text: string, secret: string) => {
    await mkdir(join(mount, version), { recursive: true });
    await writeFile(join(mount, version, 'inventory.yaml'), text);
    await writeFile(join(mount, version, 'password'), secret);
    // As the kubelet does it: what is seen changes in one step.
    await symlink(version, join(mount, '..data_tmp'));
    await rename(join(mount, '..data_tmp'), join(mount, '..data'));
  };
  await project('..2026_01', withDevices('a'), 'old');
  for (const name of ['inventory.yaml', 'password']) await symlink(`..data/${name}`, join(mount, name));
  const secret = () => readSecret({ file: join(mount, 'password') });
  const mounted = watchInventory({
    path: other,
    intervalMs: 3_600_000,
    onChange: ({ devices }) => heard.push([...devices.keys()].join()),
    onRejected: ({ message }) => heard.push(message),
  });
  await mounted.checkNow();
  expect(await secret()).toBe('old');
  await project('..2026_02', withDevices('a', 'b'), 'new');
  await rm(join(mount, '..2026_01'), { recursive: true });
  await mounted.checkNow();
  mounted.stop();
  expect(heard).toEqual(['a,b']);
  expect(await secret()).toBe('new');
});

it.each([
  ['is half written', 'devices: { a: {'],
  ['has one fault among many devices', withDevices('a', 'b').replace('192.0.2.1', '"no host"')],
  ['is empty', ''],
])('rejects a file that %s as a whole, once, and takes the mended one', async (_, text) => {
  await writeFile(path, text);
  await watch.checkNow();
  await watch.checkNow();
  expect(heard).toHaveLength(1);
  await writeFile(path, withDevices('a', 'c'));
  await watch.checkNow();
  expect(heard.at(-1)).toBe('a,c');
});

it('keeps what is in force while something that a valid file needs is not there, and looks again by itself', async () => {
  let missing: string | undefined = 'no secret yet';
  const checked = watchInventory({
    path,
    intervalMs: 3_600_000,
    async check() {
      if (missing !== undefined) throw new FtmError('ftm_inventory_invalid', missing);
    },
    onChange: ({ devices }) => heard.push([...devices.keys()].join()),
    onRejected: ({ message }) => heard.push(message),
  });
  await checked.checkNow();
  expect(heard).toEqual([]);
  await writeFile(path, withDevices('a', 'b'));
  await checked.checkNow();
  await checked.checkNow();
  expect(heard).toEqual(['no secret yet']);
  missing = 'another secret is not there';
  await checked.checkNow();
  missing = undefined;
  await checked.checkNow();
  await checked.checkNow();
  checked.stop();
  expect(heard).toEqual(['no secret yet', 'another secret is not there', 'a,b']);
});

it('rejects a file that is gone, and takes it when it is back', async () => {
  await rm(path);
  await watch.checkNow();
  expect(heard).toEqual([`There is no inventory at ${path}.`]);
  await writeFile(path, withDevices('b'));
  await watch.checkNow();
  expect(heard.at(-1)).toBe('b');
});

it('lets who holds the inventory see the new one, and no mixture', () => {
  const current = createCurrentInventory(parseInventory(withDevices('a'), 'x'));
  const { inventory } = current;
  const ask = (alias: string) =>
    decide(inventory, { user: 'U0ANA', channel: 'C0', userGroups: [], alias }).kind;
  expect([ask('a'), ask('b')]).toEqual(['allowed', 'refused']);
  current.replace(parseInventory(withDevices('b'), 'x'));
  expect([ask('a'), ask('b')]).toEqual(['refused', 'allowed']);
  expect(Object.keys(inventory)).toEqual(Object.keys(parseInventory(withDevices('b'), 'x')));
  current.replace(parseInventory(withDevices('b').replace(/^access.*$/m, ''), 'x'));
  expect(ask('b')).toBe('refused');
});

it('hears of a change between loading the file and watching it', async () => {
  for (const [loaded, text, expected] of [
    // Would be rejected if it were read again.
    ['devices: 1', 'devices: 1', []],
    [withDevices('a'), withDevices('a', 'b'), ['a,b']],
  ] as const) {
    await writeFile(path, text);
    heard.length = 0;
    const late = watchInventory({
      path,
      loaded,
      intervalMs: 3_600_000,
      onChange: ({ devices }) => heard.push([...devices.keys()].join()),
      onRejected: ({ message }) => heard.push(message),
    });
    await late.checkNow();
    late.stop();
    expect(heard).toEqual(expected);
  }
});
