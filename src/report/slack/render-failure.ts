import { escapeMrkdwn } from '../../slack/escape.ts';
import type { Failure } from '../failure.ts';
import { clip, printableProse } from '../printable.ts';
import { tookText } from '../summary.ts';
import { proseText } from './fallback-text.ts';
import { askedText, context, headlineBlock } from './other-blocks.ts';
import type { SlackAnswer, SlackOptions } from './render-slack.ts';
import { paragraph, prose, richText } from './rich-text.ts';

/** A run that ended without a diagnosis: what happened, what to do, and the code to quote. */
export function renderFailureSlack(
  { code, message, advice }: Failure,
  options: SlackOptions = {},
): SlackAnswer {
  const took = options.tookMs === undefined ? undefined : tookText(options.tookMs);
  const asked = askedText(options.askerName, options.alias, took);
  const said = clip(printableProse(message), 600) || 'The request failed';
  const mark = code === 'ftm_unknown_vdom' ? '⚠️' : '⚪';
  const todo = advice === undefined ? '' : clip(printableProse(advice), 2000);
  return {
    text: [`${mark} *${proseText(said)}*`, proseText(todo), `(${code})`].filter(Boolean).join('\n'),
    blocks: [
      ...(asked === '' ? [] : [context(asked)]),
      headlineBlock(mark, said),
      ...(todo === '' ? [] : [richText([paragraph(prose(todo))])]),
      context(escapeMrkdwn(code)),
      ...(options.controls ?? []),
    ],
  };
}
