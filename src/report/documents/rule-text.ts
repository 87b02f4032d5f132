import { nearNames } from '../../engine/fortios/near-names.ts';
import { RULES } from '../../engine/rules/all-rules.ts';
import { ruleCode } from '../../engine/rules/rule-code.ts';

/** The rule with this name or code (`RC07`, `7`, `V14`), or rules with similar names. */
export type NamedRule =
  | { readonly kind: 'found'; readonly id: string }
  | { readonly kind: 'unknown'; readonly suggestions: readonly string[] };

export function ruleNamed(name: string): NamedRule {
  const wanted = name.trim().toLowerCase();
  const [, series = 'rc', digits] = /^(rc|v)?0*(\d{1,3})$/.exec(wanted) ?? [];
  const code = digits === undefined ? undefined : `${series}${digits.padStart(2, '0')}`.toUpperCase();
  const rule = RULES.find(
    ({ id, number, aliases = [] }) =>
      id === wanted || (code !== undefined && (ruleCode(number) === code || aliases.includes(code))),
  );
  if (rule) return { kind: 'found', id: rule.id };
  return {
    kind: 'unknown',
    suggestions: nearNames(
      RULES.map(({ id }) => id),
      wanted,
    ),
  };
}

/** A rule's page for a terminal: Markdown without comments, with whole addresses and paragraphs of one line each. */
export function rulePageText(markdown: string): string {
  return paragraphsOf(markdown)
    .map((paragraph) =>
      paragraph.replaceAll(/\[([^\]]+)\]\((https:[^)]+)\)/g, '$1: $2').replaceAll(LOCAL_LINK, '$1'),
    )
    .join('\n\n')
    .replaceAll('**', '');
}

/** Same as parts for Slack: text, with code in backticks. */
export function pageParagraphs(
  markdown: string,
): readonly { readonly label: string; readonly text: string }[] {
  return paragraphsOf(markdown).map((paragraph) => {
    const [, label = '', text = paragraph] =
      /^(?:#+ |\*\*)(.+?)(?:\*\*|$)\s*([\s\S]*)$/.exec(paragraph) ?? [];
    return { label, text: text.replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1') };
  });
}

const LOCAL_LINK = /\s*\(?\[([^\]]+)\]\((?!https:)[^)]+\)\)?/g;

function paragraphsOf(markdown: string): readonly string[] {
  return markdown
    .replaceAll(/<!--[\s\S]*?-->/g, '')
    .replaceAll(/ \(\[all root causes\]\([^)]*\)\)/g, '')
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.trim().replaceAll(/\n(?!- )/g, ' '))
    .filter((paragraph) => paragraph !== '');
}
