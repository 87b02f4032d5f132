import { isIpAddress, isIpv6Address } from './address.ts';
import { atLeast, type FortiosVersion } from './version.ts';

/**
 * The second part of the closed catalogue: commands that a live check sends to start a debug session and to end it.
 * Separate from `COMMANDS`, so that code that reads a device cannot send one of these. There is no filter
 * for a user: FortiOS has filters for addresses only, and the phone's address is unknown. The debug of IKE is enabled only
 * behind a filter on the address of the client: a hub negotiates with hundreds of peers.
 */
export const DEBUG_APPLICATIONS = [
  'fnbamd',
  'sslvpn',
  'ike',
  'eap_proxy',
  'samld',
  'authd',
  'ftm-push',
] as const;
export type DebugApplication = (typeof DEBUG_APPLICATIONS)[number];

const STEPS = {
  'debug-info': 'diagnose debug info',
  'debug-reset': 'diagnose debug reset',
  'debug-timestamp': 'diagnose debug console timestamp enable',
  'debug-enable': 'diagnose debug enable',
  'debug-disable': 'diagnose debug disable',
} as const;

export type DebugCommand =
  | { readonly id: keyof typeof STEPS }
  /** FortiOS ends the debug by itself after this time, even if the connection is lost. */
  | { readonly id: 'debug-duration'; readonly minutes: number }
  | { readonly id: 'debug-application'; readonly application: DebugApplication }
  /** Only one daemon: `reset` ends the debug of all of them, including other administrators' debug. */
  | { readonly id: 'debug-application-off'; readonly application: DebugApplication }
  | { readonly id: 'ike-filter-list' | 'ike-filter-clear'; readonly filter: IkeFilter }
  | { readonly id: 'ike-filter-set'; readonly filter: IkeFilter; readonly client: string };

/** How a release spells the filter of the IKE debug (KB304205). */
export type IkeFilter = keyof typeof IKE_FILTERS;

const IKE_FILTERS = {
  'up to 7.2': { path: 'diagnose vpn ike log-filter', address: 'dst-addr' },
  '7.4.0': { path: 'diagnose vpn ike log filter', address: 'dst-addr' },
  'since 7.4.1': { path: 'diagnose vpn ike log filter', address: 'rem-addr' },
} as const;

export function chooseIkeFilter(version: FortiosVersion): IkeFilter {
  if (!atLeast(version, '7.4.0')) return 'up to 7.2';
  return atLeast(version, '7.4.1') ? 'since 7.4.1' : '7.4.0';
}

export const MAX_DEBUG_MINUTES = 15;

/** Disables all debug: `disable` alone only stops the output. */
export const DEBUG_OFF: readonly string[] = [STEPS['debug-disable'], STEPS['debug-reset']];

/** The line of a command; `undefined` for anything outside the type, of any shape. */
export function debugLine(command: DebugCommand): string | undefined {
  if (command.id === 'debug-duration') {
    const { minutes } = command;
    const isTaken = Number.isInteger(minutes) && minutes >= 1 && minutes <= MAX_DEBUG_MINUTES;
    return isTaken ? `diagnose debug duration ${minutes}` : undefined;
  }
  if (command.id === 'debug-application' || command.id === 'debug-application-off') {
    const application = DEBUG_APPLICATIONS.find((each) => each === command.application);
    const level = command.id === 'debug-application' ? -1 : 0;
    return application && `diagnose debug application ${application} ${level}`;
  }
  if (
    command.id === 'ike-filter-list' ||
    command.id === 'ike-filter-clear' ||
    command.id === 'ike-filter-set'
  )
    return ikeFilterLine(command);
  return Object.hasOwn(STEPS, command.id) ? STEPS[command.id] : undefined;
}

function ikeFilterLine(command: Extract<DebugCommand, { readonly filter: IkeFilter }>): string | undefined {
  if (!Object.hasOwn(IKE_FILTERS, command.filter)) return undefined;
  const { path, address } = IKE_FILTERS[command.filter];
  if (command.id !== 'ike-filter-set')
    return `${path} ${command.id === 'ike-filter-list' ? 'list' : 'clear'}`;
  const { client } = command;
  if (typeof client !== 'string' || !isIpAddress(client)) return undefined;
  return `${path} ${address}${isIpv6Address(client) ? 6 : 4} ${client}`;
}

/**
 * Filters on the address of a client for a debug that a person runs, and the lines that take them away. That of SSL VPN
 * (KB217719) is the same on every release; how IKE spells it must be known.
 */
export function debugFilters(
  client: string,
  applications: readonly DebugApplication[],
  version: FortiosVersion | undefined,
): readonly { readonly set: string; readonly clear: string }[] {
  const filter = version && chooseIkeFilter(version);
  const set = filter && debugLine({ id: 'ike-filter-set', filter, client });
  const clear = filter && debugLine({ id: 'ike-filter-clear', filter });
  const ssl = 'diagnose vpn ssl debug-filter';
  return [
    ...(applications.includes('sslvpn') && isIpAddress(client) && !isIpv6Address(client)
      ? [{ set: `${ssl} src-addr4 ${client}`, clear: `${ssl} clear` }]
      : []),
    ...(applications.includes('ike') && set && clear ? [{ set, clear }] : []),
  ];
}

/** Configuration that shows how people log in to a device; each is absent if it could not be read. */
export interface LoginWays {
  /** Lines of `show full-configuration vpn ssl settings`. */
  readonly sslVpn?: readonly string[];
  /** Lines of `show vpn ipsec phase1-interface`. */
  readonly phase1?: readonly string[];
  /** Lines of `show full-configuration user saml`. */
  readonly saml?: readonly string[];
  /** Public address of the client; IKE is watched only behind a filter on it. */
  readonly client?: string | undefined;
}

/** The daemons that take part in a login on this device, in the order of `DEBUG_APPLICATIONS`. */
export function debugApplications({ sslVpn, phase1, saml, client }: LoginWays): readonly DebugApplication[] {
  // Unknown counts as used: the debug of an idle daemon prints nothing.
  const hasSslVpn = !sslVpn?.some((line) => /^\s*set status disable\s*$/.test(line));
  // Site-to-site tunnels have no users, and their debug would flood the output.
  const hasDialup = phase1?.some((line) => /^\s*set type dynamic\s*$/.test(line)) === true;
  const hasSaml = saml?.some((line) => /^\s*edit \S/.test(line)) === true;
  const isUsed: Readonly<Record<DebugApplication, boolean>> = {
    fnbamd: true,
    sslvpn: hasSslVpn,
    ike: hasDialup && client !== undefined,
    eap_proxy: hasDialup,
    samld: hasSaml,
    authd: hasSaml && hasDialup,
    'ftm-push': true,
  };
  return DEBUG_APPLICATIONS.filter((application) => isUsed[application]);
}
