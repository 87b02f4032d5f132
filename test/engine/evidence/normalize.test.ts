import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNormalizer, normalizeText } from '../../../src/engine/evidence/normalize.ts';
import { anyText } from '../../support/any-text.ts';

describe('normalizeText', () => {
  it.each([
    ['CRLF', 'a\r\nb\r\n', 'a\nb\n'],
    ['the echo of a terminal', 'get system status\r\r\nVersion: 1', 'get system status\nVersion: 1'],
    ['lone CRs for line ends', 'a\rb\rc', 'a\nb\nc'],
    ['the pager', 'BIOS version: 1\r\n--More-- \r         \rHostname: a', 'BIOS version: 1\nHostname: a'],
    ['the pager without its CRs', '--More-- Hostname: a', 'Hostname: a'],
    ['what a pager left behind', '\r         \rHostname: a', 'Hostname: a'],
    ['colours and titles', '\u001b]0;me@host\u0007\u001b[1;31mred\u001b[0m', 'red'],
    ['backspaces', 'get systme\b\bem', 'get system'],
    ['an erased line', 'FGT # diag snif pa\u001b[12D\u001b[Kconf vdom', 'FGT # conf vdom'],
    ['an erased character', 'abx\b\u001b[Kc', 'abc'],
    ['inserted and deleted characters', 'gt\b\u001b[1@e\u001b[C and getx\b\u001b[P', 'get and get'],
    ['a byte order mark', '\ufeffconfig system dns', 'config system dns'],
    ['no-break and zero-width spaces', '\u00a0\u00a0set\u200b status\u202fenable', '  set status enable'],
    [
      'smart quotes',
      'set server \u201cfw.example.com\u201d \u2018x\u2019',
      `set server "fw.example.com" 'x'`,
    ],
    [
      'a dash for a minus',
      'diagnose debug application ftm-push \u20131',
      'diagnose debug application ftm-push -1',
    ],
    ['Slack entities', 'a &lt;b&gt; &amp; &amp;lt;', 'a <b> & &lt;'],
    ['quotes of a web page', 'set server &quot;vpn.example.com&quot;', 'set server "vpn.example.com"'],
    ['numbered quotes', 'edit &#34;wan1&#x22;', 'edit "wan1"'],
    [
      'quotes that Slack escaped again',
      'set fortitoken &amp;quot;FTKMOB1&amp;quot;',
      'set fortitoken "FTKMOB1"',
    ],
    ['quotes behind a prompt', 'FGT (global) # edit &quot;a b&quot;', 'FGT (global) # edit "a b"'],
    [
      'quotes of an event',
      'logid=&quot;0100032161&quot; type=&quot;event&quot;',
      'logid="0100032161" type="event"',
    ],
    ['quotes of a push', '{&quot;sender&quot;:&quot;FGT-1&quot;}', '{"sender":"FGT-1"}'],
    [
      'apostrophes of a web page',
      'user &#39;ana&apos; has a matched local entry.',
      "user 'ana' has a matched local entry.",
    ],
    ['hard spaces of a web page', '&nbsp;&nbsp;&#160;&#xA0;set server "a"', '    set server "a"'],
    ['hard spaces and quotes', '&nbsp;&nbsp;edit&nbsp;&quot;a&quot;', '  edit "a"'],
    [
      'dashes of a web page',
      'diagnose debug application ftm-push &ndash;1',
      'diagnose debug application ftm-push -1',
    ],
    ['other characters by number', 'ret&#61;2 &#91;5784:root:d9&#93;', 'ret=2 [5784:root:d9]'],
    ['Markdown links', 'set server "[a.example.com](http://a.example.com)"', 'set server "a.example.com"'],
    ['Jira links', 'edit "[ana@example.com|mailto:ana@example.com]"', 'edit "ana@example.com"'],
    ['tags of a web page', '<pre>config system ftm-push<br>', 'config system ftm-push'],
    ['tags of a mail', '<div style=&quot;x&quot;>set status enable</div>', 'set status enable'],
    ['tags around a quoted name', '<td class="x">edit "a"</td></tr>', 'edit "a"'],
    ['tags behind a prompt', '<p>FGT (global) # show system admin</p>', 'FGT (global) # show system admin'],
    ['tags that were escaped', '&lt;br/&gt;end&lt;br /&gt;', 'end'],
    ['Slack links', 'set server <http://vpn.example.com|vpn.example.com>', 'set server vpn.example.com'],
    ['bare Slack links', 'see <https://example.com/a?b=1&amp;c=2>', 'see https://example.com/a?b=1&c=2'],
    ['mail links', 'user <mailto:wren@example.com|wren@example.com>', 'user wren@example.com'],
    ['code fences', '```\nconfig system dns\nend\n```', '\nconfig system dns\nend\n'],
    ['fences glued to text', '```config system dns\nend```', 'config system dns\nend'],
    ['named fences', '```text\nx', '\nx'],
    ['code in one line', '`config system dns`', 'config system dns'],
    ['quotations', '&gt; config system dns\n&gt; end', 'config system dns\nend'],
    [
      'quotations of quotations',
      '> >config system dns\n>>  set a b\n> > end',
      'config system dns\n set a b\nend',
    ],
    [
      'bars of a quotation',
      'Hello,\n| config system dns\n|\n|     set primary 192.0.2.53\n| end',
      'Hello,\nconfig system dns\n\n    set primary 192.0.2.53\nend',
    ],
    ['control characters', 'a\u0000\u0007b', 'ab'],
  ])('undoes %s', (_what, damaged, mended) => {
    expect(normalizeText(damaged)).toBe(mended);
  });

  it.each([
    ['mentions and emoji codes', '<@U123> <#C1|general> :fire: :8080:'],
    ['placeholders and tokens', 'set password <long-random-password> <serial#1>'],
    ['a single line that begins with >', '> tcpdump -ni port1'],
    ['rows of a table', '| name | status |\n| wren | enable |'],
    ['tabs and indent', '\t\tip: 192.0.2.1 255.255.255.0\n    set a b'],
    ['the normal lines of a log', '[5784:root:d9]user &x uses 2FA: ctx->a = 0 -- `b`'],
    ['a page of HTML', '<p>Please set your phone up</p><br>'],
    ['another link', '[a.example.com](http://b.example.com) [x|https://y]'],
    ['what a value says', 'set comment "R&#39;D &quot;x&quot; a&nbsp;b"'],
    [
      'a page inside a value',
      '    set buffer "<b>&nbsp;&quot;%%URL%%&quot;</b>\n<p>&quot;blocked&quot; a&#34;b</p>',
    ],
    ['what is no character', 'a &#1; &#99999; &#xd800; &quotation; &#39 x'],
  ])('leaves %s alone', (_what, text) => {
    expect(normalizeText(text)).toBe(text);
  });

  it('keeps every line in its place', () => {
    const piece = fc.constantFrom(
      'x',
      ' ',
      '\n',
      '\r\n',
      '\r\r\n',
      '--More-- ',
      '--More-- \r         \r',
      '\b',
      '\u001b[K',
      '\u001b[3D',
      '\u001b]0;t\u0007',
      '```',
      '`',
      '> ',
      '&gt;',
      '&quot;',
      '&#39;',
      '<br>',
      '[a](http://a)',
      '&#10;',
      '&nbsp;',
      '<http://a|b>',
      '\u201c',
      '\ufeff',
      'end',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('');
        expect(normalizeText(text).split('\n')).toHaveLength(text.split('\n').length);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(anyText({ maxLength: 500 }), (text) => {
        expect(typeof normalizeText(text)).toBe('string');
      }),
    );
  });
});

describe('createMender', () => {
  function normalizeByLine(text: string): string {
    const mender = createNormalizer();
    const lines = text.split('\n');
    const mended = lines.flatMap((line, at) => mender.line(line, at < lines.length - 1));
    return [...mended, ...mender.end()].join('\n');
  }

  it('mends line by line what mendText mends at once', () => {
    const piece = fc.constantFrom(
      'get system status',
      '\n',
      '\r\n',
      '\r',
      '--More-- \r         \r',
      '\b',
      '\u001b[K',
      '```',
      '> ',
      '>',
      '&gt; ',
      '&lt;b',
      '&quot;',
      '&#39;',
      '&amp;#x27;',
      '<pre>',
      '[a](http://a)',
      '[a|http://a]',
      '&nbsp;',
      'set a ',
      '<http://a|b>',
      '\u201c',
      '\u2013',
      '1',
      '\ufeff',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        expect(normalizeByLine(text)).toBe(normalizeText(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it('needs no later line where nothing is quoted', () => {
    const mender = createNormalizer();
    expect(mender.line('> one')).toEqual([]);
    expect(mender.isIdle()).toBe(false);
    expect(mender.line('plain')).toEqual(['> one', 'plain']);
    expect(mender.isIdle()).toBe(true);
  });
});

it('does not let a short line insert its way to a very long one', () => {
  const line = '\u001b[1000@'.repeat(100);
  expect(normalizeText(line).length).toBeLessThan(3_000);
});
