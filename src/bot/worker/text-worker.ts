import { diagnoseWithEvidence } from '../../engine/diagnosis/diagnose.ts';
import { linesOf } from '../../engine/evidence/lines-of.ts';
import type { EvidenceItem } from '../../engine/evidence/types.ts';
import { answerTasks } from '../../platform/threads/answer-tasks.ts';
import { returnMemory } from '../../platform/threads/return-memory.ts';
import { diagnosedDevice } from './diagnosed-device.ts';
import { decodeLines, type EncodedCase } from './encoded-case.ts';
import { openPackedJob, unpackEvidence } from './packed-job.ts';
import type { DiagnoseTask, TextAnswer, TextTask } from './text-thread.ts';

/** Runs in its own thread, so that long evidence neither crashes nor delays other checks. */
answerTasks(
  async (task: TextTask): Promise<TextAnswer> =>
    task.kind === 'unpack' ? await openPackedJob(task.packed) : await diagnose(task),
  returnMemory,
);

async function diagnose({ evidence: given, focus, withSettings }: DiagnoseTask): Promise<TextAnswer> {
  const { evidence, linesIn } = 'packed' in given ? await unpackEvidence(given.packed) : decoded(given);
  const read = diagnoseWithEvidence(evidence, focus, linesIn);
  return withSettings ? diagnosedDevice(read) : read.diagnosis;
}

function decoded({ evidence, texts }: EncodedCase) {
  const bytes = new Map(evidence.items.map((item, index) => [item, texts[index]]));
  return {
    evidence,
    linesIn(item: EvidenceItem): Iterable<string> {
      const own = bytes.get(item);
      return own ? linesOnce(own) : linesOf(item.text);
    },
  };
}

/** Frees the text after its last line: diagnosing takes most memory once all lines are read. */
function* linesOnce(bytes: Uint8Array<ArrayBuffer>): Generator<string> {
  yield* decodeLines(bytes);
  bytes.buffer.transfer(0);
}
