import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import type { EvidenceItem } from '../../engine/evidence/types.ts';
import { readVersion } from '../../platform/observe/version.ts';
import { typeable } from '../process/explain-error.ts';
import type { Format } from '../program/options.ts';
import { usesColour } from './colour.ts';
import { type Io, printData, printJson } from './io.ts';

/** Wider lines are hard to read. */
const MAX_WIDTH = 100;

const READ_ALONE = 'save the output as `more.txt`: `ftm-check analyze more.txt` reads it';

export interface PrintOptions {
  readonly format: Format;
  /** How long a device check took, in milliseconds. */
  readonly tookMs?: number;
  readonly evidence?: readonly EvidenceItem[];
  readonly vdom?: string;
  readonly canWatch?: boolean;
  /** As in `AnswerContext`. */
  readonly withOutput?: string;
}

/** Prints the answer on standard output. `slack` is the message that the bot would post: `{ text, blocks }`. */
export async function printDiagnosis(diagnosis: Diagnosis, options: PrintOptions, io: Io): Promise<void> {
  const text = await renderAs(diagnosis, options, io);
  if (options.format === 'text') await printData(io.stdout, text);
  else await printJson(io.stdout, text);
}

/** Each format is imported when needed: loading all takes longer than reading a pasted log. */
async function renderAs(
  diagnosis: Diagnosis,
  { format, tookMs, vdom, canWatch, evidence = [], withOutput = READ_ALONE }: PrintOptions,
  io: Io,
): Promise<string> {
  const question = { tookMs, vdom, canWatch };
  if (format === 'json') {
    const { renderJson } = await import('../../report/formats/render-json.ts');
    return renderJson(diagnosis);
  }
  if (format === 'slack') {
    const { renderSlack } = await import('../../report/formats/slack/render-slack.ts');
    const { text, blocks } = renderSlack(diagnosis, question);
    return JSON.stringify({ text, blocks }, null, 2);
  }
  if (format === 'html') {
    const { renderHtml } = await import('../../report/formats/html/render-html.ts');
    return renderHtml(diagnosis, { tookMs, evidence, version: readVersion() });
  }
  if (format === 'markdown') {
    const { renderMarkdown } = await import('../../report/formats/markdown/render-markdown.ts');
    return renderMarkdown(diagnosis, { tookMs, version: readVersion() });
  }
  const { renderText } = await import('../../report/formats/text/render-text.ts');
  return renderText(diagnosis, {
    ...question,
    withOutput: typeable(withOutput, io.env),
    colour: usesColour(io),
    width: io.stdout.columns === undefined ? undefined : Math.min(io.stdout.columns, MAX_WIDTH),
  });
}
