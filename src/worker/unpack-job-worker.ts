import { unpackPayload } from '../queue/packed-payload.ts';
import { textSize } from '../redact/text-size.ts';
import { fromStoredJob, toStoredJob } from '../runs/stored-job.ts';
import { MAX_KEPT_CHARACTERS } from '../store/kept-evidence.ts';
import { answerTasks } from '../threads/answer-tasks.ts';

answerTasks(async (packed: string) => {
  const job = fromStoredJob(await unpackPayload<unknown>({ packed }));
  if (job.kind !== 'analyze' || textSize(job.evidence) <= MAX_KEPT_CHARACTERS) return toStoredJob(job);
  const items = job.evidence.items.map((item) => ({ ...item, text: '' }));
  return toStoredJob({ ...job, evidence: { ...job.evidence, items }, packed });
});
