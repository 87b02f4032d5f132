import { expect } from 'vitest';
import { ALL, check, LONG_TIMEOUTS } from '../device-fixture.ts';

const request = { vdom: 'campus' } as const;

export async function roleFlips(): Promise<void> {
  for (const flipRoleAfter of ['get system status', 'show user local', 'config global', 'edit campus']) {
    const behaviour = { haRole: 'Primary', flipRoleAfter } as const;
    await check({ sample: 'campus', behaviour, request }, ({ items }) => {
      expect(items).toHaveLength(ALL.length + 1);
      expect(items.filter(({ failure }) => failure)).toEqual([]);
    });
  }
}

export async function bareAccept(): Promise<void> {
  await check({ behaviour: { postLoginBanner: 'Hello' } }, ({ items, simulator }) => {
    expect(simulator.keys).toEqual(['a']);
    // An Enter behind it would be a line of its own, and every answer one prompt late.
    expect(simulator.commands).toEqual([...items.map(({ command }) => command), 'exit']);
  });
}

export async function pagerByHeight(): Promise<void> {
  const lines = Array.from({ length: 9_000 }, (_, index) => `    set comment "line ${index}"`);
  const text = ['config firewall vip', ...lines, 'end'].join('\n');
  const given = { outputs: { 'show firewall vip': text }, request: { commands: ['vips'] as const } };
  await check(given, ({ item, simulator }) => {
    expect(item('show firewall vip')?.text).toBe(text);
    expect(simulator.writes).toEqual([]);
    expect(simulator.keys).toEqual([]);
  });
}

export async function slowButComing(): Promise<void> {
  const text = [
    'config firewall vip',
    ...Array.from({ length: 200 }, () => '    set comment "slow"'),
    'end',
  ].join('\n');
  const command = 8_000;
  const given = {
    outputs: { 'show firewall vip': text },
    // Far longer than the budget in all, and never silent for as long as that.
    behaviour: { chunkBytes: 30, trickleMs: 60 },
    device: { timeouts: { ...LONG_TIMEOUTS, command } },
    request: { commands: ['vips'] as const },
  };
  await check(given, ({ item }) => {
    expect(item('show firewall vip')?.failure).toBeUndefined();
    expect(item('show firewall vip')?.text).toBe(text);
  });
}

export async function noProbes(): Promise<void> {
  await check({ request: { commands: ['dns'] } }, ({ simulator }) => {
    expect(simulator.commands).toEqual(['get system status', 'show system dns', 'exit']);
  });
}

export async function dropsAfterPrompt(): Promise<void> {
  for (const command of ['config global', 'show user local']) {
    await check(
      { sample: 'campus', behaviour: { dropAfterPrompt: command, drops: 1 }, request },
      ({ items }) => {
        expect(items.filter(({ failure }) => failure)).toEqual([]);
      },
    );
  }
  await check(
    { sample: 'campus', behaviour: { dropAfterPrompt: 'get system status' }, request },
    ({ items }) => {
      expect(items.map(({ failure }) => failure?.kind)).toEqual([undefined, ...ALL.map(() => 'not-run')]);
    },
  );
}
