import { redact } from '../../engine/evidence/redact.ts';
import type { EvidenceItem } from '../../engine/evidence/types.ts';
import { answerTasks } from '../../platform/threads/answer-tasks.ts';

answerTasks((items: readonly EvidenceItem[]) => redact(items));
