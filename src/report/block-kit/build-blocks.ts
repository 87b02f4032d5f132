import type {
  ActionsBlock,
  Button,
  ContextBlock,
  HeaderBlock,
  InputBlock,
  ModalView,
  PlainTextElement,
  PlainTextOption,
  SectionBlock,
} from '@slack/types';
import { LIMITS, truncate } from './limits.ts';

/** A text in which Slack formats nothing. */
export function toPlainText(text: string): PlainTextElement {
  return { type: 'plain_text', text };
}

/** `mrkdwn` must be escaped already. */
export function section(mrkdwn: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: truncate(mrkdwn, LIMITS.text) } };
}

/** Small text; `mrkdwn` must be escaped already. */
export function context(mrkdwn: string): ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: mrkdwn }] };
}

export function header(text: string): HeaderBlock {
  return { type: 'header', text: toPlainText(text) };
}

export function actions(...elements: ActionsBlock['elements']): ActionsBlock {
  return { type: 'actions', elements };
}

export function button(actionId: string, label: string, value?: string, style?: 'primary'): Button {
  return {
    type: 'button',
    action_id: actionId,
    text: toPlainText(truncate(label, LIMITS.buttonText)),
    ...(value === undefined ? {} : { value }),
    ...(style && { style }),
  };
}

export function option(label: string, value: string): PlainTextOption {
  return { text: toPlainText(truncate(label, LIMITS.optionText)), value };
}

export function input(
  blockId: string,
  label: string,
  element: InputBlock['element'],
  { hint, optional = false }: { readonly hint?: string; readonly optional?: boolean } = {},
): InputBlock {
  return {
    type: 'input',
    block_id: blockId,
    label: toPlainText(label),
    element,
    ...(optional && { optional }),
    ...(hint !== undefined && { hint: toPlainText(hint) }),
  };
}

/** A form. `where` is returned with the submission. */
export function modal(
  callbackId: string,
  where: string,
  { title, submit, close }: Readonly<Record<'title' | 'submit' | 'close', string>>,
  blocks: ModalView['blocks'],
): ModalView {
  return {
    type: 'modal',
    callback_id: callbackId,
    private_metadata: where,
    title: toPlainText(title),
    submit: toPlainText(submit),
    close: toPlainText(close),
    blocks,
  };
}
