import { z } from 'zod';
import { LIMITS } from '../../../report/block-kit/limits.ts';
import { actionId, blockId, limitedText, mrkdwn, optionObject, plainText, textObject } from './objects.ts';
import { richTextBlock } from './rich-text.ts';

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
  options: z.array(optionObject).min(1).max(LIMITS.overflowOptions),
});

const staticSelect = z.strictObject({
  type: z.literal('static_select'),
  action_id: actionId,
  placeholder: plainText(LIMITS.placeholder).optional(),
  options: z.array(optionObject).max(LIMITS.options),
  initial_option: optionObject.optional(),
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
  options: z.array(optionObject).min(1).max(LIMITS.choiceOptions),
  initial_option: optionObject.optional(),
});

const textInput = z.looseObject({
  type: z.literal('plain_text_input'),
  action_id: actionId,
  placeholder: plainText(LIMITS.placeholder).optional(),
});

const interactive = z.union([button, overflow, staticSelect, dynamicSelect, radioButtons]);
const inputElement = z.union([staticSelect, dynamicSelect, radioButtons, textInput]);

/** The blocks that the bot sends, each with the properties that it uses. */

const section = z.strictObject({
  type: z.literal('section'),
  block_id: blockId,
  text: textObject(LIMITS.text),
  accessory: interactive.optional(),
});

const actions = z.strictObject({
  type: z.literal('actions'),
  block_id: blockId,
  elements: z.array(interactive).min(1).max(LIMITS.actionsElements),
});

const context = z.strictObject({
  type: z.literal('context'),
  block_id: blockId,
  elements: z.array(mrkdwn(LIMITS.text)).min(1).max(LIMITS.contextElements),
});

const divider = z.strictObject({ type: z.literal('divider'), block_id: blockId });
const header = z.strictObject({
  type: z.literal('header'),
  block_id: blockId,
  text: plainText(LIMITS.header),
});

const input = z.strictObject({
  type: z.literal('input'),
  block_id: blockId,
  label: plainText(LIMITS.inputLabel),
  hint: plainText(LIMITS.inputLabel).optional(),
  optional: z.boolean().optional(),
  element: inputElement,
});

const cell = z.strictObject({ type: z.literal('raw_text'), text: z.string() });

const dataTable = z.strictObject({
  type: z.literal('data_table'),
  block_id: blockId,
  caption: limitedText(LIMITS.text),
  rows: z.array(z.array(cell).min(1).max(LIMITS.tableColumns)).min(2).max(LIMITS.dataTableRows),
  page_size: z.int().min(1).max(100).optional(),
});

const taskCard = z.strictObject({
  type: z.literal('task_card'),
  block_id: blockId,
  task_id: limitedText(LIMITS.blockId),
  title: limitedText(LIMITS.text),
  status: z.enum(['pending', 'in_progress', 'complete', 'error']),
  details: richTextBlock.optional(),
});

const plan = z.strictObject({
  type: z.literal('plan'),
  block_id: blockId,
  title: limitedText(LIMITS.text),
  tasks: z.array(taskCard).max(LIMITS.messageBlocks).optional(),
});

const container = z.strictObject({
  type: z.literal('container'),
  block_id: blockId,
  title: plainText(LIMITS.containerTitle),
  is_collapsible: z.boolean().optional(),
  default_collapsed: z.boolean().optional(),
  child_blocks: z.array(richTextBlock).min(1).max(LIMITS.containerBlocks),
});

export const knownBlock = z.discriminatedUnion('type', [
  section,
  actions,
  context,
  divider,
  header,
  input,
  richTextBlock,
  dataTable,
  taskCard,
  plan,
  container,
]);
