import { type Chunk, diagnose, diagnoseStream } from '../../engine/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import { redact } from '../../engine/evidence/redact.ts';
import type { EvidenceItem } from '../../engine/evidence/types.ts';
import { limitArchives } from '../../engine/evidence/unpack/unpack.ts';
import { UnreadableFile } from '../../engine/evidence/unreadable-file.ts';
import { shownHops } from '../../report/documents/answer/login-path.ts';
import { formatNumber, plural } from '../../report/documents/printable.ts';
import { renderHtml, VERDICT_TITLES } from '../../report/formats/html/render-html.ts';
import { renderMarkdown } from '../../report/formats/markdown/render-markdown.ts';
import { renderJson } from '../../report/formats/render-json.ts';
import type { AnalyzeRequest, LinePlace, WorkerMessage } from './messages.ts';
import { type OpenText, openFile } from './open-files.ts';

/** The evidence of a larger case is not shown beside the report. Bytes. */
const MAX_SHOWN_BYTES = 1 << 20;

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

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
    const { diagnosis, evidence } = isShort(texts)
      ? diagnoseShort(texts, readAt)
      : { diagnosis: await diagnoseLong(texts, readAt, onProgress), evidence: [] };
    return {
      kind: 'answer',
      verdict: diagnosis.verdict,
      headline: diagnosis.headline,
      verdictTitle: VERDICT_TITLES[diagnosis.verdict],
      summary: summarize(diagnosis),
      stepPlaces: shownHops(diagnosis).map(({ evidence: [quote] }) => quote && placeOf(quote)),
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

function placeOf({ source, line }: LinePlace): LinePlace {
  return { source, line };
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

function isShort(texts: readonly OpenText[]): boolean {
  const size = texts.reduce((total, { head }) => total + head.length, 0);
  return size < MAX_SHOWN_BYTES && texts.every(({ rest }) => rest === undefined);
}

function diagnoseShort(
  texts: readonly OpenText[],
  readAt: number,
): { readonly diagnosis: Diagnosis; readonly evidence: readonly EvidenceItem[] } {
  const redacted = redact(texts.map(({ name, head }) => ({ name, text: utf8.decode(head) })));
  return { diagnosis: diagnose(redacted, { readAt }), evidence: redacted.items };
}

async function diagnoseLong(
  texts: readonly OpenText[],
  readAt: number,
  onProgress: (bytes: number) => void,
): Promise<Diagnosis> {
  let read = 0;
  function take(name: string, bytes: Uint8Array): Chunk {
    read += bytes.length;
    onProgress(read);
    return { name, bytes };
  }
  async function* chunks(): AsyncGenerator<Chunk> {
    for (const { name, head, rest } of texts) {
      yield take(name, head);
      if (rest) for await (const bytes of rest) yield take(name, bytes);
    }
  }
  return await diagnoseStream(chunks(), { readAt }, { seen: texts.map(({ head }) => utf8.decode(head)) });
}
