import { expect, it } from 'vitest';
import { withLinks } from '../../handlers/shared/with-links.ts';
import { linkText } from '../../src/oncall/core/thread-link.ts';
import type { Run } from '../../src/platform/runs/run.ts';

const run = (channel: string): Run => ({
  id: channel,
  asker: { id: 'U0ANA' },
  replyTo: { channel },
  acceptedAt: 1,
  kind: 'check',
  alias: 'fgt-branch-07',
});
const past = { linkTo: async ({ id }: Run) => `https://slack.example/${id}` };

it.each([
  ['a channel', 'C0SUPPORT', 'U0BEN', true],
  ['an own direct message', 'D0ANA', 'U0ANA', true],
  ['a direct message of somebody else', 'D0ANA', 'U0BEN', false],
])('a link into %s', async (_, channel, user, isThere) => {
  const [linked] = await withLinks([run(channel)], user, { past } as unknown as Parameters<
    typeof withLinks
  >[2]);
  expect(linked?.link !== undefined).toBe(isThere);
});

it('a page of a check in a direct message says where the answer is, without a link', () => {
  expect(linkText({ channel: 'D0ANA', ts: '1.1' }, 'Thread')).toMatch(/^the answer is in a direct message/);
  expect(linkText({ channel: 'C0SUPPORT', ts: '1.1' }, 'Thread')).toMatch(/^<https:.*\|Thread>$/);
});
