import { readFileSync } from 'node:fs';

/** `branch-07`: only the trusted hosts of every administrator stop push. `campus`: three VDOMs, all healthy. */
export const SAMPLES = ['branch-07', 'campus'] as const;
export type SampleName = (typeof SAMPLES)[number];

/** A built-in configuration backup, for the demo and for tests. */
export function sampleConfig(name: SampleName): string {
  return readFileSync(new URL(`./samples/${name}.conf`, import.meta.url), 'utf8');
}
