/** A problem that the schema cannot detect: its place in the file and the reason. */
export interface BuildProblem {
  readonly path: readonly PropertyKey[];
  readonly reason: string;
}
