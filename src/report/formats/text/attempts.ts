import type { AttemptSummary, Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import { groupLogins } from '../../documents/answer/logins.ts';
import { attemptText, brokeAt, moreAttemptsText, waitedText } from '../../documents/answer/summary.ts';
import { clip, printable } from '../../documents/printable.ts';
import { ENGLISH_WORDING } from '../../documents/wording.ts';
import { alignedTable, wrap } from './layout.ts';
import type { Pen } from './paint.ts';
import { textWidth } from './text-width.ts';

const INDENT = '  ';
const HEAD = ['user', 'outcome', 'waited', 'stopped at'] as const;

export function attemptLines(diagnosis: Diagnosis, { paint, width }: Pen): readonly string[] {
  const { failed, succeeded } = groupLogins(diagnosis);
  const attempts = [...failed, ...succeeded];
  if (attempts.length === 0) return [];
  const withTime = attempts.some((attempt) => attempt.startedAt !== undefined);
  const rows = attempts.map((attempt) => [
    printable(attempt.user),
    ENGLISH_WORDING.outcomes[attempt.outcome],
    waitedText(attempt),
    brokeAt(attempt),
    ...(withTime ? [printable(attempt.startedAt ?? '–')] : []),
  ]);
  const [head = '', ...body] = alignedTable([[...HEAD, ...(withTime ? ['started'] : [])], ...rows], INDENT);
  const lines = [head, ...body].some((line) => textWidth(line) > width)
    ? attempts.flatMap((attempt) => stacked(attempt, width))
    : [paint.dim(head), ...body];
  return [...lines, ...wrap(moreAttemptsText(diagnosis), width, INDENT).map(paint.dim)];
}

/** If names are too long for columns: continuation lines are indented. */
function stacked(attempt: AttemptSummary, width: number): readonly string[] {
  const start = attempt.startedAt === undefined ? '' : ` · started ${clip(printable(attempt.startedAt), 40)}`;
  const text = `${printable(attempt.user)}: ${attemptText(attempt)}${start}`;
  return wrap(text, width - INDENT.length, INDENT).map((line, index) =>
    index === 0 ? line : `${INDENT}${line}`,
  );
}
