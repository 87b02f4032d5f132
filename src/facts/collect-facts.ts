import type { Section } from '../evidence/types.ts';
import { readAdministrators } from './administrators.ts';
import { readDebug } from './attempts/read-debug.ts';
import { viewConfiguration } from './config-view.ts';
import { valueIfKnown } from './fact.ts';
import type { Facts } from './facts.ts';
import { readGlobalSettings } from './global-settings.ts';
import { readIdentity } from './identity.ts';
import { readInterfaces, readLiveAddresses } from './interfaces.ts';
import { readDdns, readDns, readPushServerLookup } from './name-resolution.ts';
import { readPushConfigErrors } from './push-config-errors.ts';
import { readPushService } from './push-service.ts';
import { readSslVpn } from './ssl-vpn.ts';
import { readTokenConfigs, readTokenInfo } from './tokens.ts';
import { readLocalUsers, readRadiusServers, readUserGroups } from './users.ts';
import { readVips } from './vips.ts';

/** Everything the evidence shows, by name; what it does not show is `unknown` with the reason. */
export function collectFacts(sections: readonly Section[]): Facts {
  const view = viewConfiguration(sections);
  const identity = readIdentity(sections, view);
  return {
    ...identity,
    pushService: readPushService(sections, view, valueIfKnown(identity.version)),
    interfaces: readInterfaces(sections, view),
    liveAddresses: readLiveAddresses(sections),
    administrators: readAdministrators(sections, view),
    global: readGlobalSettings(sections, view),
    sslVpn: readSslVpn(sections, view),
    vips: readVips(sections, view),
    localUsers: readLocalUsers(sections, view),
    userGroups: readUserGroups(sections, view),
    ...readTokenInfo(sections),
    tokenConfigs: readTokenConfigs(sections, view),
    radiusServers: readRadiusServers(sections, view),
    dns: readDns(sections, view),
    ddns: readDdns(sections, view),
    pushServerLookup: readPushServerLookup(sections),
    pushConfigErrors: readPushConfigErrors(sections),
    ...readDebug(sections),
  };
}
