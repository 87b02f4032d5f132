/** What is read of a table. */
export interface BlockFilter {
  /** Only entries with one of these settings are read; absent: all are. */
  readonly entriesWith?: ReadonlySet<string>;
  /** The settings that are read, at any depth; absent: all that anything reads. */
  readonly settings?: ReadonlySet<string>;
  /** What stands for the value of a setting that only matters as set or unset. */
  readonly masks?: ReadonlyMap<string, string>;
}
