import type { Diagnosis } from '../../src/engine/diagnosis/diagnosis.ts';
import type { EvidenceItem } from '../../src/engine/evidence/types.ts';
import { bundleFiles } from '../../src/report/documents/bundle/create-bundle.ts';
import { customerDraft } from '../../src/report/documents/customer-draft.ts';
import { renderHtml } from '../../src/report/formats/html/render-html.ts';
import { renderMarkdown } from '../../src/report/formats/markdown/render-markdown.ts';
import { renderJson } from '../../src/report/formats/render-json.ts';
import { renderAnswer } from '../../src/report/formats/slack/render-answer.ts';
import { renderText } from '../../src/report/formats/text/render-text.ts';

/** Every text that is made of a diagnosis, by its form, as lines. */
export function printedForms(
  diagnosis: Diagnosis,
  evidence: readonly EvidenceItem[],
): ReadonlyMap<string, readonly string[]> {
  const outcome = { kind: 'diagnosed', diagnosis, tookMs: 40 } as const;
  const asker = { id: 'U0ANA', name: 'Ana Ruiz' };
  const subject = { runId: 'run-1', kind: 'check', asker, alias: 'fgt-branch-07' } as const;
  const run = {
    id: 'run-1',
    asker,
    replyTo: { channel: 'C0SUPPORT' },
    acceptedAt: 0,
    answeredAt: 0,
  } as const;
  const bundle = bundleFiles(
    { run: { ...run, kind: 'check', outcome }, evidence, events: [], version: '0.1.0' },
    { sha256: () => '' },
  );
  const { full, ...message } = renderAnswer(outcome, subject);
  return new Map([
    ['fix', diagnosis.findings.flatMap(({ fix }) => [...fix.apply, '', ...fix.undo, '', ...fix.verify])],
    ['missing', diagnosis.missing.flatMap(({ commands }) => [...commands, ''])],
    ['text', renderText(diagnosis).split('\n')],
    ['narrow text', renderText(diagnosis, { width: 40, colour: false }).split('\n')],
    ['slack', linesIn(message).map(decoded)],
    ['file of the answer', linesOfPage(full?.content ?? '')],
    ['html', linesOfPage(renderHtml(diagnosis))],
    ['markdown', renderMarkdown(diagnosis).split('\n')],
    ['json', linesIn(JSON.parse(renderJson(diagnosis)))],
    ['draft', customerDraft(diagnosis).split('\n')],
    [
      'bundle',
      [...bundle].flatMap(([name, text]) => (name.endsWith('.html') ? linesOfPage(text) : text.split('\n'))),
    ],
  ]);
}

/** The lines of all texts inside a value, in order. */
function linesIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.split('\n');
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(linesIn);
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'" };

function linesOfPage(html: string): readonly string[] {
  return html
    .replaceAll(/<(?:br|\/?(?:p|div|pre|li|tr|h\d|td|th|section|details|summary|button))\b[^>]*>/g, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .split('\n')
    .map(decoded);
}

/** A page and Slack's mark-up write signs as entities. */
function decoded(line: string): string {
  return line.replaceAll(/&(lt|gt|quot|amp|#39);/g, (_entity, name: string) => ENTITIES[name] ?? '');
}

/** Behind what a form puts before a line: indents, quotation marks, borders. */
const EDIT = /^[\s>|│▏`]*edit (?:"((?:[^"\\]|\\.)*)"|(\S+))\s*$/;
const VDOM = /^[\s>|│▏`]*config vdom\s*$/;

export function editedIn(
  lines: readonly string[],
): readonly { readonly name: string; readonly isVdom: boolean }[] {
  return lines.flatMap((line, index) => {
    const found = EDIT.exec(line);
    if (!found) return [];
    const name = (found[1] ?? found[2] ?? '').replace(/\\(.)/g, '$1');
    return [{ name, isVdom: VDOM.test(lines[index - 1] ?? '') }];
  });
}
