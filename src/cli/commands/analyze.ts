import { createCase } from '../../case/stream-case.ts';
import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { type EvidenceSource, openEvidence } from '../evidence-source.ts';
import { statusOfVerdict } from '../exit-status.ts';
import type { Io } from '../io.ts';
import { printDiagnosis } from '../print-diagnosis.ts';
import type { Format } from '../program.ts';
import { showReading } from '../show-reading.ts';

export async function analyze(
  files: readonly string[],
  options: { readonly format: Format },
  io: Io,
): Promise<number> {
  const diagnosis = await diagnose(await openEvidence(files, io), io);
  await printDiagnosis(diagnosis, options, io);
  return statusOfVerdict(diagnosis.verdict);
}

async function diagnose(sources: readonly EvidenceSource[], io: Io): Promise<Diagnosis> {
  const stream = createCase(
    {},
    sources.map((source) => source.head.toString('utf8')),
  );
  using progress = showReading(totalOf(sources), io);
  for (const { name, head, rest } of sources) {
    stream.add(name, head);
    progress.add(head.length);
    for await (const bytes of rest) {
      stream.add(name, bytes);
      progress.add(bytes.length);
    }
  }
  return stream.finish();
}

function totalOf(sources: readonly EvidenceSource[]): number | undefined {
  let total = 0;
  for (const { size } of sources) {
    if (size === undefined) return undefined;
    total += size;
  }
  return total;
}
