import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Environment } from '../../platform/config/environment.ts';

/** The environment and, below it, what a file `.env` in the folder sets. */
export function withEnvFile(env: Environment, folder: string): Environment {
  try {
    return { ...parseEnv(readFileSync(join(folder, '.env'), 'utf8')), ...env };
  } catch {
    // Most have none; one that cannot be read leaves its settings missing, which `doctor` reports by name.
    return env;
  }
}
