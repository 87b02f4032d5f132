import type { KnownBlock } from '@slack/types';

/**
 * Limits of one message. Slack accepts 50 blocks and about 13,200 characters, counted by an unpublished rule
 * (slackapi/bolt-js#2509, #2867); the length of the blocks as JSON is a safe measure.
 */
const MAX_BLOCKS = 48;
const MAX_WEIGHT = 11_800;

export interface MessageBudget {
  /** Adds the blocks if they fit and leave `reserve` free. */
  take(blocks: readonly KnownBlock[], reserve?: number): boolean;
  readonly blocks: readonly KnownBlock[];
}

/** `reserved` are blocks that belong to the same message and must always fit. */
export function createMessageBudget(reserved: readonly KnownBlock[] = []): MessageBudget {
  const taken: KnownBlock[] = [];
  let weight = weightOf(reserved);
  return {
    blocks: taken,
    take(blocks, reserve = 0) {
      const added = weightOf(blocks);
      if (
        taken.length + reserved.length + blocks.length > MAX_BLOCKS ||
        weight + added + reserve > MAX_WEIGHT
      )
        return false;
      taken.push(...blocks);
      weight += added;
      return true;
    },
  };
}

export function weightOf(blocks: readonly KnownBlock[]): number {
  return blocks.reduce((sum, block) => sum + JSON.stringify(block).length + 1, 0);
}
