import type { ModalView } from '@slack/types';
import {
  NOTE_INPUT,
  PERSON_INPUT,
  PERSON_VIEW,
  RESOLVE_VIEW,
  ROLE_INPUT,
} from '../../src/report/block-kit/pager-ids.ts';

const NOTE_LIMIT = 2000;

const plain = (text: string) => ({ type: 'plain_text' as const, text });

/** Asks for the note with which an escalation is resolved. `where` is returned with the submission. */
export function resolveForm(where: string): ModalView {
  return {
    type: 'modal',
    callback_id: RESOLVE_VIEW,
    private_metadata: where,
    title: plain('Resolve the page'),
    submit: plain('Resolve'),
    close: plain('Not now'),
    blocks: [
      {
        type: 'input',
        block_id: NOTE_INPUT.block,
        label: plain('What was it, and what was done?'),
        hint: plain('The thread, the incident and the provider get this note. Leave out passwords.'),
        element: {
          type: 'plain_text_input',
          action_id: NOTE_INPUT.action,
          multiline: true,
          max_length: NOTE_LIMIT,
        },
      },
    ],
  };
}

/** Asks whom to page. `isOpen`: there is an escalation already, which can be given to the person. */
export function personForm(where: string, isOpen: boolean): ModalView {
  const responder = { text: plain('They help: the page stays with its people'), value: 'responder' };
  const assignee = { text: plain('The page is theirs from now on'), value: 'assignee' };
  return {
    type: 'modal',
    callback_id: PERSON_VIEW,
    private_metadata: where,
    title: plain('Page a person'),
    submit: plain('Page now'),
    close: plain('Not now'),
    blocks: [
      {
        type: 'input',
        block_id: PERSON_INPUT.block,
        label: plain('Who gets a direct message at once?'),
        element: { type: 'users_select', action_id: PERSON_INPUT.action },
      },
      ...(isOpen
        ? [
            {
              type: 'input' as const,
              block_id: ROLE_INPUT.block,
              label: plain('What for?'),
              element: {
                type: 'radio_buttons' as const,
                action_id: ROLE_INPUT.action,
                options: [responder, assignee],
                initial_option: responder,
              },
            },
          ]
        : []),
    ],
  };
}
