import type { input, option } from '../../report/block-kit/build-blocks.ts';
import { type Child, element, type Markup } from '../../report/formats/html/markup.ts';
import type { Names } from '../../stand-ins/slack/plain-text.ts';
import { previewBlocks } from '../../stand-ins/slack/preview.ts';
import type { OpenView } from '../../stand-ins/slack/views.ts';

type InputBlock = ReturnType<typeof input>;
type Option = ReturnType<typeof option>;

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
    ...listBlocks(view).flatMap((block) =>
      isInput(block) ? [field(block, choices)] : previewBlocks([block], names),
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
  const blocks = listBlocks(view).flatMap((block) => {
    if (!isInput(block)) return [];
    const { block_id: name = '', element: input } = block;
    const { type, action_id: action = '' } = input;
    const value = filled[name] ?? '';
    return [[name, { [action]: { type, ...fillValue(type, value, listOptions(input, choices)) } }]];
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
  { block_id: block = '', optional = false, label, hint, element: input }: InputBlock,
  choices: Choices,
): Markup {
  return element(
    'label',
    element('span', `${label.text}${optional ? ' (optional)' : ''}`),
    control(input, { name: block, required: !optional }, choices),
    hint && element('small', hint.text),
  );
}

function control(
  input: InputBlock['element'],
  named: { readonly name: string; readonly required: boolean },
  choices: Choices,
): Markup {
  if (input.type === 'plain_text_input')
    return element(input.multiline ? 'textarea' : 'input', { ...named, maxlength: input.max_length });
  const initial = 'initial_option' in input ? input.initial_option?.value : undefined;
  const placeholder = 'placeholder' in input ? input.placeholder?.text : undefined;
  const options = listOptions(input, choices).map(
    ({ text, value }): Child => element('option', { value, selected: value === initial }, text.text),
  );
  return element('select', named, element('option', { value: '' }, placeholder ?? ''), ...options);
}

function listOptions(input: InputBlock['element'], choices: Choices): readonly Option[] {
  if (input.type === 'users_select') return choices.users;
  if (input.type === 'conversations_select') return choices.channels;
  return 'options' in input ? (input.options as Option[]) : [];
}

type ViewBlock = { readonly type: string };

function isInput(block: ViewBlock): block is InputBlock {
  return block.type === 'input';
}

function listBlocks({ blocks }: OpenView['view']): readonly ViewBlock[] {
  return Array.isArray(blocks) ? blocks : [];
}

function readText(value: unknown): string {
  return (value as { readonly text?: string } | undefined)?.text ?? '';
}
