import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deviceComparisonSchema } from '../../../src/report/documents/changes/comparison-json.ts';
import { SAMPLES, sampleConfig } from '../../../src/stand-ins/fortigate/samples.ts';
import { outline } from '../../report/html-outline.ts';
import { withDeviceInFolder } from '../device-fixture.ts';
import { ftmCheck } from '../test-io.ts';

const folder = mkdtempSync(join(tmpdir(), 'ftm-check-compare-'));
const path = (name: string) => join(folder, name);
const compare = (old: string, now: string, ...more: readonly string[]) =>
  ftmCheck(['compare', path(old), path(now), ...more]);

beforeAll(() => {
  const old = sampleConfig('campus').replace('set admin-sport 8443', 'set admin-sport 10443');
  writeFileSync(path('old.conf'), old);
  writeFileSync(path('new.conf'), old.replace('set admin-sport 10443', 'set admin-sport 4433'));
  const other = sampleConfig('branch-07');
  writeFileSync(path('two.conf'), `fgt-a # show\n${old}\nfgt-b # show\n${other}`);
  writeFileSync(path('shopping.txt'), 'Milk, bread, two lemons.\n');
  const vip = 'config firewall vip\n    edit "|<b>@here"\n        set extip 198.51.100.66\n    next\nend';
  writeFileSync(path('hostile.conf'), old.replace('config firewall vip\nend', vip));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('compare', () => {
  it('says what broke push between two backups, and ends with 1', async () => {
    const { status, stdout, stderr } = await compare('old.conf', 'new.conf');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toContain(': 1 new finding, 0 gone, 0 unchanged, 1 change\n');
    expect(stdout).toContain(
      'Changes that new findings point to\n' +
        '- admin-sport changed from 10443 to 4433 (config system global): port-conflict-admin-https\n',
    );
    expect(stdout).toContain('New findings\n- critical: The admin page uses TCP 4433, the port of FTM push');
  });

  it('notes that the states may be of two devices', async () => {
    writeFileSync(path('branch.conf'), sampleConfig('branch-07'));
    const { stderr } = await compare('old.conf', 'branch.conf');
    expect(stderr).toMatch(
      /^Note: the old state is of \S+, the new one of fgt-branch-07: they may be two devices\.$/m,
    );
  });

  it('ends with 0 where nothing is new', async () => {
    const back = await compare('new.conf', 'old.conf');
    expect(back.status).toBe(0);
    expect(back.stdout).toMatch(/^Gone\n- critical: The admin page/m);
    const same = await compare('new.conf', 'new.conf');
    expect(same.status).toBe(0);
    expect(same.stdout).toContain(': 0 new findings, 0 gone, 1 unchanged, 0 changes\n');
  });

  it('follows its published schema', async () => {
    const { status, stdout } = await compare('old.conf', 'new.conf', '--format', 'json');
    const printed: unknown = JSON.parse(stdout);
    expect(deviceComparisonSchema.parse(printed)).toEqual(printed);
    expect(printed).toMatchObject({
      old: { verdict: 'healthy', version: '7.4.8' },
      new: { verdict: 'broken' },
      changes: [{ setting: { name: 'admin-sport', before: '10443', after: '4433' } }],
    });
    expect(status).toBe(1);
  });

  it('prints Markdown', async () => {
    const { stdout } = await compare('old.conf', 'new.conf', '--format', 'markdown');
    expect(stdout).toMatch(
      /^## Changes that new findings point to\n\n- admin-sport changed from 10443 to 4433 /m,
    );
  });

  it('reads what `analyze` reads: a packed backup, and a folder', async () => {
    writeFileSync(path('old.conf.gz'), gzipSync(readFileSync(path('old.conf'))));
    mkdirSync(path('now'));
    writeFileSync(path('now/fgt.conf'), readFileSync(path('new.conf')));
    const { status, stdout } = await compare('old.conf.gz', 'now');
    expect({ status, head: stdout.split('\n', 1)[0] }).toEqual({
      status: 1,
      head: `${path('old.conf.gz')} compared with ${path('now')}: 1 new finding, 0 gone, 0 unchanged, 1 change`,
    });
  });

  it('prints one HTML document that loads nothing', async () => {
    const { status, stdout } = await compare('old.conf', 'new.conf', '--format', 'html');
    expect(status).toBe(1);
    const text = stdout.replaceAll(/<(?:style|script)>[\s\S]*?<\/(?:style|script)>/g, '');
    expect(text).toContain('<h2 id="part-1">Changes that new findings point to</h2>');
    expect(text).toContain('<li>admin-sport changed from 10443 to 4433 (config system global): port-');
    expect(outline(stdout.trimEnd()).filter(({ name }) => name === 'td')).toHaveLength(4);
    expect(text).not.toMatch(/\b(?:src|href)="/);
  });

  it('lets nothing from outside act', async () => {
    const text = await compare('old.conf', 'hostile.conf');
    expect(text.stdout).toContain('config firewall vip |<b>@here, VDOM guests was added');
    const markdown = await compare('old.conf', 'hostile.conf', '--format', 'markdown');
    expect(markdown.stdout).toContain('VDOM guests was added');
    expect(markdown.stdout).not.toMatch(/<b>|@here/);
  });

  it('compares saved evidence of two checks', async () => {
    await withDeviceInFolder({ sample: 'campus' }, async ({ simulator, inventory, env }) => {
      const check = async (name: string) =>
        await ftmCheck(['check', 'fgt', '--inventory', inventory, '--save-evidence', path(name)], { env });
      await check('before');
      const shell = simulator.console();
      for (const line of ['config global', 'config system global', 'set admin-sport 4433', 'end']) {
        shell.execute(line);
      }
      await check('after');
      const { status, stdout } = await compare('before', 'after');
      expect(stdout).toContain('admin-sport changed from 8443 to 4433 (config system global): port-conflict');
      expect(status).toBe(1);
      const now = ['check', 'fgt', '--inventory', inventory, '--compare', path('before')];
      const checked = await ftmCheck(now, { env });
      expect(checked.status).toBe(1);
      expect(checked.stdout).toMatch(
        /^\S[\s\S]+\n\n.*before compared with fgt: 1 new finding, 0 gone, 0 unchanged, 1 change\n\n. Old .+\n✗ New .+\n\nChanges that new/,
      );
      const refused = await ftmCheck([...now, '--format', 'json'], { env });
      expect([refused.status, refused.stdout]).toEqual([2, '']);
      expect(refused.stderr).toContain('--compare adds to an answer in text or Markdown');
      const same = await compare('before', 'before');
      expect(same.status).toBe(0);
      expect(same.stdout).toContain(', 0 changes\n');
    });
  });

  it.each(SAMPLES)('finds no change between a backup and saved evidence of it: %s', async (sample) => {
    await withDeviceInFolder({ sample }, async ({ inventory, env }) => {
      const saved = `saved-${sample}`;
      const check = ['check', 'fgt', '--inventory', inventory, '--save-evidence', path(saved)];
      await ftmCheck(check, { env });
      writeFileSync(path(`${sample}.conf`), sampleConfig(sample));
      for (const [old, now] of [[`${sample}.conf`, saved] as const, [saved, `${sample}.conf`] as const]) {
        const { status, stdout } = await compare(old, now);
        expect({ status, said: stdout.split('\n', 1)[0] }).toEqual({
          status: 0,
          said: expect.stringMatching(/: 0 new findings, 0 gone, \d unchanged, 0 changes$/),
        });
      }
    });
  });

  it.each<[string, readonly [string, string], RegExp]>([
    ['a file is missing', ['old.conf', 'none.conf'], /none\.conf does not exist/],
    ['a file is of something else', ['shopping.txt', 'new.conf'], /shows nothing of a FortiGate/],
    ['a file is of two devices', ['old.conf', 'two.conf'], /shows 2 devices/],
  ])('says what is wrong where %s', async (_, [old, now], said) => {
    const { status, stdout, stderr } = await compare(old, now);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(said);
  });
});
