import { type Attempt, UNNAMED_USER } from '../facts/attempt.ts';
import { type Narrowing, narrowedText } from '../facts/attempts/narrow.ts';
import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import type { PushSender } from '../rules/shared/push-sender.ts';
import { type AskedUser, askedUserLine } from './asked-user.ts';
import type { Diagnosis } from './diagnosis.ts';
import { type CauseHeadline, causeHeadline } from './headline.ts';
import { pushSenderLine } from './limit-to-push-sender.ts';
import { type LooksLike, looksLikeHeadline } from './looks-like.ts';
import { type UnknownVdom, unknownVdomLine } from './unknown-vdom.ts';
import { shortList } from './unread.ts';
import { isWhole } from './verdict.ts';

export interface CaseHeadline extends CauseHeadline {
  /** The evidence is not of a FortiGate. */
  readonly looksLike: LooksLike | undefined;
  readonly noVdom: UnknownVdom | undefined;
  readonly asked: AskedUser | undefined;
  readonly sender: PushSender;
  readonly facts: Facts;
  /** Whether all local users of the device are known, also where one user was asked about. */
  readonly localUsersState: Facts['localUsers']['state'];
  /** To what the logins of the log were limited. */
  readonly narrowing: Narrowing;
  readonly upgradeTo: string | undefined;
  /** Why that release is no upgrade. */
  readonly noUpgrade: string | undefined;
}

/** The headline of the answer: what makes the question itself void precedes the cause. */
export function caseHeadline(input: CaseHeadline): string {
  const { looksLike, noVdom, asked, sender, facts, localUsersState, verdict, findings, place } = input;
  const { attempts } = input.logins;
  const besides = { findings: findings.length > 0, whole: isWhole(facts) };
  return (
    (looksLike && looksLikeHeadline(looksLike)) ??
    (noVdom && unknownVdomLine(noVdom, place)) ??
    upgradeHeadline(input) ??
    (asked && askedUserLine(asked, place, localUsersState, besides)) ??
    noSuchLogin(input) ??
    truncatedBackupHeadline(verdict, attempts, facts) ??
    pushSenderLine(sender, { verdict, attempts, place }) ??
    `${causeHeadline(input)}${orderNotKnown(attempts)}`
  );
}

/** The question is not why a login fails, but which ones an upgrade stops. */
function upgradeHeadline({
  upgradeTo,
  noUpgrade,
  findings: [first],
  verdict,
  notHealthy,
}: CaseHeadline): string | undefined {
  if (upgradeTo === undefined) return undefined;
  if (noUpgrade !== undefined) return noUpgrade;
  if (first) return first.title;
  return verdict === 'healthy'
    ? `Nothing that was read stops with FortiOS ${upgradeTo}, as far as its known changes go`
    : `Which logins stop with FortiOS ${upgradeTo} is not known: ${notHealthy[0] ?? 'the configuration was not read'}`;
}

/** Logins without stamps count in the order of the text, which is that of the paste. */
function orderNotKnown(attempts: readonly Attempt[]): string {
  const ended = attempts.filter(
    ({ startedAt, outcome }) => startedAt === undefined && outcome !== 'incomplete',
  );
  const both = ended.find(
    ({ user, outcome }) =>
      outcome === 'succeeded' &&
      user !== UNNAMED_USER &&
      ended.some((other) => other.user === user && other.outcome !== 'succeeded'),
  );
  return both ? ` · no time stamps: the order of ${both.user}’s logins is that of the text` : '';
}

/** Begins the headline of a log with logins, none of which is asked about. */
export const NO_SUCH_LOGIN = 'The log has no login';

/** None of the logins in the log is of this user, client or time. */
function noSuchLogin({ findings, logins, narrowing, asked }: CaseHeadline): string | undefined {
  if (findings.length > 0 || logins.attempts.length > 0) return undefined;
  const text = narrowedText(narrowing);
  if (text !== '') return `${NO_SUCH_LOGIN}${text}`;
  if (asked === undefined || asked.others.length === 0) return undefined;
  return `${NO_SUCH_LOGIN} of \`${asked.name}\`, only of ${shortList(asked.others)}`;
}

/** The headline if a configuration is not called healthy only because its end is missing. */
function truncatedBackupHeadline(
  verdict: Diagnosis['verdict'],
  attempts: readonly Attempt[],
  { truncatedBackup }: Facts,
): string | undefined {
  const cut = valueIfKnown(truncatedBackup);
  if (!cut || verdict !== 'inconclusive' || attempts.length > 0) return undefined;
  return `${cut.source} is an incomplete backup: it ends with \`${cut.endsWith}\`. Nothing before that is wrong`;
}
