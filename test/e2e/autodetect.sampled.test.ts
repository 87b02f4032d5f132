import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TWO_USERS_LOG } from '../../src/stand-ins/fortigate/two-users-log.ts';
import { ORDINARY_TALK } from '../fixtures/talk/ordinary-talk.ts';
import { sampleOf } from '../support/amount.ts';
import { openTestRedis, type TestRedis } from '../support/redis.ts';
import { ANA, BEN, LOCKED, SUPPORT, startTestSystem, type TestSystem } from './test-system.ts';

const QUIET = 'C0QUIET';

let redis: TestRedis | undefined;
beforeAll(async () => {
  redis = await openTestRedis();
});
afterAll(() => redis?.stop());

describe.each(sampleOf(['http', 'socket'] as const, 2, 1))(
  'reading what nobody asks to be read, %s',
  (mode) => {
    let system: TestSystem;
    beforeAll(async () => {
      if (!redis) return;
      system = await startTestSystem({
        mode,
        redis: { url: redis.url, prefix: `${redis.prefix}-auto-${mode}` },
        channels: [{ id: QUIET, name: 'quiet' }],
        access: `
  - { channels: [${SUPPORT}, ${QUIET}], devices: ["*"] }
  - { channels: [${LOCKED}], users: [${BEN}], devices: [fgt-hq] }
channels:
  ${QUIET}: { autodetect: false }
`,
      });
    });
    afterAll(() => system?.[Symbol.asyncDispose]());

    const paste = (more: { readonly thread?: string; readonly bot?: boolean } = {}, channel = SUPPORT) =>
      system.slack.message({ user: ANA, channel, text: TWO_USERS_LOG, ...more });
    const botSaid = (channel = SUPPORT) =>
      system.slack.messages(channel).filter(({ user }) => user === system.slack.workspace.bot.userId);

    async function told(text: string, { user = ANA, channel = SUPPORT } = {}): Promise<string> {
      const before = system.slack.ephemeral(channel, user).length;
      await system.check(text, user, channel);
      return (await system.slack.until(() => system.slack.ephemeral(channel, user)[before])).text;
    }

    it('answers a log, and none of the ordinary talk: not in the channel, not in a thread, not as a file', async ({
      skip,
    }) => {
      skip(!redis);
      const { message: root } = await system.slack.message({ user: ANA, channel: SUPPORT, text: 'Hello' });
      // A sample has an eighth of it.
      for (const [, text] of sampleOf(ORDINARY_TALK, 8, mode === 'http' ? 0 : 4)) {
        await system.slack.message({ user: ANA, channel: SUPPORT, text });
        await system.slack.message({ user: ANA, channel: SUPPORT, text, thread: root.ts });
        const files = [{ name: 'talk.txt', content: text }];
        await system.slack.message({ user: BEN, channel: SUPPORT, text: '', thread: root.ts, files });
      }
      // An event is acknowledged once it was dealt with, so nothing of this is still under way.
      expect(botSaid()).toEqual([]);
      expect(await system.backend.runs.byThread(SUPPORT, root.ts, 5)).toEqual([]);
      const { message } = await paste();
      await system.answered({ thread: message.ts });
    });

    it('answers no other app, however much it looks like a log', async ({ skip }) => {
      skip(!redis);
      const { message } = await paste({ bot: true });
      expect(await system.backend.runs.byThread(SUPPORT, message.ts, 5)).toEqual([]);
    });

    it('is switched off in a channel by whoever may ask there, stays off over a restart, and is switched on again', async ({
      skip,
    }) => {
      skip(!redis);
      expect(await told('auto')).toMatch(/I read FortiGate logs pasted here/);
      expect(await told('auto off')).toMatch(/only on request/);
      await system.restart();
      expect(await told('auto')).toMatch(/only on request/);
      const { message } = await paste();
      expect(await system.backend.runs.byThread(SUPPORT, message.ts, 5)).toEqual([]);
      // Who asks is answered all the same.
      await system.slack.mention({ user: ANA, channel: SUPPORT, thread: message.ts, text: '' });
      await system.answered({ thread: message.ts });

      // In words too, as in a thread, where Slack knows no commands.
      await system.slack.mention({ user: BEN, channel: SUPPORT, thread: message.ts, text: 'auto on' });
      await system.slack.until(() =>
        system.slack.ephemeral(SUPPORT, BEN).at(-1)?.text.includes('I read FortiGate'),
      );
      const { message: next } = await paste();
      await system.answered({ thread: next.ts });
    });

    it('is not switched by who may not ask there, and not on where the inventory says no', async ({
      skip,
    }) => {
      skip(!redis);
      expect(await told('auto off', { channel: LOCKED })).toMatch(/Sorry/);
      expect(await told('auto on', { channel: QUIET })).toMatch(/The inventory turns automatic reading/);
      expect(await told('auto off', { channel: QUIET })).toMatch(/only on request/);
      const { message } = await paste({}, QUIET);
      expect(await system.backend.runs.byThread(QUIET, message.ts, 5)).toEqual([]);
      expect(system.slack.violations()).toEqual([]);
    });
  },
);
