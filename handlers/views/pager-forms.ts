import type { InputBlock, ModalView } from '@slack/types';
import type { PagerPreview } from '../../src/bot/requests/on-call-port.ts';
import { input, modal, option, section, toPlainText } from '../../src/report/block-kit/build-blocks.ts';
import { escapeMrkdwn } from '../../src/report/block-kit/escape.ts';
import { truncate } from '../../src/report/block-kit/limits.ts';
import {
  IMPACT_INPUT,
  NOTE_INPUT,
  PAGER_VIEW,
  PERSON_INPUT,
  PERSON_VIEW,
  RESOLVE_VIEW,
  ROLE_INPUT,
} from '../../src/report/block-kit/pager-ids.ts';

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

const NOTE_LIMIT = 2000;

/** Asks for the note with which an escalation is resolved. `where` is returned with the submission. */
export function resolveForm(where: string): ModalView {
  const note = {
    type: 'plain_text_input',
    action_id: NOTE_INPUT.action,
    multiline: true,
    max_length: NOTE_LIMIT,
  } as const;
  return modal(RESOLVE_VIEW, where, { title: 'Resolve the page', submit: 'Resolve', close: 'Not now' }, [
    input(NOTE_INPUT.block, 'What was it, and what was done?', note, {
      hint: 'The thread, the incident and the provider get this note. Leave out passwords.',
    }),
  ]);
}

/** Asks whom to page. `isOpen`: there is an escalation already, which can be given to the person. */
export function personForm(where: string, isOpen: boolean): ModalView {
  const responder = option('They help: the page stays with its people', 'responder');
  const assignee = option('The page is theirs from now on', 'assignee');
  const role = {
    type: 'radio_buttons',
    action_id: ROLE_INPUT.action,
    options: [responder, assignee],
    initial_option: responder,
  } satisfies InputBlock['element'];
  return modal(PERSON_VIEW, where, { title: 'Page a person', submit: 'Page now', close: 'Not now' }, [
    input(PERSON_INPUT.block, 'Who gets a direct message at once?', {
      type: 'users_select',
      action_id: PERSON_INPUT.action,
    }),
    ...(isOpen ? [input(ROLE_INPUT.block, 'What for?', role)] : []),
  ]);
}
