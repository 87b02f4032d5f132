import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeMarkdown } from '../../../src/report/formats/markdown/escape.ts';
import { renderMarkdown } from '../../../src/report/formats/markdown/render-markdown.ts';
import { DEVICE_CHECK, NOT_ENOUGH, TWO_USERS } from '../fixtures.ts';
import { randomDiagnosis } from '../random-diagnosis.ts';

describe('a device check', () => {
  const lines = renderMarkdown(DEVICE_CHECK, { tookMs: 3412, version: '1.2.3' }).split('\n');

  it('begins with the headline, the device line and the fix', () => {
    expect(lines[0]).toBe('# 🔴 Pushes go out, but the firewall refuses the phone’s answer');
    expect(lines[2]).toContain('`fgt-branch-07` · FortiOS 7.2.8');
    const places = [
      '**Fix**',
      '**Undo**',
      '**Verify**',
      '## Login path: 5 of 12 steps fine, stops at callback',
    ].map((line) => lines.indexOf(line));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('gives every line to paste as it is', () => {
    for (const line of DEVICE_CHECK.findings[0]?.fix.apply ?? []) expect(lines).toContain(line);
  });
});

it('gives the next step first where nothing was found', () => {
  const text = renderMarkdown(NOT_ENOUGH);
  expect(text.indexOf('diagnose debug enable')).toBeLessThan(text.indexOf('## Steps that were seen'));
});

it('lists the logins', () => {
  expect(renderMarkdown(TWO_USERS)).toContain(
    '\n- ❌ marlow · timed out after 80 s · phone answered at 94 s',
  );
});

it.each([
  ['<b>x</b> & y', '&lt;b&gt;x&lt;/b&gt; &amp; y'],
  ['[a](https://evil.example.com)', '\\[a\\](https&#58;//evil.example.com)'],
  ['www.evil.example.com', 'www&#46;evil.example.com'],
  ['@everyone see #12 :tada:', '&#64;everyone see &#35;12 &#58;tada:'],
  ['# head', '\\# head'],
  ['- item', '\\- item'],
  ['1. item', '1\\. item'],
  ['snake_case stays, _this_ not', 'snake_case stays, \\_this\\_ not'],
])('escapes %s', (text, escaped) => {
  expect(escapeMarkdown(text)).toBe(escaped);
});

/** As Markdown reads a line: an escaped sign, or code up to as many backticks as began it. */
const ESCAPED_OR_CODE = /\\[^\w\s]|(`+)(?!`).*?(?<!`)\1(?!`)/g;

it('keeps what comes from outside from becoming markup', () => {
  fc.assert(
    fc.property(randomDiagnosis, (diagnosis) => {
      let fence: string | undefined;
      for (const line of renderMarkdown(diagnosis).split('\n')) {
        if (fence !== undefined) {
          if (line === fence) fence = undefined;
        } else if (/^`{3,}$/.test(line)) fence = line;
        else expect(line.replaceAll(ESCAPED_OR_CODE, '')).not.toMatch(/[<>@]/);
      }
      expect(fence).toBeUndefined();
    }),
    { numRuns: 60 },
  );
});
