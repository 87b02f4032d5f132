import type { KnownBlock } from '@slack/types';
import type { AttemptSummary, Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import {
  type GroupedLogins,
  gotInText,
  groupLogins,
  loginMark,
  loginUser,
} from '../../documents/answer/logins.ts';
import { attemptText, moreAttemptsText } from '../../documents/answer/summary.ts';
import { clip, plural, printable } from '../../documents/printable.ts';
import { collapsible } from './collapsible.ts';
import {
  bold,
  bullets,
  type Inline,
  italic,
  paragraph,
  plain,
  type RichTextPart,
  richText,
} from './rich-text.ts';

/** Number of failed logins above the fix; more are collapsed. */
const MAX_OPEN = 3;
/** The collapsed list has room for most logins; a full message for few. */
export const LISTED_LOGINS = { max: 30, short: 3 } as const;

/** Failed logins first, one per line; successful ones share a line. */
export function loginBlocks(diagnosis: Diagnosis, max: number = LISTED_LOGINS.max): readonly KnownBlock[] {
  const logins = groupLogins(diagnosis);
  const open = logins.failed.length > MAX_OPEN ? logins.failed.slice(0, MAX_OPEN - 1) : logins.failed;
  const oneGotIn = logins.succeeded.length === 1 ? [[plain(gotInText(logins))]] : [];
  const lines = [...open.map((each) => [plain(`${loginMark(each)} `), ...lineOf(each)]), ...oneGotIn];
  return [
    ...(lines.length === 0 ? [] : [richText([paragraph(joinLines(lines))])]),
    ...listBlock(logins, open.length, diagnosis, max),
  ];
}

/** Whether the lists omit a login that the report has. */
export function hidesLogins(diagnosis: Diagnosis): boolean {
  const { failed, succeeded } = groupLogins(diagnosis);
  return failed.length > LISTED_LOGINS.max || succeeded.length > LISTED_LOGINS.max;
}

function listBlock(
  logins: GroupedLogins,
  open: number,
  diagnosis: Diagnosis,
  max: number,
): readonly KnownBlock[] {
  const { failed, succeeded } = logins;
  const rest = failed.slice(open);
  const others = succeeded.length > 1 ? succeeded : [];
  const more = moreAttemptsText(diagnosis);
  const title = [
    rest.length === 0 ? '' : `❌ ${plural(rest.length, 'more login')} failed`,
    others.length === 0 ? '' : gotInText(logins),
  ].filter((part) => part !== '');
  if (title.length === 0 && more === '') return [];
  return [
    collapsible(title.length === 0 ? 'More logins in the log' : title.join(' · '), [
      ...list(rest, max),
      ...list(others, max),
      ...(more === '' ? [] : [paragraph([italic(more)])]),
    ]),
  ];
}

function list(attempts: readonly AttemptSummary[], max: number): readonly RichTextPart[] {
  if (attempts.length === 0) return [];
  const rest = attempts.length - max;
  return [
    bullets([
      ...attempts.slice(0, max).map((each) => [...lineOf(each), ...startOf(each)]),
      ...(rest > 0 ? [[italic(`${plural(rest, 'more login')} in the report`)]] : []),
    ]),
  ];
}

function lineOf(attempt: AttemptSummary): readonly Inline[] {
  return [bold(loginUser(attempt)), plain(` · ${attemptText(attempt)}`)];
}

function startOf({ startedAt }: AttemptSummary): readonly Inline[] {
  return startedAt === undefined ? [] : [plain(` · started ${clip(printable(startedAt), 40)}`)];
}

function joinLines(lines: readonly (readonly Inline[])[]): readonly Inline[] {
  return lines.flatMap((line, index) => (index === 0 ? line : [plain('\n'), ...line]));
}
