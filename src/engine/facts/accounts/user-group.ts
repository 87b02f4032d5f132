import type { Quote } from '../../evidence/types.ts';
import type { Sourced } from '../fact.ts';

export interface UserGroup {
  readonly name: string;
  readonly vdom?: string;
  readonly members: Sourced<readonly string[]>;
  /** `config match`: of a server in `member` only those users get in whom it reports in this group. */
  readonly matches: readonly GroupMatch[];
  /** Neither a whole configuration nor the whole table was shown, so there may be others. */
  readonly partial?: true;
}

export interface GroupMatch {
  /** Its number in the table: `edit 1`. */
  readonly key: string;
  readonly server: string;
  readonly group: string;
  readonly quotes: readonly Quote[];
}
