import { join } from 'node:path';
import { diagnoseEvidence } from '../../bot/worker/diagnose-evidence.ts';
import { compareReplay, type ReplayDifference } from '../../engine/diagnosis/changes/compare-replay.ts';
import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import { readVersion } from '../../platform/observe/version.ts';
import { parseMemberId } from '../../platform/runs/group.ts';
import type { Run } from '../../platform/runs/run.ts';
import { createGroupStore } from '../../platform/store/group-store.ts';
import { keptCase } from '../../platform/store/kept-evidence.ts';
import type { KeptCase } from '../../platform/store/packed-case.ts';
import type { Records } from '../../platform/store/records.ts';
import type { RunStore } from '../../platform/store/run-store.ts';
import { REPLAY_SCHEMA_ID, replaySchema } from '../../report/documents/changes/replay-schema.ts';
import { type ReplaySubject, replayText } from '../../report/documents/changes/replay-text.ts';
import { fixtureFiles } from '../../report/documents/fixture-files.ts';
import { renderJson } from '../../report/formats/render-json.ts';
import { openEvidenceFolder } from '../evidence/saved-evidence.ts';
import { EXIT } from '../process/exit-status.ts';
import { makePrivateFolder, writePrivateFile } from '../process/private-file.ts';
import { recordAct } from '../process/record-act.ts';
import { withBackend } from '../program/with-backend.ts';
import { type Io, print, printData, printJson } from '../terminal/io.ts';

export interface ReplayOptions {
  readonly json?: boolean;
  readonly saveFixture?: string;
}

interface Found {
  readonly given: Diagnosis;
  readonly kept: KeptCase;
}

/**
 * Repeats the diagnosis of a run from its stored evidence. Resolves with 1 if it differs from the one that was given.
 * Rejects with `ftm_usage` if nothing is stored, and with `ftm_queue_unavailable`.
 */
export async function replay(runId: string, options: ReplayOptions, io: Io): Promise<number> {
  const { given, kept } = await withBackend(io, 'runs and their evidence are stored there.', (backend) =>
    find(runId, backend),
  );
  recordAct(io, { verb: 'replay', about: runId });
  const now = await diagnoseEvidence(kept.evidence, kept.focus);
  const [before, after] = [renderJson(given), renderJson(now)];
  const read = (json: string) => JSON.parse(json) as Diagnosis;
  const difference = before === after ? undefined : compareReplay(read(before), read(after));
  const subject = { runId, given, now, versions: { given: kept.version, now: readVersion() } };
  if (options.json) await printJson(io.stdout, replayJson(subject, difference));
  else await printData(io.stdout, replayText(subject, difference));
  if (options.saveFixture !== undefined) await saveFixture(options.saveFixture, runId, { given, kept }, io);
  return difference === undefined ? EXIT.healthy : EXIT.findings;
}

async function find(
  runId: string,
  { runs, records }: { readonly runs: RunStore; readonly records: Records },
): Promise<Found> {
  const run = (await runs.get(runId)) ?? (await memberRun(runId, records));
  if (run === undefined)
    throw new FtmError('ftm_usage', `There is no run ${JSON.stringify(runId)}.`, {
      advice: 'Runs are kept for 30 days. `ftm-check history HOST --json` lists those of a device.',
    });
  if (run.outcome?.kind !== 'diagnosed')
    throw new FtmError('ftm_usage', `The run ${runId} has no diagnosis.`);
  const kept = await keptCase(records, { id: runId, joined: run.joined });
  if (kept === undefined)
    throw new FtmError('ftm_usage', `The evidence of ${runId} is not stored, or no longer.`, {
      advice: 'FTM_CHECK_EVIDENCE_DAYS and FTM_CHECK_EVIDENCE_MB say how much is kept; 0 days keep none.',
    });
  return { given: run.outcome.diagnosis, kept };
}

/** A device of a group has no run of its own until a person asks for it. */
async function memberRun(
  runId: string,
  records: Records,
): Promise<Pick<Run, 'outcome' | 'joined'> | undefined> {
  const member = parseMemberId(runId);
  const outcome = member && (await createGroupStore(records).outcome(member.of, member.number));
  return outcome && { outcome };
}

function replayJson(subject: ReplaySubject, difference: ReplayDifference | undefined): string {
  const { runId, given, now, versions } = subject;
  const printed = {
    schema: REPLAY_SCHEMA_ID,
    run: runId,
    same: difference === undefined,
    versions,
    verdict: { given: given.verdict, now: now.verdict },
    difference,
  };
  return JSON.stringify(replaySchema.parse(printed), null, 2);
}

/**
 * Writes the evidence as `analyze` reads it, the diagnosis that was given, and, if the evidence is one text, a
 * fixture for each rule that had a finding: `RULE/fixtures/broken.RUN.txt`, as in `src/engine/rules`.
 */
async function saveFixture(folder: string, runId: string, { given, kept }: Found, io: Io): Promise<void> {
  const { evidence, focus } = kept;
  await using saved = await openEvidenceFolder(folder);
  await saved.save({ evidence, focus });
  await writePrivateFile(join(folder, 'diagnosis.json'), `${renderJson(given)}\n`);
  const files = fixtureFiles(evidence.items, focus.alias);
  const [only] = files;
  const written = [join(folder, 'evidence.json'), join(folder, 'diagnosis.json')];
  if (only !== undefined && files.length === 1) {
    for (const rule of new Set(given.findings.map((finding) => finding.rule))) {
      const place = join(folder, rule, 'fixtures');
      await makePrivateFolder(place);
      const path = join(place, `broken.${runId.replaceAll(/[^A-Za-z0-9-]/g, '')}.txt`);
      await writePrivateFile(path, only.text);
      written.push(path);
    }
  }
  await print(io.stderr, written.map((path) => `Wrote ${path}`).join('\n'));
  await print(
    io.stderr,
    'Secrets are replaced; names and addresses are not. Do not commit these files: write a fixture after them (docs/how-to/feedback.md).',
  );
}
