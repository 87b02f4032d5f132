import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnose, diagnoseStream } from '../../../src/engine/diagnosis/diagnose.ts';
import { createRedactStream } from '../../../src/engine/evidence/redact-stream.ts';
import { MAX_KEPT } from '../../../src/engine/evidence/section-cutter.ts';
import { noiseDaemon } from '../../../src/engine/fortios/debug/noise.ts';
import {
  handshake,
  type Login,
  loginFailed,
  passwordAnswer,
  passwordStage,
  successfulFnbamd,
  successfulLogin,
  upToPush,
} from '../../fixtures/logs/login-lines.ts';
import { twoUsersLog } from '../../fixtures/logs/two-users.ts';
import { AMOUNT, runs, sampleOf } from '../../support/amount.ts';
import { chunksOf } from '../../support/chunks.ts';

interface Text {
  readonly name: string;
  readonly text: string;
}

async function streamed(texts: readonly Text[], nextSize: () => number): Promise<string> {
  return JSON.stringify(await diagnoseStream(chunksOf(texts, nextSize)));
}

function atOnce(texts: readonly Text[]): string {
  return JSON.stringify(diagnose(texts));
}

const ANA: Login = { user: 'ana', pid: 5784, sid: 'd9' };
const BEN: Login = { user: 'ben', pid: 5785, sid: 'e1', vdom: 'branch' };

const backup = readFileSync(
  join(import.meta.dirname, '../../../src/engine/rules/push-address-private/fixtures/broken.conf'),
  'utf8',
);

const CASES: Readonly<Record<string, readonly Text[]>> = {
  'two users': [{ name: 'two.log', text: twoUsersLog(12).join('\n') }],
  'two users, CRLF': [{ name: 'two.log', text: `${twoUsersLog(12).join('\r\n')}\r\n` }],
  'a backup beside a log': [
    { name: 'fgt.conf', text: backup },
    { name: 'push.log', text: [...upToPush(ANA, 4), handshake('refused', 9)].join('\n') },
  ],
  'two logs of one evening': [
    {
      name: 'sslvpn.log',
      text: [...passwordStage(ANA, 4), ...passwordAnswer(ANA, 5, 5), ...loginFailed(ANA, 'x', 5)].join('\n'),
    },
    { name: 'fnbamd.log', text: `${successfulFnbamd(BEN, 3).join('\n')}\n` },
    { name: 'filler.log', text: `${twoUsersLog(30).filter(noiseDaemon).join('\n')}\n` },
  ],
  'no times': [{ name: 'a.log', text: [...successfulLogin(ANA), ...upToPush(BEN)].join('\n') }],
  'a log inside a configuration': [
    {
      name: 'fgt.conf',
      text: [
        'config system replacemsg admin "pre_admin-disclaimer-text"',
        '    set buffer "hello',
        ...twoUsersLog(3),
        'bye"',
        'end',
        backup,
      ].join('\n'),
    },
  ],
  'a quotation with secrets': [
    {
      name: 'mail',
      text: [
        '> config user radius',
        '> edit "r"',
        '> set secret hunter2hunter2',
        '> next',
        '> end',
        '',
        '“config',
        ...twoUsersLog(2),
      ].join('\n'),
    },
  ],
  'a session with debug in it': [
    {
      name: 'session.txt',
      text: [
        'FGT-01 # get system status',
        'Version: FortiGate-60F v7.4.8,build2795,250523 (GA.M)',
        'Serial-Number: FGT60F0000000001',
        'FGT-01 # diagnose debug application sslvpn -1',
        'FGT-01 # diagnose debug enable',
        ...twoUsersLog(4),
        'FGT-01 # diagnose debug reset',
        'FGT-01 # diagnose sniffer packet any "tcp port 4433" 4 20 l',
        'interfaces=[any]',
        'filters=[tcp port 4433]',
        '0 packets received by filter',
      ].join('\r\n'),
    },
  ],
  nothing: [{ name: 'empty', text: '' }],
  'line ends': [{ name: 'x', text: '\n\n\r\n' }],
};

describe('diagnoseStream', () => {
  it.each(Object.entries(CASES))('%s: the pieces do not matter', async (_, texts) => {
    const expected = atOnce(texts);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 20 }),
        async (sizes) => {
          let turn = 0;
          const nextSize = () => sizes[turn++ % sizes.length] as number;
          expect(await streamed(texts, nextSize)).toBe(expected);
        },
      ),
      { numRuns: runs(8) },
    );
  });

  // A sample has a tenth of the fixtures.
  it('every fixture of every rule', async () => {
    const rules = join(import.meta.dirname, '../../../src/engine/rules');
    const files = readdirSync(rules, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /fixtures\/[^/]+$/.test(name),
    );
    expect(files.length).toBeGreaterThan(100);
    for (const name of sampleOf(files, 20, 0)) {
      const texts = [{ name, text: readFileSync(join(rules, name), 'utf8') }];
      // Tokens that stand in a text beforehand are known at once or never.
      if (/<[a-z-]+#\d+>/.test(texts[0]?.text ?? '')) continue;
      expect(await streamed(texts, () => 777)).toBe(atOnce(texts));
    }
  });

  it('a log too long to keep tells what a short one tells', async () => {
    const filler = twoUsersLog(40).filter(noiseDaemon);
    const long = 'y'.repeat(1_500);
    // In a sample the first log is kept, and the two texts become too long with the second.
    const noise = Array.from(
      { length: AMOUNT === 'sample' ? 600 : 1_500 },
      (_, at) => `[5784:root:a1]uses 2FA ${at} ${long}`,
    );
    const text = [
      ...filler,
      ...successfulLogin(ANA, 3),
      ...noise,
      ...upToPush(BEN, 5),
      ...noise,
      ...filler,
    ].join('\n');
    const texts = [
      { name: 'long.log', text },
      { name: 'fgt.conf', text: backup },
      { name: 'again.log', text },
      { name: 'more.log', text: text.repeat(2) },
    ];
    const diagnosis = diagnose(texts);
    const { attempts, sources } = diagnosis;
    expect(attempts.map((attempt) => attempt.user)).toContain('ana');
    expect(sources.map((source) => source.lines)).toEqual(
      texts.map((each) => each.text.replace(/\n$/, '').split('\n').length),
    );
    expect(await streamed(texts, () => 65_536)).toBe(JSON.stringify(diagnosis));
  });

  it('a line without an end is cut, and counted as one', async () => {
    const giant = 'x'.repeat(AMOUNT === 'sample' ? 4_000_000 : 20_000_000);
    const pieces = [giant, giant, giant, `\n${successfulLogin(ANA).join('\n')}`];
    const chunks = pieces.map((piece) => ({ name: 'giant', bytes: Buffer.from(piece) }));
    const { attempts, sources } = await diagnoseStream(chunks);
    expect(attempts.map((attempt) => attempt.outcome)).toEqual(['succeeded']);
    expect(sources[0]?.lines).toBe(successfulLogin(ANA).length + 1);
  });

  // 1.5 million lines, of which each counts its characters and 48 bytes; in a sample fewer, and a smaller limit.
  it('keeps 64 MB of text beside a log, says so of the rest, and finds the logins in it', async () => {
    const [maxKept, parts] = AMOUNT === 'sample' ? [MAX_KEPT / 24, 2] : [undefined, 30];
    const notes = Buffer.from('a note of no use\nand another note\n'.repeat(25_000));
    const logins = Buffer.from(successfulLogin(ANA).join('\n'));
    const pieces = [...Array<Buffer>(parts).fill(notes), logins];
    const chunks = pieces.map((bytes) => ({ name: 'notes', bytes }));
    const { attempts, sources } = await diagnoseStream(chunks, {}, { maxKept });
    expect(attempts.map((attempt) => attempt.outcome)).toEqual(['succeeded']);
    expect(
      sources.map(({ kinds }) => kinds.filter((kind) => kind.startsWith('more text than fits'))),
    ).toEqual([['more text than fits beside a log: its rest was searched for log lines only']]);
  });

  it('hides a secret in the name of a text', () => {
    const names: string[] = [];
    const reader = createRedactStream((name) => {
      names.push(name);
      return { line() {}, pass() {}, end() {} };
    });
    reader.add('vpn password=Kx8vTq2LmZ9w.log', Buffer.from('a line\n'));
    reader.finish();
    expect(names).toEqual([expect.stringMatching(/^vpn password=(?!Kx8)/)]);
    expect(names.join()).not.toContain('Kx8vTq2LmZ9w');
  });

  it.each([
    ['a picked setting', (blanks: string) => `FGT # show vpn ssl settings\n    set port${blanks}10443 x`],
    ['a picked command', (blanks: string) => `FGT # show${blanks}vpn ssl settings\n    set port 10443`],
    [
      'a route',
      (blanks: string) =>
        `FGT # get router info routing-table details 192.0.2.1\nRouting entry for 0.0.0.0/0\n  Known via "static", distance 10, metric 0, best\n${blanks}x`,
    ],
  ])('reads a megabyte of blanks in one line: %s', (_, write) => {
    // What grows with the square of the length takes minutes.
    expect(diagnose([{ name: 'paste', text: write(' '.repeat(1_000_000)) }]).findings).toEqual([]);
  });

  it('keeps 8 MB of a line, however it arrives', () => {
    const lengths: number[] = [];
    const text = { line: (line: string) => void lengths.push(line.length), pass() {}, end() {} };
    const giant = Buffer.alloc(9_000_000, 'x');
    for (const pieces of [
      [giant, giant, Buffer.from('\n')],
      [giant],
      [Buffer.concat([giant, Buffer.from('\n')])],
    ]) {
      const reader = createRedactStream(() => text);
      for (const piece of pieces) reader.add('giant', piece);
      reader.finish();
    }
    expect(lengths.filter((length) => length > 0)).toEqual([8_000_000, 8_000_000, 8_000_000]);
    // Nor does it hold more of a line that never ends.
    const endless = createRedactStream(() => text);
    const before = process.memoryUsage().arrayBuffers;
    for (let piece = 0; piece < 20; piece += 1) endless.add('endless', giant);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000_000);
    endless.finish();
  });
});
