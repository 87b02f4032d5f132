import { compareDevices } from '../../engine/diagnosis/changes/compare-devices.ts';
import { createComparisonDocument } from '../../report/documents/changes/comparison.ts';
import { renderDeviceComparisonJson } from '../../report/documents/changes/comparison-json.ts';
import { readComparedState } from '../evidence/compared-state.ts';
import { EXIT } from '../process/exit-status.ts';
import type { CompareFormat } from '../program/options.ts';
import { type Io, printJson, printNow } from '../terminal/io.ts';
import { printDocument } from '../terminal/print-document.ts';

/**
 * Compares two states of one device, each in a form that `analyze` reads. Resolves with 1 for
 * a new finding, else 0. Rejects with `ftm_usage` or `ftm_evidence_*`.
 */
export async function compare(
  oldPath: string,
  newPath: string,
  { format }: { readonly format: CompareFormat },
  io: Io,
): Promise<number> {
  const old = await readComparedState(oldPath, io);
  const now = await readComparedState(newPath, io);
  const [before, after] = [old.diagnosis.device.hostname, now.diagnosis.device.hostname];
  // A device may have got another name, so the states are compared all the same.
  if (before !== undefined && after !== undefined && before !== after)
    printNow(
      io.stderr,
      `Note: the old state is of ${before}, the new one of ${after}: they may be two devices.`,
    );
  const comparison = compareDevices(old, now);
  const states = {
    old: { name: oldPath, diagnosis: old.diagnosis },
    new: { name: newPath, diagnosis: now.diagnosis },
  };
  if (format === 'json') await printJson(io.stdout, renderDeviceComparisonJson(comparison, states));
  else await printDocument(createComparisonDocument(comparison, states), { format }, io);
  return comparison.findings.appeared.length > 0 ? EXIT.findings : EXIT.healthy;
}
