import type { KnownBlock } from '@slack/types';

/**
 * How many lines a message takes on a phone: 42 characters of body text in a line, 38 of code or list, 26 of a header, whose
 * lines are 1.2 high. A collapsed container is its title.
 */
const BODY = 42;
const NARROW = 38;
const HEADER = 26;
const HEADER_HEIGHT = 1.2;

export interface PhoneLine {
  readonly kind: 'header' | 'body' | 'code' | 'list' | 'collapsed' | 'buttons';
  readonly text: string;
  readonly height: number;
}

export function phoneLines(blocks: readonly KnownBlock[]): readonly PhoneLine[] {
  return blocks.flatMap(linesOf);
}

/** Lines above the first code block that holds `first`, that one included. */
export function startOfBlock(lines: readonly PhoneLine[], first: string): number | undefined {
  let height = 0;
  for (const line of lines) {
    if (line.kind === 'code' && line.text.trim() !== '' && first.startsWith(line.text))
      return height + line.height;
    height += line.height;
  }
  return undefined;
}

function linesOf(block: KnownBlock): readonly PhoneLine[] {
  if (block.type === 'header') return wrapped('header', block.text.text, HEADER, HEADER_HEIGHT);
  if (block.type === 'context') {
    return block.elements.flatMap((element) =>
      'text' in element ? wrapped('body', shown(element.text), BODY) : [],
    );
  }
  if (block.type === 'container') return wrapped('collapsed', `▸ ${block.title?.text ?? ''}`, BODY);
  if (block.type === 'actions') {
    return [{ kind: 'buttons', text: `${block.elements.length} buttons`, height: 2 }];
  }
  if (block.type !== 'rich_text') throw new Error(`an answer holds no ${block.type} block`);
  return block.elements.flatMap((part) => {
    if (part.type === 'rich_text_preformatted') return wrapped('code', textOf(part), NARROW);
    if (part.type !== 'rich_text_list') return wrapped('body', textOf(part), BODY);
    return part.elements.flatMap((item) => wrapped('list', `• ${textOf(item)}`, NARROW));
  });
}

function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  if ('text' in value && typeof value.text === 'string') return value.text;
  return Object.values(value).map(textOf).join('');
}

/** mrkdwn without its marks. */
function shown(mrkdwn: string): string {
  return mrkdwn
    .replaceAll(/[`*]|^_|_$|\u2060/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
}

function wrapped(kind: PhoneLine['kind'], text: string, width: number, height = 1): readonly PhoneLine[] {
  return text
    .split('\n')
    .flatMap((line) => wrapLine(line, width).map((each) => ({ kind, text: each, height })));
}

function wrapLine(line: string, width: number): readonly string[] {
  const lines: string[] = [];
  let rest = line;
  while (Array.from(rest).length > width) {
    const characters = Array.from(rest);
    const at = characters.slice(0, width + 1).lastIndexOf(' ');
    const end = at > 0 ? at : width;
    lines.push(characters.slice(0, end).join(''));
    rest = characters.slice(at > 0 ? end + 1 : end).join('');
  }
  return [...lines, rest];
}
