import type { KnownBlock } from '@slack/types';
import { context } from '../../block-kit/build-blocks.ts';
import { codePoints, LIMITS } from '../../block-kit/limits.ts';
import { clipProse, printableProse } from '../../documents/printable.ts';
import { collapsibleBlocks, expandCollapsibles } from './collapsible.ts';
import { contextBlocks } from './other-blocks.ts';
import { proseText } from './prose-text.ts';

const NEWER = 'The newer answer is further down in this thread.';
const CHECKED_AGAIN = `Checked again: t${NEWER.slice(1)}`;
const PREFIX = 'Earlier answer: ';

/**
 * An answer after a re-check: one line, with the old answer collapsed, so that its undo lines stay available. `proof`: a
 * login that succeeded since.
 */
export function supersededMessage(
  headline: string,
  blocks: readonly KnownBlock[],
  proof?: string,
): { readonly text: string; readonly blocks: readonly KnownBlock[] } {
  const said = printableProse(headline);
  const newer = proof === undefined ? CHECKED_AGAIN : `${provedText(proof)}. ${NEWER}`;
  const text = `${newer} ${PREFIX}${proseText(clipProse(said, 600))}`;
  const kept = expandCollapsibles(blocks)
    .filter((block) => block.type === 'rich_text')
    .slice(0, LIMITS.containerBlocks);
  if (kept.length === 0) return { text, blocks: contextBlocks(newer) };
  const container = collapsibleBlocks(`${PREFIX}${said.replaceAll('`', '')}`, kept);
  const all = [context(newer), container];
  const fits = codePoints(JSON.stringify(all)) <= LIMITS.messageWeight;
  return { text, blocks: fits ? all : contextBlocks(newer) };
}

/** Slack mrkdwn. */
export function provedText(proof: string): string {
  return `🟢 ${proseText(printableProse(proof))}`;
}
