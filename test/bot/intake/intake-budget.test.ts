import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { webApi } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { gatherEach, gatherThread } from '../../../src/bot/intake/gather-evidence.ts';
import {
  createIntakeBudgets,
  type IntakeBudget,
  openIntakeBudget,
  REQUEST_BYTES,
  readInTurn,
} from '../../../src/bot/intake/intake-budget.ts';
import { until } from '../../support/until.ts';

/** What a bot reads at a time (docs/how-to/operations.md, "Memory"). */
const PROCESS_BYTES = 24_000_000;
const MB = 1_000_000;
const LOG = { text: '', files: [{ name: 'debug.log', size: MB }] };
const ZIP = { text: '', files: [{ name: 'logs.zip', size: MB }] };

/** Who got in so far. */
async function entered(...waiting: readonly Promise<unknown>[]): Promise<readonly boolean[]> {
  const got = waiting.map(() => false);
  waiting.forEach((each, at) => void each.then(() => (got[at] = true)));
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  return got;
}

describe('the budget of what a process reads', () => {
  it('counts an archive as all that may be in it, and lets others wait until it is done', async () => {
    const open = createIntakeBudgets(REQUEST_BYTES);
    const [one, two, three] = [open(), open(), open()] as [IntakeBudget, IntakeBudget, IntakeBudget];
    const first = one.reserve([ZIP]);
    const second = two.reserve([ZIP]);
    const third = three.reserve([LOG]);
    expect(await entered(first, second, third)).toEqual([true, false, false]);
    one[Symbol.dispose]();
    expect(await entered(second, third)).toEqual([true, false]);
    two[Symbol.dispose]();
    expect(await entered(third)).toEqual([true]);
  });

  it('lets a short text pass an archive that waits', async () => {
    const open = createIntakeBudgets(REQUEST_BYTES + 2 * MB);
    const [one, two, three] = [open(), open(), open()] as [IntakeBudget, IntakeBudget, IntakeBudget];
    const waiting = [one.reserve([ZIP]), two.reserve([ZIP]), three.reserve([LOG])];
    expect(await entered(...waiting)).toEqual([true, false, true]);
  });

  it('waits once for a request, and gives back what it held once', async () => {
    const open = createIntakeBudgets(REQUEST_BYTES);
    const one = open();
    await one.reserve([ZIP]);
    await one.reserve([ZIP]);
    one[Symbol.dispose]();
    one[Symbol.dispose]();
    const [two, three] = [open(), open()] as [IntakeBudget, IntakeBudget];
    expect(await entered(two.reserve([ZIP]), three.reserve([ZIP]))).toEqual([true, false]);
  });

  it('says how much a request may still read', () => {
    const one = createIntakeBudgets()();
    one.take(REQUEST_BYTES - 5);
    expect(one.left()).toBe(5);
    one.take(10);
    expect(one.left()).toBe(0);
  });
});

describe('what one process reads at a time', () => {
  it.each([
    ['texts of 1 MB', LOG, 24],
    ['messages of 1 MB', { text: 'x'.repeat(MB), files: [] }, 24],
    ['archives', ZIP, 1],
    ['files of which nobody knows the size', { text: '', files: [{ name: 'debug.log' }] }, 1],
  ])('is 24 MB: of 30 requests with %s', async (_, message, most) => {
    const budgets = Array.from({ length: 30 }, () => openIntakeBudget());
    const got = await entered(...budgets.map((budget) => budget.reserve([message])));
    for (const budget of budgets) budget[Symbol.dispose]();
    expect(got.filter(Boolean)).toHaveLength(most);
  });

  it('is never more, whatever many requests bring at once, and all of them are read', async () => {
    const text = Buffer.alloc(3 * MB, 'a line of a log\n');
    const packed = gzipSync(Buffer.alloc(6 * MB, 'a line of a log\n'));
    const server = createServer((request, response) => {
      response.end(request.url?.endsWith('.gz') ? packed : text);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const file = (name: string, { length }: Buffer) => ({
      name,
      size: length,
      url_private: `${origin}/files-pri/${name}`,
    });
    const all = 36 * MB;
    let held = 0;
    let most = 0;
    let read = 0;
    let lastRead = 0;
    const ask = async (files: readonly ReturnType<typeof file>[]) => {
      using budget = openIntakeBudget();
      const access = { token: 'xoxb-1', slackApiUrl: `${origin}/api/`, budget };
      const gathered = await gatherEach([{ text: '', files: [...files] }], access, () => true);
      const bytes = gathered.flatMap(({ items }) => items).reduce((sum, item) => sum + item.text.length, 0);
      held += bytes;
      most = Math.max(most, held);
      read += bytes;
      lastRead = Date.now();
      // Then as much is held as ever.
      await until(() => read === all || Date.now() - lastRead > 800, 'nobody else gets in');
      held -= bytes;
    };
    const logs = Array.from({ length: 5 }, () => ask([file('debug.log', text), file('more.log', text)]));
    const archive = ask([file('debug.log.gz', packed)]);
    try {
      await Promise.all([...logs, archive]);
      expect(most).toBeLessThanOrEqual(PROCESS_BYTES);
      expect(read).toBe(all);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('does not hold threads that are not counted: two are read at a time', async () => {
    let reading = 0;
    let most = 0;
    const ended = Array.from({ length: 8 }, async () => {
      using budget = openIntakeBudget();
      const messages = await readInTurn(budget, async () => {
        reading += 1;
        most = Math.max(most, reading);
        await new Promise((resolve) => setImmediate(resolve));
        reading -= 1;
        return [{ text: 'x'.repeat(4 * MB), files: [] }];
      });
      return messages.length;
    });
    expect(await Promise.all(ended)).toEqual(Array(8).fill(1));
    expect(most).toBe(2);
  });

  it('is asked for by whoever gathers a thread', async () => {
    let reading = 0;
    let most = 0;
    const replies = async () => {
      reading += 1;
      most = Math.max(most, reading);
      await new Promise((resolve) => setImmediate(resolve));
      reading -= 1;
      return { messages: [{ ts: '1700.1', user: 'U0ANA', text: 'config system ftm-push\nend' }] };
    };
    const client = { conversations: { replies } } as unknown as webApi.WebClient;
    const gathered = Array.from({ length: 6 }, async () => {
      using budget = openIntakeBudget();
      const access = { token: 'xoxb-1', slackApiUrl: 'http://127.0.0.1:9/api/', budget };
      return await gatherThread(client, { channel: 'C0SUPPORT', thread: '1700.1' }, access);
    });
    expect((await Promise.all(gathered)).map((items) => items.length)).toEqual(Array(6).fill(1));
    expect(most).toBe(2);
  });

  it('counts a thread before others are read', async () => {
    const budgets = Array.from({ length: 10 }, () => openIntakeBudget());
    let read = 0;
    const all = budgets.map((budget) =>
      readInTurn(budget, async () => {
        read += 1;
        return [{ text: 'x'.repeat(4 * MB), files: [] }];
      }),
    );
    // Six have 24 MB, and two wait with what they read.
    await until(() => read >= 8, 'eight threads are read');
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(read).toBe(8);
    for (const budget of budgets) {
      budget[Symbol.dispose]();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(all);
    for (const budget of budgets) budget[Symbol.dispose]();
    expect(read).toBe(10);
  });
});
