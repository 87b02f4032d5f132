import type { Quote } from '../../evidence/types.ts';
import { type Fact, valueIfKnown } from '../../facts/fact.ts';
import type { FactValues } from '../../facts/facts.ts';
import { compareVersions, type FortiosVersion, formatVersion, hasSince } from '../../fortios/version.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { VPN_ACCESS, vpnAccess } from './vpn-access.ts';

/** The rules about logins that an upgrade to this release stops, each judged for that release. */
export function rulesForUpgrade(rules: readonly Rule[], release: FortiosVersion): readonly Rule[] {
  return rules.flatMap(({ edge, ...rule }) => {
    if (!edge) return [];
    const { since, needs, facts, judge } = edge;
    const nothing = (reason: string) => ({ verdict: 'not-applicable' as const, reason, decidedBy: [] });
    return {
      ...rule,
      needs,
      facts: [...facts, 'version' as const],
      judge(of: Parameters<Rule['judge']>[0], context: RuleContext) {
        const version = valueIfKnown(of.version);
        const none = notAnUpgrade(release, version);
        if (none !== undefined) return nothing(none);
        if (!hasSince(release, since)) return nothing(`FortiOS ${formatVersion(release)} has no such change`);
        if (version && hasSince(version, since))
          return nothing(`FortiOS ${formatVersion(version)} has this change already`);
        return judge(of, { ...context, version: release });
      },
    };
  });
}

/** `FortiOS 7.2.8 is no upgrade: the device runs it already`. */
export function notAnUpgrade(
  release: FortiosVersion,
  version: FortiosVersion | undefined,
): string | undefined {
  const order = version === undefined ? 1 : compareVersions(release, version);
  if (version === undefined || order > 0) return undefined;
  const why = order === 0 ? 'the device runs it already' : `the device runs ${formatVersion(version)}`;
  return `FortiOS ${formatVersion(release)} is no upgrade: ${why}`;
}

/** Facts that show whether a VPN asks a server, for the `wants` of an edge. */
export const SERVER_USE = [...VPN_ACCESS, 'localUsers'] as const;

interface Checking {
  readonly name: string;
}

/** The servers that a VPN may ask: those of its groups and of local entries, or all where not every group was read. */
export function serversInUse<T extends Checking>(
  servers: readonly T[],
  facts: { readonly [K in (typeof SERVER_USE)[number]]: Fact<FactValues[K]> },
): readonly T[] {
  const users = valueIfKnown(facts.localUsers) ?? [];
  const access = vpnAccess(facts);
  const asked = new Set([
    ...access.servers(users),
    ...users.flatMap(({ remoteServer }) => remoteServer ?? []),
  ]);
  return access.complete ? servers.filter(({ name }) => asked.has(name)) : servers;
}

/** The first lines of each setting. */
export function quotesOfSettings(settings: readonly { readonly quotes: readonly Quote[] }[]) {
  return settings.flatMap(({ quotes }) => quotes).slice(0, 6);
}
