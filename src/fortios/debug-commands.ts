/**
 * The second half of the closed catalogue: what a live check may send to open a debug window and to close it again.
 * Apart from `COMMANDS`, so that nothing that reads a device can ever send one of these by itself.
 *
 * Levels, order and names are those of the field notes on push (section 2, "Suggested debug recipe"). There is no filter
 * for a user among them: FortiOS has filters for addresses only, and nobody knows the phone's.
 */
export const DEBUG_APPLICATIONS = ['fnbamd', 'sslvpn', 'ike', 'eap_proxy', 'ftm-push'] as const;
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
  /** FortiOS ends the debug by itself after that long, whatever became of us. */
  | { readonly id: 'debug-duration'; readonly minutes: number }
  | { readonly id: 'debug-application'; readonly application: DebugApplication }
  /** Of one daemon alone: `reset` ends that of all of them, whoever began it. */
  | { readonly id: 'debug-application-off'; readonly application: DebugApplication };

export const MAX_DEBUG_MINUTES = 15;

/** Switches off whatever runs: `disable` alone only stops the printing (field notes on the CLI, section 11). */
export const DEBUG_OFF: readonly string[] = [STEPS['debug-disable'], STEPS['debug-reset']];

/** The line of a command; `undefined` for anything outside the type, whatever its shape. */
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
  return Object.hasOwn(STEPS, command.id) ? STEPS[command.id] : undefined;
}

/** What a device says of how people log in to it; each absent where it could not be read. */
export interface LoginWays {
  /** Lines of `show full-configuration vpn ssl settings`. */
  readonly sslVpn?: readonly string[];
  /** Lines of `show vpn ipsec phase1-interface`. */
  readonly phase1?: readonly string[];
}

/** The daemons that take part in a login there, in the order of `DEBUG_APPLICATIONS`. */
export function debugApplications({ sslVpn, phase1 }: LoginWays): readonly DebugApplication[] {
  // Unknown counts as used: the debug of a daemon that does nothing prints nothing.
  const hasSslVpn = !sslVpn?.some((line) => /^\s*set status disable\s*$/.test(line));
  // Tunnels between sites have no users, and their debug would drown the login.
  const hasDialup = phase1?.some((line) => /^\s*set type dynamic\s*$/.test(line)) === true;
  return DEBUG_APPLICATIONS.filter((application) => {
    if (application === 'sslvpn') return hasSslVpn;
    return hasDialup || (application !== 'ike' && application !== 'eap_proxy');
  });
}
