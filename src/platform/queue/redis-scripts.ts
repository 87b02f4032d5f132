import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';

/**
 * What must happen at once in Redis: `src/platform/lua/NAME-NUMBER_OF_KEYS.lua`, as BullMQ names its scripts. Jobs are
 * BullMQ's: `<jobs><id>` is a job's hash, with `finishedOn` once it ended, and `<jobs><id>:lock` exists while a worker is
 * alive and works on it. A job group therefore needs no lease of its own: it has an active job as long as that lock exists.
 */
const FILES = [
  'acceptJob-5',
  'acquireLease-2',
  'activateInGroup-3',
  'addField-2',
  'addMember-1',
  'cancelJob-2',
  'countEnd-1',
  'countStart-1',
  'createRun-2',
  'jobPosition-4',
  'nextInGroup-2',
  'putRecord-1',
  'releaseLease-1',
  'storeResult-2',
  'updateRun-2',
] as const;

type NameOf<File> = File extends `${infer Name}-${number}` ? Name : never;
export type ScriptName = NameOf<(typeof FILES)[number]>;

/** For the option `scripts` of ioredis, which sends a script once, and its digest from then on. */
export const SCRIPTS = Object.fromEntries(
  FILES.map((file) => {
    const [name = '', numberOfKeys] = file.split('-');
    const lua = readFileSync(new URL(`../lua/${file}.lua`, import.meta.url), 'utf8');
    return [name, { lua, numberOfKeys: Number(numberOfKeys) }];
  }),
);

type Script = (...keysAndArgs: readonly (string | number)[]) => Promise<unknown>;

/** Keys first, then arguments. */
export function runScript(
  redis: Redis,
  name: ScriptName,
  ...keysAndArgs: readonly (string | number)[]
): Promise<unknown> {
  return (redis as unknown as Record<ScriptName, Script>)[name](...keysAndArgs);
}
