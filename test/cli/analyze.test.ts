import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnosisSchema } from '../../src/engine/diagnosis/diagnosis.ts';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { TWO_USERS_LOG } from '../../src/stand-ins/fortigate/two-users-log.ts';
import { ftmCheck } from './test-io.ts';

const OTHER_VENDOR = `hostname edge-1
!
interface GigabitEthernet0/1
 ip address 192.0.2.1 255.255.255.0
!
line vty 0 4
 login local
end
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-check-test-'));
  await writeFile(join(folder, 'login.log'), TWO_USERS_LOG);
  await writeFile(join(folder, 'putty.log'), `\ufeff${TWO_USERS_LOG}`, 'utf16le');
  await writeFile(join(folder, 'bare.log'), TWO_USERS_LOG, 'utf16le');
  await writeFile(join(folder, 'older.log'), `# größer\n${TWO_USERS_LOG}`, 'latin1');
  await writeFile(join(folder, 'mailed.log.gz'), gzipSync(TWO_USERS_LOG));
  await writeFile(join(folder, 'broken.conf'), sampleConfig('branch-07'));
  await writeFile(join(folder, 'healthy.conf'), sampleConfig('campus'));
  await writeFile(join(folder, 'vendor.conf'), OTHER_VENDOR);
  await writeFile(join(folder, 'talk.txt'), 'Push does not work since Monday, can somebody help?\n');
  await writeFile(join(folder, 'line.txt'), 'a'.repeat(10 * 1024 * 1024));
});
afterAll(() => rm(folder, { recursive: true }));

const analyze = (...args: readonly string[]) =>
  ftmCheck(['analyze', ...args.map((each) => each.replace('$', folder))]);

describe('analyze', () => {
  it.each([
    ['a log with a login that failed', '$/login.log', 1, /marlow approved 14 s after/],
    ['the same in UTF-16, as Windows tools save it', '$/putty.log', 1, /marlow approved 14 s after/],
    ['the same in UTF-16 without a mark', '$/bare.log', 1, /marlow approved 14 s after/],
    ['the same with letters of an older Windows', '$/older.log', 1, /marlow approved 14 s after/],
    ['the same in gzip', '$/mailed.log.gz', 1, /marlow approved 14 s after/],
    ['a configuration with a fault', '$/broken.conf', 1, /drops the phone/],
    ['a configuration in order', '$/healthy.conf', 0, /in order/],
    ['another vendor’s configuration', '$/vendor.conf', 3, /Send output of the FortiGate/],
    ['ordinary talk', '$/talk.txt', 3, /Send output of the FortiGate/],
    ['10 MB in one line', '$/line.txt', 3, /Send output of the FortiGate/],
  ])('%s', async (_, file, status, expected) => {
    const ran = await analyze(file);
    expect(ran).toMatchObject({ status, stderr: '' });
    expect(ran.stdout).toMatch(expected);
  });

  it('takes several files as one case', async () => {
    const ran = await analyze('--format', 'json', '$/login.log', '$/broken.conf');
    const diagnosis = diagnosisSchema.parse(JSON.parse(ran.stdout));
    expect(diagnosis.sources.map(({ name }) => name.split('/').at(-1))).toEqual(['login.log', 'broken.conf']);
    expect(diagnosis.findings.map(({ rule }) => rule)).toContain('vpn-wait-too-short');
    // The configuration would refuse every phone; the log shows one that came through.
    expect(diagnosis.checks.find(({ rule }) => rule === 'admin-trusthost-blocks-callback')?.verdict).toBe(
      'conflicting',
    );
  });

  it.each([
    ['named as -', ['analyze', '--format', 'json', '-']],
    ['not named at all', ['analyze', '--format', 'json']],
  ])('reads standard input, %s', async (_, args) => {
    const ran = await ftmCheck(args, { stdin: TWO_USERS_LOG });
    expect(ran.status).toBe(1);
    expect(diagnosisSchema.parse(JSON.parse(ran.stdout)).sources[0]?.name).toBe('standard input');
  });

  it('prints the message that the bot would post', async () => {
    const ran = await analyze('--format', 'slack', '$/login.log');
    expect(JSON.parse(ran.stdout)).toEqual({
      text: expect.stringContaining('marlow'),
      blocks: expect.arrayContaining([expect.objectContaining({ type: expect.any(String) })]),
    });
  });

  it('says the same twice', async () => {
    expect(await analyze('--format', 'json', '$/login.log')).toEqual(
      await analyze('--format', 'json', '$/login.log'),
    );
  });

  it('colours for a terminal only', async () => {
    expect((await analyze('$/login.log')).stdout).not.toContain('\u001b');
  });
});

describe('analyze of a long log', () => {
  it('tells the same as of the login in it', async () => {
    const filler = `${Array.from({ length: 4_000 }, (_, n) => `[5784:root:a1]tunnelEnter:502 keepalive ${n}`).join('\n')}\n`;
    const long = `${filler.repeat(8)}${TWO_USERS_LOG}`;
    await writeFile(join(folder, 'long.log'), long);
    const [whole, piped, alone] = await Promise.all([
      analyze('--format', 'json', '$/long.log'),
      ftmCheck(['analyze', '--format', 'json'], { stdin: Buffer.from(long) }),
      analyze('--format', 'json', '$/login.log'),
    ]);
    const short = diagnosisSchema.parse(JSON.parse(alone.stdout));
    for (const ran of [whole, piped]) {
      const diagnosis = diagnosisSchema.parse(JSON.parse(ran.stdout));
      expect(ran.status).toBe(alone.status);
      expect(diagnosis.attempts.map((each) => [each.user, each.outcome])).toEqual(
        short.attempts.map((each) => [each.user, each.outcome]),
      );
      expect(diagnosis.sources[0]?.lines).toBe((short.sources[0]?.lines ?? 0) + 32_000);
    }
  });

  it('tells a person who waits how far it is, and leaves no trace of it', async () => {
    await writeFile(join(folder, 'longer.log'), '[5784:root:a1]tunnelEnter:502 keepalive\n'.repeat(850_000));
    const ran = await ftmCheck(['analyze', `${folder}/longer.log`], { stderrIsTty: true });
    expect(ran.stderr).toMatch(/reading: \d+ MB of 34 MB, \d+ %/);
    expect(ran.stderr.endsWith('\r\u001b[K')).toBe(true);
  });
});
