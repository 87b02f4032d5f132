import { z } from 'zod';
import { codePoints, LIMITS } from '../../../report/block-kit/limits.ts';

/** Text of `min` to `max` code points. */
export function limitedText(max: number, min = 1) {
  return z.string().check((context) => {
    const length = codePoints(context.value);
    if (length >= min && length <= max) return;
    const message =
      length < min
        ? `needs at least ${min} character`
        : `has ${length} characters, at most ${max} are allowed`;
    context.issues.push({ code: 'custom', message, input: context.value });
  });
}

export function plainText(max: number) {
  return z.strictObject({
    type: z.literal('plain_text'),
    text: limitedText(max),
    emoji: z.boolean().optional(),
  });
}

export function mrkdwn(max: number) {
  return z.strictObject({ type: z.literal('mrkdwn'), text: limitedText(max) });
}

export function textObject(max: number) {
  return z.discriminatedUnion('type', [plainText(max), mrkdwn(max)]);
}

export const blockId = limitedText(LIMITS.blockId).optional();
export const actionId = limitedText(LIMITS.actionId).optional();

export const optionObject = z.strictObject({
  text: textObject(LIMITS.optionText),
  value: limitedText(LIMITS.optionValue),
  description: textObject(LIMITS.optionText).optional(),
});
