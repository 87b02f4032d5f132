import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { drawPicture, renderPng } from '../../../../src/bot/delivery/picture/render-png.ts';
import { diagnose } from '../../../../src/engine/diagnosis/diagnose.ts';
import { TWO_USERS_LOG } from '../../../../src/stand-ins/fortigate/two-users-log.ts';

/** A drawing that changes only with the renderer and its fonts. */
const SAMPLE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40" width="120" height="40">
<style>.a{font:13px Inter,system-ui,sans-serif;fill:#1b1f24}.b{font-weight:600;fill:#b42318}</style>
<rect x="0" y="30" width="90" height="6" rx="3" fill="#9db7d5"/>
<text x="4" y="14" class="a">marlow</text><text x="116" y="14" class="a b" text-anchor="end">80 s</text></svg>`;
const SAMPLE_SHA256 = '2ca05fe29f6234ca5ba3a6f688c06b0cc2ab505bea84d8d7b6cfc31ae878b0c4';

const diagnosis = diagnose([{ name: 'paste 1', text: TWO_USERS_LOG }]);

describe('a picture', () => {
  it('holds no metadata: only what it shows', async () => {
    const { content = [] } = (await drawPicture(diagnosis, 'fgt-branch-07')) ?? {};
    const bytes = Buffer.from(content);
    const chunks = new Set<string>();
    // Each chunk: its length, its type, its data, a checksum.
    for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
      chunks.add(bytes.toString('latin1', at + 4, at + 8));
    }
    expect([...chunks]).toEqual(['IHDR', 'IDAT', 'IEND']);
  });

  it('is a PNG, three pixels for each unit', async () => {
    const picture = await drawPicture(diagnosis, 'fgt-branch-07');
    const content = Buffer.from(picture?.content ?? []);
    expect(content.subarray(1, 4).toString()).toBe('PNG');
    expect(content.readUInt32BE(16)).toBe(960);
    expect(content.readUInt32BE(20)).toBeLessThan(1200);
    expect(content.length).toBeLessThan(150_000);
    expect(picture?.altText).toContain('VPN gave up 80 s');
  });

  it('has the same bytes each time', async () => {
    const [first, second] = await Promise.all([drawPicture(diagnosis, 'a'), drawPicture(diagnosis, 'a')]);
    expect(first?.content).toEqual(second?.content);
  });

  it('has the same bytes on every machine', async () => {
    const hash = createHash('sha256').update(await renderPng(SAMPLE));
    expect(hash.digest('hex')).toBe(SAMPLE_SHA256);
  });

  it('is drawn with the fonts of the package', async () => {
    const other = SAMPLE.replaceAll('Inter,', '"DejaVu Sans",');
    expect(await renderPng(other)).toEqual(await renderPng(SAMPLE));
    const blank = SAMPLE.replaceAll(/<text.*?<\/text>/g, '');
    expect((await renderPng(blank)).length).toBeLessThan((await renderPng(SAMPLE)).length);
  });

  it('is drawn by a thread that has compiled the module and stays', async () => {
    await renderPng(SAMPLE);
    let started = 0;
    const count = () => (started += 1);
    process.on('worker', count);
    await Promise.all([renderPng(SAMPLE), renderPng(SAMPLE), renderPng(SAMPLE)]);
    process.off('worker', count);
    expect(started).toBe(0);
  });

  it('is not drawn from a text that is no drawing', async () => {
    await expect(renderPng('no drawing')).rejects.toMatchObject({ code: 'ftm_internal' });
    expect((await renderPng(SAMPLE)).length).toBeGreaterThan(100);
  });
});
