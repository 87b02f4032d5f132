import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SCRIPTS } from '../../../src/platform/queue/redis-scripts.ts';

const LUA = new URL('../../../src/platform/lua/', import.meta.url);

it('knows every script in the folder, with its number of keys, and the build copies them', () => {
  const known = Object.entries(SCRIPTS).map(([name, { numberOfKeys }]) => `${name}-${numberOfKeys}.lua`);
  expect(known.toSorted()).toEqual(readdirSync(LUA).toSorted());
  expect(readFileSync('scripts/build.ts', 'utf8')).toContain("'src/platform/lua/*.lua'");
});

it.each(Object.entries(SCRIPTS))('%s uses the keys that its name states', (_, { lua, numberOfKeys }) => {
  const used = [...lua.matchAll(/KEYS\[(\d+)\]/g)].map(([, number]) => Number(number));
  expect(Math.max(...used)).toBe(numberOfKeys);
});
