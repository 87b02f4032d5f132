import { unescapeEntities } from '../../engine/evidence/html-entities.ts';
import { element, type Markup } from '../../report/formats/html/markup.ts';
import type { Names } from './plain-text.ts';

type Inline = Markup | string;

/** Slack's mrkdwn as a reader sees it: paragraphs, quotes and the lines between fences. */
export function mrkdwnMarkup(text: string, names: Names): readonly Markup[] {
  return text
    .split(/```\n?/)
    .map((piece, index) => ({ piece: piece.replace(/\n$/, ''), isCode: index % 2 === 1 }))
    .filter(({ piece }) => piece !== '')
    .flatMap(({ piece, isCode }) =>
      isCode ? [element('pre', {}, unescapeEntities(piece))] : paragraphs(piece, names),
    );
}

/** Lines that begin with `&gt;`, as apps write them, or `>` are a quote. */
const QUOTED = /^(?:>|&gt;) ?/;

function paragraphs(text: string, names: Names): readonly Markup[] {
  const groups: { isQuote: boolean; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const isQuote = QUOTED.test(line);
    const last = groups.at(-1);
    if (last?.isQuote === isQuote) last.lines.push(line.replace(QUOTED, ''));
    else groups.push({ isQuote, lines: [line.replace(QUOTED, '')] });
  }
  return groups.map(({ isQuote, lines }) =>
    element(isQuote ? 'blockquote' : 'p', {}, ...inlines(lines.join('\n'), names)),
  );
}

/** Code, a reference between angle brackets, bold or italic words: `code` `<@U0ANA>` `*bold*` `_italic_`. */
const PIECE = new RegExp(
  ['`[^`\\n]+`', '<[^<>]+>', ...['*', '_'].map((mark) => emphasisPattern(mark))]
    .map((each) => `(${each})`)
    .join('|'),
);

/** Marks inside a word, such as those of `system_ftm_push`, are letters. */
function emphasisPattern(mark: string): string {
  return `(?<![\\w${mark}])[${mark}][^${mark}\\n]+[${mark}](?![\\w${mark}])`;
}

function inlines(text: string, names: Names): readonly Inline[] {
  return text.split(PIECE).flatMap((piece): readonly Inline[] => {
    if (piece === undefined || piece === '') return [];
    const inside = piece.slice(1, -1);
    if (/^`.+`$/.test(piece)) return [element('code', {}, unescapeEntities(inside))];
    if (/^<.+>$/.test(piece)) return [reference(inside, names)];
    if (/^\*.+\*$/.test(piece)) return [element('strong', {}, ...inlines(inside, names))];
    return [/^_.+_$/.test(piece) ? element('em', {}, ...inlines(inside, names)) : unescapeEntities(piece)];
  });
}

/** `@U0ANA`, `#C0SUPPORT`, `!date^1767795000^{time}|14:30`, `https://example.com|thread`. */
function reference(text: string, names: Names): Markup {
  const [target = '', label] = text.split('|');
  const id = target.slice(1);
  if (target.startsWith('@')) return element('span', { class: 'mention' }, `@${names.user(id)}`);
  if (target.startsWith('#')) return element('span', { class: 'mention' }, `#${names.channel(id)}`);
  if (target.startsWith('!')) return element('span', {}, unescapeEntities(label ?? `@${id}`));
  return element('span', { class: 'link' }, unescapeEntities(label ?? target));
}
