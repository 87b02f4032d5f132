import { expect, it } from 'vitest';
import { answerLink, runLine } from '../../handlers/text/past-runs.ts';
import { linkText } from '../../src/oncall/core/threads.ts';
import type { Run } from '../../src/platform/runs/run.ts';

const run = (channel: string): Run => ({
  id: channel,
  asker: { id: 'U0ANA' },
  replyTo: { channel },
  acceptedAt: 1,
  kind: 'check',
  alias: 'fgt-branch-07',
  answerTs: '1.2',
});
it.each([
  ['a channel', 'C0SUPPORT', 'U0BEN', true],
  ['an own direct message', 'D0ANA', 'U0ANA', true],
  ['a direct message of somebody else', 'D0ANA', 'U0BEN', false],
])('a link into %s', (_, channel, user, isThere) => {
  expect(runLine(run(channel), user).includes('|open>')).toBe(isThere);
});

it('a link opens the thread of the answer', () => {
  expect(answerLink({ ...run('C0SUPPORT'), rootTs: '1.1' })).toBe(
    'https://slack.com/archives/C0SUPPORT/p12?thread_ts=1.1&cid=C0SUPPORT',
  );
});

it('a page of a check in a direct message says where the answer is, without a link', () => {
  expect(linkText({ channel: 'D0ANA', ts: '1.1' }, 'Thread')).toMatch(/^the answer is in a direct message/);
  expect(linkText({ channel: 'C0SUPPORT', ts: '1.1' }, 'Thread')).toMatch(/^<https:.*\|Thread>$/);
});
