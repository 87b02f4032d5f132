import { nearNames } from '../../engine/fortios/near-names.ts';
import { RULES } from '../../engine/rules/all-rules.ts';
import { ruleCode } from '../../engine/rules/rule-code.ts';
import type { Document, ListItem, Part } from './document.ts';

/** The rule with this name or code (`RC07`, `7`, `V14`), or rules with similar names. */
export function findRule(
  name: string,
):
  | { readonly kind: 'found'; readonly id: string }
  | { readonly kind: 'unknown'; readonly suggestions: readonly string[] } {
  const wanted = name.trim().toLowerCase();
  const [, series = 'rc', digits] = /^(rc|v)?0*(\d{1,3})$/.exec(wanted) ?? [];
  const code = digits === undefined ? undefined : `${series}${digits.padStart(2, '0')}`.toUpperCase();
  const rule = RULES.find(
    ({ id, number, aliases = [] }) =>
      id === wanted || (code !== undefined && (ruleCode(number) === code || aliases.includes(code))),
  );
  if (rule) return { kind: 'found', id: rule.id };
  const names = RULES.map(({ id }) => id);
  return { kind: 'unknown', suggestions: nearNames(names, wanted) };
}

/** The text of a rule, from its Markdown. */
export function createRuleDocument(markdown: string): Document {
  const text = markdown.replaceAll(/<!--[\s\S]*?-->| \(\[all root causes\]\([^)]*\)\)/g, '');
  const [title = '', ...blocks] = text
    .split(/(```\n[\s\S]*?\n```)|\n{2,}/)
    .map((block: string | undefined) => block?.trim() ?? '')
    .filter((block) => block !== '');
  const parts: Part[] = [];
  for (const part of blocks.map(toPart)) {
    const above = parts.at(-1);
    // A label of its own paragraph is the one of the list below it.
    const labels = above?.kind === 'prose' && above.text === '' && part.kind === 'list';
    if (labels) parts.splice(-1, 1, { ...part, label: above.label });
    else parts.push(part);
  }
  return { headline: title.replace(/^# /, ''), parts };
}

/** Sample: `[FortiGate drops SSL VPN traffic (399772)](https://community.fortinet.com/…)`. */
const LINK = /^\[([^\]]+)\]\((https:[^)]+)\)$/;

/** A block to paste, a list, or prose behind its label. Sample: `**Symptom.** Push works outside the company …`. */
function toPart(block: string): Part {
  if (block.startsWith('```')) return { kind: 'code', lines: block.split('\n').slice(1, -1), what: 'block' };
  const lines = block.replaceAll(/\n(?!- )/g, ' ').split('\n');
  if (block.startsWith('- ')) return { kind: 'list', items: lines.map((line) => toItem(line.slice(2))) };
  const paragraph = lines.join('\n');
  const [, label, text = paragraph] = /^\*\*(.+?)\.?\*\*\s*([\s\S]*)$/.exec(paragraph) ?? [];
  return { kind: 'prose', text: plainText(text), label };
}

function toItem(line: string): ListItem {
  const [, title, url] = LINK.exec(line) ?? [];
  return title === undefined || url === undefined ? { text: plainText(line) } : { text: title, url };
}

/** Without bold type; addresses stand behind the titles of their links. */
function plainText(text: string): string {
  return text
    .replaceAll(/\[([^\]]+)\]\((https:[^)]+)\)/g, '$1: $2')
    .replaceAll(/\[([^\]]+)\]\((?!https:)[^)]+\)/g, '`$1`')
    .replaceAll('**', '');
}
