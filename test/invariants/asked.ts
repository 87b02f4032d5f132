import { type CaseFocus, diagnose } from '../../src/engine/diagnosis/diagnose.ts';
import type { EvidenceItem } from '../../src/engine/evidence/types.ts';

/** Users of tables and of logs, and one that is unknown. */
export function usersIn(items: readonly EvidenceItem[]): readonly string[] {
  const text = items.map((item) => item.text).join('\n');
  const local = [...text.matchAll(/config user local\r?\n([\s\S]*?)^\s*end\b/gm)].flatMap(([, block = '']) =>
    [...block.matchAll(/^\s*edit "?([\w.-]+)"?/gm)].map(([, name = '']) => name),
  );
  const logged = [...text.matchAll(/authenticate user: \[([\w.-]+)\]/g)].map(([, name = '']) => name);
  return [...new Set([...local, ...logged, 'nobody-here'])];
}

/** Verdict and first finding, in a line. */
export function answerOf(items: readonly EvidenceItem[], focus: CaseFocus): string {
  const { verdict, findings } = diagnose(items, focus);
  const [first] = findings;
  return first ? `${verdict}: ${first.rule} (${first.title})` : verdict;
}
