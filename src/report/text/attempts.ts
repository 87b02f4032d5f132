import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { printable } from '../printable.ts';
import { brokeAt, waitedText } from '../summary.ts';
import { ENGLISH } from '../wording.ts';
import { table } from './layout.ts';
import type { Pen } from './paint.ts';

const HEAD = ['user', 'outcome', 'waited', 'where it broke'] as const;

export function attemptLines(attempts: Diagnosis['attempts'], { paint }: Pen): readonly string[] {
  if (attempts.length === 0) return [];
  const withTime = attempts.some((attempt) => attempt.startedAt !== undefined);
  const rows = attempts.map((attempt) => [
    printable(attempt.user),
    ENGLISH.outcomes[attempt.outcome],
    waitedText(attempt),
    brokeAt(attempt),
    ...(withTime ? [printable(attempt.startedAt ?? '–')] : []),
  ]);
  const [head = '', ...body] = table([[...HEAD, ...(withTime ? ['started'] : [])], ...rows], '  ');
  return [paint.dim(head), ...body];
}
