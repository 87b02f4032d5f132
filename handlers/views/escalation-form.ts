import type { ModalView } from '@slack/types';
import type { PagerPreview } from '../../src/bot/requests/on-call-port.ts';
import { input, modal, section, toPlainText } from '../../src/report/block-kit/build-blocks.ts';
import { escapeMrkdwn } from '../../src/report/block-kit/escape.ts';
import { truncate } from '../../src/report/block-kit/limits.ts';
import { IMPACT_INPUT, PAGER_VIEW } from '../../src/report/block-kit/pager-ids.ts';

const IMPACT_LIMIT = 500;
const TEXT_LIMIT = 2900;

/** Asks whether to page, with one input. `where` is returned with the submission. */
export function escalationForm(preview: PagerPreview, where: string): ModalView {
  const texts =
    preview.open === undefined
      ? { title: 'Page on-call', submit: 'Page now', close: 'Not now' }
      : { title: 'Add to the page', submit: 'Add', close: 'Not now' };
  const impact = {
    type: 'plain_text_input',
    action_id: IMPACT_INPUT.action,
    max_length: IMPACT_LIMIT,
    placeholder: toPlainText('Nobody at the branch can work'),
  } as const;
  return modal(PAGER_VIEW, where, texts, [
    section(preview.open === undefined ? routesText(preview) : openText(preview.open)),
    { type: 'divider' },
    section(`*Text of the page*\n${quote(preview.summary)}`),
    ...(preview.details.trim() === '' ? [] : [section(quote(preview.details))]),
    input(IMPACT_INPUT.block, 'What is the impact?', impact, { optional: true }),
  ]);
}

function routesText({ routes }: PagerPreview): string {
  const lines = routes.map(({ label, whom }, index) => {
    const people = whom.length === 0 ? '' : `: ${whom.join(', then ')}`;
    return `${index + 1}. ${escapeMrkdwn(label)}${people}`;
  });
  const head = routes.length > 1 ? '*Pages these routes, in order, until one accepts*' : '*This pages*';
  return [head, ...lines].join('\n');
}

function openText({ link }: NonNullable<PagerPreview['open']>): string {
  const where = link === undefined ? ' in a direct message' : `: <${link}|thread>`;
  return `*On-call is already paged about this*${where}. Your text is added to that page, and nobody is paged again.`;
}

function quote(text: string): string {
  return truncate(escapeMrkdwn(text), TEXT_LIMIT - 200)
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
}
