import { diagnoseWithEvidence } from '../../engine/diagnosis/diagnose.ts';
import { FtmError } from '../../engine/ftm-error.ts';
import { openCase } from '../../platform/store/packed-case.ts';
import { answerTasks } from '../../platform/threads/answer-tasks.ts';
import type { DiagnoseTask } from './diagnose-evidence.ts';
import { type DiagnosedDevice, toDiagnosedDevice } from './diagnosed-device.ts';

/** Runs in its own thread, so that long evidence neither crashes nor delays other checks. */
answerTasks(async ({ packed, focus, withSettings }: DiagnoseTask): Promise<DiagnosedDevice> => {
  const opened = await openCase(packed);
  if (opened === undefined) throw new FtmError('ftm_job_invalid', 'The stored evidence has an unknown form.');
  const found = diagnoseWithEvidence(opened.evidence, focus, opened.linesIn);
  return withSettings ? toDiagnosedDevice(found) : { diagnosis: found.diagnosis, settings: [] };
});
