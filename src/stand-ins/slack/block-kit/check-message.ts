import type { KnownBlock } from '@slack/types';
import { codePoints, LIMITS } from '../../../report/block-kit/limits.ts';
import { knownBlock } from './blocks.ts';

/** A reason why Slack would refuse or silently cut the message; `code` is Slack's error code. */
export interface Violation {
  readonly code: 'invalid_blocks' | 'msg_blocks_too_long' | 'msg_too_long' | 'no_text';
  /** A JSON pointer, such as `/blocks/3/text/text`. */
  readonly path: string;
  readonly message: string;
}

export interface CheckedMessage {
  readonly text?: string | undefined;
  /** `unknown` if the message was received over the network. */
  readonly blocks?: readonly KnownBlock[] | readonly unknown[] | undefined;
}

/** Returns an empty list if Slack accepts the message unchanged. */
export function checkMessage({ text = '', blocks = [] }: CheckedMessage): readonly Violation[] {
  const violations: Violation[] = [];
  if (text.trim() === '') {
    violations.push({ code: 'no_text', path: '/text', message: 'needs a text, also as fallback of blocks' });
  }
  if (codePoints(text) > LIMITS.messageText) {
    violations.push({
      code: 'msg_too_long',
      path: '/text',
      message: `over ${LIMITS.messageText} characters`,
    });
  }
  violations.push(...checkBlocks(blocks, LIMITS.messageBlocks));
  const weight = messageWeight(blocks);
  if (weight > LIMITS.messageWeight) {
    violations.push({
      code: 'msg_blocks_too_long',
      path: '/blocks',
      message: `weighs ${weight}, at most ${LIMITS.messageWeight} is safe`,
    });
  }
  return violations;
}

/** Checks the blocks of a modal or an App Home. */
export function checkViewBlocks(blocks: readonly unknown[]): readonly Violation[] {
  return checkBlocks(blocks, LIMITS.viewBlocks);
}

/**
 * The size that counts towards `msg_blocks_too_long`. Slack does not publish the rule: it accepts at most 13,297
 * characters in one markdown block and less in other blocks (slackapi/bolt-js#2509), and 11,341 characters of rich
 * text were too many (slackapi/bolt-js#2867). The length of the blocks as JSON matches all three and is on the safe
 * side.
 */
function messageWeight(blocks: readonly unknown[]): number {
  return blocks.length === 0 ? 0 : codePoints(JSON.stringify(blocks));
}

function checkBlocks(blocks: readonly unknown[], max: number): readonly Violation[] {
  const violations: Violation[] = [];
  if (blocks.length > max) violations.push(invalid('/blocks', `${blocks.length} blocks, at most ${max}`));
  blocks.forEach((block, index) => {
    const checked = knownBlock.safeParse(block);
    if (checked.success) return;
    for (const issue of checked.error.issues) {
      violations.push(invalid(`/blocks/${[index, ...issue.path.map(String)].join('/')}`, issue.message));
    }
  });
  violations.push(...findRepeatedIds(blocks));
  return violations;
}

function findRepeatedIds(blocks: readonly unknown[]): readonly Violation[] {
  const seen = new Set<string>();
  const violations: Violation[] = [];
  blocks.forEach((block, index) => {
    if (typeof block !== 'object' || block === null || !('block_id' in block)) return;
    const id = String(block.block_id);
    if (seen.has(id)) violations.push(invalid(`/blocks/${index}/block_id`, `${id} is used twice`));
    seen.add(id);
  });
  return violations;
}

function invalid(path: string, message: string): Violation {
  return { code: 'invalid_blocks', path, message };
}
