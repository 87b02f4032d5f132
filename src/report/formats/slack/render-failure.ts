import { escapeMrkdwn } from '../../block-kit/escape.ts';
import { questionLine } from '../../documents/answer/device-line.ts';
import type { Failure } from '../../documents/failure.ts';
import { clipProse, printableProse } from '../../documents/printable.ts';
import { context, contextBlocks, headlineBlock } from './other-blocks.ts';
import { proseText } from './prose-text.ts';
import type { RenderSlackOptions, SlackAnswer } from './render-slack.ts';
import { paragraph, prose, richText } from './rich-text.ts';

/** A run without a diagnosis: what happened, what to do, and the code to quote. */
export function renderFailureSlack(
  { code, message, advice }: Failure,
  options: RenderSlackOptions = {},
): SlackAnswer {
  const asked = questionLine(options);
  const said = clipProse(printableProse(message), 600) || 'The request failed';
  // Somebody wanted it.
  const isError = code !== 'ftm_cancelled';
  const mark = code === 'ftm_unknown_vdom' ? '⚠️' : '⚪';
  const todo = advice === undefined ? '' : clipProse(printableProse(advice), 2000);
  return {
    text: [`${mark} *${proseText(said)}*`, proseText(todo), isError ? `(${code})` : '']
      .filter(Boolean)
      .join('\n'),
    blocks: [
      headlineBlock(mark, said),
      ...contextBlocks(clipProse(asked, 600)),
      ...(todo === '' ? [] : [richText([paragraph(prose(todo))])]),
      ...(isError ? [context(escapeMrkdwn(code))] : []),
      ...(options.controls ?? []),
    ],
  };
}
