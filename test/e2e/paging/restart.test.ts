import { afterAll, describe, expect, it } from 'vitest';
import { openTestRedis } from '../../support/redis.ts';
import { usePaging } from './paging-system.ts';

const redis = await openTestRedis();
afterAll(() => redis?.stop());

const paging = usePaging();

describe.skipIf(redis === undefined)('on a real server', () => {
  it('goes on after a restart: timers and pages are kept', async () => {
    await paging.open('', { redis: { url: redis?.url ?? '', prefix: redis?.prefix ?? '' } });
    paging.pagerDuty.always({ status: 503 });
    await paging.system.check();
    const { root, answer } = await paging.answeredThread();
    await paging.press(answer, 'Escalate');
    await paging.sendForm('');
    await paging.said(root, 'Retrying.');
    await paging.system.restart();
    paging.pagerDuty.always();
    await paging.said(root, 'Paged, not acknowledged yet');
    expect(paging.pagerDuty.incidents).toMatchObject([{ triggers: 1 }]);
  });
});
