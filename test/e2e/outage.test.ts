import { describe, expect, it } from 'vitest';
import { openBreakableRedis } from '../support/redis.ts';
import { ANA, SUPPORT, startTestSystem } from './test-system.ts';

describe('while Redis is down', () => {
  it('says in private that nothing was started, and works again afterwards', async ({ skip }) => {
    const redis = await openBreakableRedis();
    if (!redis) {
      skip();
      return;
    }
    try {
      await using system = await startTestSystem({ redis });
      await redis.kill();
      const delivery = await system.check();
      expect(delivery.status).toBe(200);
      expect(await system.whisper(SUPPORT, ANA)).toMatch(/queue/i);
      const visible = system.slack.messages(SUPPORT).filter(({ ephemeral_to: to }) => to === undefined);
      expect(visible).toEqual([]);

      await redis.start();
      await system.backend.queue.ready();
      await system.check();
      const runs = await system.answered({ alias: 'fgt-branch-07' });
      expect(runs.map(({ outcome }) => outcome?.kind)).toEqual(['diagnosed']);
    } finally {
      await redis.stop();
    }
  });
});
