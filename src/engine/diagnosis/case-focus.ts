import type { Narrowing } from '../facts/attempts/narrow.ts';
import { valueIfKnown } from '../facts/fact.ts';
import type { Facts } from '../facts/facts.ts';
import { parseVersion } from '../fortios/version.ts';
import { RULES } from '../rules/all-rules.ts';
import type { ReadingTime, Rule, RuleContext } from '../rules/rule.ts';
import { notAnUpgrade, rulesForUpgrade } from '../rules/shared/upgrade.ts';
import { findSymptom } from '../rules/symptoms.ts';
import type { Diagnosis, LiveSummary } from './diagnosis.ts';

/** What the request was about; limits the rules that look at users. */
export interface CaseFocus {
  readonly alias?: string;
  /** Of the device, by the inventory. */
  readonly customer?: string | undefined;
  readonly site?: string | undefined;
  readonly user?: string;
  readonly vdom?: string;
  /** Only logins of this client and time are looked at. */
  readonly client?: string;
  readonly since?: string;
  readonly until?: string;
  /** What FortiClient shows, in any words; a percentage or code tells which VPN is meant. */
  readonly symptom?: string;
  /** The question is which logins an upgrade to this release stops: `7.4.9`. */
  readonly upgradeTo?: string;
  /** Time of the request, in milliseconds since the Unix epoch; the device's own clock takes precedence. */
  readonly readAt?: number;
  /** Set if the session needed outdated algorithms. */
  readonly algorithms?: 'legacy';
  /** Result of the live debug session. */
  readonly live?: LiveSummary;
}

export function rulesFor({ upgradeTo }: CaseFocus): readonly Rule[] {
  const release = upgradeTo === undefined ? undefined : parseVersion(upgradeTo);
  return release ? rulesForUpgrade(RULES, release) : RULES;
}

export function explainNoUpgrade({ upgradeTo }: CaseFocus, { version }: Facts): string | undefined {
  const release = upgradeTo === undefined ? undefined : parseVersion(upgradeTo);
  return release && notAnUpgrade(release, valueIfKnown(version));
}

export function toNarrowing({ client, since, until, symptom = '' }: CaseFocus): Narrowing {
  return { client, since, until, vpn: findSymptom(symptom)?.vpn };
}

export function narrowedTo({ client, since, until, symptom }: CaseFocus): Diagnosis['narrowedTo'] {
  if ((client ?? since ?? until ?? symptom) === undefined) return undefined;
  return { client, since, until, symptom: symptom && findSymptom(symptom)?.shown };
}

/** What rules are told besides the facts. */
export function ruleContext(facts: Facts, focus: CaseFocus): RuleContext {
  const version = valueIfKnown(facts.version);
  const vdomMode = valueIfKnown(facts.vdomMode);
  const readAt = readingTime(facts, focus);
  return {
    user: focus.user,
    vdom: focus.vdom,
    version,
    vdomMode,
    vdoms: new Set(valueIfKnown(facts.vdoms)?.names ?? []),
    readAt,
    overIke: isOverIke(facts),
  };
}

function readingTime({ systemTime }: Facts, { readAt }: CaseFocus): ReadingTime | undefined {
  const device = valueIfKnown(systemTime);
  if (device !== undefined) return { ms: device, clock: 'device' };
  return readAt === undefined ? undefined : { ms: readAt, clock: 'request' };
}

/** True if the logs show it, or if the configuration has no other VPN. */
export function isOverIke({ ikeLogins, debugLog, sslVpn, phase1s }: Facts): boolean {
  const log = valueIfKnown(debugLog);
  if (log?.daemons.sslvpn) return false;
  if ((valueIfKnown(ikeLogins) ?? []).length > 0) return true;
  const web = valueIfKnown(sslVpn)?.some((each) => each.enabled.value) ?? false;
  return !web && (valueIfKnown(phase1s) ?? []).some((each) => each.dialup);
}
