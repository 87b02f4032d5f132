import { type Chunk, diagnose, diagnoseStream } from '../../engine/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import { redact } from '../../engine/evidence/redact.ts';
import { SHORT_CASE_BYTES } from '../../engine/evidence/short-case.ts';
import type { EvidenceItem } from '../../engine/evidence/types.ts';
import { renderHtml } from '../../report/formats/html/render-html.ts';
import { renderMarkdown } from '../../report/formats/markdown/render-markdown.ts';
import { renderJson } from '../../report/formats/render-json.ts';
import type { AnalyzeRequest, WorkerMessage } from './messages.ts';
import { type OpenText, openFile, UnreadableFile } from './open-files.ts';

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** The files are one case. Answers the same diagnosis as `ftm-check analyze` with the same files. */
export async function analyzeFiles(
  { files, readAt, version }: AnalyzeRequest,
  onProgress: (bytes: number) => void,
): Promise<WorkerMessage> {
  try {
    const texts: OpenText[] = [];
    for (const file of files) texts.push(...(await openFile(file)));
    const { diagnosis, evidence } = isShort(texts)
      ? diagnoseShort(texts, readAt)
      : { diagnosis: await diagnoseLong(texts, readAt, onProgress), evidence: [] };
    return {
      kind: 'answer',
      verdict: diagnosis.verdict,
      headline: diagnosis.headline,
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

function isShort(texts: readonly OpenText[]): boolean {
  const size = texts.reduce((total, { head }) => total + head.length, 0);
  return size < SHORT_CASE_BYTES && texts.every(({ rest }) => rest === undefined);
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
