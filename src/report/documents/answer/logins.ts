import type { AttemptSummary, Diagnosis } from '../../../engine/diagnosis/diagnosis.ts';
import { UNNAMED_USER } from '../../../engine/facts/attempt.ts';
import { clip, formatNumber, joinTexts, plural, printable } from '../printable.ts';
import { attemptText } from './summary.ts';

/** The logins of an answer: failed ones first, then incomplete ones, then successful ones. */
export interface GroupedLogins {
  /** For a very long log, of which only some logins are kept: number of users without a failed login. */
  readonly usersIn?: number;
  readonly areAll: boolean;
  readonly failed: readonly AttemptSummary[];
  readonly succeeded: readonly AttemptSummary[];
}

export function groupLogins(diagnosis: Diagnosis): GroupedLogins {
  const { moreAttempts = 0, usersWithoutTrouble } = diagnosis;
  const attempts = stoppedAtBreak(diagnosis);
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

/** A log shows where the login of a user stopped; together with a finding it may be another step. */
function stoppedAtBreak({ attempts, findings, firstBrokenHop }: Diagnosis): readonly AttemptSummary[] {
  const failed = attempts.filter(({ outcome }) => outcome !== 'succeeded');
  if (findings.length === 0 || new Set(failed.map(({ user }) => user)).size !== 1) return attempts;
  return attempts.map((login) =>
    login.outcome === 'succeeded' || !login.hops.some(({ status }) => status === 'broken')
      ? login
      : {
          ...login,
          hops: login.hops.map((hop) =>
            hop.id === firstBrokenHop
              ? { ...hop, status: 'broken' as const }
              : { ...hop, status: hop.status === 'broken' ? ('unknown' as const) : hop.status },
          ),
        },
  );
}

const NAME_LIMIT = 60;

/** FortiClient sends it before the identity provider has named the user. Sample: `00112233445566778899AABBCCDDEEFF`. */
const SAML_IDENTIFIER = /^[\dA-F]{32}$/;

/** The user; else the account or the address of the client. */
function loginUser({ user, client, clientUser }: AttemptSummary): string {
  const isNamed = user !== UNNAMED_USER && !SAML_IDENTIFIER.test(user);
  const name = isNamed ? user : (clientUser ?? (client === undefined ? UNNAMED_USER : `client ${client}`));
  return clip(printable(name).replaceAll('`', 'ˋ'), NAME_LIMIT) || UNNAMED_USER;
}

/** The only login, of which the log shows neither the user nor the client: the finding says all of it. */
export function isNamelessAlone([first, second]: readonly AttemptSummary[]): boolean {
  return first !== undefined && second === undefined && loginUser(first) === UNNAMED_USER;
}

/** Logins of one user that ended alike share a line; with times where the user has others too, or `withTimes`. */
export function loginLines(
  logins: readonly AttemptSummary[],
  { among = logins, withTimes = false }: { among?: readonly AttemptSummary[]; withTimes?: boolean } = {},
): readonly LoginLine[] {
  const alike = Map.groupBy(
    logins,
    (login) => `${loginMark(login)} ${loginUser(login)} ${attemptText(login)}`,
  );
  return [...alike.values()].flatMap((group): readonly LoginLine[] => {
    const [first] = group;
    if (!first) return [];
    const count = group.length;
    const hasOthers = among.filter(({ user }) => user === first.user).length > count;
    const parts = [
      `${loginMark(first)} ${loginUser(first)}`,
      count === 1 ? attemptText(first) : timesText(count, attemptText(first)),
      count > 1 || hasOthers || withTimes ? startsText(group) : '',
      loginMark(first) === '✓' ? '' : clientText(group),
    ];
    return [{ count, text: joinTexts(parts) }];
  });
}

interface LoginLine {
  /** `❌ marlow · timed out after 80 s · phone answered at 94 s`, `❌ wren · 2 failures · 07:58:44, 08:01:15 · 203.0.113.9`. */
  readonly text: string;
  readonly count: number;
}

function timesText(count: number, text: string): string {
  return /^failed\b/.test(text) ? text.replace(/^failed/, plural(count, 'failure')) : `${count} × ${text}`;
}

const MAX_STARTS = 3;

/** The time of one login, where the same user failed at others. */
export function withTime(
  text: string,
  logins: readonly AttemptSummary[],
  failed: readonly AttemptSummary[],
): string {
  const [first] = logins;
  const start = failed.some(({ user }) => user === first?.user) ? startsText(logins) : '';
  return start === '' ? text : `${text} · ${start}`;
}

/** In order, as far as the log has them; times of day where all are of one day. */
export function startTimes(logins: readonly AttemptSummary[]): readonly string[] {
  const starts = logins.flatMap(({ startedAt }) => (startedAt === undefined ? [] : [startedAt])).toSorted();
  const isOneDay = new Set(starts.map((start) => start.slice(0, 10))).size === 1;
  return starts.map((start) => clip(printable((isOneDay && start.slice(11)) || start), 40));
}

/** Of many the first and the last. */
function startsText(logins: readonly AttemptSummary[]): string {
  const starts = startTimes(logins);
  return starts.length <= MAX_STARTS ? starts.join(', ') : `${starts[0]}–${starts.at(-1)}`;
}

function clientText(logins: readonly AttemptSummary[]): string {
  if (logins.some(({ user, clientUser }) => user === UNNAMED_USER && clientUser === undefined)) return '';
  const [client = '', ...others] = new Set(logins.map((each) => each.client));
  return others.length === 0 ? clip(printable(client), 45) : '';
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
