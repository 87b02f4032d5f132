import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type Entry, fromBuffer, type Options, type ZipFile } from 'yauzl';
import { redact } from '../../../src/engine/evidence/redact.ts';
import type { Run } from '../../../src/platform/runs/run.ts';
import type { BundleInput } from '../../../src/report/documents/bundle/bundle-input.ts';
import { bundleFiles, createBundle } from '../../../src/report/documents/bundle/create-bundle.ts';
import { DEVICE_CHECK, TWO_USERS } from '../fixtures.ts';

const run: Run = {
  id: 'run-1',
  asker: { id: 'U0ANA', name: 'Ana Ruiz' },
  replyTo: { channel: 'C0SUPPORT' },
  acceptedAt: Date.parse('2026-11-25T09:00:00Z'),
  answeredAt: Date.parse('2026-11-25T09:00:04Z'),
  alias: 'fgt-branch-07',
  kind: 'check',
  outcome: { kind: 'diagnosed', diagnosis: DEVICE_CHECK, tookMs: 3400 },
};

const input: BundleInput = {
  run,
  evidence: [
    { name: 'get system status', command: 'get system status', text: 'Version: FortiGate-60F v7.2.8' },
    { name: 'show system ftm-push', command: 'show system ftm-push', text: 'config system ftm-push\nend\n' },
    {
      name: 'diagnose fortitoken info',
      command: 'diagnose fortitoken info',
      text: '',
      failure: { kind: 'not-run', reason: 'the account may not' },
    },
    { name: '../../etc/passwd', text: 'a text whose name tries to leave' },
  ],
  threadLink: 'https://slack.com/archives/C0SUPPORT/p1',
  events: [
    { at: Date.parse('2026-11-25T09:10:00Z'), text: 'acknowledged by Ben' },
    { at: Date.parse('2026-11-25T09:05:00Z'), text: 'paged by PagerDuty (pd)' },
  ],
  impact: 'nobody at the branch can work',
  version: '0.1.0',
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Out of the folder, to a device of Windows, unreadable, or read the other way round. */
const HOSTILE_NAMES = [
  '../../etc/passwd',
  '..\\..\\boot.ini',
  '/etc/shadow',
  'C:\\Users\\marlow\\vpn.log',
  'CON',
  'a\u0000b\u001b[2J\r\nc',
  'log\u202etxt.exe',
  '.',
  '..',
  '',
  'x'.repeat(400),
];

describe('a hand-over bundle', () => {
  it('shows no control characters in its JSON', () => {
    const hostname = 'fgt\u202egnp.branch\u001b[2J';
    const diagnosis = { ...DEVICE_CHECK, device: { ...DEVICE_CHECK.device, hostname } };
    const files = bundleFiles(
      { ...input, run: { ...run, outcome: { kind: 'diagnosed', diagnosis, tookMs: 1 } } },
      { sha256 },
    );
    for (const name of ['diagnosis.json', 'device.json']) {
      expect(files.get(name)).toContain('fgt\\u202egnp');
      expect(files.get(name)).not.toMatch(/[^\n\P{C}]/u);
    }
  });

  it.each([
    ['multi', 'push-service', 'VDOMs: several', 'First step that does not work: push service'],
    ['single', 'tls', 'VDOMs: none', 'First step that does not work: TLS'],
  ] as const)('says %s and %s in words', (vdomMode, firstBrokenHop, vdoms, step) => {
    const diagnosis = { ...TWO_USERS, firstBrokenHop, device: { vdomMode } };
    const outcome = { kind: 'diagnosed', diagnosis, tookMs: 40 } as const;
    const files = bundleFiles({ ...input, run: { ...run, outcome } }, { sha256 });
    expect(files.get('ticket.txt')).toContain(vdoms);
    expect(files.get('ticket.txt')).toContain(step);
    expect(files.get('timeline.txt')).toMatch(/marlow, vdom root: timed out, waited 94 s$/m);
  });

  it('holds what the next engineer needs, in order', () => {
    const files = bundleFiles(input, { sha256 });
    expect([...files.keys()]).toEqual([
      'ticket.txt',
      'diagnosis.json',
      'diagnosis.txt',
      'report.html',
      'device.json',
      'timeline.txt',
      'commands.txt',
      'thread.txt',
      'outputs/01-get-system-status.txt',
      'outputs/02-show-system-ftm-push.txt',
      'outputs/03-diagnose-fortitoken-info.txt',
      'outputs/04-etc-passwd.txt',
      'SHA256SUMS',
    ]);
    expect(files.get('commands.txt')).toContain(
      'diagnose fortitoken info -- did not work: the account may not',
    );
    expect(JSON.parse(files.get('diagnosis.json') ?? '')).toEqual(DEVICE_CHECK);
    expect(files.get('timeline.txt')?.split('\n').slice(1, 5)).toEqual([
      '2026-11-25 09:00:00  the check was asked for',
      '2026-11-25 09:00:04  the answer was given',
      '2026-11-25 09:05:00  paged by PagerDuty (pd)',
      '2026-11-25 09:10:00  acknowledged by Ben',
    ]);
  });

  it('has a ticket that is ready to paste', () => {
    const { ticket } = createBundle(input, { sha256 });
    expect(ticket).toMatch(/^Subject: fgt-branch-07: Pushes go out/);
    expect(ticket).toContain('Impact: nobody at the branch can work');
    expect(ticket).toContain('Finding 1: Every administrator has trusted hosts');
    expect(ticket).toContain('https://slack.com/archives/C0SUPPORT/p1');
  });

  it('names the logins of a log with the clock of the device', () => {
    const outcome = { kind: 'diagnosed', diagnosis: TWO_USERS, tookMs: 1 } as const;
    const timeline = bundleFiles({ ...input, run: { ...run, outcome } }, { sha256 }).get('timeline.txt');
    expect(timeline).toContain('Logins in the evidence (clock of the device)');
    expect(timeline).toContain('marlow');
    expect(timeline).not.toContain('not listed');
    const long = { ...outcome, diagnosis: { ...outcome.diagnosis, moreAttempts: 1 } };
    const files = bundleFiles({ ...input, run: { ...run, outcome: long } }, { sha256 });
    for (const file of ['timeline.txt', 'ticket.txt', 'diagnosis.txt', 'report.html']) {
      expect(files.get(file)?.replaceAll(/\s+/g, ' ')).toContain('1 more login in the log is not listed');
    }
    expect(JSON.parse(files.get('diagnosis.json') ?? '')).toMatchObject({ moreAttempts: 1 });
  });

  it('says what is missing when nothing was found or nothing is kept', () => {
    const outcome = {
      kind: 'failed',
      code: 'ftm_device_unreachable',
      message: 'It does not answer.',
    } as const;
    const files = bundleFiles({ ...input, evidence: [], run: { ...run, outcome } }, { sha256 });
    expect(files.has('diagnosis.json')).toBe(false);
    expect(files.get('ticket.txt')).toContain('It does not answer.');
    expect(files.get('commands.txt')).toContain('no longer stored');
  });

  it('leaves out what is too large, and says so', () => {
    const files = bundleFiles(input, { sha256, maxBytes: 60 });
    expect([...files.keys()].filter((path) => path.startsWith('outputs/'))).toHaveLength(3);
    expect(files.get('commands.txt')).toContain('outputs/04-etc-passwd.txt: left out');
  });

  it('says in its metadata nothing about the machine that made it', async () => {
    const { zip } = createBundle(input, { sha256 });
    const archive = await promisify<Buffer, Options, ZipFile>(fromBuffer)(Buffer.from(zip), {});
    expect(archive.comment).toBe('');
    const entries: Entry[] = [];
    archive.on('entry', (entry: Entry) => void entries.push(entry));
    await new Promise((resolve) => archive.once('end', resolve));
    const shown = entries.map((entry) => ({
      time: entry.getLastModDate().getFullYear(),
      system: entry.versionMadeBy >> 8,
      extra: entry.extraFieldRaw.length,
      comment: entry.fileComment,
      mode: entry.externalFileAttributes,
    }));
    expect(new Set(shown.map((each) => JSON.stringify(each)))).toEqual(
      new Set([JSON.stringify({ time: 1980, system: 0, extra: 0, comment: '', mode: 0 })]),
    );
  });

  it.each(HOSTILE_NAMES)('keeps a text that is named %j in its own folder', (name) => {
    const files = bundleFiles({ ...input, evidence: [{ name, text: 'x' }] }, { sha256 });
    const [path] = [...files.keys()].filter((each) => each.startsWith('outputs/'));
    expect(path).toMatch(/^outputs\/01-[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?\.txt$/);
    expect(files.get('commands.txt')).not.toMatch(/[^\n -~]/);
  });

  it('is the same to the byte for the same input', () => {
    expect(createBundle(input, { sha256 }).zip).toEqual(createBundle(structuredClone(input), { sha256 }).zip);
  });

  it.each(['Pacific/Kiritimati', 'America/St_Johns'])('has the same bytes in %s', async (zone) => {
    const script = `
      import { createHash } from 'node:crypto';
      import { createBundle } from './src/report/documents/bundle/create-bundle.ts';
      const sha256 = (text) => createHash('sha256').update(text).digest('hex');
      const { zip } = createBundle(JSON.parse(process.argv[1]), { sha256 });
      process.stdout.write(createHash('sha256').update(zip).digest('hex'));
    `;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '-e', script, JSON.stringify(input)],
      { env: { ...process.env, TZ: zone }, cwd: join(import.meta.dirname, '../../..') },
    );
    const { zip } = createBundle(input, { sha256 });
    expect(stdout).toBe(createHash('sha256').update(zip).digest('hex'));
  });

  it('can be opened by others, and its checksums hold', async () => {
    const { zip, filename } = createBundle(input, { sha256 });
    expect(filename).toBe('ftm-check-fgt-branch-07-20261125-0900.zip');
    const names = await namesIn(zip);
    expect(names).toHaveLength(13);
    expect(names.every((name) => name.startsWith('ftm-check-fgt-branch-07-20261125-0900/'))).toBe(true);

    const unpacked = unzipSync(zip);
    const folder = await mkdtemp(join(tmpdir(), 'ftm-bundle-'));
    const flat = new Map(
      Object.entries(unpacked).map(([name, bytes]) => [name.split('/').slice(1).join('/'), bytes]),
    );
    for (const [name, bytes] of flat) await writeFile(join(folder, name.replaceAll('/', '_')), bytes);
    const sums = strFromU8(flat.get('SHA256SUMS') ?? new Uint8Array())
      .trimEnd()
      .split('\n');
    expect(sums).toHaveLength(12);
    for (const line of sums) {
      const [sum, name = ''] = line.split('  ');
      expect(
        createHash('sha256')
          .update(await readFile(join(folder, name.replaceAll('/', '_'))))
          .digest('hex'),
      ).toBe(sum);
    }
    await rm(folder, { recursive: true });
  });

  it('holds no secret of what was read', () => {
    const secret = 'ENC SH2nlSm9QL9tapcHPXIqAXvX7vBJuuqu22hpa0JX0sBuKIo7z2g0Kz+OxsVCyi';
    const { items } = redact([
      {
        name: 'show user local',
        command: 'show user local',
        text: `config user local\n    edit "ana"\n        set passwd ${secret}\n    next\nend\n`,
      },
    ]);
    const files = bundleFiles({ ...input, evidence: items }, { sha256 });
    expect([...files.values()].join('\n')).not.toContain('SH2nlSm9');
  });
});

function namesIn(zip: Uint8Array): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    fromBuffer(Buffer.from(zip), { lazyEntries: false }, (error, file) => {
      if (error) return reject(error);
      const names: string[] = [];
      file.on('entry', (entry: { fileName: string }) => names.push(entry.fileName));
      file.on('end', () => resolve(names));
      file.on('error', reject);
      return undefined;
    });
  });
}
