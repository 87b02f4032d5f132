import type { KnownBlock, ModalView } from '@slack/types';
import type { PagerPreview } from '../../src/bot/requests/on-call-port.ts';
import { escapeMrkdwn } from '../../src/report/block-kit/escape.ts';
import { truncate } from '../../src/report/block-kit/limits.ts';
import { IMPACT_INPUT, PAGER_VIEW } from '../../src/report/block-kit/pager-ids.ts';

const IMPACT_LIMIT = 500;
const TEXT_LIMIT = 2900;

/** Asks whether to page, with one input. `where` is returned with the submission. */
export function escalationForm(preview: PagerPreview, where: string): ModalView {
  const isOpen = preview.open !== undefined;
  return {
    type: 'modal',
    callback_id: PAGER_VIEW,
    private_metadata: where,
    title: { type: 'plain_text', text: isOpen ? 'Add to the page' : 'Page on-call' },
    submit: { type: 'plain_text', text: isOpen ? 'Add' : 'Page now' },
    close: { type: 'plain_text', text: 'Not now' },
    blocks: [
      section(isOpen ? openText(preview) : routesText(preview)),
      { type: 'divider' },
      section(`*Text of the page*\n${quote(preview.summary)}`),
      ...detailBlocks(preview.details),
      {
        type: 'input',
        block_id: IMPACT_INPUT.block,
        optional: true,
        label: { type: 'plain_text', text: 'What is the impact?' },
        element: {
          type: 'plain_text_input',
          action_id: IMPACT_INPUT.action,
          max_length: IMPACT_LIMIT,
          placeholder: { type: 'plain_text', text: 'Nobody at the branch can work' },
        },
      },
    ],
  };
}

function routesText({ routes }: PagerPreview): string {
  const lines = routes.map(({ label, whom }, index) => {
    const people = whom.length === 0 ? '' : `: ${whom.join(', then ')}`;
    return `${index + 1}. ${escapeMrkdwn(label)}${people}`;
  });
  const head = routes.length > 1 ? '*Pages these routes, in order, until one accepts*' : '*This pages*';
  return [head, ...lines].join('\n');
}

function openText({ open }: PagerPreview): string {
  return `*On-call is already paged about this*: <${open?.link ?? ''}|thread>. Your text is added to that page, and nobody is paged again.`;
}

function detailBlocks(details: string): readonly KnownBlock[] {
  return details.trim() === '' ? [] : [section(quote(details))];
}

function quote(text: string): string {
  return truncate(escapeMrkdwn(text), TEXT_LIMIT - 200)
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
}

function section(text: string): KnownBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: truncate(text, TEXT_LIMIT) } };
}
