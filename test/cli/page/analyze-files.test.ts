import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { analyzeFiles } from '../../../src/cli/page/analyze-files.ts';
import type { PageAnswer, PageFile, WorkerMessage } from '../../../src/cli/page/messages.ts';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { renderJson } from '../../../src/report/formats/render-json.ts';
import { TWO_USERS_LOG } from '../../../src/stand-ins/fortigate/two-users-log.ts';

const READ_AT = Date.UTC(2026, 2, 2, 12);
const TEXT = `${TWO_USERS_LOG}\n`;
const BACKUP = readFileSync(
  new URL('../../../src/stand-ins/fortigate/samples/branch-07.conf', import.meta.url),
  'utf8',
);

function file(name: string, content: string | Uint8Array): PageFile {
  return { name, content: new Blob([typeof content === 'string' ? content : Uint8Array.from(content)]) };
}

async function analyze(
  files: readonly PageFile[],
  onProgress = (_bytes: number) => {},
): Promise<WorkerMessage> {
  return await analyzeFiles({ files, readAt: READ_AT, version: '1.2.3' }, onProgress);
}

async function answer(files: readonly PageFile[]): Promise<PageAnswer> {
  const message = await analyze(files);
  if (message.kind !== 'answer') throw new Error(JSON.stringify(message));
  return message;
}

function expected(items: readonly { readonly name: string; readonly text: string }[]): string {
  return renderJson(diagnose(items, { readAt: READ_AT }));
}

describe('the analysis of the page', () => {
  it.each<[string, PageFile]>([
    ['as it is', file('two.log', TEXT)],
    ['with a byte order mark', file('two.log', `\ufeff${TEXT}`)],
    ['as UTF-16', file('two.log', Buffer.from(`\ufeff${TEXT}`, 'utf16le'))],
    ['in gzip', file('two.log.gz', gzipSync(TEXT))],
    [
      'in a zip file',
      file('any.zip', zipSync({ 'two.log': strToU8(TEXT), 'picture.png': Uint8Array.of(0x89, 0, 1) })),
    ],
  ])('reads a text %s', async (_, given) => {
    const { json, headline, html, markdown } = await answer([given]);
    expect(json).toBe(expected([{ name: 'two.log', text: TEXT }]));
    expect(headline).toBe('marlow approved 14 s after the VPN had given up');
    expect(html).toContain(headline);
    expect(html).toContain('ftm-check 1.2.3');
    expect(markdown).toContain(headline);
  });

  it('asks for more in words that are true in a saved report, too', async () => {
    const { html } = await answer([file('backup.conf', BACKUP)]);
    expect(html).toContain('and add the output to this case.');
  });

  it('takes several files as one case', async () => {
    const files = [file('backup.conf', BACKUP), file('two.log', TEXT)];
    const { json } = await answer(files);
    expect(json).toBe(
      expected([
        { name: 'backup.conf', text: BACKUP },
        { name: 'two.log', text: TEXT },
      ]),
    );
  });

  it('answers from the files that can be read, and says why the others cannot', async () => {
    const picture = file('a.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1));
    const { json, notRead } = await answer([picture, file('two.log', TEXT)]);
    expect(json).toBe(expected([{ name: 'two.log', text: TEXT }]));
    expect(notRead).toEqual([{ file: 'a.png', reason: 'a.png is not text.' }]);
  });

  it('counts what was not checked as the report does', async () => {
    const { summary, html } = await answer([file('two.log', TEXT)]);
    const [count] = summary.filter((line) => line.endsWith(' not checked'));
    expect(count).toMatch(/^\d+ not checked$/);
    expect(html).toMatch(new RegExp(`All checks[^\n]*[^\\d]${count}`));
  });

  it('reads a long text in pieces, tells how far it is, and answers the same', async () => {
    // More than one piece, which has a megabyte.
    const filler = '2026-03-02 09:10:00 [2210:root:0]SSL state: filler line of another session\n'.repeat(
      16_000,
    );
    const seen: number[] = [];
    const message = await analyze([file('long.log', filler + TEXT)], (bytes) => seen.push(bytes));
    if (message.kind !== 'answer') throw new Error(JSON.stringify(message));
    expect(message.headline).toBe('marlow approved 14 s after the VPN had given up');
    expect(message.json).toBe(expected([{ name: 'long.log', text: filler + TEXT }]));
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.at(-1)).toBe(filler.length + TEXT.length);
  });

  it.each<[string, PageFile, RegExp]>([
    ['nothing', file('empty.log', ' \n '), /^empty\.log is empty\.$/],
    ['a picture', file('a.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1)), /^a\.png is not text\.$/],
    [
      'a damaged gzip',
      file('a.gz', gzipSync(TEXT).subarray(0, 100)),
      /^a\.gz is damaged and cannot be unpacked\.$/,
    ],
    [
      'a damaged zip',
      file('a.zip', Uint8Array.of(0x50, 0x4b, 3, 4, 1, 2, 3)),
      /^a\.zip is damaged and cannot be unpacked\.$/,
    ],
    [
      'a zip of pictures',
      file('a.zip', zipSync({ 'a.png': Uint8Array.of(0, 1, 2, 0) })),
      /^a\.zip is not text\.$/,
    ],
    [
      'a zip bomb',
      file('bomb.zip', zipSync({ 'a.log': new Uint8Array(65 << 20) })),
      /^bomb\.zip is too large: the limit is 64 MB unpacked\.$/,
    ],
  ])('refuses %s', async (_, given, reason) => {
    const message = await analyze([given]);
    expect(message).toMatchObject({ kind: 'refused', reason: expect.stringMatching(reason) });
  });
});
