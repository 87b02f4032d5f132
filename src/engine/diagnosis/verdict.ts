import type { Attempt } from '../facts/attempt.ts';
import { gotInByPush, unresolved } from '../facts/attempts/got-in.ts';
import { valueIfKnown } from '../facts/fact.ts';
import type { FactKey, Facts } from '../facts/facts.ts';
import { hopIndex } from '../facts/hop.ts';
import type { PushSender } from '../rules/shared/push-sender.ts';
import type { Diagnosis, Finding } from './diagnosis.ts';
import type { Judged } from './judge.ts';
import { type CaseReading, noSuchVdom, reasonsNotHealthy, unread } from './reasons-not-healthy.ts';

interface CaseVerdict {
  readonly verdict: Diagnosis['verdict'];
  /** For a case that would otherwise be healthy: what was not read, or conflicts. */
  readonly reasons: readonly string[];
}

/**
 * `broken` if any rule is. `healthy` if the login in question succeeded, or if everything the question needs
 * was read and nothing is undecided. Otherwise `inconclusive`.
 */
export function verdictOf(findings: readonly Finding[], reading: CaseReading): CaseVerdict {
  if (findings.length > 0) return { verdict: 'broken', reasons: [] };
  const { attempts } = reading;
  const failing = unresolved(attempts).some((attempt) => attempt.outcome !== 'incomplete');
  if (failing) return { verdict: 'inconclusive', reasons: [] };
  const reasons = provedByLogin(attempts, reading.sender, reading.facts)
    ? unreadOfDevice(reading)
    : reasonsNotHealthy(reading);
  return { verdict: reasons.length === 0 ? 'healthy' : 'inconclusive', reasons };
}

/** Whether an upgrade stops logins: `healthy` only if it is one, and every change that could was judged. */
export function upgradeVerdict(
  findings: readonly Finding[],
  judged: readonly Judged[],
  noUpgrade: string | undefined,
): CaseVerdict {
  if (noUpgrade !== undefined) return { verdict: 'inconclusive', reasons: [noUpgrade] };
  if (findings.length > 0) return { verdict: 'broken', reasons: [] };
  const reasons = judged.flatMap(({ judgement }) =>
    judgement.verdict === 'unknown' || judgement.verdict === 'conflicting' ? [judgement.reason] : [],
  );
  return { verdict: reasons.length === 0 ? 'healthy' : 'inconclusive', reasons };
}

/**
 * A login was seen to succeed with the second factor that the evidence requires: by push, or without one where nothing
 * of the evidence requires it.
 */
export function provedByLogin(attempts: readonly Attempt[], sender: PushSender, facts: Facts): boolean {
  if (attempts.some(gotInByPush)) return true;
  if (attempts.length === 0 || sender.kind !== 'unasked') return false;
  if (BESIDES_LOGINS.some((key) => facts[key].state === 'known')) return false;
  const latest = new Map(attempts.map((attempt) => [attempt.user, attempt]));
  const isAboutTunnel = ABOUT_PORTAL.some((key) => facts[key].state === 'known');
  return [...latest.values()].every((login) => gotThrough(login, isAboutTunnel));
}

/**
 * IKE says itself that the login succeeded; SSL VPN still checks the client and gives a portal and an address after its
 * yes. Where portals or addresses were recorded too, the question is about what comes after the portal.
 */
function gotThrough({ outcome, hops, trace: { vpn, signs } }: Attempt, isAboutTunnel: boolean): boolean {
  const tunnel = hops[hopIndex('tunnel')]?.status;
  const isWaiting = signs['portal-given'] && isAboutTunnel;
  const isChecked = !isWaiting || signs['sslvpn-address-given'] !== undefined;
  return outcome === 'succeeded' && isChecked && (tunnel === 'ok' || (vpn === 'ike' && tunnel !== 'broken'));
}

/** Where these were recorded too, the question is about more than the logins that were seen. */
const BESIDES_LOGINS: readonly FactKey[] = ['callbackPackets', 'flowEvents'];
const ABOUT_PORTAL: readonly FactKey[] = ['sslPortals', 'addresses'];

/** A command without an answer may hide a fault, even if a user got in meanwhile. */
function unreadOfDevice(reading: CaseReading): readonly string[] {
  const clause = noSuchVdom(reading) ?? (reading.isCheck ? unread(reading) : undefined);
  return clause === undefined ? [] : [clause];
}

/** If these are known, the part of a configuration that push depends on was read completely. */
const WHOLE: readonly FactKey[] = ['version', 'pushService', 'interfaces', 'administrators', 'global'];

/** A whole configuration was read: settings missing in it have their defaults. */
export function isWhole(facts: Facts): boolean {
  const unreadVdoms = valueIfKnown(facts.vdomCoverage)?.unread ?? [];
  return (
    facts.truncatedBackup.state !== 'known' &&
    unreadVdoms.length === 0 &&
    WHOLE.every((key) => facts[key].state === 'known')
  );
}
