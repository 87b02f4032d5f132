import type { EvidenceItem } from '../../engine/evidence/types.ts';
import { redactCase } from '../../engine/redact/redact-case.ts';
import { answerTasks } from '../../platform/threads/answer-tasks.ts';

answerTasks((items: readonly EvidenceItem[]) => redactCase(items));
