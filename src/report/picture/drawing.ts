import { element, type Markup } from '../formats/html/markup.ts';

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** The description for a reader who does not see the picture: a name, and everything it shows. */
  readonly title: string;
  readonly description: string;
  readonly parts: readonly Markup[];
}

/** One SVG element. Colours come from `PICTURE_STYLE` by class, so that a page can use colours of its own. */
export function svg(drawing: Drawing, id: string, style?: Markup): Markup {
  const { width, height, title, description, parts } = drawing;
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      class: 'picture',
      'aria-labelledby': `${id}-title ${id}-desc`,
    },
    element('title', { id: `${id}-title` }, title),
    element('desc', { id: `${id}-desc` }, description),
    style,
    ...parts,
  );
}

export function label(
  x: number,
  y: number,
  text: string,
  anchor: 'start' | 'middle' | 'end',
  of: string,
): Markup {
  return element('text', { x: round(x), y: round(y), class: of, 'text-anchor': anchor }, text);
}

export function line(x1: number, y1: number, x2: number, y2: number, of: string): Markup {
  return element('line', { x1: round(x1), y1: round(y1), x2: round(x2), y2: round(y2), class: of });
}

export function box(x: number, y: number, width: number, height: number, of: string): Markup {
  return element('rect', {
    x: round(x),
    y: round(y),
    width: round(Math.max(0, width)),
    height: round(height),
    rx: round(Math.min(4, height / 2)),
    class: of,
  });
}

export function dot(x: number, y: number, radius: number, of: string): Markup {
  return element('circle', { cx: round(x), cy: round(y), r: radius, class: of });
}

export type Sign = 'tick' | 'cross' | 'dash' | 'question';

/** Drawn, because not every font has these characters. */
export function sign(which: Sign, x: number, y: number): Markup {
  if (which === 'question') return label(x, y + 5, '?', 'middle', 'question');
  const strokes = {
    tick: `M${x - 5} ${y}l3.5 4l6.5 -8`,
    cross: `M${x - 4} ${y - 4}l8 8m0 -8l-8 8`,
    dash: `M${x - 4} ${y}h8`,
  };
  return element('path', { d: strokes[which], class: 'sign' });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
