import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findKnownHosts, knownHostsName } from '../../../src/device/transport/known-hosts.ts';
import { generateKey } from '../../../src/stand-ins/fortigate/generate-key.ts';
import { runs } from '../../support/amount.ts';
import { anyText } from '../../support/any-text.ts';

const KEYS = Array.from({ length: 4 }, () => generateKey().public);
const [KEY = ''] = KEYS;

const linesFor = (text: string, host: string, port = 22) =>
  findKnownHosts(text, host, port).map(({ line }) => line);

describe('a line of known_hosts speaks of a host', () => {
  it.each([
    ['its name', `fgt.example.com ${KEY}`, 'fgt.example.com', 22, true],
    ['its name in capitals', `FGT.example.com ${KEY}`, 'fgt.EXAMPLE.com', 22, true],
    ['its address, among others', `fgt,192.0.2.7,fgt2 ${KEY}`, '192.0.2.7', 22, true],
    ['an IPv6 address', `2001:db8::7 ${KEY}`, '2001:db8::7', 22, true],
    ['its port', `[192.0.2.7]:2222 ${KEY}`, '192.0.2.7', 2222, true],
    ['another port', `[192.0.2.7]:2222 ${KEY}`, '192.0.2.7', 22, false],
    ['no port where one is needed', `192.0.2.7 ${KEY}`, '192.0.2.7', 2222, false],
    ['a wildcard', `192.0.2.* ${KEY}`, '192.0.2.7', 22, true],
    ['a question mark', `fgt-0? ${KEY}`, 'fgt-07', 22, true],
    ['a question mark too many', `fgt-07? ${KEY}`, 'fgt-07', 22, false],
    ['a wildcard with a port', `[192.0.2.*]:* ${KEY}`, '192.0.2.7', 2222, true],
    ['a wildcard, but not this one', `192.0.2.*,!192.0.2.7 ${KEY}`, '192.0.2.7', 22, false],
    ['not this one, in front', `!192.0.2.7,192.0.2.* ${KEY}`, '192.0.2.7', 22, false],
    ['only not another', `!192.0.2.8 ${KEY}`, '192.0.2.7', 22, false],
    ['a comment', `# 192.0.2.7 ${KEY}`, '192.0.2.7', 22, false],
    ['an unknown marker', `@trusted 192.0.2.7 ${KEY}`, '192.0.2.7', 22, false],
    ['the start of its name', `192.0.2.7 ${KEY}`, '192.0.2.70', 22, false],
    ['spaces, a comment and a return', `  192.0.2.7\t ${KEY}  somebody@somewhere\r`, '192.0.2.7', 22, true],
    ['half a line', '192.0.2.7 ssh-ed25519', '192.0.2.7', 22, false],
    ['a broken hash', `|1|AAAA|BBBB ${KEY}`, '192.0.2.7', 22, false],
  ])('%s', (_, text, host, port, expected) => {
    expect(linesFor(`\n${text}\n`, host, port)).toEqual(expected ? [2] : []);
  });

  it('keeps markers and every type, in order', () => {
    const text = [
      `fgt ${KEYS[0]}`,
      `@revoked * ${KEYS[1]}`,
      `@cert-authority *.example.com,fgt ${KEYS[2]} ca`,
    ].join('\n');
    expect(findKnownHosts(text, 'fgt', 22)).toEqual([
      { line: 1, type: 'ssh-ed25519', key: KEYS[0] },
      { line: 2, marker: 'revoked', type: 'ssh-ed25519', key: KEYS[1] },
      { line: 3, marker: 'cert-authority', type: 'ssh-ed25519', key: KEYS[2] },
    ]);
  });

  it('takes any text, and hostile patterns in time', () => {
    fc.assert(fc.property(anyText(), (text) => findKnownHosts(text, 'a', 22).length >= 0));
    const started = process.cpuUsage();
    expect(linesFor(`${'*a'.repeat(5_000)}b ${KEY}`, 'a'.repeat(250))).toEqual([]);
    expect(linesFor(`${' '.repeat(200_000)}!`, 'a')).toEqual([]);
    expect(process.cpuUsage(started).user).toBeLessThan(5_000_000);
  });
});

const keygen = spawnSync('ssh-keygen', ['-?']).error === undefined;
if (!keygen) console.warn('known_hosts against ssh-keygen skipped: there is no ssh-keygen on PATH');

describe.skipIf(!keygen)('as `ssh-keygen -F` finds them', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'known-hosts-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Line numbers from `# Host NAME found: line N [MARKER]`. */
  function askKeygen(text: string, name: string): number[] {
    const file = join(folder, 'known_hosts');
    writeFileSync(file, text);
    const { stdout } = spawnSync('ssh-keygen', ['-F', name, '-f', file], { encoding: 'utf8' });
    return [...stdout.matchAll(/found: line (\d+)/g)].map(([, line]) => Number(line));
  }

  const name = fc.constantFrom('fgt', 'fgt.example.com', '192.0.2.7', '192.0.2.70', '2001:db8::7', 'FGT');
  const port = fc.constantFrom(22, 22, 2222, 10443);
  const written = fc.tuple(name, port).map(([host, at]) => knownHostsName(host, at));
  const pattern = fc.oneof(
    written,
    fc.constantFrom('*', '192.0.2.*', '[*]:2222', 'fgt*', '?gt', '*.example.com', '192.0.2.?', ''),
  );
  const hosts = fc
    .array(fc.tuple(fc.constantFrom('', '', '', '!'), pattern), { minLength: 1, maxLength: 4 })
    .map((list) => list.map(([not, each]) => not + each).join(','));
  const entry = fc
    .tuple(fc.constantFrom('', '', '', '@revoked ', '@cert-authority '), hosts, fc.constantFrom(...KEYS))
    .map(([marker, list, key]) => `${marker}${list} ${key} comment`);
  const noise = fc.constantFrom(
    '',
    '# fgt',
    '   ',
    'fgt',
    'fgt ssh-ed25519',
    '@unknown fgt ssh-ed25519 AAAA',
  );
  const file = fc.array(fc.oneof({ arbitrary: entry, weight: 4 }, noise), { maxLength: 8 });

  it('in files of any mixture', () => {
    fc.assert(
      fc.property(file, name, port, (lines, host, at) => {
        const text = `${lines.join('\n')}\n`;
        expect(linesFor(text, host, at)).toEqual(askKeygen(text, knownHostsName(host, at)));
      }),
      // Each starts a process.
      { numRuns: runs(400) },
    );
  });

  it('in hashed files', () => {
    const plain = [
      `fgt,192.0.2.7 ${KEYS[0]}`,
      `[192.0.2.7]:2222 ${KEYS[1]}`,
      `@revoked 192.0.2.7 ${KEYS[2]}`,
      `FGT-2 ${KEYS[3]}`,
    ];
    const path = join(folder, 'hashed');
    writeFileSync(path, `${plain.join('\n')}\n`);
    execFileSync('ssh-keygen', ['-H', '-f', path], { stdio: 'ignore' });
    const text = execFileSync('cat', [path], { encoding: 'utf8' });
    expect(text).toMatch(/^\|1\|/);
    for (const [host, at] of [
      ['fgt', 22],
      ['192.0.2.7', 22],
      ['192.0.2.7', 2222],
      ['fgt', 2222],
      ['fgt-2', 22],
      ['x', 22],
    ] as const) {
      expect(linesFor(text, host, at)).toEqual(askKeygen(text, knownHostsName(host, at)));
    }
    expect(linesFor(text, '192.0.2.7', 2222)).toHaveLength(1);
  });
});
