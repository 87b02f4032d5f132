import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { renderJson } from '../report/render-json.ts';
import { renderSlack } from '../report/slack/render-slack.ts';
import { renderText } from '../report/text/render-text.ts';
import { type Io, print } from './io.ts';
import type { Format } from './program.ts';

/** Wider lines are hard to read, however wide the terminal is. */
const MAX_WIDTH = 100;

export interface PrintOptions {
  readonly format: Format;
  /** How long a device check took, in milliseconds. */
  readonly tookMs?: number;
}

/** The answer on standard output. `slack` is the message as the bot would post it: `{ text, blocks }`. */
export async function printDiagnosis(diagnosis: Diagnosis, options: PrintOptions, io: Io): Promise<void> {
  await print(io.stdout, renderAs(diagnosis, options, io));
}

function renderAs(diagnosis: Diagnosis, { format, tookMs }: PrintOptions, io: Io): string {
  const took = tookMs === undefined ? {} : { tookMs };
  if (format === 'json') return renderJson(diagnosis);
  if (format === 'slack') {
    const { text, blocks } = renderSlack(diagnosis, took);
    return JSON.stringify({ text, blocks }, null, 2);
  }
  return renderText(diagnosis, {
    ...took,
    colour: io.stdout.isTTY === true && !io.env.NO_COLOR,
    ...(io.stdout.columns === undefined ? {} : { width: Math.min(io.stdout.columns, MAX_WIDTH) }),
  });
}
