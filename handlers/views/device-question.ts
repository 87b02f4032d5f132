import type { KnownBlock } from '@slack/types';
import type { CheckTarget } from '../../src/platform/runs/run.ts';
import { CHOOSE_DEVICE } from '../../src/report/block-kit/action-ids.ts';
import { inlineCode } from '../../src/report/block-kit/escape.ts';
import { LIMITS, truncate } from '../../src/report/block-kit/limits.ts';
import type { RequestContext } from '../shared/request-context.ts';

/** Slack takes 25 buttons in a block; a message that names more devices is not about a single one. */
const MAX_BUTTONS = 10;

/** Value of a button of the question: the target, and where the answer goes. */
export interface DeviceChoice extends CheckTarget {
  /** Thread to answer in. */
  readonly thread?: string;
}

export function whichDeviceText(targets: readonly CheckTarget[]): string {
  const names = targets.slice(0, MAX_BUTTONS).map(({ alias }) => inlineCode(alias));
  return `Which device do you mean: ${names.join(' or ')}? I check one device at a time.`;
}

/** The question with one button for each device. */
export function deviceQuestion(
  text: string,
  targets: readonly CheckTarget[],
  { replyTo }: Pick<RequestContext, 'replyTo'>,
): readonly KnownBlock[] {
  const { thread } = replyTo;
  return [
    { type: 'section', text: { type: 'mrkdwn', text } },
    {
      type: 'actions',
      elements: targets.slice(0, MAX_BUTTONS).map((target, index) => ({
        type: 'button',
        // Ids of one block must differ.
        action_id: `${CHOOSE_DEVICE}_${index}`,
        text: { type: 'plain_text', text: truncate(labelOf(target), LIMITS.buttonText) },
        value: JSON.stringify({ ...target, thread } satisfies DeviceChoice),
      })),
    },
  ];
}

function labelOf({ alias, user }: CheckTarget): string {
  return user === undefined ? alias : `${alias} for ${user}`;
}
