import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unescapeEntities } from '../../../src/engine/evidence/html-entities.ts';
import { escapeFence, escapeMrkdwn, inlineCode } from '../../../src/report/block-kit/escape.ts';
import { anyText } from '../../support/any-text.ts';

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<!channel>',
        '<!here|here>',
        '<@U123>',
        '<#C123|general>',
        '<!subteam^S1>',
        '<https://evil.example|FortiGate>',
        'https://evil.example/x',
        'mailto:a@b.example',
        'evil.example',
        '*bold*',
        '_italic_',
        '~strike~',
        '`code`',
        '```fence```',
        '\n> quote',
        '&gt; quote',
        ':skull:',
        ':100:',
        '@here',
        '#general',
        '&lt;!channel&gt;',
      ),
      fc.string(),
      anyText(),
    ),
  )
  .map((parts) => parts.join(''));

/** What would mean something to Slack; none may be found in escaped text. */
const MEANINGFUL: readonly RegExp[] = [
  /[<>]/,
  /&(?!lt;|gt;|amp;)/,
  /[*~`]/,
  /(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/,
  /:\/\//,
  /[@#][\w-]/,
  /:(?:100|\d*[A-Za-z_+'-][\w+'-]*):/,
  /\.[A-Za-z]{2}/,
  /^[ \t]*&gt;/m,
];

describe('escapeMrkdwn', () => {
  it('lets no mention, link, emoji or formatting through', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const escaped = escapeMrkdwn(text);
        expect(MEANINGFUL.filter((pattern) => pattern.test(escaped))).toEqual([]);
      }),
    );
  });

  it.each([
    ['a device name', 'fgt_branch_07 at 198.51.100.10:4433'],
    ['a time', '09:12:04'],
    ['words', 'The phone answered after 94 s (80 s allowed).'],
  ])('leaves %s as it is', (_, text) => {
    expect(escapeMrkdwn(text)).toBe(text);
  });

  it('takes linear time for text made to be slow', () => {
    const text = `${':a'.repeat(400_000)}${'_'.repeat(400_000)}${'&gt;'.repeat(50_000)}${' '.repeat(1_000_000)}`;
    expect(escapeMrkdwn(text).length).toBeGreaterThan(text.length);
  });
});

describe('inlineCode', () => {
  it('is one line between two backticks with none inside', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const inner = inlineCode(text).slice(1, -1);
        expect(inlineCode(text)).toMatch(/^`[^`\n]+`$/);
        expect(inner).not.toMatch(/[<>]/);
      }),
    );
  });

  it('keeps a name byte for byte', () => {
    expect(inlineCode('fgt_branch-07.example.com')).toBe('`fgt_branch-07.example.com`');
  });
});

describe('escapeFence', () => {
  it('cannot end the fence', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(escapeFence(text)).not.toMatch(/``|[<>]/);
      }),
    );
  });

  it('keeps configuration lines byte for byte', () => {
    const lines =
      'config system admin\n    edit "ftm-callback"\n        set trusthost1 10.0.0.0 255.0.0.0\nend';
    expect(escapeFence(lines)).toBe(lines);
  });
});

describe('unescapeEntities', () => {
  it('undoes one escaping and no more', () => {
    expect(unescapeEntities('&lt;a&gt; &amp;lt; &quot;')).toBe('<a> &lt; &quot;');
  });
});
