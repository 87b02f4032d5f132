import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { casesSchema } from '../../../src/report/documents/cases/cases-schema.ts';
import { generateKey } from '../../../src/stand-ins/fortigate/generate-key.ts';
import { sampleConfig } from '../../../src/stand-ins/fortigate/samples.ts';
import {
  SIMULATED_USER,
  type Simulator,
  startSimulator,
} from '../../../src/stand-ins/fortigate/start-simulator.ts';
import { outline } from '../../report/html-outline.ts';
import { until } from '../../support/until.ts';
import { ftmCheck } from '../test-io.ts';

const env = { FGT_PASSWORD: SIMULATED_USER.password };
const LAUNCHER = resolve(import.meta.dirname, '../../../src/cli/launch.cjs');

let folder = '';
let inventory = '';
let simulators: Simulator[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-check-several-'));
  inventory = join(folder, 'inventory.yaml');
  const broken = await startSimulator({ configText: sampleConfig('branch-07') });
  const fine = await startSimulator({ configText: sampleConfig('campus') });
  const silent = await startSimulator({
    configText: sampleConfig('branch-07'),
    behaviour: { silentAfter: 'prompt' },
  });
  const gone = await startSimulator({ configText: sampleConfig('branch-07') });
  await gone.close();
  simulators = [broken, fine, silent];
  const entry = ({ port, fingerprints }: Simulator, groups: readonly string[]) => ({
    address: '127.0.0.1',
    port,
    username: SIMULATED_USER.name,
    password: { env: 'FGT_PASSWORD' },
    hostKeys: fingerprints,
    groups,
  });
  const devices = {
    'fgt-broken': entry(broken, ['branches']),
    'fgt-fine': entry(fine, ['branches']),
    'fgt-away': entry(gone, ['branches']),
    'fgt-changed': { ...entry(fine, ['branches']), hostKeys: [generateKey().public] },
    'fgt-silent': entry(silent, ['lab']),
  };
  // JSON is YAML.
  await writeFile(inventory, JSON.stringify({ groups: { branches: null, lab: null }, devices }));
});
afterAll(async () => {
  for (const simulator of simulators) await simulator.close();
  await rm(folder, { recursive: true });
});

const check = (...args: readonly string[]) => ftmCheck(['check', '--inventory', inventory, ...args], { env });

describe('check of several devices', () => {
  it('prints one table, the worst first, where a device that cannot be read is a row', async () => {
    const { status, stdout, stderr } = await check('--group', 'branches');
    expect(stderr).toBe('');
    expect(stdout.split('\n')[0]).toBe('4 devices: 1 broken, 2 not read, 1 in order');
    const rows = stdout.split('\n').slice(2, -1);
    expect(rows).toHaveLength(4);
    expect(rows[0]).toMatch(/^✗ fgt-broken +(?:critical|high) /);
    expect(rows[1]).toMatch(/^! fgt-away .*refused the connection/);
    expect(rows[2]).toMatch(/^! fgt-changed .*key/);
    expect(rows[3]).toMatch(/^✓ fgt-fine /);
    expect(status).toBe(1);
    expect(simulators.flatMap(({ writes }) => writes)).toEqual([]);
  });

  it.each<[readonly string[], number, readonly string[]]>([
    [['fgt-fine', 'fgt-away'], 4, ['fgt-away', 'fgt-fine']],
    [['fgt-fine', 'fgt-fine'], 0, ['fgt-fine']],
    [['FGT-FINE', 'fgt-broken', '--concurrency', '1'], 1, ['fgt-broken', 'fgt-fine']],
  ])('ends %s with the status of the worst', async (args, status, names) => {
    const ran = await check(...args, '--format', 'json');
    const { cases } = casesSchema.parse(JSON.parse(ran.stdout));
    expect(cases.map(({ name }) => name)).toEqual(names);
    expect(ran.status).toBe(status);
  });

  it('says which logins an upgrade would stop, and nothing of today', async () => {
    const ran = await check('fgt-broken', 'fgt-fine', '--upgrade-to', '7.6.4', '--format', 'json');
    const { cases } = casesSchema.parse(JSON.parse(ran.stdout));
    const rules = cases.flatMap(({ findings }) => findings.map(({ rule }) => rule));
    expect([...new Set(rules)]).toEqual(['ssl-vpn-removed']);
    expect(ran.status).toBe(1);
    const live = await check('fgt-fine', '--upgrade-to', '7.6.4', '--live', '30');
    expect([live.status, live.stderr]).toEqual([2, expect.stringContaining('--upgrade-to')]);
  });

  it('compares a customer with its own part of a baseline, and names no device of another', async () => {
    const [broken, fine] = simulators;
    const entry = ({ port, fingerprints }: Simulator, customer: string) => ({
      address: '127.0.0.1',
      port,
      username: SIMULATED_USER.name,
      password: { env: 'FGT_PASSWORD' },
      hostKeys: fingerprints,
      customer,
    });
    if (!broken || !fine) throw new Error('no simulators');
    const ours = { 'fgt-n1': entry(broken, 'Northwind') };
    const theirs = { 'fgt-s1': entry(fine, 'Southwind') };
    const path = join(folder, 'customers.yaml');
    const baseline = join(folder, 'baseline.json');
    const ask = async (devices: object, ...args: readonly string[]) => {
      await writeFile(path, JSON.stringify({ devices }));
      return await ftmCheck(['check', '--inventory', path, ...args], { env });
    };
    const all = await ask(
      { ...ours, ...theirs, 'fgt-n2': entry(fine, 'Northwind'), 'fgt-s2': entry(fine, 'Southwind') },
      '--all',
      '--format',
      'json',
    );
    await writeFile(baseline, all.stdout);
    const left = { ...ours, ...theirs };
    const one = await ask(left, '--group', 'customer:Northwind', '--baseline', baseline);
    expect(one.stdout).toContain('Since the baseline: 0 new findings, 0 repaired, 1 gone');
    expect(one.stdout).toContain('`fgt-n2` (Northwind) is not there');
    expect(one.stdout).not.toMatch(/fgt-s|Southwind/);
    expect(one.status).toBe(0);
    const whole = await ask(left, '--all', '--baseline', baseline);
    expect(whole.stdout).toMatch(
      /`fgt-n2` \(Northwind\) is not there[\s\S]*`fgt-s2` \(Southwind\) is not there/,
    );
  });

  it('prints CSV, Markdown and one HTML report', async () => {
    const csv = await check('fgt-broken', 'fgt-away', '--format', 'csv');
    expect(csv.stdout.split('\r\n')).toHaveLength(4);
    const table = await check('fgt-broken', 'fgt-away', '--format', 'markdown');
    expect(table.stdout).toMatch(/^\| fgt-away \| not read \|/m);
    const { stdout, status } = await check('fgt-broken', 'fgt-away', 'fgt-changed', '--format', 'html');
    const tags = outline(stdout.trimEnd());
    const ids = tags.flatMap(({ attributes }) => attributes.get('id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const links = tags.flatMap(({ attributes }) => attributes.get('href') ?? []);
    for (const number of [1, 2, 3]) {
      expect(links).toContain(`#device-${number}`);
      expect(ids).toContain(`device-${number}`);
    }
    expect(stdout).toContain('replace the old line in <code>hostKeys</code> of <code>fgt-changed</code>');
    expect(status).toBe(1);
  });

  it('shows how far it is on a terminal', async () => {
    const { stderr } = await ftmCheck(['check', 'fgt-away', 'fgt-fine', '--inventory', inventory], {
      env,
      stderrIsTty: true,
    });
    expect(stderr).toMatch(/\[={10} {10}\] 1 of 2 devices read, about \d+ \w+ left/);
    expect(stderr).toContain('2 of 2 devices read');
  });

  it.each<[string, readonly string[], RegExp]>([
    ['nothing is named', [], /no device is named/],
    [
      'a device is unknown',
      ['fgt-fine', 'fgt-brokn'],
      /no device named fgt-brokn[\s\S]*Did you mean fgt-broken/,
    ],
    [
      'a group is unknown',
      ['--group', 'branch'],
      /no device in a group, customer: or site: named branch[\s\S]*branches/,
    ],
    [
      'a group is named beside all',
      ['--all', '--group', 'lab'],
      /'--all' cannot be used with option '--group/,
    ],
    ['a device is named beside all', ['--all', 'fgt-fine'], /--all is every device/],
    ['a login is to be watched', ['--all', '--live', '30'], /--live can be used for one device only/],
    ['a baseline is for several', ['fgt-fine', '--baseline', 'x'], /--baseline needs several devices/],
    ['a format is of one case', ['--all', '--format', 'slack'], /cannot be printed as slack/],
    ['a format is of a table', ['fgt-fine', '--format', 'csv'], /cannot be printed as csv/],
    ['nothing may be read', ['--all', '--concurrency', '0'], /number from 1 to 64/],
  ])('says what is wrong where %s', async (_, args, said) => {
    const { status, stdout, stderr } = await check(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(said);
  });

  it('prints what it has when it is interrupted', async () => {
    const saved = join(folder, 'evidence');
    const args = ['check', 'fgt-broken', 'fgt-silent', '--inventory', inventory, '--save-evidence', saved];
    const child = spawn(process.execPath, [LAUNCHER, ...args], { env: { ...process.env, ...env } });
    const outputs = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    await until(() => existsSync(join(saved, 'fgt-broken/commands.txt')), 'one device was read');
    child.kill('SIGINT');
    const [stdout, stderr, [status]] = await outputs;
    expect(stdout).toMatch(/^1 device: 1 broken\n\n✗ fgt-broken /);
    expect(stderr).toBe('Interrupted: 1 of 2 devices read.\n');
    expect(status).toBe(1);
    expect(existsSync(join(saved, 'fgt-silent/evidence.json'))).toBe(false);
  });
});
