import { constant, element, type Markup } from '../../report/formats/html/markup.ts';
import { mrkdwnMarkup } from './mrkdwn-markup.ts';
import type { Names } from './plain-text.ts';

/** The part of Slack's block types needed for a picture; other blocks are omitted. */
interface Block {
  readonly type: string;
  readonly text?: string | { readonly text?: string };
  readonly title?: { readonly text?: string };
  readonly elements?: readonly Block[];
  readonly child_blocks?: readonly Block[];
  readonly fields?: readonly { readonly text?: string }[];
  readonly action_id?: string;
  readonly block_id?: string;
  readonly url?: string;
  readonly placeholder?: { readonly text?: string };
  readonly options?: readonly { readonly text?: { readonly text?: string } }[];
  readonly rows?: readonly (readonly Block[])[];
  readonly style?: string | { readonly bold?: boolean; readonly italic?: boolean; readonly code?: boolean };
}

/** Of `slackPreview` and of pages with `previewBlocks`. */
export const PREVIEW_STYLE = `body{margin:0;padding:16px;background:#fff;color:#1d1c1d;font:15px/1.47 Lato,system-ui,sans-serif;overflow-wrap:anywhere}
.from{font-weight:900}.app{font-size:10px;font-weight:700;background:#ddd;color:#454447;border-radius:3px;padding:1px 4px;margin-left:4px}
h2{font-size:18px;line-height:1.33;margin:6px 0}p{margin:4px 0;white-space:pre-wrap}ul{margin:4px 0;padding-left:24px}
.context{font-size:13px;color:#616061}
code{font:12px Menlo,Consolas,monospace;color:#c01343;background:#f6f6f6;border:1px solid #ddd;border-radius:3px;padding:1px 3px}
pre{font:12px/1.5 Menlo,Consolas,monospace;background:#f8f8f8;border:1px solid #ddd;border-radius:4px;padding:8px;margin:4px 0;white-space:pre-wrap}
.link{color:#1264a3}
.mention{color:#1264a3;background:#e8f5fa;border-radius:3px}blockquote{margin:4px 0;padding-left:12px;border-left:4px solid #ddd}
table{border-collapse:collapse;margin:6px 0;font-size:13px}td,th{border:1px solid #ddd;padding:4px 8px;text-align:left}
.light{display:inline-block;width:15px;height:15px;border-radius:50%;vertical-align:-1px}
.cross{color:#d92f2f;font-weight:900}.red{background:#d92f2f}.green{background:#2f9e44}.yellow{background:#f2c037}.blue{background:#1c7ed6}.white{background:#ced4da}
.folded{border:1px solid #ddd;border-radius:8px;padding:8px 12px;margin:6px 0;font-weight:700}
.button{display:inline-block;border:1px solid #bbb;border-radius:4px;padding:4px 12px;margin:4px 6px 4px 0;font-weight:700}`;

/** Approximates how Slack shows a message, with collapsible containers closed. */
export function slackPreview(blocks: readonly unknown[]): string {
  const { markup } = element(
    'html',
    { lang: 'en' },
    element('head', {}, element('meta', { charset: 'utf-8' }), element('style', {}, constant(PREVIEW_STYLE))),
    element(
      'body',
      {},
      element(
        'p',
        {},
        element('span', { class: 'from' }, 'ftm-check'),
        element('span', { class: 'app' }, 'APP'),
      ),
      ...(blocks as readonly Block[]).map((block) => blockMarkup(block, AS_PICTURE)),
    ),
  );
  return `<!doctype html>\n${markup}`;
}

interface Look {
  /** Containers open, and buttons and menus have their action in `data-action`, as JSON. */
  readonly isLive: boolean;
  readonly names: Names;
}

const AS_PICTURE: Look = { isLive: false, names: { user: (id) => id, channel: (id) => id } };

/** The blocks of a message or form, to be used: containers open, and actions are in `data-action`, as JSON. */
export function previewBlocks(blocks: readonly unknown[], names: Names): readonly (Markup | undefined)[] {
  return (blocks as readonly Block[]).map((block) => blockMarkup(block, { isLive: true, names }));
}

function blockMarkup(block: Block, look: Look): Markup | undefined {
  const { type, elements = [] } = block;
  const { isLive, names } = look;
  if (type === 'header') return element('h2', {}, ...withLight(blockText(block)));
  if (type === 'section') {
    const texts = [block, ...(block.fields ?? [])].flatMap((each) => mrkdwnMarkup(blockText(each), names));
    return element('div', {}, ...texts);
  }
  if (type === 'context') {
    return element(
      'div',
      { class: 'context' },
      ...elements.flatMap((each) => mrkdwnMarkup(blockText(each), names)),
    );
  }
  if (type === 'container' && isLive) {
    const inside = (block.child_blocks ?? []).map((child) => blockMarkup(child, look));
    return element('details', {}, element('summary', {}, block.title?.text ?? ''), ...inside);
  }
  if (type === 'container') return element('div', { class: 'folded' }, `▸ ${block.title?.text ?? ''}`);
  if (type === 'actions' && isLive) {
    return element('div', {}, ...elements.map((each) => controlMarkup(each, block.block_id)));
  }
  if (type === 'actions') {
    return element(
      'div',
      {},
      ...elements.map((each) => element('span', { class: 'button' }, blockLabel(each))),
    );
  }
  if (type === 'rich_text') return element('div', {}, ...elements.map(richMarkup));
  if (type === 'data_table') return tableMarkup(block);
  return type === 'divider' ? element('hr') : undefined;
}

function controlMarkup(control: Block, block: string | undefined): Markup {
  const { options, ...action } = { ...control, ...(block === undefined ? {} : { block_id: block }) };
  if (options === undefined) {
    const data = { type: 'button', class: 'button', 'data-action': JSON.stringify(action) };
    return element('button', data, blockLabel(control));
  }
  const choices = options.map((option) =>
    element('option', { value: JSON.stringify(option) }, option.text?.text ?? ''),
  );
  const label = control.placeholder?.text ?? blockLabel(control);
  return element(
    'select',
    { class: 'button', 'aria-label': label, 'data-action': JSON.stringify(action) },
    element('option', { value: '' }, label),
    ...choices,
  );
}

function tableMarkup({ rows: [titles = [], ...rows] = [] }: Block): Markup {
  return element(
    'table',
    {},
    element('tr', {}, ...titles.map((cell) => element('th', {}, blockText(cell)))),
    ...rows.map((cells) => element('tr', {}, ...cells.map((cell) => element('td', {}, blockText(cell))))),
  );
}

/** Drawn, because not every machine has a font with colour emoji. */
function withLight(text: string): readonly (Markup | string)[] {
  const light = Object.entries(LIGHTS).find(([sign]) => text.startsWith(sign));
  if (light === undefined) return [text];
  return [element('span', { class: `light ${light[1]}` }), text.slice(light[0].length)];
}

const LIGHTS = { '🔴': 'red', '🟢': 'green', '🟡': 'yellow', '🔵': 'blue', '⚪': 'white' } as const;

function richMarkup({ type, elements = [] }: Block): Markup {
  if (type === 'rich_text_preformatted') return element('pre', {}, elements.map(blockText).join(''));
  if (type === 'rich_text_list') {
    return element(
      'ul',
      {},
      ...elements.map((item) => element('li', {}, ...(item.elements ?? []).map(inline))),
    );
  }
  return element('p', {}, ...elements.map(inline));
}

function inline(part: Block): Markup | string {
  const text = blockText(part);
  // Drawn, because not every machine has a font with colour emoji.
  if (text === '❔ ') return '? ';
  if (text === '❌ ') return element('span', { class: 'cross' }, '✕ ');
  if (part.type === 'link') return element('span', { class: 'link' }, text === '' ? (part.url ?? '') : text);
  const { bold, italic, code } = typeof part.style === 'object' ? part.style : {};
  if (code) return element('code', {}, text);
  if (bold) return element('strong', {}, text);
  return italic ? element('em', {}, text) : text;
}

/** A menu has no text of its own. */
function blockLabel(part: Block): string {
  return part.type === 'overflow' ? '⋯' : blockText(part);
}

function blockText({ text }: Pick<Block, 'text'>): string {
  const found = typeof text === 'string' ? text : (text?.text ?? '');
  return found.replaceAll('\u2060', '');
}
