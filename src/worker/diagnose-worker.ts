import { readCase } from '../case/diagnose-case.ts';
import { FtmError } from '../ftm-error.ts';
import { unpackPayload } from '../queue/packed-payload.ts';
import { fromStoredJob } from '../runs/stored-job.ts';
import { answerTasks } from '../threads/answer-tasks.ts';
import type { DiagnoseTask } from './diagnose-evidence.ts';
import { diagnosedDevice } from './diagnosed-device.ts';
import { decodeLines, type EncodedCase, encodeCase } from './encoded-case.ts';

/** Runs in its own thread, so that long evidence neither crashes nor delays other checks. */
answerTasks(async ({ evidence: given, focus, withSettings }: DiagnoseTask) => {
  const { evidence, texts } = 'packed' in given ? await unpackCase(given.packed) : given;
  const bytes = new Map(evidence.items.map((item, index) => [item, texts[index]]));
  const read = readCase(evidence, focus, (item) => linesOnce(bytes.get(item) ?? new Uint8Array()));
  return withSettings ? diagnosedDevice(read) : read.diagnosis;
});

/** Frees the text after its last line: diagnosing takes most memory once all lines are read. */
function* linesOnce(bytes: Uint8Array<ArrayBuffer>): Generator<string> {
  yield* decodeLines(bytes);
  bytes.buffer.transfer(0);
}

async function unpackCase(packed: string): Promise<EncodedCase> {
  const job = fromStoredJob(await unpackPayload<unknown>({ packed }));
  if (job.kind !== 'analyze') throw new FtmError('ftm_job_invalid', 'A packed job holds no evidence.');
  return encodeCase(job.evidence);
}
