import type { ContainerBlock, KnownBlock, RichTextBlock } from '@slack/types';
import { shortTitle } from '../../block-kit/limits.ts';
import { bold, paragraph, type RichTextPart, richText } from './rich-text.ts';

/** Parts below a title that the reader opens. */
export function collapsible(title: string, parts: readonly RichTextPart[]): KnownBlock {
  return collapsibleBlocks(title, [richText(parts)]);
}

export function collapsibleBlocks(title: string, blocks: readonly RichTextBlock[]): KnownBlock {
  return {
    type: 'container',
    title: { type: 'plain_text', text: shortTitle(title), emoji: false },
    is_collapsible: true,
    default_collapsed: true,
    child_blocks: [...blocks],
  };
}

export function hasCollapsibles(blocks: readonly KnownBlock[]): boolean {
  return blocks.some(({ type }) => type === 'container');
}

/** Same message for clients without containers: everything is open, below its title. */
export function expandCollapsibles(blocks: readonly KnownBlock[]): readonly KnownBlock[] {
  return blocks.flatMap((block) => (block.type === 'container' ? expandContainer(block) : [block]));
}

function expandContainer({ title, child_blocks: children }: ContainerBlock): readonly KnownBlock[] {
  const [first, ...rest] = children;
  const heading = paragraph([bold(title?.text ?? '')]);
  // One block, because the number of blocks is limited too.
  if (first?.type === 'rich_text') return [{ ...first, elements: [heading, ...first.elements] }, ...rest];
  return [richText([heading]), ...children];
}
