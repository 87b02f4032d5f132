import { expect, it } from 'vitest';
import { mrkdwnMarkup } from '../../../src/stand-ins/slack/mrkdwn-markup.ts';

const NAMES = { user: (id: string) => `name of ${id}`, channel: (id: string) => `name of ${id}` };

it.each([
  ['*bold* and _italic_', '<p><strong>bold</strong> and <em>italic</em></p>'],
  ['*`code` in bold*', '<p><strong><code>code</code> in bold</strong></p>'],
  ['system_ftm_push, 2*3*4', '<p>system_ftm_push, 2*3*4</p>'],
  ['&lt;host&gt; &amp; `a *b*`', '<p>&lt;host&gt; &amp; <code>a *b*</code></p>'],
  [
    '<@U0ANA> in <#C0SUPPORT>',
    '<p><span class="mention">@name of U0ANA</span> in <span class="mention">#name of C0SUPPORT</span></p>',
  ],
  ['<!date^1767795000^{time}|14:30>', '<p><span>14:30</span></p>'],
  ['<https://example.com/a_b_c|thread>', '<p><span class="link">thread</span></p>'],
  ['a\n&gt; quoted\n> lines\nb', '<p>a</p><blockquote>quoted\nlines</blockquote><p>b</p>'],
  ['before\n```\nset *x*\n```\nafter', '<p>before</p><pre>set *x*</pre><p>after</p>'],
])('%s is shown as Slack shows it', (text, markup) => {
  expect(
    mrkdwnMarkup(text, NAMES)
      .map((each) => each.markup)
      .join(''),
  ).toBe(markup);
});
