import { access, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SIMULATED_USER } from '../../../src/stand-ins/fortigate/start-simulator.ts';
import { debugOfLogin } from '../../fixtures/logs/debug-of-login.ts';
import { sampleOf } from '../../support/amount.ts';
import { type GivenDevice, withDeviceInFolder } from '../device-fixture.ts';
import { ftmCheck } from '../test-io.ts';

const MODE = 0o777;
const A_YEAR_LATER = Date.UTC(2027, 5, 1);

/** A piece of every secret in the samples. */
const SECRET = /NotARealOne/;

const REPEATED: readonly (readonly [string, GivenDevice, string[]])[] = [
  ['a device', {}, []],
  ['a user', {}, ['--user', 'wren']],
  ['nobody', {}, ['--user', 'nobody']],
  ['a device with VDOMs', { sample: 'campus' }, []],
  ['one VDOM of several', { sample: 'campus' }, ['--vdom', 'campus']],
  ['a device whose VDOM the inventory names', { sample: 'campus', vdom: 'campus' }, ['--user', 'marlow']],
  ['an account without diagnose', { behaviour: { diagnose: false } }, []],
  ['an account of one VDOM', { sample: 'campus', behaviour: { vdomAdmin: 'campus' } }, []],
  ['tables that it may not read', { behaviour: { silentlyDenied: ['show system interface'] } }, []],
  ['a login', { live: true, behaviour: { debug: debugOfLogin() } }, ['--user', 'wren', '--live', '60s']],
  ['a login that nobody tried', { live: true }, ['--user', 'wren', '--live', '10']],
];

/** The evidence of one check, of which each test that reads or changes it has a copy. */
let checked: string;
beforeAll(async () => {
  checked = await mkdtemp(join(tmpdir(), 'ftm-saved-'));
  await withDeviceInFolder({}, async ({ inventory, env }) => {
    const saved = join(checked, 'saved');
    await ftmCheck(['check', 'fgt', '--inventory', inventory, '--save-evidence', saved], { env });
    await cp(inventory, join(checked, 'inventory.yaml'));
  });
});
afterAll(() => rm(checked, { recursive: true }));

async function withSavedEvidence(work: (folder: string, saved: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(checked, 'copy-'));
  for (const name of ['saved', 'inventory.yaml'])
    await cp(join(checked, name), join(folder, name), { recursive: true, preserveTimestamps: true });
  await work(folder, join(folder, 'saved'));
}

describe('check --save-evidence', () => {
  // A sample has every fourth one.
  it.each(sampleOf(REPEATED, 4, 3))(
    'lets the check of %s be repeated, byte for byte',
    async (_, given, args) => {
      await withDeviceInFolder(given, async ({ folder, inventory, env }) => {
        const saved = join(folder, 'saved');
        const json = ['--format', 'json'];
        const checked = await ftmCheck(
          ['check', 'fgt', '--inventory', inventory, '--save-evidence', saved, ...args, ...json],
          { env },
        );
        expect(checked.status).toBeLessThan(4);
        for (const path of [saved, join(saved, 'evidence.json')]) {
          const repeated = await ftmCheck(['analyze', path, ...json], { now: A_YEAR_LATER });
          expect(repeated).toEqual({ status: checked.status, stdout: checked.stdout, stderr: '' });
        }
      });
    },
  );

  it('keeps it for this user only, without secrets, as texts for people too, and as one case for --each', async () => {
    await withSavedEvidence(async (folder, saved) => {
      const names = await readdir(saved, { recursive: true });
      expect(names).toContain('outputs/01-get-system-status.txt');
      expect(await readFile(join(saved, 'commands.txt'), 'utf8')).toContain(
        '01-get-system-status.txt: get sys',
      );
      for (const name of names) {
        const found = await stat(join(saved, name));
        expect([name, found.mode & MODE]).toEqual([name, found.isDirectory() ? 0o700 : 0o600]);
        if (found.isFile()) expect(await readFile(join(saved, name), 'utf8')).not.toMatch(SECRET);
      }
      const { stdout } = await ftmCheck(['analyze', '--each', folder, '--format', 'json']);
      expect(JSON.parse(stdout)).toHaveProperty('cases', [
        expect.objectContaining({ name: 'saved', state: 'broken' }),
        expect.objectContaining({ name: 'inventory.yaml', state: 'unrelated' }),
      ]);
    });
  });

  it('overwrites nothing, and leaves nothing where there was no check', async () => {
    await withDeviceInFolder({}, async ({ folder, inventory, env }) => {
      const saved = join(folder, 'saved');
      const check = (password = SIMULATED_USER.password) =>
        ftmCheck(['check', 'fgt', '--inventory', inventory, '--save-evidence', saved], {
          env: { ...env, FGT_PASSWORD: password },
        });
      expect((await check('wrong')).status).toBe(4);
      await expect(access(join(saved, 'evidence.json'))).rejects.toThrow();
      expect((await check()).status).toBe(1);
      expect(await check()).toMatchObject({
        status: 2,
        stdout: '',
        stderr: expect.stringMatching(/evidence\.json cannot be written: it exists/),
      });
    });
  });

  it('is analyzed alone, and only whole', async () => {
    await withSavedEvidence(async (folder, saved) => {
      const log = join(folder, 'debug.log');
      await writeFile(log, 'x\n');
      expect(await ftmCheck(['analyze', log, saved])).toMatchObject({
        status: 2,
        stderr: expect.stringMatching(/whole evidence of one check/),
      });
      const path = join(saved, 'evidence.json');
      const text = await readFile(path, 'utf8');
      await writeFile(path, text.replace('"readAt"', '"readat"'));
      expect(await ftmCheck(['analyze', saved])).toMatchObject({
        status: 2,
        stderr: expect.stringMatching(/not the complete evidence/),
      });
      await writeFile(path, text.slice(0, 5000));
      expect(await ftmCheck(['analyze', saved])).toMatchObject({
        status: 2,
        stderr: expect.stringMatching(/cannot be read as JSON/),
      });
    });
  });

  it('is redacted again, since anybody can edit a file', async () => {
    await withSavedEvidence(async (_folder, saved) => {
      const path = join(saved, 'evidence.json');
      const text = await readFile(path, 'utf8');
      await writeFile(
        path,
        text.replace('set timezone', 'set password ENC hunter2hunter2hunter2==\\nset timezone'),
      );
      expect(await readFile(path, 'utf8')).toContain('hunter2');
      for (const format of ['text', 'json', 'html', 'markdown', 'slack']) {
        expect((await ftmCheck(['analyze', saved, '--format', format])).stdout).not.toContain('hunter2');
      }
    });
  });
});

describe('check --transcript', () => {
  it('holds what the device printed, redacted, and can be analyzed', async () => {
    await withDeviceInFolder({}, async ({ folder, inventory, env }) => {
      const path = join(folder, 'session.log');
      await writeFile(path, 'old '.repeat(100_000), { mode: 0o644 });
      const ran = await ftmCheck(['check', 'fgt', '--inventory', inventory, '--transcript', path], { env });
      expect(ran).toMatchObject({ status: 1, stderr: '' });
      const text = await readFile(path, 'utf8');
      expect((await stat(path)).mode & MODE).toBe(0o600);
      expect(text).not.toMatch(SECRET);
      expect(text).not.toContain('old ');
      expect(text).toMatch(/ # get system status\nVersion: FortiGate-60F v7\.2\.8/);
      const analyzed = await ftmCheck(['analyze', path, '--format', 'json']);
      expect(JSON.parse(analyzed.stdout).findings[0].rule).toBe('admin-trusthost-blocks-callback');
    });
  });

  it('is written when the check fails, too', async () => {
    const behaviour = { postLoginBanner: 'No\nentry\n' } as const;
    await withDeviceInFolder({ behaviour: { ...behaviour, forcePasswordChange: true } }, async (given) => {
      const path = join(given.folder, 'session.log');
      const ran = await ftmCheck(['check', 'fgt', '--inventory', given.inventory, '--transcript', path], {
        env: given.env,
      });
      expect(ran).toMatchObject({ status: 4, stdout: '' });
      expect(await readFile(path, 'utf8')).toContain('You are forced to change your password.');
    });
  });

  it('is raw only where that is asked for, with a warning', async () => {
    await withDeviceInFolder({}, async ({ folder, inventory, env }) => {
      const path = join(folder, 'session.raw');
      const args = ['check', 'fgt', '--inventory', inventory, '--transcript-raw'];
      expect(await ftmCheck(args, { env })).toMatchObject({
        status: 2,
        stderr: expect.stringContaining('--transcript-raw needs --transcript'),
      });
      const ran = await ftmCheck([...args, '--transcript', path], { env });
      expect(ran.stderr).toMatch(/^Warning: .*session\.raw will hold secrets of the device/);
      const text = await readFile(path, 'utf8');
      expect(text).toMatch(SECRET);
      expect(text).toMatch(/get system status\r\r\n/);
      expect((await stat(path)).mode & MODE).toBe(0o600);
    });
  });

  it('is refused before anything is connected to where it cannot be written', async () => {
    await withDeviceInFolder({}, async ({ simulator, folder, inventory, env }) => {
      await mkdir(join(folder, 'a-folder'));
      for (const [path, why] of [
        [join(folder, 'a-folder'), 'it is a folder'],
        [join(folder, 'nowhere/session.log'), 'its folder does not exist'],
      ] as const) {
        expect(
          await ftmCheck(['check', 'fgt', '--inventory', inventory, '--transcript', path], { env }),
        ).toMatchObject({
          status: 2,
          stdout: '',
          stderr: expect.stringContaining(`cannot be written: ${why}`),
        });
      }
      expect(simulator.openConnections()).toBe(0);
    });
  });
});

describe('LOG_LEVEL=debug', () => {
  it('shows each step of the dialogue, and no secret', async () => {
    await withDeviceInFolder({}, async ({ inventory, env, simulator }) => {
      const ran = await ftmCheck(['check', 'fgt', '--inventory', inventory], {
        env: { ...env, LOG_LEVEL: 'debug' },
      });
      expect(ran.status).toBe(1);
      const steps = ran.stderr.split('\n').filter((line) => line.startsWith('debug '));
      const texts = steps.map((line) => line.replace(/^debug \d+\.\d{3} /, ''));
      const inOrder = [
        new RegExp(`^connecting device="fgt" ms=\\d+ address="127\\.0\\.0\\.1" port=${simulator.port} `),
        /^TCP connection open /,
        /^host key checked .*type="ssh-ed25519" fingerprint="SHA256:[^"]{43}"$/,
        /^algorithms agreed .*kex="/,
        /^authentication method .*method="none"/,
        /^authentication method .*method="password" offered=\["password"/,
        /^signed in .*username="ftm-check"/,
        /^prompt learned device="fgt" privilege="#"/,
        /^device answered device="fgt" sent="get system status" lines=\d+ characters=\d+ ms=\d+$/,
      ];
      const found = inOrder.map((step) => texts.findIndex((text) => step.test(text)));
      expect(found).not.toContain(-1);
      expect(found).toEqual(found.toSorted((a, b) => a - b));
      expect(ran.stderr).not.toContain(SIMULATED_USER.password);
      expect(ran.stderr).not.toMatch(SECRET);
    });
  });

  it('says why a connection was refused', async () => {
    await withDeviceInFolder({}, async ({ inventory, env }) => {
      const ran = await ftmCheck(['check', 'fgt', '--inventory', inventory], {
        env: { ...env, FGT_PASSWORD: 'a-wrong-one', LOG_LEVEL: 'debug' },
      });
      expect(ran.stderr).toMatch(/^debug \S+ authentication method .*method="none left"/m);
      expect(ran.stderr).toMatch(/^debug \S+ connection failed .*code="ftm_device_auth_failed"$/m);
      expect(ran.stderr).not.toContain('a-wrong-one');
    });
  });
});
