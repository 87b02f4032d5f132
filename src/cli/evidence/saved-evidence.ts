import { readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { CaseFocus } from '../../engine/diagnosis/case-focus.ts';
import { redact } from '../../engine/evidence/redact.ts';
import type { RedactedCase } from '../../engine/evidence/redacted-case.ts';
import { UnreadableFile } from '../../engine/evidence/unreadable-file.ts';
import { keptCaseSchema } from '../../platform/store/packed-case.ts';
import { commandsText, outputFiles } from '../../report/documents/bundle/outputs.ts';
import { makePrivateFolder, openPrivateFile } from '../process/private-file.ts';
import { SAVED_EVIDENCE_FILE } from './saved-evidence-path.ts';

const SCHEMA = 'ftm-check/evidence@1';

/** The data and the question of a check: enough to repeat its diagnosis. */
const savedEvidence = z.object({ schema: z.literal(SCHEMA), ...keptCaseSchema.shape });

export interface SavedCase {
  readonly evidence: RedactedCase;
  readonly focus: CaseFocus;
}

/**
 * A folder for the evidence of one check, readable by this user only: `evidence.json` for `analyze`, and the outputs as
 * texts for people. Rejects with `ftm_usage` if it holds evidence or cannot be written.
 */
export async function openEvidenceFolder(folder: string) {
  await makePrivateFolder(folder);
  const path = join(folder, SAVED_EVIDENCE_FILE);
  const file = await openPrivateFile(path, 'refuse');
  let isSaved = false;
  return {
    async save({ evidence, focus }: SavedCase) {
      const { items, receipt: redactions } = evidence;
      // Checked when writing too: evidence that cannot be read back would be useless.
      const fields = { schema: SCHEMA, focus, redactions, items };
      // JSON has no `undefined`.
      const saved = savedEvidence.parse(JSON.parse(JSON.stringify(fields)));
      await file.writeFile(`${JSON.stringify(saved, null, 2)}\n`);
      isSaved = true;
      const outputs = outputFiles(items);
      if (outputs.length > 0) await makePrivateFolder(join(folder, 'outputs'));
      const texts = [...outputs, { path: 'commands.txt', text: commandsText(outputs) }];
      for (const { path, text } of texts) await writeFile(join(folder, path), text, { mode: 0o600 });
    },
    /** Removes the file if nothing was saved. */
    async [Symbol.asyncDispose]() {
      await file.close();
      if (!isSaved) await unlink(path);
    },
  };
}

/** Rejects with `ftm_evidence_unreadable`. It is redacted again, since anybody may have edited it. */
export async function readSavedEvidence(path: string): Promise<SavedCase> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw notJson(path, cause);
  });
  return parseSavedEvidence(text, path);
}

/** Throws `ftm_evidence_unreadable`. `name` is for its message. */
export function parseSavedEvidence(text: string, name: string): SavedCase {
  const parsed = savedEvidence.safeParse(parseJson(text, name));
  if (!parsed.success) {
    throw new UnreadableFile(name, 'is not the complete evidence of a check', {
      advice: 'It was changed, or saved by a newer version of ftm-check.',
      cause: parsed.error,
    });
  }
  const { items, redactions, focus } = parsed.data;
  return { evidence: redact(items, redactions), focus };
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notJson(name, cause);
  }
}

function notJson(name: string, cause: unknown): UnreadableFile {
  return new UnreadableFile(name, 'cannot be read as JSON', { cause });
}
