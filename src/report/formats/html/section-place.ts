/** Where the sections of one diagnosis are placed: a page of several needs unique ids and lower headings. */
export interface SectionPlace {
  readonly id: (name: string) => string;
  /** The element for a heading: 2 for a section, 3 for a part of one. */
  readonly heading: (level: 2 | 3) => string;
}

export const WHOLE_PAGE: SectionPlace = { id: (name) => name, heading: (level) => `h${level}` };

/** Below a heading of level 2. `prefix` is unique in the page. */
export function partOfPage(prefix: string): SectionPlace {
  return { id: (name) => `${prefix}-${name}`, heading: (level) => `h${level + 1}` };
}
