import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ftmCheck } from './test-io.ts';

describe('ftm-check page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ftm-check-page-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('writes one file that loads nothing, again over its own', async () => {
    const output = join(folder, 'page.html');
    for (const _ of ['first', 'again']) {
      const { status, stdout, stderr } = await ftmCheck(['page', '--output', output]);
      expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
      expect(stderr).toMatch(/^Wrote .*page\.html \(\d+ KB\)\. Open it in a browser: it works offline\.\n$/);
    }
    const markup = readFileSync(output, 'utf8');
    expect(markup).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(markup).not.toMatch(/<link\b(?![^>]* href="data:)|<(?:img|iframe)\b|<script[^>]* src=/);
  });

  it('prints it', async () => {
    const { status, stdout } = await ftmCheck(['page', '--output', '-']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  });

  it('does not overwrite another file', async () => {
    const output = join(folder, 'notes.html');
    writeFileSync(output, '<!doctype html>\n<title>Notes</title>');
    const { status, stderr } = await ftmCheck(['page', '--output', output]);
    expect(status).toBe(2);
    expect(stderr).toContain('exists and is not a page of ftm-check');
    expect(readFileSync(output, 'utf8')).toContain('Notes');
  });

  it.each([
    ['in a folder that does not exist', ['missing', 'page.html'], 'its folder does not exist'],
    ['that is a folder', [], 'it is a folder'],
  ])('says why it cannot write a file %s', async (_, path, why) => {
    const output = join(folder, ...path);
    const { status, stderr } = await ftmCheck(['page', '--output', output]);
    expect(status).toBe(2);
    expect(stderr).toContain(`${output} cannot be written: ${why}.`);
  });
});
