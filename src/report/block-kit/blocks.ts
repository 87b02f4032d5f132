import { z } from 'zod';
import { buttonElement, contextAction, image, inputElement, interactive } from './elements.ts';
import { LIMITS } from './limits.ts';
import { blockId, limitedText, mrkdwnOnly, plainText, textObject } from './objects.ts';
import { richTextBlock } from './rich-text.ts';

const section = z
  .strictObject({
    type: z.literal('section'),
    block_id: blockId,
    text: textObject(LIMITS.text).optional(),
    fields: z.array(textObject(LIMITS.sectionField)).min(1).max(LIMITS.sectionFields).optional(),
    accessory: z.union([interactive, image]).optional(),
    expand: z.boolean().optional(),
  })
  .refine((block) => block.text !== undefined || block.fields !== undefined, 'needs text or fields');

const actions = z.strictObject({
  type: z.literal('actions'),
  block_id: blockId,
  elements: z.array(interactive).min(1).max(LIMITS.actionsElements),
});

const context = z.strictObject({
  type: z.literal('context'),
  block_id: blockId,
  elements: z
    .array(z.union([textObject(LIMITS.text), image]))
    .min(1)
    .max(LIMITS.contextElements),
});

const contextActions = z.strictObject({
  type: z.literal('context_actions'),
  block_id: blockId,
  elements: z.array(contextAction).min(1).max(LIMITS.contextActionsElements),
});

const divider = z.strictObject({ type: z.literal('divider'), block_id: blockId });
const header = z.strictObject({
  type: z.literal('header'),
  block_id: blockId,
  text: plainText(LIMITS.header),
  level: z.int().min(1).max(4).optional(),
});
const markdown = z.strictObject({
  type: z.literal('markdown'),
  block_id: blockId,
  text: limitedText(LIMITS.markdown),
});
const imageBlock = z.strictObject({
  ...image.shape,
  block_id: blockId,
  title: plainText(LIMITS.altText).optional(),
});
const file = z.strictObject({
  type: z.literal('file'),
  block_id: blockId,
  source: z.literal('remote'),
  external_id: limitedText(LIMITS.blockId),
});
const video = z.looseObject({ type: z.literal('video'), block_id: blockId, alt_text: limitedText(200) });

const input = z.strictObject({
  type: z.literal('input'),
  block_id: blockId,
  label: plainText(LIMITS.inputLabel),
  hint: plainText(LIMITS.inputLabel).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  element: inputElement,
});

const cell = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('raw_text'), text: z.string() }),
  z.looseObject({ type: z.literal('raw_number') }),
  richTextBlock,
]);

const table = z.strictObject({
  type: z.literal('table'),
  block_id: blockId,
  rows: z.array(z.array(cell).min(1).max(LIMITS.tableColumns)).min(1).max(LIMITS.tableRows),
  column_settings: z
    .array(
      z
        .strictObject({
          align: z.enum(['left', 'center', 'right']).optional(),
          is_wrapped: z.boolean().optional(),
        })
        .nullable(),
    )
    .max(LIMITS.tableColumns)
    .optional(),
});

const dataTable = z.strictObject({
  type: z.literal('data_table'),
  block_id: blockId,
  caption: limitedText(LIMITS.text),
  rows: z.array(z.array(cell).min(1).max(LIMITS.tableColumns)).min(2).max(LIMITS.dataTableRows),
  page_size: z.int().min(1).max(100).optional(),
  row_header_column_index: z.int().min(0).optional(),
});

const card = z.strictObject({
  type: z.literal('card'),
  block_id: blockId,
  hero_image: image.optional(),
  icon: image.optional(),
  title: mrkdwnOnly(LIMITS.cardTitle).optional(),
  subtitle: mrkdwnOnly(LIMITS.cardTitle).optional(),
  body: mrkdwnOnly(LIMITS.cardBody).optional(),
  actions: z.array(buttonElement).min(1).max(LIMITS.cardActions).optional(),
});

const carousel = z.strictObject({
  type: z.literal('carousel'),
  block_id: blockId,
  elements: z.array(card).min(1).max(LIMITS.carouselCards),
});

const taskCard = z.strictObject({
  type: z.literal('task_card'),
  block_id: blockId,
  task_id: limitedText(LIMITS.blockId),
  title: limitedText(LIMITS.text),
  status: z.enum(['pending', 'in_progress', 'complete', 'error']),
  details: richTextBlock.optional(),
  output: richTextBlock.optional(),
  sources: z.array(z.looseObject({ type: z.literal('url') })).optional(),
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
  title: plainText(LIMITS.containerTitle).optional(),
  rich_text_title: richTextBlock.optional(),
  subtitle: textObject(LIMITS.containerTitle).optional(),
  icon: image.optional(),
  width: z.enum(['narrow', 'standard', 'wide', 'full']).optional(),
  is_collapsible: z.boolean().optional(),
  default_collapsed: z.boolean().optional(),
  has_header_divider: z.boolean().optional(),
  child_blocks: z
    .array(
      z.discriminatedUnion('type', [
        actions,
        context,
        divider,
        file,
        header,
        imageBlock,
        input,
        richTextBlock,
        section,
        table,
        video,
      ]),
    )
    .min(1)
    .max(LIMITS.containerBlocks),
});

const everywhere = [
  section,
  actions,
  context,
  contextActions,
  divider,
  header,
  markdown,
  imageBlock,
  file,
  video,
  input,
  richTextBlock,
  table,
  dataTable,
  card,
  carousel,
  taskCard,
  plan,
  container,
] as const;

/** Slack accepts `alert` only in modals (node-slack-sdk pull request 2567). */
const alert = z.strictObject({
  type: z.literal('alert'),
  block_id: blockId,
  text: textObject(LIMITS.alertText),
  level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
});

export const messageBlock = z.discriminatedUnion('type', everywhere);
export const viewBlock = z.discriminatedUnion('type', [...everywhere, alert]);
