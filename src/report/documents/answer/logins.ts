import type { AttemptSummary, Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import { clip, formatNumber, plural, printable } from '../printable.ts';
import { attemptText } from './summary.ts';

/** The logins of an answer: failed ones first, then incomplete ones, then successful ones. */
export interface GroupedLogins {
  /** For a very long log, of which only some logins are kept: number of users without a failed login. */
  readonly usersIn?: number;
  readonly areAll: boolean;
  readonly failed: readonly AttemptSummary[];
  readonly succeeded: readonly AttemptSummary[];
}

export function groupLogins({ attempts, moreAttempts = 0, usersWithoutTrouble }: Diagnosis): GroupedLogins {
  return {
    areAll: moreAttempts === 0,
    usersIn: usersWithoutTrouble?.count,
    failed: [
      ...attempts.filter(({ outcome }) => outcome !== 'succeeded' && outcome !== 'incomplete'),
      ...attempts.filter(({ outcome }) => outcome === 'incomplete'),
    ],
    succeeded: attempts.filter(({ outcome }) => outcome === 'succeeded'),
  };
}

const NAME_LIMIT = 60;

/** FortiClient sends it before the identity provider has named the user. Sample: `00112233445566778899AABBCCDDEEFF`. */
const SAML_IDENTIFIER = /^[\dA-F]{32}$/;

function loginUser({ user }: AttemptSummary): string {
  if (SAML_IDENTIFIER.test(user)) return 'unknown user';
  return clip(printable(user).replaceAll('`', 'ˋ'), NAME_LIMIT) || 'unknown user';
}

/** `❌ marlow · timed out after 80 s · phone answered at 94 s`. */
export function loginLine(login: AttemptSummary, { withStart = false } = {}): string {
  const { startedAt } = login;
  const start = withStart && startedAt !== undefined ? ` · started ${clip(printable(startedAt), 40)}` : '';
  return `${loginMark(login)} ${loginUser(login)} · ${attemptText(login)}${start}`;
}

/** `marlow got in, 9 s`, of a case in which a login was seen to succeed. */
export function proofText(diagnosis: Diagnosis): string | undefined {
  if (diagnosis.verdict !== 'healthy' || diagnosis.proof !== 'login') return undefined;
  const who = gotInText(groupLogins(diagnosis)).replace(/^✓ /, '');
  return who === '' ? undefined : who.replace(/ \((.+)\)$/, ', $1');
}

function loginMark({ outcome }: AttemptSummary): string {
  if (outcome === 'succeeded') return '✓';
  return outcome === 'incomplete' ? '❔' : '❌';
}

/** `✓ wren got in (9 s)`, or of several `✓ 10 others got in`. */
export function gotInText({ failed, succeeded, areAll, usersIn }: GroupedLogins): string {
  if (usersIn !== undefined) return `✓ ${plural(usersIn, failed.length === 0 ? 'user' : 'other')} got in`;
  const [only] = succeeded;
  if (only === undefined) return '';
  if (succeeded.length === 1) return `✓ ${loginUser(only)} ${attemptText(only)}`;
  if (!areAll) return `✓ ${formatNumber(succeeded.length)} of the listed logins succeeded`;
  const users = new Set(succeeded.map(({ user }) => user));
  if (users.size < succeeded.length) return `✓ ${plural(succeeded.length, 'login')} succeeded`;
  return failed.length === 0
    ? `✓ ${plural(succeeded.length, 'user')} got in`
    : `✓ ${formatNumber(succeeded.length)} others got in`;
}
