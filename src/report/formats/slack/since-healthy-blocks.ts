import type { KnownBlock } from '@slack/types';
import type { SinceHealthy } from '../../../engine/diagnosis/changes/since-healthy.ts';
import {
  sinceHealthyLines,
  sinceHealthyTitle,
  workedAt,
} from '../../documents/changes/since-healthy-text.ts';
import { clipProse, printableProse } from '../../documents/printable.ts';
import { collapsible } from './collapsible.ts';
import { contextBlocks } from './other-blocks.ts';
import { proseText } from './prose-text.ts';
import { bullets, paragraph, plain } from './rich-text.ts';

const LINE_LIMIT = 250;
const SHOWN_IN_TEXT = 3;

/** What changed since the device was healthy, collapsed behind the change that explains most. */
export function sinceHealthyBlocks(since: SinceHealthy | undefined): readonly KnownBlock[] {
  if (since === undefined) return [];
  const title = printableProse(sinceHealthyTitle(since));
  if (since.changes.length === 0) return contextBlocks(clipProse(title, LINE_LIMIT));
  const lines = sinceHealthyLines(since).map((line) => [plain(clipProse(printableProse(line), LINE_LIMIT))]);
  const intro = paragraph([plain(`Compared with the check of ${workedAt(since)}, when it worked:`)]);
  return [collapsible(title, [intro, bullets(lines)])];
}

/** Same as text without blocks. */
export function sinceHealthyText(since: SinceHealthy | undefined): string {
  if (since === undefined) return '';
  const lines = sinceHealthyLines(since).slice(0, SHOWN_IN_TEXT);
  return [
    `Since it worked, ${workedAt(since)}:`,
    ...lines,
    ...(lines.length === 0 ? ['nothing that push needs has changed'] : []),
  ]
    .map((line) => proseText(clipProse(printableProse(line), LINE_LIMIT)))
    .join('\n');
}
