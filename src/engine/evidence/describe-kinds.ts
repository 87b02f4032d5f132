import type { Section } from './types.ts';

const NAMES: readonly (readonly [kind: Section['kind'], name: string])[] = [
  ['config', 'configuration'],
  ['output', 'command output'],
  ['debug', 'debug log'],
];

/** What was recognised in a text, for people; `other text` if nothing was. */
export function describeKinds(sections: readonly Pick<Section, 'kind'>[]): readonly string[] {
  const kinds = new Set(sections.map((section) => section.kind));
  const names = NAMES.filter(([kind]) => kinds.has(kind)).map(([, name]) => name);
  return names.length > 0 ? names : ['other text'];
}
