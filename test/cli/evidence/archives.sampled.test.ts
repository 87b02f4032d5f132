import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchFile } from '../../../src/bot/intake/fetch-file.ts';
import { openIntakeBudget } from '../../../src/bot/intake/intake-budget.ts';
import { analyzeFiles } from '../../../src/cli/page/analyze-files.ts';
import { TWO_USERS_LOG } from '../../../src/stand-ins/fortigate/two-users-log.ts';
import { type LocalSlack, startLocalSlack } from '../../../src/stand-ins/slack/local-slack.ts';
import { AMOUNT } from '../../support/amount.ts';
import { tarOf, zipOf } from '../../support/archives.ts';
import { ftmCheck } from '../test-io.ts';

const NAME = 'two.log';

/** How each format packs one text. */
const FORMATS: Readonly<Record<string, (content: Buffer) => Buffer | Promise<Buffer>>> = {
  gz: (content) => gzipSync(content),
  zip: (content) => zipOf([{ name: NAME, content }]),
  tar: (content) => tarOf([{ name: NAME, content }]),
  tgz: async (content) => gzipSync(await tarOf([{ name: NAME, content }])),
  'gz.zip': (content) => zipOf([{ name: `${NAME}.gz`, content: gzipSync(content) }]),
  'zip.tar': (content) => tarOf([{ name: 'two.zip', content: zipOf([{ name: NAME, content }]) }]),
};

let folder: string;
let slack: LocalSlack;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-archives-'));
  slack = await startLocalSlack();
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await slack.close();
});

async function save(name: string, bytes: Buffer): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, bytes);
  return path;
}

async function said(args: readonly string[], stdin?: Buffer): Promise<string> {
  const { stdout, stderr } = await ftmCheck(args, stdin === undefined ? {} : { stdin });
  return `${stdout}${stderr}`;
}

/** What each way in says to an archive. */
const WAYS: Readonly<Record<string, (name: string, bytes: Buffer) => Promise<string>>> = {
  'a file on the command line': async (name, bytes) => await said(['analyze', await save(name, bytes)]),
  'a folder': async (name, bytes) => {
    const path = await save(`of-${name}/${name}`, bytes);
    return await said(['analyze', join(path, '..')]);
  },
  'standard input': async (_, bytes) => await said(['analyze', '-'], bytes),
  'a case of --each': async (name, bytes) => await said(['analyze', '--each', await save(name, bytes)]),
  'a file among others of --each': async (name, bytes) => {
    const path = await save(`each-${name}/${name}`, bytes);
    return await said(['analyze', '--each', join(path, '..')]);
  },
  compare: async (name, bytes) => {
    const path = await save(name, bytes);
    return await said(['compare', path, path]);
  },
  bundle: async (name, bytes) =>
    await said(['bundle', await save(name, bytes), '--output', join(folder, `bundle-of-${name}.zip`)]),
  'the page': async (name, bytes) => {
    const content = new Blob([Uint8Array.from(bytes)]);
    const request = { files: [{ name, content }], readAt: 0, version: '1.2.3' };
    return JSON.stringify(await analyzeFiles(request, () => {}));
  },
  Slack: async (name, content) => {
    const upload = { user: 'U0ANA', channel: 'C0OUTSIDE', text: '', files: [{ name, content }] };
    const { message } = await slack.message(upload);
    using budget = openIntakeBudget();
    const access = { token: slack.botToken, slackApiUrl: slack.apiUrl, budget };
    return JSON.stringify(await fetchFile(message.files?.[0] ?? {}, access));
  },
};

const CASES = Object.keys(WAYS).flatMap((way) =>
  Object.keys(FORMATS).map((format) => [way, format] as const),
);

/** A sample has every way and every format, `share` of the formats in each way, or one of all: what unpacks them is the same. */
function sampleOfCases(share: number): typeof CASES {
  const formats = Object.keys(FORMATS);
  const oneIn = AMOUNT === 'sample' ? formats.length / share : 1;
  return CASES.filter((_, at) => (at + Math.floor(at / formats.length)) % oneIn === 0);
}

const packed = new Map<string, Promise<Buffer>>();
/** Packs each text once for all ways in. */
async function pack(format: string, content: Buffer): Promise<Buffer> {
  const key = `${format} ${content.length}`;
  const known = packed.get(key) ?? Promise.resolve(FORMATS[format]?.(content) ?? content);
  packed.set(key, known);
  return await known;
}

describe('an archive', () => {
  it.each(sampleOfCases(1))('by %s, as %s, is read', async (way, format) => {
    const answer = await WAYS[way]?.(`two.${format}`, await pack(format, Buffer.from(TWO_USERS_LOG)));
    expect(answer).toMatch(/marlow|Wrote .*zip|no difference|nothing changed/i);
  });

  const newlines = Buffer.alloc(70 << 20, '\n');
  it.each(sampleOfCases(1 / CASES.length))(
    'by %s, as %s, holds no more than a case may',
    async (way, format) => {
      const answer = await WAYS[way]?.(`bomb.${format}`, await pack(format, newlines));
      expect(answer).toMatch(
        /is too large: the limit is 64 MB unpacked|is larger than (?:64|5) MB|more than 20 MB/,
      );
    },
  );
});
