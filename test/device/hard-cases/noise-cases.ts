import { expect } from 'vitest';
import { ALL, check } from '../device-fixture.ts';

const request = { vdom: 'campus' } as const;
const LONG = { connect: 20_000, command: 20_000, job: 60_000 };

export async function noise(kind: 'known' | 'foreign'): Promise<void> {
  for (const seed of [3, 5, 8]) {
    const limit = kind === 'foreign' ? { limit: 3 } : {};
    const behaviour = { noise: { seed, every: 9, kind, ...limit }, postLoginBanner: 'Hello' } as const;
    await check({ behaviour, device: { timeouts: LONG } }, async ({ items, simulator }) => {
      expect(simulator.writes).toEqual([]);
      await check({}, (plain) => {
        for (const item of items.filter(({ failure }) => !failure)) {
          if (!item.command?.startsWith('show ')) continue;
          expect(item.text).toBe(plain.item(item.command)?.text);
        }
      });
    });
  }
}

export async function deafDevice(): Promise<void> {
  for (const ms of [20, 150, 400]) {
    const behaviour = { deafAfterPrompt: { ms, command: 'get system status' } };
    await check({ behaviour, device: { timeouts: LONG }, request: { commands: ['dns'] } }, ({ items }) => {
      expect(items.filter(({ failure }) => failure)).toEqual([]);
    });
  }
}

/** After the second time there is a pause before each command, so that nothing more is dropped. */
export async function deafAfterEachPrompt(): Promise<void> {
  const commands = ['dns', 'ddns', 'vips', 'local-users', 'user-groups', 'radius'] as const;
  const given = { behaviour: { deafAfterPrompt: { ms: 100 } }, device: { timeouts: LONG } };
  await check({ ...given, request: { commands } }, ({ items, simulator }) => {
    expect(items.filter(({ failure }) => failure)).toEqual([]);
    expect(simulator.commands.filter((line) => line === '')).toHaveLength(2);
  });
}

export async function deafAtEdit(): Promise<void> {
  const behaviour = { deafAfterPrompt: { ms: 200, command: 'config vdom', times: 1 } };
  const given = { sample: 'campus', behaviour, device: { timeouts: LONG }, request } as const;
  await check(given, ({ items, simulator }) => {
    expect(items.filter(({ failure }) => failure)).toEqual([]);
    expect(simulator.vdoms()).toEqual(['root', 'campus', 'guests']);
    expect(simulator.writes).toEqual([]);
  });
}

export async function renamed(): Promise<void> {
  for (const hostname of ['fgt-b', 'a-name-that-is-too-long-for-a-prompt']) {
    const behaviour = { renameAfter: { command: 'show system dns', hostname } };
    await check({ sample: 'campus', behaviour, request }, ({ items }) => {
      expect(items).toHaveLength(ALL.length + 1);
      expect(items.filter(({ failure }) => failure)).toEqual([]);
    });
  }
}
