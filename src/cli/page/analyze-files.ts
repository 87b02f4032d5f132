import {
  areShorter,
  diagnoseLong,
  diagnoseShort,
  type OpenText,
} from '../../engine/diagnosis/diagnose-texts.ts';
import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import { limitArchives } from '../../engine/evidence/unpack/unpack.ts';
import { UnreadableFile } from '../../engine/evidence/unreadable-file.ts';
import { shownHops } from '../../report/documents/answer/login-path.ts';
import { formatNumber, plural } from '../../report/documents/printable.ts';
import { renderHtml, VERDICT_TITLES } from '../../report/formats/html/render-html.ts';
import { renderMarkdown } from '../../report/formats/markdown/render-markdown.ts';
import { renderJson } from '../../report/formats/render-json.ts';
import type { AnalyzeRequest, WorkerMessage } from './messages.ts';
import { openFile } from './open-files.ts';

/** The evidence of a larger case is not shown beside the report. Bytes. */
const MAX_SHOWN_BYTES = 1 << 20;

/**
 * The files are one case. Answers the same diagnosis as `ftm-check analyze` with the same files; refused if none of
 * them can be read.
 */
export async function analyzeFiles(
  { files, readAt, version }: AnalyzeRequest,
  onProgress: (bytes: number) => void,
): Promise<WorkerMessage> {
  try {
    const texts: OpenText[] = [];
    const refused: { readonly file: string; readonly error: UnreadableFile }[] = [];
    const limits = limitArchives();
    for (const file of files) {
      const opened = await openFile(file, limits).catch(unreadable);
      if (opened instanceof UnreadableFile) refused.push({ file: file.name, error: opened });
      else texts.push(...opened);
    }
    if (refused[0] && texts.length === 0) throw refused[0].error;
    let read = 0;
    const onRead = (bytes: number) => {
      read += bytes;
      onProgress(read);
    };
    const { diagnosis, evidence } = areShorter(texts, MAX_SHOWN_BYTES)
      ? diagnoseShort(texts, { readAt })
      : { diagnosis: await diagnoseLong(texts, { readAt }, onRead), evidence: [] };
    return {
      kind: 'answer',
      verdict: diagnosis.verdict,
      headline: diagnosis.headline,
      verdictTitle: VERDICT_TITLES[diagnosis.verdict],
      summary: summarize(diagnosis),
      stepPlaces: shownHops(diagnosis).map(
        ({ evidence: [quote] }) => quote && { source: quote.source, line: quote.line },
      ),
      evidence: evidence.map(({ name, text }) => ({ name, text })),
      notRead: refused.map(({ file, error }) => ({ file, reason: error.message })),
      json: renderJson(diagnosis),
      html: renderHtml(diagnosis, { evidence, version }),
      markdown: renderMarkdown(diagnosis, { version }),
    };
  } catch (error) {
    if (error instanceof UnreadableFile)
      return { kind: 'refused', reason: error.message, advice: error.advice };
    throw error;
  }
}

function unreadable(error: unknown): UnreadableFile {
  if (error instanceof UnreadableFile) return error;
  throw error;
}

function summarize({ findings, checks, attempts, sources, redactions }: Diagnosis): readonly string[] {
  const lines = sources.reduce((total, { lines: count }) => total + count, 0);
  const asked = checks.filter(({ unasked }) => unasked === undefined);
  const withVerdict = (verdict: string) => asked.filter((check) => check.verdict === verdict).length;
  return [
    plural(findings.length, 'cause'),
    ...(attempts.length === 0 ? [] : [plural(attempts.length, 'login')]),
    `${formatNumber(withVerdict('healthy'))} checks fine`,
    `${formatNumber(withVerdict('unknown'))} not checked`,
    `${plural(lines, 'line')} read`,
    `${plural(redactions.total, 'secret')} replaced`,
  ];
}
