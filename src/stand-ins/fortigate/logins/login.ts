import type { ConfigBlock, ConfigEntry, ConfigScope } from '../../../engine/fortios/config/types.ts';
import type { FortiosVersion } from '../../../engine/fortios/version.ts';
import type { DeviceState } from '../device-state.ts';
import type { Directories } from './directories.ts';
import { reachesServer } from './reaches-server.ts';

/** One try of a person, from a client that is set up as these fields say. */
export interface Login {
  readonly user: string;
  /** The right one of a local account by default. */
  readonly password?: string;
  readonly vpn: 'sslvpn' | 'ikev1' | 'ikev2';
  /** Signs in at an identity provider instead of typing a password. */
  readonly saml?: boolean;
  /** Public address of the client. */
  readonly client?: string;
  /** Where it comes in. */
  readonly interface?: string;
  /** Of SSL VPN. */
  readonly program?: 'FortiClient' | 'openfortivpn';
  /** Sessions that the user has. */
  readonly sessions?: number;
  /** Of IPsec. */
  readonly dhGroups?: readonly string[];
  readonly peerId?: string;
  readonly isKeyWrong?: boolean;
  readonly eapMethod?: 'MSCHAPv2' | 'TTLS';
  readonly clientsConnected?: number;
}

export interface DebugLine {
  readonly daemon: 'sslvpn' | 'fnbamd' | 'ike' | 'eap_proxy' | 'samld' | 'authd';
  readonly text: string;
}

export interface LoginResult {
  readonly outcome: 'in' | 'refused' | 'no-answer';
  /** What the daemons print, in order, without time stamps. */
  readonly lines: readonly DebugLine[];
  /** What the person sees, and what the event log says. */
  readonly notices: readonly string[];
}

/** A VDOM of the device as a login meets it. */
export interface Gateway {
  readonly vdom: string;
  readonly version: FortiosVersion;
  readonly directories: Directories;
  readonly block: (path: string) => ConfigBlock | undefined;
  readonly entries: (path: string) => readonly ConfigEntry[];
  /** Whether requests of this entry to the address in `server` would come back. */
  readonly reaches: (server: ConfigEntry) => boolean;
  /** Of a global setting. */
  readonly global: (path: string, name: string) => string | undefined;
}

export function openGateway(state: DeviceState, vdom: string, directories: Directories): Gateway {
  const scope: ConfigScope = state.multiVdom ? { kind: 'vdom', name: vdom } : { kind: 'none' };
  return {
    vdom,
    version: state.version,
    directories,
    block: (path) => state.block(scope, path),
    entries: (path) => state.block(scope, path)?.entries ?? [],
    reaches: (server) => reachesServer(server, state, scope),
    global: state.setting,
  };
}

type Holder = Pick<ConfigBlock, 'settings' | 'blocks'>;

export function values(holder: Holder | undefined, name: string): readonly string[] {
  return holder?.settings.findLast((each) => each.name === name)?.values ?? [];
}

export function value(holder: Holder | undefined, name: string, otherwise = ''): string {
  return values(holder, name).join(' ') || otherwise;
}

export function innerEntries(holder: Holder | undefined, path: string): readonly ConfigEntry[] {
  return holder?.blocks.find((each) => each.path === path)?.entries ?? [];
}

/** Enabled policies that accept what comes in by this interface. */
export function listPolicies({ entries }: Gateway, name: string): readonly ConfigEntry[] {
  return entries('firewall policy').filter(
    (policy) =>
      values(policy, 'srcintf').some((each) => each === name || each === 'any') &&
      value(policy, 'action') === 'accept' &&
      value(policy, 'status') !== 'disable',
  );
}
