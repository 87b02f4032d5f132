export const DEFAULT_INVENTORY = 'inventory.yaml';

export type Environment = Readonly<Record<string, string | undefined>>;

export function inventoryPath(env: Environment): string {
  return env.FTM_CHECK_INVENTORY || DEFAULT_INVENTORY;
}

/** A variable whose value cannot be used, with one that could. */
export interface ConfigProblem {
  readonly variable: string;
  readonly problem: string;
  readonly example: string;
}
