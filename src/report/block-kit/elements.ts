import { z } from 'zod';
import { LIMITS } from './limits.ts';
import { actionId, confirm, limitedText, option, optionGroup, plainText } from './objects.ts';

const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(LIMITS.buttonText),
  action_id: actionId,
  value: limitedText(LIMITS.buttonValue, 0).optional(),
  url: limitedText(LIMITS.url).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm: confirm.optional(),
  accessibility_label: limitedText(LIMITS.buttonText).optional(),
});

const overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id: actionId,
  options: z.array(option).min(1).max(LIMITS.overflowOptions),
  confirm: confirm.optional(),
});

const staticSelect = z.strictObject({
  type: z.enum(['static_select', 'multi_static_select']),
  action_id: actionId,
  placeholder: plainText(LIMITS.placeholder).optional(),
  options: z.array(option).max(LIMITS.options).optional(),
  option_groups: z.array(optionGroup).max(LIMITS.options).optional(),
  initial_option: option.optional(),
  initial_options: z.array(option).optional(),
  max_selected_items: z.int().min(1).optional(),
  focus_on_load: z.boolean().optional(),
  confirm: confirm.optional(),
});

const dynamicSelect = z.looseObject({
  type: z.enum([
    'external_select',
    'multi_external_select',
    'users_select',
    'multi_users_select',
    'conversations_select',
    'multi_conversations_select',
    'channels_select',
    'multi_channels_select',
  ]),
  action_id: actionId,
  placeholder: plainText(LIMITS.placeholder).optional(),
});

const choices = z.strictObject({
  type: z.enum(['checkboxes', 'radio_buttons']),
  action_id: actionId,
  options: z.array(option).min(1).max(LIMITS.choiceOptions),
  initial_option: option.optional(),
  initial_options: z.array(option).optional(),
  focus_on_load: z.boolean().optional(),
  confirm: confirm.optional(),
});

const input = z.looseObject({
  type: z.enum([
    'plain_text_input',
    'rich_text_input',
    'email_text_input',
    'url_text_input',
    'number_input',
    'datepicker',
    'timepicker',
    'datetimepicker',
    'file_input',
  ]),
  action_id: actionId,
  placeholder: plainText(LIMITS.placeholder).optional(),
});

export const image = z.strictObject({
  type: z.literal('image'),
  alt_text: limitedText(LIMITS.altText),
  image_url: limitedText(LIMITS.url).optional(),
  slack_file: z.looseObject({}).optional(),
});

const feedbackChoice = z.strictObject({
  text: plainText(LIMITS.buttonText),
  value: limitedText(LIMITS.buttonValue),
  accessibility_label: limitedText(LIMITS.buttonText).optional(),
});

const feedbackButtons = z.strictObject({
  type: z.literal('feedback_buttons'),
  action_id: actionId,
  positive_button: feedbackChoice,
  negative_button: feedbackChoice,
});

const iconButton = z.strictObject({
  type: z.literal('icon_button'),
  action_id: actionId,
  icon: z.literal('trash'),
  text: plainText(LIMITS.buttonText),
  value: limitedText(LIMITS.buttonValue).optional(),
  accessibility_label: limitedText(LIMITS.buttonText).optional(),
  visible_to_user_ids: z.array(z.string()).max(10).optional(),
  confirm: confirm.optional(),
});

export const buttonElement = button;
export const interactive = z.union([button, overflow, staticSelect, dynamicSelect, choices, input]);
export const contextAction = z.discriminatedUnion('type', [feedbackButtons, iconButton]);
export const inputElement = z.union([staticSelect, dynamicSelect, choices, input]);
