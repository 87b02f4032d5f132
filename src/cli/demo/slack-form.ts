import { type Child, element, type Markup } from '../../report/formats/html/markup.ts';
import type { Names } from '../../stand-ins/slack/plain-text.ts';
import { previewBlocks } from '../../stand-ins/slack/preview.ts';
import type { OpenView } from '../../stand-ins/slack/views.ts';

interface Option {
  readonly text: { readonly text: string };
  readonly value: string;
}

interface Input {
  readonly type: string;
  readonly block_id?: string;
  readonly optional?: boolean;
  readonly label?: { readonly text: string };
  readonly hint?: { readonly text: string };
  readonly element?: {
    readonly type: string;
    readonly action_id: string;
    readonly multiline?: boolean;
    readonly max_length?: number;
    readonly options?: readonly Option[];
    readonly initial_option?: Option;
    readonly placeholder?: { readonly text: string };
  };
}

/** What can be chosen where the app leaves it to Slack. */
export interface Choices {
  readonly users: readonly Option[];
  readonly channels: readonly Option[];
}

/** An open modal as a form; its fields are named by their block. */
export function formMarkup({ id, view }: OpenView, choices: Choices, names: Names): Markup {
  return element(
    'form',
    { id: 'form', 'data-view': id },
    element('h2', readText(view.title)),
    ...listInputs(view).flatMap((input) =>
      input.type === 'input' ? [field(input, choices)] : previewBlocks([input], names),
    ),
    element('p', { id: 'wrong', role: 'alert' }),
    element('button', { type: 'submit', class: 'button' }, readText(view.submit) || 'Submit'),
    element('button', { type: 'button', class: 'button', id: 'close' }, readText(view.close) || 'Close'),
  );
}

/** What a person filled in, by block, as Slack sends it. */
export function formValues(
  { view }: OpenView,
  filled: Readonly<Record<string, string>>,
  choices: Choices,
): object {
  const blocks = listInputs(view).flatMap(({ block_id: block = '', element: input }) => {
    if (input === undefined) return [];
    const { type, action_id: action } = input;
    const value = filled[block] ?? '';
    return [[block, { [action]: { type, ...fillValue(type, value, listOptions(input, choices)) } }]];
  });
  return Object.fromEntries(blocks);
}

function fillValue(type: string, value: string, options: readonly Option[]): object {
  if (type === 'plain_text_input') return { value: value === '' ? null : value };
  if (type === 'users_select') return { selected_user: value === '' ? null : value };
  if (type === 'conversations_select') return { selected_conversation: value === '' ? null : value };
  return { selected_option: options.find((option) => option.value === value) ?? null };
}

function field(
  { block_id: block = '', optional = false, label, hint, element: input }: Input,
  choices: Choices,
): Markup {
  return element(
    'label',
    element('span', `${label?.text ?? block}${optional ? ' (optional)' : ''}`),
    input && control(input, { name: block, required: !optional }, choices),
    hint && element('small', hint.text),
  );
}

function control(
  input: NonNullable<Input['element']>,
  named: { readonly name: string; readonly required: boolean },
  choices: Choices,
): Markup {
  const { type, multiline, max_length: maxlength, initial_option: initial, placeholder } = input;
  if (type === 'plain_text_input') return element(multiline ? 'textarea' : 'input', { ...named, maxlength });
  const options = listOptions(input, choices).map(
    ({ text, value }): Child => element('option', { value, selected: value === initial?.value }, text.text),
  );
  return element('select', named, element('option', { value: '' }, placeholder?.text ?? ''), ...options);
}

function listOptions(
  { type, options = [] }: NonNullable<Input['element']>,
  choices: Choices,
): readonly Option[] {
  if (type === 'users_select') return choices.users;
  return type === 'conversations_select' ? choices.channels : options;
}

function listInputs(view: OpenView['view']): readonly Input[] {
  return Array.isArray(view.blocks) ? (view.blocks as readonly Input[]) : [];
}

function readText(value: unknown): string {
  return (value as { readonly text?: string } | undefined)?.text ?? '';
}
