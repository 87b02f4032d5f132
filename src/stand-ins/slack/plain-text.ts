import { unescapeEntities } from '../../engine/evidence/html-entities.ts';
/** Renders Slack messages as lines for a terminal. */
export interface Names {
  user(id: string): string;
  channel(id: string): string;
}

/**
 * Renders mrkdwn as a reader sees it: entities decoded, names resolved, bold marks removed, code blocks indented by
 * four spaces.
 */
export function mrkdwnLines(text: string, names: Names): readonly string[] {
  return text.split('```').flatMap((part, index) => {
    const shown = resolve(part, names);
    if (index % 2 === 1) return indentPreformatted(shown);
    const lines = shown.replace(/(^|[\s(])\*([^*\n]+)\*(?=$|[\s.,:;)])/gm, '$1$2').split('\n');
    return lines.filter((line, at) => line !== '' || (at > 0 && at < lines.length - 1));
  });
}

/** Renders each block as one or more lines, in order. An unsupported block type is shown by its name. */
export function blockLines(block: unknown, names: Names): readonly string[] {
  const { type, ...rest } = asObject(block);
  switch (type) {
    case 'section':
      return [
        ...textLines(rest.text, names),
        ...list(rest.fields).flatMap((field) => textLines(field, names)),
        ...(rest.accessory === undefined ? [] : [element(rest.accessory, names)]),
      ];
    case 'header':
      return textLines(rest.text, names).map((line) => `# ${line}`);
    case 'markdown':
      return String(rest.text).split('\n');
    case 'context':
      return [
        list(rest.elements)
          .map((one) => textLines(one, names).join(' '))
          .join(' '),
      ];
    case 'actions':
    case 'context_actions':
      return [
        list(rest.elements)
          .map((one) => element(one, names))
          .join(' '),
      ];
    case 'divider':
      return ['─'.repeat(40)];
    case 'rich_text':
      return richText(block, names);
    case 'table':
    case 'data_table':
      return table(list(rest.rows), names);
    case 'container':
      return [
        ...textLines(rest.title, names).map((line) => `▸ ${line}`),
        ...list(rest.child_blocks).flatMap((child) => blockLines(child, names).map((line) => `  ${line}`)),
      ];
    case 'plan':
      return [String(rest.title), ...list(rest.tasks).flatMap((task) => blockLines(task, names))];
    case 'task_card':
      return [`[${String(rest.status)}] ${String(rest.title)}`];
    default:
      return [`(${String(type)})`];
  }
}

function richText(block: unknown, names: Names): readonly string[] {
  return list(asObject(block).elements).flatMap((part) => {
    const { type, elements } = asObject(part);
    if (type === 'rich_text_list') {
      return list(elements).map((item) => `• ${inline(asObject(item).elements, names)}`);
    }
    const text = inline(elements, names);
    if (type === 'rich_text_preformatted') return indentPreformatted(text);
    const lines = text.split('\n');
    return type === 'rich_text_quote' ? lines.map((line) => `│ ${line}`) : lines;
  });
}

function inline(elements: unknown, names: Names): string {
  return list(elements)
    .map((one) => {
      const { type, text, url, name, user_id: user, channel_id: channel } = asObject(one);
      if (type === 'user') return `@${names.user(String(user))}`;
      if (type === 'channel') return `#${names.channel(String(channel))}`;
      if (type === 'emoji') return `:${String(name)}:`;
      return word(text) ?? word(url) ?? '';
    })
    .join('');
}

function table(rows: readonly unknown[], names: Names): readonly string[] {
  const cells = rows.map((row) => list(row).map((cell) => cellText(cell, names)));
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join(' │ ')
      .trimEnd(),
  );
}

function cellText(cell: unknown, names: Names): string {
  const { type, text, value } = asObject(cell);
  return type === 'rich_text' ? richText(cell, names).join(' ') : (word(text) ?? word(value) ?? '');
}

function element(one: unknown, names: Names): string {
  const { text, placeholder, type } = asObject(one);
  const label = type === 'overflow' ? '⋯' : textLines(text ?? placeholder, names).join(' ');
  return `[ ${label === '' ? String(type) : label} ]`;
}

function textLines(text: unknown, names: Names): readonly string[] {
  const { type, text: content } = asObject(text);
  if (typeof content !== 'string') return [];
  return type === 'mrkdwn' ? mrkdwnLines(content, names) : content.split('\n');
}

function resolve(text: string, names: Names): string {
  const resolved = text
    .replace(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id: string) => `@${names.user(id)}`)
    .replace(/<#([A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id: string) => `#${names.channel(id)}`)
    .replace(/<(https?:[^|>]+)\|([^>]*)>/g, '$2 ($1)')
    .replace(/<([^>]+)>/g, '$1');
  return unescapeEntities(resolved);
}

function indentPreformatted(text: string): readonly string[] {
  return text
    .replace(/^\n|\n$/g, '')
    .split('\n')
    .map((line) => `    ${line}`);
}

function word(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
