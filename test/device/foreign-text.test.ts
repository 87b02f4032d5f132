import { describe, expect, it } from 'vitest';
import { check } from './device-fixture.ts';

const commands = ['local-users', 'dns'] as const;

describe('text that nobody knows in an output', () => {
  it.each([
    [10, 'show user local'],
    [11, 'show user local'],
    [20, 'show system dns'],
  ])('makes it read once more (seed %i, %s)', async (seed, command) => {
    const behaviour = { noise: { kind: 'foreign', every: 6, limit: 1, seed } } as const;
    await check({ behaviour, request: { commands } }, async ({ items, simulator }) => {
      expect(simulator.commands.filter((line) => line === command)).toHaveLength(2);
      await check({ request: { commands } }, (plain) => {
        for (const item of items.slice(1)) {
          expect(item.failure).toBeUndefined();
          expect(item.text).toBe(plain.item(item.command ?? '')?.text);
        }
      });
    });
  });

  it('in both answers leaves nothing of them', async () => {
    const text = 'config user local\n    edit "marlow"\nfan tray 2 reports low speed\n    next\nend';
    const given = { outputs: { 'show user local': text }, request: { commands } };
    await check(given, ({ item, simulator }) => {
      expect(item('show user local')).toMatchObject({
        text: '',
        failure: { kind: 'failed', reason: expect.stringContaining('twice') },
      });
      expect(simulator.commands.filter((line) => line === 'show user local')).toHaveLength(2);
      expect(item('show system dns')?.failure).toBeUndefined();
    });
  });

  it('behind an output without a known end makes it read once more', async () => {
    const behaviour = { asyncLine: { when: 'before-echo', text: 'fan tray 2 reports low speed' } } as const;
    const asked = ['fortitoken-info', 'dns'] as const;
    await check({ behaviour, request: { commands: asked } }, ({ items, simulator }) => {
      expect(items.filter(({ failure }) => failure)).toEqual([]);
      const sent = (command: string) => simulator.commands.filter((line) => line === command).length;
      expect([sent('show system dns'), sent('diagnose fortitoken info')]).toEqual([1, 2]);
    });
  });
});
