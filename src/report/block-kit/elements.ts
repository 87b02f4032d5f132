import { z } from 'zod';
import { LIMITS } from './limits.ts';
import { actionId, limitedText, option, plainText } from './objects.ts';

const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(LIMITS.buttonText),
  action_id: actionId,
  value: limitedText(LIMITS.buttonValue, 0).optional(),
  url: limitedText(LIMITS.url).optional(),
  style: z.enum(['primary', 'danger']).optional(),
});

const overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id: actionId,
  options: z.array(option).min(1).max(LIMITS.overflowOptions),
});

const staticSelect = z.strictObject({
  type: z.literal('static_select'),
  action_id: actionId,
  placeholder: plainText(LIMITS.placeholder).optional(),
  options: z.array(option).max(LIMITS.options),
  initial_option: option.optional(),
});

/** Slack knows the choices, or asks for them. */
const dynamicSelect = z.looseObject({
  type: z.enum(['external_select', 'users_select', 'conversations_select']),
  action_id: actionId,
  placeholder: plainText(LIMITS.placeholder).optional(),
});

const radioButtons = z.strictObject({
  type: z.literal('radio_buttons'),
  action_id: actionId,
  options: z.array(option).min(1).max(LIMITS.choiceOptions),
  initial_option: option.optional(),
});

const textInput = z.looseObject({
  type: z.literal('plain_text_input'),
  action_id: actionId,
  placeholder: plainText(LIMITS.placeholder).optional(),
});

export const interactive = z.union([button, overflow, staticSelect, dynamicSelect, radioButtons]);
export const inputElement = z.union([staticSelect, dynamicSelect, radioButtons, textInput]);
