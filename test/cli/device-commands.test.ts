import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SimulatorBehaviour } from '../../src/stand-ins/fortigate/behaviour.ts';
import { generateKey } from '../../src/stand-ins/fortigate/generate-key.ts';
import { type SampleName, sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import {
  SIMULATED_USER,
  type Simulator,
  startSimulator,
} from '../../src/stand-ins/fortigate/start-simulator.ts';
import { ftmCheck } from './test-io.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-check-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

const env = { FGT_PASSWORD: SIMULATED_USER.password };

async function withDevice(
  given: {
    readonly sample?: SampleName;
    readonly behaviour?: SimulatorBehaviour;
    readonly vdom?: string;
    readonly algorithms?: 'legacy';
  },
  work: (inventory: (hostKeys: readonly string[]) => Promise<string>, simulator: Simulator) => Promise<void>,
): Promise<void> {
  const simulator = await startSimulator({
    configText: sampleConfig(given.sample ?? 'branch-07'),
    behaviour: given.behaviour ?? {},
  });
  const inventory = async (hostKeys: readonly string[]) => {
    const path = join(folder, 'inventory.yaml');
    const device = {
      address: '127.0.0.1',
      port: simulator.port,
      username: SIMULATED_USER.name,
      password: { env: 'FGT_PASSWORD' },
      hostKeys,
      vdom: given.vdom,
      algorithms: given.algorithms,
    };
    // JSON is YAML.
    await writeFile(path, JSON.stringify({ devices: { fgt: device } }));
    return path;
  };
  try {
    await work(inventory, simulator);
  } finally {
    await simulator.close();
  }
}

describe('hosts scan', () => {
  it('prints the line to pin, after which a check passes, until the key changes', async () => {
    await withDevice({}, async (inventory) => {
      const unpinned = await inventory([]);
      const refused = await ftmCheck(['check', 'fgt', '--inventory', unpinned], { env });
      expect(refused.status).toBe(4);

      const scanned = await ftmCheck(['hosts', 'scan', 'fgt', '--inventory', unpinned]);
      expect(scanned).toMatchObject({ status: 0, stderr: '' });
      const pin = /^ {6}- (ssh-ed25519 \S+)$/m.exec(scanned.stdout)?.[1] ?? '';
      const known = /^\[127\.0\.0\.1\]:\d+ (ssh-ed25519 \S+)$/m.exec(scanned.stdout)?.[1];
      expect(known).toBe(pin);

      const pinned = await inventory([pin]);
      expect((await ftmCheck(['check', 'fgt', '--inventory', pinned], { env })).status).toBeLessThan(4);
      const again = await ftmCheck(['hosts', 'scan', 'fgt', '--inventory', pinned]);
      expect(again).toMatchObject({ status: 0, stdout: expect.stringContaining('One of them is pinned') });

      const changed = await inventory([generateKey().public]);
      expect(await ftmCheck(['hosts', 'scan', 'fgt', '--inventory', changed])).toMatchObject({
        status: 1,
        stdout: expect.stringContaining('NOT THE PINNED ONE'),
      });
      expect((await ftmCheck(['check', 'fgt', '--inventory', changed], { env })).status).toBe(4);
    });
  });

  it('looks only at devices of the inventory', async () => {
    await withDevice({}, async (inventory) => {
      const ran = await ftmCheck(['hosts', 'scan', '127.0.0.1', '--inventory', await inventory([])]);
      expect(ran).toMatchObject({
        status: 2,
        stdout: '',
        stderr: expect.stringMatching(/no device named 127[\s\S]*The inventory has fgt\./),
      });
    });
  });

  it('names ten devices of a long inventory', async () => {
    const file = join(folder, 'many.yaml');
    const device = { address: '192.0.2.1', username: 'ftm-check', password: { env: 'FGT_PASSWORD' } };
    const devices = Array.from({ length: 12 }, (_, index) => [`fgt-${index}`, device]);
    await writeFile(file, JSON.stringify({ devices: Object.fromEntries(devices) }));
    const ran = await ftmCheck(['check', 'headquarters', '--inventory', file]);
    expect(ran.stderr).toContain('The inventory has fgt-0, ');
    expect(ran.stderr).toContain('fgt-9, and 2 more.\n');
  });
});

describe('check --dry-run', () => {
  const dryRun = (inventory: string, ...more: string[]) =>
    ftmCheck(['check', 'fgt', '--dry-run', '--inventory', inventory, ...more], { env });

  it('finds nothing hidden from a full administrator, and says what reading cannot tell', async () => {
    await withDevice({}, async (inventory, simulator) => {
      const { status, stdout } = await dryRun(await inventory(simulator.hostKeyLines));
      expect(stdout).toMatch(/^Signed in to fgt as ftm-check\. Of \d+ causes/);
      expect(stdout).toMatch(/^ {2}has all permissions that it needs$/m);
      expect(stdout).not.toContain('because the account');
      expect(stdout).toMatch(/^ {4}push-disabled +FTM push is switched off \(`set status disable`\)$/m);
      expect(status).toBe(0);
      expect(simulator.writes).toEqual([]);
    });
  });

  it('has its whole session in a transcript', async () => {
    await withDevice({}, async (inventory, simulator) => {
      const pinned = await inventory(simulator.hostKeyLines);
      const transcript = join(dirname(pinned), 'session.log');
      await dryRun(pinned, '--transcript', transcript);
      expect(await readFile(transcript, 'utf8')).toContain(' # get system status\n');
    });
  });

  it('says what else a question about one user cannot read', async () => {
    const behaviour = { denied: ['execute log filter reset'] };
    await withDevice({ behaviour }, async (inventory, simulator) => {
      const pinned = await inventory(simulator.hostKeyLines);
      const { stdout } = await dryRun(pinned, '--user', 'marlow');
      expect(stdout).toMatch(
        /^ {2}has all permissions that it needs\n {2}may not run `execute log display`: /m,
      );
      expect((await dryRun(pinned)).stdout).not.toContain('execute log display');
    });
  });

  it.each<[string, SampleName, SimulatorBehaviour, string, RegExp]>([
    [
      'diagnose',
      'branch-07',
      { diagnose: false },
      'token-not-activated',
      /diagnose fortitoken info.*system-diagnostics/,
    ],
    ['global scope', 'campus', { vdomAdmin: 'campus' }, 'push-disabled', /ftm-push`.*global scope/],
    [
      'one table',
      'branch-07',
      { silentlyDenied: ['show system interface'] },
      'wan-ftm-access-missing',
      /interface`/,
    ],
  ])('names the causes that hang on %s, and what is missing', async (_, sample, behaviour, rule, why) => {
    await withDevice({ sample, behaviour, vdom: 'campus' }, async (inventory, simulator) => {
      const { status, stdout } = await dryRun(await inventory(simulator.hostKeyLines), '--format', 'json');
      const { decides, notWithThisAccount } = JSON.parse(stdout) as {
        decides: string[];
        notWithThisAccount: { rule: string; why: string[] }[];
      };
      expect(decides.length).toBeGreaterThan(0);
      expect(notWithThisAccount.find((each) => each.rule === rule)?.why.join('\n')).toMatch(why);
      expect(status).toBe(3);
    });
  });

  it('says when it cannot sign in', async () => {
    await withDevice({}, async (inventory, simulator) => {
      const path = await inventory(simulator.hostKeyLines);
      const ran = await ftmCheck(['check', 'fgt', '--dry-run', '--inventory', path], {
        env: { FGT_PASSWORD: 'x' },
      });
      expect(ran).toMatchObject({ status: 4, stdout: '' });
    });
  });
});

it('a check over old algorithms says so', async () => {
  await withDevice({ algorithms: 'legacy' }, async (inventory, simulator) => {
    const args = ['check', 'fgt', '--inventory', await inventory(simulator.hostKeyLines)];
    expect((await ftmCheck(args, { env })).stdout).toMatch(/old SSH\s+algorithms/);
    const json = await ftmCheck([...args, '--format', 'json'], { env });
    expect(JSON.parse(json.stdout)).toHaveProperty('device.algorithms', 'legacy');
  });
});

describe('account', () => {
  it('prints lines to paste on standard output, and notes beside them', async () => {
    const file = join(folder, 'bot.pub');
    const { public: key } = generateKey();
    await writeFile(file, `${key} bot@host\n`);
    const ran = await ftmCheck([
      'account',
      '--fortios=7.4.8',
      '--multi-vdom',
      `--public-key=${file}`,
      '--trusted-host=192.0.2.10/32',
      '--trusted-host=198.51.100.0/24',
    ]);
    expect(ran).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(
        /^Note: The lines set a random.*\nNote: A check about one user.*\nNote: `cli-config` allows .*\nNote: The account signs in from .*\n$/,
      ),
    });
    expect(ran.stdout).toMatch(/^ {8}set password "[A-Za-z0-9_.+=-]{32}"$/m);
    expect(ran.stdout).toMatch(/^config global\n/);
    expect(ran.stdout).toContain('        set cli-config enable\n');
    expect(ran.stdout).toContain(`        set ssh-public-key1 "${key}"\n`);
    expect(ran.stdout).toContain('        set trusthost2 198.51.100.0 255.255.255.0\n');
    const bare = await ftmCheck(['account', '--fortios', '6.2.3', '--trusted-host', 'any']);
    expect(bare).toMatchObject({ status: 0, stderr: expect.stringMatching(/^Note: .*\nNote: /) });
  });

  it.each([
    [[], /required option/],
    [['--fortios', 'seven'], /not a FortiOS version/],
    [['--fortios', '5.6.3'], /before FortiOS 6\.0/],
    [['--fortios', '7.4.8', '--vdom', 'a b'], /cannot be used as a name/],
    [['--fortios', '7.4.8', '--vdom', 'root\nexecute reboot'], /cannot be used as a name/],
    [['--fortios', '7.4.8', '--name', '"; reboot'], /cannot be used as a name/],
    [['--fortios', '7.4.8', '--vdom', 'a', '--multi-vdom'], /exclude each other/],
    [['--fortios', '7.4.8'], /address that the bot connects from is missing/],
    [['--fortios', '7.4.8', '--trusted-host', 'everywhere'], /not a network/],
    [['--fortios', '7.4.8', '--trusted-host', '0.0.0.0/0'], /not a network/],
    [['--fortios', '7.4.8', '--public-key', '/nowhere'], /nowhere/],
    [['--fortios', '7.4.8', '--public-key', import.meta.filename], /no public SSH key/],
  ])('refuses %j', async (args, expected) => {
    expect(await ftmCheck(['account', ...args])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(expected),
    });
  });
});

describe('doctor --devices', () => {
  const doctor = (inventory: string, password: string) =>
    ftmCheck(['doctor', '--devices'], { env: { FTM_CHECK_INVENTORY: inventory, FGT_PASSWORD: password } });

  it('signs in to each device and reads its version and administrators, and nothing else', async () => {
    await withDevice({}, async (inventory, simulator) => {
      const { stdout } = await doctor(await inventory(simulator.hostKeyLines), env.FGT_PASSWORD);
      expect(stdout).toMatch(/✓ device +fgt: signed in as ftm-check; FortiGate-60F, FortiOS 7\.2\.8/);
      expect(simulator.writes).toEqual([]);
    });
  });

  it.each([
    ['any', /^! device +fgt: .*\n +ftm-check has no trusted host/m],
    ['127.0.0.1', /^✓ device +fgt: signed in as ftm-check; .*\n(?! )/m],
  ])('looks at the trusted hosts of the account that init and account create: %s', async (from, shown) => {
    await withDevice({}, async (inventory, simulator) => {
      const password = 'Long-password-of-the-bot-4711';
      const args = ['account', '--fortios', '7.2.8', '--trusted-host', from];
      const { stdout: lines } = await ftmCheck(args, { env: { FGT_PASSWORD: password } });
      const cli = simulator.console();
      for (const line of lines.trimEnd().split('\n')) cli.execute(line);
      const { stdout } = await doctor(await inventory(simulator.hostKeyLines), password);
      expect(stdout).toMatch(shown);
    });
  });

  it('says which device it could not sign in to, and what to do', async () => {
    await withDevice({}, async (inventory, simulator) => {
      const { stdout } = await doctor(await inventory(simulator.hostKeyLines), 'not-the-password');
      expect(stdout).toMatch(
        /✗ device +fgt did not accept the credential of ftm-check\.\n +It was tried only once/,
      );
      expect(stdout).not.toContain('not-the-password');
    });
  });
});

describe('check --vdom', () => {
  it('of a VDOM that the device does not have is bad input, and nothing is read', async () => {
    await withDevice({ sample: 'campus' }, async (inventory, simulator) => {
      const path = await inventory(simulator.hostKeyLines);
      const { status, stdout, stderr } = await ftmCheck(
        ['check', 'fgt', '--inventory', path, '--vdom', 'campsu'],
        { env },
      );
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain('fgt has no VDOM `campsu`.');
      expect(stderr).toContain(
        'Did you mean `campus`? It has `root`, `campus`, `guests`. No configuration was read.',
      );
      expect(simulator.commands.filter((line) => /^(?:show|edit|execute)/.test(line))).toEqual([]);
    });
  });

  it('on a device without VDOMs is bad input, too', async () => {
    await withDevice({}, async (inventory, simulator) => {
      const path = await inventory(simulator.hostKeyLines);
      const { status, stderr } = await ftmCheck(['check', 'fgt', '--inventory', path, '--vdom', 'root'], {
        env,
      });
      expect(status).toBe(2);
      expect(stderr).toContain('It has no VDOMs: ask again without one.');
    });
  });
});
