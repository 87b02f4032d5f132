import type { Section } from '../evidence/types.ts';
import { readAddresses } from './addresses.ts';
import { readAdministrators, readAdminProfiles } from './administrators.ts';
import type { DebugFacts } from './attempts/debug-reader.ts';
import { readDebug } from './attempts/read-debug.ts';
import { viewConfiguration } from './config-view.ts';
import { readCutBackup } from './cut-backup.ts';
import { readHaStatus, readLicence, readSslVpnBlocklist } from './device-outputs.ts';
import { valueIfKnown } from './fact.ts';
import type { Facts } from './facts.ts';
import { readGlobalSettings } from './global-settings.ts';
import { readIdentity } from './identity.ts';
import { readInterfaces, readLiveAddresses } from './interfaces.ts';
import { readCustomServices, readLocalInPolicies, readServiceGroups } from './local-in.ts';
import { readDdns, readDns, readHostLookups, readPushServerLookup } from './name-resolution.ts';
import { readPushConfigErrors } from './push-config-errors.ts';
import { readPushService } from './push-service.ts';
import { readSchedules } from './schedules.ts';
import { readShownSettings } from './shown-settings.ts';
import { readRadiusPackets, readUserNotices } from './spoken-lines.ts';
import { readSslVpn } from './ssl-vpn.ts';
import { readTokenConfigs, readTokenInfo } from './tokens.ts';
import { readLocalUsers, readRadiusServers, readUserGroups } from './users.ts';
import { readVips } from './vips.ts';
import { readCentralManagement, readFortiguard, readPhase1s, readVdomSettings } from './vpn-and-cloud.ts';
import { readZones } from './zones.ts';

/**
 * Everything the evidence shows, by name; what it does not show is `unknown` with the reason. `debug` is what logs
 * said that were too long to keep.
 */
export function collectFacts(sections: readonly Section[], debug: DebugFacts = readDebug(sections)): Facts {
  const view = viewConfiguration(sections);
  const identity = readIdentity(sections, view);
  const version = valueIfKnown(identity.version);
  return {
    cutBackup: readCutBackup(view),
    ...identity,
    pushService: readPushService(sections, view, version),
    interfaces: readInterfaces(sections, view),
    liveAddresses: readLiveAddresses(sections),
    administrators: readAdministrators(sections, view),
    adminProfiles: readAdminProfiles(sections, view),
    global: readGlobalSettings(sections, view),
    shownSettings: readShownSettings(sections),
    sslVpn: readSslVpn(sections, view),
    vips: readVips(sections, view),
    localUsers: readLocalUsers(sections, view),
    userGroups: readUserGroups(sections, view),
    ...readTokenInfo(sections),
    tokenConfigs: readTokenConfigs(sections, view),
    radiusServers: readRadiusServers(sections, view),
    dns: readDns(sections, view),
    ddns: readDdns(sections, view),
    localInPolicies: readLocalInPolicies(sections, view),
    customServices: readCustomServices(sections, view),
    serviceGroups: readServiceGroups(sections, view),
    ...readAddresses(sections, view),
    ...readSchedules(sections, view),
    zones: readZones(sections, view),
    vdomSettings: readVdomSettings(sections, view, version),
    centralManagement: readCentralManagement(sections, view),
    fortiguard: readFortiguard(sections, view),
    phase1s: readPhase1s(sections, view),
    haStatus: readHaStatus(sections),
    licence: readLicence(sections),
    sslVpnBlocklist: readSslVpnBlocklist(sections),
    userNotices: readUserNotices(sections),
    radiusPackets: readRadiusPackets(sections),
    pushServerLookup: readPushServerLookup(sections),
    hostLookups: readHostLookups(sections),
    pushConfigErrors: readPushConfigErrors(sections),
    ...debug,
  };
}
