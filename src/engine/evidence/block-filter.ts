/** What is read of a table. */
export interface BlockFilter {
  /** Only entries with one of these settings are read; absent: all are. */
  readonly entriesWith?: ReadonlySet<string>;
  /** The settings that are read, at any depth; absent: all that anything reads. */
  readonly settings?: ReadonlySet<string>;
  /** The text that replaces the value of a setting of which only matters whether it is set. */
  readonly masks?: ReadonlyMap<string, string>;
}
