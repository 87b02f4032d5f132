import type { Section } from '../evidence/types.ts';
import type { FortiosVersion } from '../fortios/version.ts';
import { readAdministrators, readAdminProfiles } from './accounts/administrators.ts';
import {
  readCertificatePeers,
  readLdapServers,
  readPasswordPolicies,
  readRadiusServers,
  readSamlServers,
} from './accounts/auth-servers.ts';
import { readFacTokenEvents } from './accounts/fac-token-events.ts';
import { readLoginCertificates } from './accounts/login-certificates.ts';
import { readTokenConfigs, readTokenInfo } from './accounts/tokens.ts';
import {
  noticeLines,
  readDaemonCrashes,
  readRadiusPackets,
  readUserNotices,
} from './accounts/user-notices.ts';
import { readLocalUsers, readUserGroups } from './accounts/users.ts';
import type { DebugFacts } from './attempts/debug-reader.ts';
import { readDebug } from './attempts/read-debug.ts';
import { byVdom } from './config/by-vdom.ts';
import { type ConfigView, viewConfiguration } from './config/config-view.ts';
import { readShownSettings } from './config/shown-settings.ts';
import { readTruncatedBackup, readWholeBackup } from './config/truncated-backup.ts';
import { readHaStatus, readLicence, readSslVpnBlocklist } from './device/device-outputs.ts';
import { readGlobalSettings } from './device/global-settings.ts';
import { readIdentity } from './device/identity.ts';
import { readRefusals } from './device/refusals.ts';
import { readSslPortals, readSslVpn } from './device/ssl-vpn.ts';
import { readVdoms } from './device/vdoms.ts';
import {
  readCentralManagement,
  readFortiguard,
  readPhase1s,
  readVdomSettings,
} from './device/vpn-and-cloud.ts';
import { type Fact, unknown, valueIfKnown } from './fact.ts';
import type { VdomFactKey } from './fact-list.ts';
import type { Facts } from './facts.ts';
import { readAddresses } from './network/addresses.ts';
import { readDefaultRoutes } from './network/default-routes.ts';
import { readFirewallPolicies } from './network/firewall-policies.ts';
import { readInterfaces, readLiveAddresses } from './network/interfaces.ts';
import { readCustomServices, readLocalInPolicies, readServiceGroups } from './network/local-in.ts';
import { readDdns, readDns, readHostLookups, readPushServerLookup } from './network/name-resolution.ts';
import { readSchedules } from './network/schedules.ts';
import { readVips } from './network/vips.ts';
import { readZones } from './network/zones.ts';
import { readPushCertificate } from './push/push-certificate.ts';
import { readPushConfigErrors } from './push/push-config-errors.ts';
import { readPushService } from './push/push-service.ts';

/** Facts of a case, and the facts of each VDOM. */
export interface CaseFacts {
  readonly facts: Facts;
  /** The facts of this VDOM: another VDOM's configuration says nothing about it. */
  readonly inVdom: (name: string) => Facts;
  /** VDOMs of which the evidence shows something. */
  readonly shownVdoms: ReadonlySet<string>;
  /** The name in the prompts, shortened where it is long. Sample: `fgt-branch-07 # get system interface`. */
  readonly promptName: string | undefined;
}

/**
 * Reads everything the evidence shows, by name; what it does not show is `unknown` with the reason. `debug` holds the
 * facts of logs that were too long to keep.
 */
export function readFacts(sections: readonly Section[], debug: DebugFacts = readDebug(sections)): CaseFacts {
  const view = viewConfiguration(sections);
  const identity = readIdentity(sections, view);
  const version = valueIfKnown(identity.version);
  const shownSettings = readShownSettings(sections);
  const notices = noticeLines(sections);
  const pushService = readPushService(sections, view, version, shownSettings);
  const vdomFacts = readVdomFacts(sections, view, version);
  const facts: { -readonly [K in keyof Facts]: Facts[K] } = {
    truncatedBackup: readTruncatedBackup(view),
    wholeBackup: readWholeBackup(view),
    refusals: readRefusals(sections, view),
    ...identity,
    vdoms: readVdoms(sections, view, identity.device, vdomsOfLogs(debug)),
    vdomCoverage: unknown('the question is not part of the evidence'),
    pushService,
    pushCertificate: readPushCertificate(sections, view, pushService),
    interfaces: readInterfaces(sections, view, shownSettings),
    liveAddresses: readLiveAddresses(sections),
    administrators: readAdministrators(sections, view),
    adminProfiles: readAdminProfiles(sections, view),
    global: readGlobalSettings(sections, view),
    shownSettings,
    ...vdomFacts,
    loginCertificates: readLoginCertificates(sections, view, vdomFacts),
    dns: readDns(sections, view),
    ddns: readDdns(sections, view),
    centralManagement: readCentralManagement(sections, view),
    fortiguard: readFortiguard(sections, view),
    haStatus: readHaStatus(sections),
    licence: readLicence(sections),
    sslVpnBlocklist: readSslVpnBlocklist(sections),
    userNotices: readUserNotices(notices),
    facTokenEvents: readFacTokenEvents(sections),
    daemonCrashes: readDaemonCrashes(notices),
    radiusPackets: readRadiusPackets(notices),
    pushServerLookup: readPushServerLookup(sections),
    defaultRoutes: readDefaultRoutes(sections),
    hostLookups: readHostLookups(sections),
    pushConfigErrors: readPushConfigErrors(sections),
    ...debug,
  };
  facts.attempts = withoutSites(debug.attempts, facts.phase1s);
  const seen = new Map<string, Facts>();
  const sectionsIn = byVdom(sections, ({ vdom }) => vdom);
  const attemptsIn = ofVdoms(facts.attempts);
  const ikeLoginsIn = ofVdoms(facts.ikeLogins);
  return {
    facts,
    promptName: sections.find(({ host }) => host !== undefined)?.host,
    shownVdoms: new Set([...view.vdoms, ...sections.flatMap(({ vdom }) => vdom ?? [])]),
    inVdom(name) {
      const own = seen.get(name) ?? {
        ...facts,
        ...readVdomFacts(sectionsIn(name), view.inVdom(name), version),
        attempts: attemptsIn(name),
        ikeLogins: ikeLoginsIn(name),
      };
      seen.set(name, own);
      return own;
    },
  };
}

/** Facts per VDOM; of all VDOMs together if `view` holds several. */
function readVdomFacts(
  sections: readonly Section[],
  view: ConfigView,
  version: FortiosVersion | undefined,
): Pick<Facts, VdomFactKey> {
  return {
    sslVpn: readSslVpn(sections, view),
    sslPortals: readSslPortals(sections, view),
    vips: readVips(sections, view),
    localUsers: readLocalUsers(sections, view),
    userGroups: readUserGroups(sections, view),
    ...readTokenInfo(sections),
    tokenConfigs: readTokenConfigs(sections, view),
    radiusServers: readRadiusServers(sections, view),
    ldapServers: readLdapServers(sections, view),
    samlServers: readSamlServers(sections, view),
    certificatePeers: readCertificatePeers(sections, view),
    passwordPolicies: readPasswordPolicies(sections, view),
    firewallPolicies: readFirewallPolicies(sections, view),
    localInPolicies: readLocalInPolicies(sections, view),
    customServices: readCustomServices(sections, view),
    serviceGroups: readServiceGroups(sections, view),
    ...readAddresses(sections, view),
    ...readSchedules(sections, view),
    zones: readZones(sections, view, version),
    vdomSettings: readVdomSettings(sections, view, version),
    phase1s: readPhase1s(sections, view),
  };
}

/** Where the log does not show what an IKE negotiation is, the type of its phase 1 does. */
function withoutSites(attempts: Facts['attempts'], phase1s: Facts['phase1s']): Facts['attempts'] {
  const tunnels = valueIfKnown(phase1s) ?? [];
  if (attempts.state !== 'known' || tunnels.length === 0) return attempts;
  const value = attempts.value.flatMap((attempt) => {
    const { trace } = attempt;
    if (!trace.unclear) return [attempt];
    const name = trace.gateway ?? trace.signs['proposal-mine']?.at(-1)?.fields.gateway;
    const tunnel = tunnels.find((each) => each.name === name);
    if (!tunnel) return [attempt];
    return tunnel.dialup ? [{ ...attempt, trace: { ...trace, unclear: undefined } }] : [];
  });
  return value.length > 0
    ? { ...attempts, value }
    : unknown('the debug output contains tunnels between sites only');
}

function vdomsOfLogs({ attempts, ikeLogins }: DebugFacts): readonly string[] {
  return [...(valueIfKnown(attempts) ?? []), ...(valueIfKnown(ikeLogins) ?? [])].flatMap(
    ({ vdom }) => vdom ?? [],
  );
}

function ofVdoms<T extends { readonly vdom?: string }>(
  fact: Fact<readonly T[]>,
): (name: string) => Fact<readonly T[]> {
  if (fact.state !== 'known') return () => fact;
  const loginsIn = byVdom(fact.value, ({ vdom }) => vdom);
  return (name) => {
    const value = loginsIn(name);
    return value.length > 0 ? { ...fact, value } : unknown(`the evidence contains no login in VDOM ${name}`);
  };
}
