import type { InputBlock, ModalView } from '@slack/types';
import { input, modal, option } from '../../src/report/block-kit/build-blocks.ts';
import {
  NOTE_INPUT,
  PERSON_INPUT,
  PERSON_VIEW,
  RESOLVE_VIEW,
  ROLE_INPUT,
} from '../../src/report/block-kit/pager-ids.ts';

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
