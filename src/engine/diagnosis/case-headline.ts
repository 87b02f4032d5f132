import { type Attempt, UNNAMED_USER } from '../facts/attempt.ts';
import { type Narrowing, narrowedText } from '../facts/attempts/narrow.ts';
import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import type { PushSender } from '../rules/shared/push-sender.ts';
import { whoseLogins } from '../rules/shared/vpn-logins.ts';
import { type AskedUser, askedUserLine } from './asked-user.ts';
import { type CauseHeadline, CUT_BACKUP, causeHeadline } from './headline.ts';
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
  /** A person says that the VPN is connected, and no login of the log contradicts it. */
  readonly isConnected: boolean;
  readonly upgradeTo: string | undefined;
  /** Why that release is no upgrade. */
  readonly noUpgrade: string | undefined;
}

/** The headline of the answer: what makes the question itself void precedes the cause. */
export function caseHeadline(input: CaseHeadline): string {
  const { looksLike, noVdom, asked, sender, facts, localUsersState, verdict, findings, place } = input;
  const besides = { findings: findings.length > 0, whole: isWhole(facts) };
  return (
    (looksLike && looksLikeHeadline(looksLike)) ??
    (noVdom && unknownVdomLine(noVdom, place)) ??
    upgradeHeadline(input) ??
    (asked && askedUserLine(asked, place, localUsersState, besides)) ??
    noSuchLogin(input) ??
    cutHeadline(input) ??
    connectedHeadline(input) ??
    pushSenderLine(sender, { verdict, attempts: input.logins.attempts, place }) ??
    `${causeHeadline(input)}${orderNotKnown(input.logins.attempts)}`
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

/** The complaint is about what opens through the tunnel, which is no part of a login. */
function connectedHeadline({ isConnected, verdict, logins, about }: CaseHeadline): string | undefined {
  if (!isConnected || verdict !== 'inconclusive') return undefined;
  if (logins.attempts.length > 0)
    return `${whoseLogins(logins.attempts)} got in: the login is sound, the trouble comes after it`;
  return about === 'nothing'
    ? 'The VPN is connected: the login is sound, the trouble comes after it'
    : undefined;
}

/** The headline if a configuration is not called healthy only because its end, or that of a block, is missing. */
function cutHeadline({ verdict, logins, facts, notHealthy }: CaseHeadline): string | undefined {
  if (verdict !== 'inconclusive' || logins.attempts.length > 0) return undefined;
  const inside = notHealthy.length === 0 ? valueIfKnown(facts.cutBlock) : undefined;
  if (inside) return `${inside.source} is cut off inside \`${inside.endsWith}\``;
  const cut = valueIfKnown(facts.truncatedBackup);
  if (!cut) return undefined;
  return `${cut.source} is incomplete: the last section in it is \`${cut.endsWith}\`. ${CUT_BACKUP}`;
}
