import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { progressLine, timeLeft } from '../../../src/cli/fleet/check-fleet.ts';
import { createSessionLimits } from '../../../src/device/session-limits.ts';
import type { JumpHost } from '../../../src/platform/config/inventory-types.ts';

function jumpHost(address: string): JumpHost {
  return {
    kind: 'jump-host',
    alias: address,
    address,
    port: 22,
    username: 'jump',
    credential: { kind: 'password', password: { env: 'JUMP_PASSWORD' } },
    hostKeys: [],
    algorithms: 'modern',
    timeouts: { connect: 1000 },
  };
}

const ONE = jumpHost('192.0.2.1');
const TWO = jumpHost('192.0.2.2');

/** Runs one piece of work for each chain; returns the most that ran at once, of all and for each jump host. */
async function mostAtOnce(concurrency: number, chains: readonly (readonly JumpHost[])[]) {
  const withSession = createSessionLimits(concurrency);
  const running: (readonly JumpHost[])[] = [];
  const most = { all: 0, one: 0, two: 0 };
  const through = (host: JumpHost) => running.filter((chain) => chain.includes(host)).length;
  const done = await Promise.all(
    chains.map((jumps, index) =>
      withSession({ device: { jumps } }, async () => {
        running.push(jumps);
        most.all = Math.max(most.all, running.length);
        most.one = Math.max(most.one, through(ONE));
        most.two = Math.max(most.two, through(TWO));
        for (let turns = 0; turns < 5; turns += 1) await turn();
        running.splice(running.indexOf(jumps), 1);
        return index;
      }),
    ),
  );
  expect(done).toEqual(chains.map((_, index) => index));
  return most;
}

describe('limits of sessions', () => {
  it('bound all together', async () => {
    expect(
      await mostAtOnce(
        3,
        Array.from({ length: 20 }, () => []),
      ),
    ).toEqual({ all: 3, one: 0, two: 0 });
  });

  it('bound each jump host, while other devices go on', async () => {
    const chains = Array.from({ length: 40 }, (_, index) => (index < 30 ? [ONE] : []));
    const most = await mostAtOnce(12, chains);
    expect(most).toEqual({ all: 12, one: 4, two: 0 });
  });

  it('let what a person asked for go before the background', async () => {
    const withSession = createSessionLimits(1);
    const done: string[] = [];
    const names = ['first', 'background', 'person'];
    await Promise.all(
      names.map((name) =>
        withSession({ device: {}, background: name !== 'person' }, async () => done.push(name)),
      ),
    );
    expect(done).toEqual(['first', 'person', 'background']);
  });

  it('end where chains have jump hosts in another order', async () => {
    const chains = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? [ONE, TWO] : [TWO, ONE]));
    expect(await mostAtOnce(12, chains)).toEqual({ all: 4, one: 4, two: 4 });
  });
});

describe('progress', () => {
  it('estimates the time left at the pace so far', () => {
    expect(timeLeft({ done: 0, total: 10, tookMs: 0, sinceMs: 500 })).toBeUndefined();
    expect(timeLeft({ done: 2, total: 10, tookMs: 4000, sinceMs: 1000 })).toBe(15_000);
    expect(timeLeft({ done: 9, total: 10, tookMs: 9000, sinceMs: 60_000 })).toBe(0);
  });

  it('is one line', () => {
    expect(progressLine({ done: 0, total: 500 }, undefined)).toBe(
      `[${' '.repeat(20)}] 0 of 500 devices read`,
    );
    expect(progressLine({ done: 125, total: 500 }, 600_000)).toBe(
      `[=====${' '.repeat(15)}] 125 of 500 devices read, about 10 minutes left`,
    );
    expect(progressLine({ done: 1, total: 1 }, 0)).toBe(`[${'='.repeat(20)}] 1 of 1 device read`);
  });
});
