import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalSlack, startLocalSlack } from '../../../src/stand-ins/slack/local-slack.ts';
import { blockLines } from '../../../src/stand-ins/slack/plain-text.ts';

let slack: LocalSlack;
beforeEach(async () => {
  slack = await startLocalSlack();
});
afterEach(() => slack.close());

const names = { user: (id: string) => (id === 'U0ANA' ? 'Ana Ruiz' : id), channel: () => 'support' };

describe('renderThread', () => {
  it('reads like a thread', () => {
    const { workspace } = slack;
    const bot = { user: workspace.bot.userId, bot_id: workspace.bot.id, channel: 'C0SUPPORT' };
    const root = workspace.add({ ...bot, text: '*<@U0ANA>* asked for `fgt-07`' });
    workspace.add({
      ...bot,
      thread_ts: root.ts,
      text: 'fallback',
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: '*1. No push* &lt;here&gt;\n```\nend\n```' } },
        { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'Re-check' } }] },
      ],
    });
    workspace.add({ ...bot, thread_ts: root.ts, text: 'psst', ephemeral_to: 'U0BEN' });
    expect(slack.renderThread('C0SUPPORT', root.ts)).toBe(
      [
        '#support',
        '',
        'ftm-check',
        'Ana Ruiz asked for `fgt-07`'.replace('Ana Ruiz', '@Ana Ruiz'),
        '',
        '  ftm-check',
        '  1. No push <here>',
        '      end',
        '  [ Re-check ]',
        '',
        '  ftm-check (only Ben Okafor sees this)',
        '  psst',
      ].join('\n'),
    );
  });
});

describe('blockLines', () => {
  const raw = (text: string) => ({ type: 'raw_text', text });
  it.each([
    ['header', { type: 'header', text: { type: 'plain_text', text: 'Title' } }, ['# Title']],
    ['divider', { type: 'divider' }, ['─'.repeat(40)]],
    [
      'context',
      {
        type: 'context',
        elements: [
          { type: 'mrkdwn', text: 'a' },
          { type: 'mrkdwn', text: '*b*' },
        ],
      },
      ['a b'],
    ],
    [
      'table',
      {
        type: 'table',
        rows: [
          [raw('user'), raw('outcome')],
          [raw('marlow'), raw('timed out')],
        ],
      },
      ['user   │ outcome', 'marlow │ timed out'],
    ],
    [
      'rich text',
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'for ' },
              { type: 'user', user_id: 'U0ANA' },
            ],
          },
          { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'config\nend' }] },
          {
            type: 'rich_text_list',
            style: 'bullet',
            elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'one' }] }],
          },
          { type: 'rich_text_quote', elements: [{ type: 'text', text: 'said' }] },
        ],
      },
      ['for @Ana Ruiz', '    config', '    end', '• one', '│ said'],
    ],
    [
      'container',
      {
        type: 'container',
        title: { type: 'plain_text', text: 'Evidence' },
        child_blocks: [{ type: 'divider' }],
      },
      ['▸ Evidence', `  ${'─'.repeat(40)}`],
    ],
    [
      'link',
      { type: 'section', text: { type: 'mrkdwn', text: '<https://x.example|page> <#C1>' } },
      ['page (https://x.example) #support'],
    ],
    ['a type it does not draw', { type: 'video' }, ['(video)']],
  ])('draws %s', (_, block, lines) => {
    expect(blockLines(block, names)).toEqual(lines);
  });
});
