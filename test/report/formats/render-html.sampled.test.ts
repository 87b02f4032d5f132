import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../../src/engine/diagnosis/diagnosis.ts';
import { copyBlock } from '../../../src/report/formats/html/copy-block.ts';
import {
  CONTENT_SECURITY_POLICY,
  type HtmlOptions,
  renderHtml,
  SCRIPT_HASH,
  STYLE_HASH,
} from '../../../src/report/formats/html/render-html.ts';
import { SCRIPT } from '../../../src/report/formats/html/script.ts';
import { STYLE } from '../../../src/report/formats/html/styles.ts';
import { runs, sampleOf } from '../../support/amount.ts';
import { FIXTURE_PATHS } from '../../support/rule-fixtures.ts';
import { DEVICE_CHECK, EVERYTHING_BROKEN, HEALTHY, NOT_ENOUGH, TWO_USERS } from '../fixtures.ts';
import { outline } from '../html-outline.ts';
import { randomDiagnosis } from '../random-diagnosis.ts';
import { diagnoseFixture } from '../rule-fixtures.ts';

const NAMES = new Set(
  (
    'html head meta title style body header main footer section h1 h2 h3 p a code pre strong span div ul ol li ' +
    'figure figcaption mark button details summary fieldset legend label input table caption thead tbody tr th td ' +
    'br script svg desc line rect circle path text'
  ).split(' '),
);
const ATTRIBUTES = new Set(
  (
    'lang charset http-equiv content name class id hidden type for checked scope role href rel data-copy data-field ' +
    'aria-labelledby xmlns viewBox width height x y x1 y1 x2 y2 rx cx cy r d text-anchor'
  ).split(' '),
);

/** What holds for every report, whatever stands in the evidence. */
function check(diagnosis: Diagnosis, options: HtmlOptions = {}): void {
  const html = renderHtml(diagnosis, options);
  expect(renderHtml(diagnosis, options)).toBe(html);
  const tags = outline(html);
  const all = tags.flatMap(({ attributes }) => [...attributes]);
  expect(tags.filter(({ name }) => !NAMES.has(name))).toEqual([]);
  expect(all.filter(([name]) => !ATTRIBUTES.has(name))).toEqual([]);
  expect(tags.filter(({ name }) => name === 'script')).toHaveLength(1);
  expect(tags.filter(({ name }) => name === 'style')).toHaveLength(1);
  expect(tags.filter(({ name }) => name === 'h1')).toHaveLength(1);
  const ids = all.filter(([name]) => name === 'id').map(([, value]) => value);
  expect(new Set(ids).size).toBe(ids.length);
  const wanted = all
    .filter(([name]) => ['aria-labelledby', 'for', 'data-copy'].includes(name))
    .flatMap(([, value]) => value.split(' '));
  expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
  for (const [name, value] of all) if (name === 'href') expect(value).toMatch(/^https?:\/\/[^\s"'<>]+$/);
}

it('has no backtick in a heading or in its title', () => {
  const html = renderHtml({ ...DEVICE_CHECK, headline: '`ftm` is not in `allowaccess`' });
  const headings = html.match(/<(h\d|title)\b[\s\S]*?<\/\1>/g) ?? [];
  expect(headings.join('')).not.toContain('`');
  expect(html).toContain('<code>ftm</code> is not in <code>allowaccess</code></h1>');
});

describe('the policy', () => {
  const hash = (text: string) => createHash('sha256').update(text).digest('base64');

  it('names the style sheet and the script of the report by their hashes', () => {
    expect(STYLE_HASH).toBe(hash(STYLE));
    expect(SCRIPT_HASH).toBe(hash(SCRIPT));
  });

  it('allows nothing else', () => {
    expect(CONTENT_SECURITY_POLICY).toMatch(
      /^default-src 'none'; style-src 'sha256-[^ ]+'; script-src 'sha256-[^ ]+'; /,
    );
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|https?:|\*/);
    expect(STYLE).not.toMatch(/url\(|@import/);
  });

  it('stands before everything that it governs', () => {
    const html = renderHtml(DEVICE_CHECK);
    const policy = html.indexOf('Content-Security-Policy');
    expect(policy).toBeGreaterThan(0);
    expect(html.slice(0, policy)).not.toMatch(/<(?:style|script|title|link|img)/);
  });
});

describe('every report', () => {
  // A sample has a sixteenth of the fixtures.
  it.each(sampleOf(FIXTURE_PATHS, 16, 0))('of %s is well formed and loads nothing', (name) => {
    const { diagnosis, evidence } = diagnoseFixture(name);
    check(diagnosis, { evidence, version: '1.2.3' });
  });

  it.each(Object.entries({ DEVICE_CHECK, TWO_USERS, NOT_ENOUGH, HEALTHY, EVERYTHING_BROKEN }))(
    'of %s is well formed',
    (_, diagnosis) => {
      check(diagnosis, { tookMs: 3412, askerName: '<b>Ana</b>', alias: '"><script>' });
    },
  );

  it('stays well formed whatever the evidence holds', () => {
    fc.assert(
      fc.property(randomDiagnosis, fc.string(), (diagnosis, askerName) => {
        const evidence = diagnosis.findings.flatMap((finding) =>
          finding.evidence.map(({ source, text }) => ({ name: source, text: `<i>\n${text}\n</i>` })),
        );
        check(diagnosis, { askerName, evidence });
      }),
      { numRuns: runs(60) },
    );
  });
});

describe('a device check', () => {
  const html = renderHtml(DEVICE_CHECK, { tookMs: 3412, askerName: 'Ana Ruiz', version: '1.2.3' });

  it('begins with the headline, the device line and the fix', () => {
    const order = [
      '<h1>Pushes go out, but the firewall refuses the phone’s answer</h1>',
      'FortiGate-60F · <code>fgt-branch-07</code> · FortiOS 7.2.8',
      'asked by Ana Ruiz · 3.4 s',
      '>Every administrator has trusted hosts, so FortiOS drops the phone’s answer</h2>',
      '>Fix</h3>',
      'edit &quot;ftm-callback&quot;',
      '>Cause (certain)</h3>',
      '>Undo</h3>',
      '>Verify</h3>',
      '>Docs</h3>',
      '>Login path: 5 of 12 steps fine, stops at callback</h2>',
      '>All checks</h2>',
      'Redacted: 3 password hashes, 1 serial number.',
      'ftm-check 1.2.3',
    ];
    const places = order.map((text) => html.indexOf(text));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('marks the words that a finding rests on', () => {
    expect(html).toContain('edit &quot;<mark>noc</mark>&quot;');
  });

  it('shows every check with its verdict', () => {
    for (const { rule } of DEVICE_CHECK.checks) expect(html).toContain(`<code>${rule}</code>`);
  });
});

it('shows the lines around a quoted one where what was read is at hand', () => {
  const { diagnosis, evidence } = diagnoseFixture('vpn-wait-too-short/fixtures/broken.log');
  const near = 'nothing to do';
  // Its lines stand elsewhere: the text at hand is not the one that was quoted.
  const other = evidence.map((item) => ({ ...item, text: `\n\n${item.text}` }));
  const shows = (options: HtmlOptions) => renderHtml(diagnosis, options).includes(near);
  expect([shows({ evidence }), shows({}), shows({ evidence: other })]).toEqual([true, false, false]);
});

it('gives the next step first where nothing was found', () => {
  const html = renderHtml(NOT_ENOUGH);
  expect(html.indexOf('diagnose debug enable')).toBeLessThan(html.indexOf('>Steps that were seen'));
});

describe('a placeholder in a block to paste', () => {
  it('is marked by its name, once for each place, and tokens of redaction are not', () => {
    const { markup } = copyBlock(
      'fix',
      ['set password <long-random-password>', 'set key <secret#1>', '<b>'],
      'fix',
    );
    expect([...markup.matchAll(/data-field="([^"]*)"/g)].map(([, name]) => name)).toEqual([
      'long-random-password',
      'b',
    ]);
    expect(markup).toContain('set key &lt;secret#1&gt;');
    expect(markup).not.toMatch(/<b>/);
  });
});
