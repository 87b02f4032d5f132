import type { Section } from './types.ts';

/** A section without its lines: `from` and `to` are indexes, `to` exclusive. */
export interface LineRange
  extends Pick<
    Section,
    'kind' | 'command' | 'host' | 'ended' | 'vdom' | 'multiVdom' | 'failure' | 'instruction'
  > {
  readonly from: number;
  readonly to: number;
}
