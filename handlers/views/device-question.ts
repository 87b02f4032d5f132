import type { KnownBlock } from '@slack/types';
import type { CheckTarget } from '../../src/platform/runs/run.ts';
import { CHOOSE_DEVICE } from '../../src/report/block-kit/action-ids.ts';
import { actions, button, section } from '../../src/report/block-kit/build-blocks.ts';
import { inlineCode } from '../../src/report/block-kit/escape.ts';
import type { RequestContext } from '../shared/request-context.ts';

/** Slack takes 25 buttons in a block; a message that names more devices is not about a single one. */
const MAX_BUTTONS = 10;

export function whichDeviceText(targets: readonly CheckTarget[]): string {
  const names = targets.slice(0, MAX_BUTTONS).map(({ alias }) => inlineCode(alias));
  return `Which device do you mean: ${names.join(' or ')}? I check one device at a time.`;
}

export async function askAboutDevices(
  question: string,
  targets: readonly CheckTarget[],
  request: RequestContext,
): Promise<void> {
  await request.reply(question, deviceQuestion(question, targets, request));
}

export function deviceQuestion(
  text: string,
  targets: readonly CheckTarget[],
  { replyTo: { thread } }: Pick<RequestContext, 'replyTo'>,
): readonly KnownBlock[] {
  const buttons = targets.slice(0, MAX_BUTTONS).map((target, index) => {
    const { alias, user } = target;
    const label = user === undefined ? alias : `${alias} for ${user}`;
    // Ids of one block must differ.
    return button(`${CHOOSE_DEVICE}_${index}`, label, JSON.stringify({ ...target, thread }));
  });
  return [section(text), actions(...buttons)];
}
