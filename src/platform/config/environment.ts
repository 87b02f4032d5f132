export const DEFAULT_INVENTORY = 'inventory.yaml';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable whose value cannot be used, with one that could. */
export interface ConfigProblem {
  readonly variable: string;
  readonly problem: string;
  readonly example: string;
}
