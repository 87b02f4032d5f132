import { strToU8, type Zippable, zipSync } from 'fflate';
import { escapeJson } from '../../../engine/text/escape-json.ts';
import { renderHtml } from '../../formats/html/render-html.ts';
import { renderJson } from '../../formats/render-json.ts';
import { PLAIN } from '../../formats/text/paint.ts';
import { renderText, renderTextDocument } from '../../formats/text/render-text.ts';
import type { BundleFiles, BundleInput } from './bundle-input.ts';
import { commandsText, outputFiles } from './outputs.ts';
import { createTicket } from './ticket.ts';
import { timelineText } from './timeline.ts';

export interface BundleOptions {
  /** Hexadecimal SHA-256 of a text in UTF-8; passed in, because this layer does no input or output. */
  readonly sha256: (text: string) => string;
  /** Bytes before compression; outputs beyond it are left out, and `commands.txt` says so. */
  readonly maxBytes?: number;
}

export interface Bundle {
  readonly filename: string;
  /** The same input gives the same bytes. */
  readonly zip: Uint8Array;
  /** Ready to paste. */
  readonly ticket: string;
}

const MAX_BYTES = 20 * 1024 * 1024;

/** One archive for the vendor's support or the next engineer. */
export function createBundle(input: BundleInput, options: BundleOptions): Bundle {
  const files = bundleFiles(input, options);
  return {
    filename: `${folderName(input)}.zip`,
    zip: zip(files, folderName(input)),
    ticket: files.get('ticket.txt') ?? '',
  };
}

/** The files without their folder, in archive order; the checksums come last. */
export function bundleFiles(input: BundleInput, options: BundleOptions): BundleFiles {
  const { run, evidence, version } = input;
  const { alias, asker, outcome } = run;
  const outputs = outputFiles(input.evidence);
  const kept = fitting(outputs, options.maxBytes ?? MAX_BYTES);
  const leftOut = outputs
    .slice(kept.length)
    .map(({ path }) => `${path}: left out, the archive would be too large`);
  const files = new Map<string, string>([
    ['ticket.txt', `${renderTextDocument(createTicket(input), { width: Infinity, paint: PLAIN })}\n`],
    ...(outcome?.kind === 'diagnosed'
      ? ([
          ['diagnosis.json', `${renderJson(outcome.diagnosis)}\n`],
          ['diagnosis.txt', `${renderText(outcome.diagnosis)}\n`],
          [
            'report.html',
            `${renderHtml(outcome.diagnosis, { ...outcome, alias, askerName: asker.name, evidence, version })}\n`,
          ],
          ['device.json', `${escapeJson(JSON.stringify(outcome.diagnosis.device, null, 2))}\n`],
        ] as const)
      : []),
    ['timeline.txt', timelineText(input)],
    ['commands.txt', [commandsText(outputs), ...leftOut.map((line) => `${line}\n`)].join('')],
    ...(input.threadLink === undefined ? [] : ([['thread.txt', `${input.threadLink}\n`]] as const)),
    ...kept.map(({ path, text }) => [path, text] as const),
  ]);
  const sums = [...files].map(([path, text]) => `${options.sha256(text)}  ${path}\n`).join('');
  return files.set('SHA256SUMS', sums);
}

function fitting<T extends { readonly text: string }>(outputs: readonly T[], maxBytes: number): readonly T[] {
  let room = maxBytes;
  const end = outputs.findIndex(({ text }) => {
    room -= strToU8(text).byteLength;
    return room < 0;
  });
  return end === -1 ? outputs : outputs.slice(0, end);
}

function folderName({ run }: BundleInput): string {
  const device = (run.alias ?? 'ftm-check').toLowerCase().replace(/[^a-z0-9._-]+/g, '-');
  const day = new Date(run.acceptedAt).toISOString().slice(0, 16).replace(/[:-]/g, '').replace('T', '-');
  return `ftm-check-${device}-${day}`;
}

/** A zip archive stores local times; composed from parts, this date is the same in every time zone. */
const EPOCH = new Date(1980, 0, 1);

function zip(files: BundleFiles, folder: string): Uint8Array {
  const entries: Zippable = {};
  for (const [path, text] of files) entries[`${folder}/${path}`] = strToU8(text);
  return zipSync(entries, { level: 6, mtime: EPOCH });
}
