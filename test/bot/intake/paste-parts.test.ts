import type { webApi } from '@slack/bolt';
import { expect, it } from 'vitest';
import type { IncomingMessage } from '../../../src/bot/intake/incoming-message.ts';
import { earlierParts } from '../../../src/bot/intake/paste-parts.ts';

const MESSAGE: IncomingMessage = {
  channel: 'C1',
  user: 'U1',
  ts: '1000.000000',
  thread_ts: '1.000000',
  text: 'the last part',
  files: [],
};

function clientWith(messages: readonly object[]): webApi.WebClient {
  return { conversations: { replies: async () => ({ messages }) } } as unknown as webApi.WebClient;
}

it('puts the parts of a paste together that stand before a message', async () => {
  const part = (ts: string, text: string, user = 'U1') => ({ ts, text, user });
  const client = clientWith([
    part('900.000000', 'hello'),
    part('980.000000', 'config system ftm-push\n    set status disable'),
    part('985.000000', 'somebody else', 'U2'),
    part('990.000000', 'set x\n'.repeat(20)),
  ]);
  const parts = await earlierParts(MESSAGE, client);
  expect(parts.map(({ ts }) => ts)).toEqual(['980.000000', '990.000000']);
});

it('looks at each message of a full thread once, and lets other work run between', async () => {
  const messages = Array.from({ length: 100 }, (_, at) => ({
    ts: `${900 + at}.000000`,
    user: 'U1',
    text: `part ${at}\n`.repeat(4_000),
  }));
  let looks = 0;
  let longest = 0;
  let inARow = 0;
  const isEvidence = () => {
    looks += 1;
    inARow += 1;
    longest = Math.max(longest, inARow);
    return true;
  };
  const tick = setInterval(() => (inARow = 0), 0);
  const other = (async () => {
    for (let turn = 0; turn < 200; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      inARow = 0;
    }
  })();
  expect(await earlierParts(MESSAGE, clientWith(messages), isEvidence)).toHaveLength(100);
  await other;
  clearInterval(tick);
  expect([looks, longest]).toEqual([100, 1]);
});
