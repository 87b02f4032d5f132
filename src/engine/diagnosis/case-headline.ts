import { type Attempt, UNNAMED_USER } from '../facts/attempt.ts';
import { narrowedText } from '../facts/attempts/narrow.ts';
import { valueIfKnown } from '../facts/fact.ts';
import { hopIndex } from '../facts/hop.ts';
import type { Undecided } from '../rules/rule.ts';
import { whoseLogins } from '../rules/shared/vpn-logins.ts';
import { askedUserLine } from './asked-user.ts';
import { soleContradiction } from './contradiction.ts';
import { debugMistake } from './debug-run.ts';
import type { DeviceCase } from './device-case.ts';
import { harmlessLines, saidOfLines } from './explained-lines.ts';
import { type CauseHeadline, CUT_BACKUP, causeHeadline, type HeadlineContext } from './headline.ts';
import type { Judged } from './judge.ts';
import { provedWithoutLogin } from './last-proved-step.ts';
import { pushSenderLine } from './limit-to-push-sender.ts';
import { looksLikeHeadline } from './looks-like.ts';
import { unknownVdomLine } from './unknown-vdom.ts';
import { readSettings, shortList } from './unread.ts';
import { isWhole } from './verdict.ts';

/** The headline of the answer: what makes the question itself void precedes the cause. */
export function caseHeadline(deviceCase: DeviceCase): string {
  const { looksLike, noVdom, asked, sender, facts, deviceFacts, verdict, findings, attempts } = deviceCase;
  const place = placeText(deviceCase);
  const besides = { findings: findings.length > 0, whole: isWhole(facts) };
  return (
    (looksLike && looksLikeHeadline(looksLike)) ??
    (noVdom && unknownVdomLine(noVdom, place)) ??
    upgradeHeadline(deviceCase) ??
    (asked && askedUserLine(asked, place, deviceFacts.localUsers.state, besides)) ??
    noSuchLogin(deviceCase) ??
    cutHeadline(deviceCase) ??
    connectedHeadline(deviceCase) ??
    pushSenderLine(sender, { verdict, attempts, place }) ??
    `${causeHeadline(toCauseHeadline(deviceCase))}${orderNotKnown(attempts)}`
  );
}

function placeText({ evidence, focus, facts }: DeviceCase): string | undefined {
  return focus.alias ?? valueIfKnown(facts.device)?.hostname ?? evidence.promptName;
}

function toCauseHeadline(deviceCase: DeviceCase): CauseHeadline {
  const { facts, focus, judged, topics, hops, attempts, unattributed } = deviceCase;
  const users = focus.user === undefined ? valueIfKnown(facts.debugLog)?.users : undefined;
  return {
    ...deviceCase,
    logins: { attempts, unattributed, users },
    harmless: harmlessLines(facts),
    withoutLogin: debugMistake(facts)?.headline ?? provedWithoutLogin(facts),
    said: saidOfLines(facts),
    about: toContext(deviceCase),
    notHealthy: notHealthy(deviceCase),
    settings: readSettings(facts),
    isSilentOnPush: !topics.has('push'),
    isPushInOrder: topics.has('push') && hops[hopIndex('push-service')]?.status === 'ok',
    vpn: topics.has('ike') === topics.has('sslvpn') ? undefined : topics.has('ike') ? 'IPsec' : 'SSL VPN',
    place: placeText(deviceCase),
    undecided:
      undecidedReason(judged, ({ allowsHealthyCase }) => allowsHealthyCase === false) ??
      soleContradiction(judged),
    besidesLog: undecidedReason(judged, ({ isHeadline }) => isHeadline === true),
  };
}

function toContext({ evidence, attempts, decides, sender, facts }: DeviceCase): HeadlineContext {
  if (!evidence.recognised && attempts.length === 0) return 'nothing';
  if (decides) return 'push';
  return sender.kind === 'unasked' && facts.debugLog.state !== 'known' ? 'settings' : 'something';
}

/** Why a case that was read (almost) completely is not called healthy. */
function notHealthy({ isCheck, facts, reasons }: DeviceCase): readonly string[] {
  return isCheck || isWhole(facts) || facts.refusals.state === 'known' ? reasons : [];
}

/** The reason of the first undecided rule of this sort. */
function undecidedReason(
  judged: readonly Judged[],
  isOfSort: (judgement: Undecided) => boolean,
): string | undefined {
  for (const { judgement } of judged) {
    if (judgement.verdict === 'unknown' && isOfSort(judgement)) return judgement.reason;
  }
  return undefined;
}

/** The question is not why a login fails, but which ones an upgrade stops. */
function upgradeHeadline(deviceCase: DeviceCase): string | undefined {
  const { focus, noUpgrade, findings, verdict } = deviceCase;
  const [first] = findings;
  if (focus.upgradeTo === undefined) return undefined;
  if (noUpgrade !== undefined) return noUpgrade;
  if (first) return first.title;
  return verdict === 'healthy'
    ? `Nothing that was read stops with FortiOS ${focus.upgradeTo}, as far as its known changes go`
    : `Which logins stop with FortiOS ${focus.upgradeTo} is not known: ${notHealthy(deviceCase)[0] ?? 'the configuration was not read'}`;
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
function noSuchLogin({ findings, attempts, deviceFacts, narrowing, asked }: DeviceCase): string | undefined {
  if (findings.length > 0 || attempts.length > 0) return undefined;
  const text = deviceFacts.attempts.state === 'known' ? narrowedText(narrowing) : '';
  if (text !== '') return `${NO_SUCH_LOGIN}${text}`;
  if (asked === undefined || asked.others.length === 0) return undefined;
  return `${NO_SUCH_LOGIN} of \`${asked.name}\`, only of ${shortList(asked.others)}`;
}

/** The complaint is about what opens through the tunnel, which is no part of a login. */
function connectedHeadline({ isConnected, verdict, attempts, evidence }: DeviceCase): string | undefined {
  if (!isConnected || verdict !== 'inconclusive') return undefined;
  if (attempts.length > 0)
    return `${whoseLogins(attempts)} got in: the login is sound, the trouble comes after it`;
  return !evidence.recognised
    ? 'The VPN is connected: the login is sound, the trouble comes after it'
    : undefined;
}

/** The headline if a configuration is not called healthy only because its end, or that of a block, is missing. */
function cutHeadline(deviceCase: DeviceCase): string | undefined {
  const { verdict, attempts, facts } = deviceCase;
  if (verdict !== 'inconclusive' || attempts.length > 0) return undefined;
  const inside = notHealthy(deviceCase).length === 0 ? valueIfKnown(facts.cutBlock) : undefined;
  if (inside) return `${inside.source} is cut off inside \`${inside.endsWith}\``;
  const cut = valueIfKnown(facts.truncatedBackup);
  if (!cut) return undefined;
  return `${cut.source} is incomplete: the last section in it is \`${cut.endsWith}\`. ${CUT_BACKUP}`;
}
