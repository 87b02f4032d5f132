import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FtmError } from '../../engine/ftm-error.ts';
import { loadInventory } from '../../platform/config/inventory.ts';
import { findDevice } from '../../platform/config/listed-devices.ts';
import { createFeedbackStore, type FeedbackStore } from '../../platform/store/feedback-store.ts';
import { feedbackText } from '../../report/documents/feedback-texts.ts';
import { fixtureFiles } from '../../report/documents/fixture-files.ts';
import { EXIT } from '../process/exit-status.ts';
import { recordAct } from '../process/record-act.ts';
import { withBackend } from '../program/with-backend.ts';
import { type Io, print, printJson } from '../terminal/io.ts';

export interface FeedbackListOptions {
  /** Path of the inventory, which has the customer and the site of a device; the file may be missing. */
  readonly inventory: string;
  readonly json?: boolean;
}

/** Lists what people said about answers that did not help, newest first. */
export async function feedbackList({ inventory: path, json }: FeedbackListOptions, io: Io): Promise<number> {
  const inventory = existsSync(path) ? await loadInventory(path, { env: io.env }) : undefined;
  const stored = await withStore(io, (store) => store.since(0));
  const reports = stored.map((report) => {
    const device = inventory && findDevice(inventory, report.alias ?? '');
    return { ...report, customer: device?.customer, site: device?.site };
  });
  if (json) await printJson(io.stdout, JSON.stringify(reports, null, 2));
  else if (reports.length > 0) await print(io.stdout, reports.map(feedbackText).join('\n\n'));
  if (reports.length === 0) await print(io.stderr, 'No feedback is stored.');
  return EXIT.healthy;
}

/** Writes the evidence of one answer as files that `analyze` and the tests of a rule read, with the report beside them. */
export async function feedbackExport(
  id: string,
  { out }: { readonly out?: string },
  io: Io,
): Promise<number> {
  const { report, evidence } = await withStore(io, async (store) => ({
    report: await store.get(id),
    evidence: await store.evidence(id),
  }));
  if (report === undefined)
    throw new FtmError('ftm_usage', `There is no feedback about ${JSON.stringify(id)}.`, {
      advice: '`ftm-check feedback` lists the ids.',
    });
  const files = [
    ...fixtureFiles(evidence, report.alias),
    { name: 'feedback.json', text: `${JSON.stringify(report, null, 2)}\n` },
  ];
  if (files.length === 1)
    throw new FtmError('ftm_usage', 'The evidence of this answer is no longer stored.', {
      advice: 'Ask the person for the log, or check the device again.',
    });
  recordAct(io, { verb: 'export feedback', about: id });
  const folder = out ?? `feedback-${id}`;
  await writeNew(folder, files);
  await print(io.stdout, files.map(({ name }) => join(folder, name)).join('\n'));
  await print(
    io.stderr,
    'Secrets are replaced; names and addresses are not. Do not commit these files: write a fixture after them (docs/how-to/feedback.md).',
  );
  return EXIT.healthy;
}

/** An existing folder is not written into: it may hold a person's work. */
export async function writeNew(
  folder: string,
  files: readonly { readonly name: string; readonly text: string }[],
): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
    for (const { name, text } of files)
      await writeFile(join(folder, name), text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new FtmError('ftm_usage', `The folder ${JSON.stringify(folder)} could not be made.`, {
      advice: 'Choose a folder that does not exist yet, with another name.',
      cause: error,
    });
  }
}

async function withStore<T>(io: Io, work: (store: FeedbackStore) => Promise<T>): Promise<T> {
  return await withBackend(io, 'feedback is stored there.', ({ records }) =>
    work(createFeedbackStore(records, 0)),
  );
}
