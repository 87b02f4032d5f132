/** What a schema cannot see: where it is in the file, and what is wrong with it. */
export interface BuildProblem {
  readonly path: readonly PropertyKey[];
  readonly reason: string;
}
