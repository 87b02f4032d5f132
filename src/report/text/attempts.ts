import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { printable } from '../printable.ts';
import { brokeAt, moreAttemptsText, waitedText } from '../summary.ts';
import { ENGLISH } from '../wording.ts';
import { table, wrap } from './layout.ts';
import type { Pen } from './paint.ts';

const HEAD = ['user', 'outcome', 'waited', 'where it broke'] as const;

export function attemptLines(diagnosis: Diagnosis, { paint, width }: Pen): readonly string[] {
  const { attempts } = diagnosis;
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
  return [paint.dim(head), ...body, ...wrap(moreAttemptsText(diagnosis), width, '  ').map(paint.dim)];
}
