import type { EvidenceItem } from '../evidence/types.ts';
import { redactCase } from '../redact/redact-case.ts';
import { answerTasks } from '../threads/answer-tasks.ts';

answerTasks((items: readonly EvidenceItem[]) => redactCase(items));
