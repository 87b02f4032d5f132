import { diagnoseCase } from '../../case/diagnose-case.ts';
import { redactCase } from '../../redact/redact-case.ts';
import { statusOfVerdict } from '../exit-status.ts';
import type { Io } from '../io.ts';
import { printDiagnosis } from '../print-diagnosis.ts';
import type { Format } from '../program.ts';
import { readEvidence } from '../read-evidence.ts';

export async function analyze(
  files: readonly string[],
  options: { readonly format: Format },
  io: Io,
): Promise<number> {
  const diagnosis = diagnoseCase(redactCase(await readEvidence(files, io)));
  await printDiagnosis(diagnosis, options, io);
  return statusOfVerdict(diagnosis.verdict);
}
