import type { RadiusSettings } from '../../facts/accounts/auth-server-values.ts';
import type { Attempt, AttemptMilestones } from '../../facts/attempt.ts';
import type { GlobalSettings, Phase1 } from '../../facts/device/settings.ts';
import { atLeast, type FortiosVersion } from '../../fortios/version.ts';
import { FAC_CODE, FAC_PUSH } from './fortiauthenticator.ts';

/** Seconds. SSL VPN waits ten times `remoteauthtimeout` plus this (KB 191661). */
const BASE_WAIT_S = 30;
const FAC_TYPES: ReadonlySet<number> = new Set([FAC_CODE, FAC_PUSH]);
/** Seconds added to a measured approval, so that the next slow one is in time too. */
const MARGIN_S = 60;

/** The `remoteauthtimeout` that leads to this wait of SSL VPN: 5 for `time_out = 80`. */
export function toRemoteAuthTimeout(vpnWait: number): number {
  return Math.max(1, Math.round((vpnWait - BASE_WAIT_S) / 10));
}

/**
 * Seconds that SSL VPN waits for the second factor. From 7.4.1 a longer token validity takes precedence (KB 193607).
 */
export function getVpnWait(settings: GlobalSettings, version: FortiosVersion | undefined): number {
  const wait = 10 * settings.remoteAuthTimeout.value + BASE_WAIT_S;
  return version && atLeast(version, '7.4.1') ? Math.max(wait, settings.ftkExpiry.value) : wait;
}

/** The security cost of a longer validity. */
export function staysValid(seconds: number): string {
  return `Every token code then also stays valid for ${seconds} s, which gives an attacker who saw a code more time.`;
}

/** A sufficient `remoteauthtimeout`, with a margin; FortiOS accepts 1–300. */
export function enoughRemoteAuthTimeout(waited: number): number {
  return Math.min(300, Math.max(10, Math.ceil((waited + MARGIN_S - BASE_WAIT_S) / 10)));
}

/** A sufficient `two-factor-ftk-expiry`, rounded up to half minutes; FortiOS accepts 60–600 s. */
export function enoughTokenExpiry(waited: number): number {
  return Math.min(600, Math.max(120, Math.ceil((waited + MARGIN_S) / 30) * 30));
}

/** Seconds from the token request to the phone's completed answer; `undefined` if the log has no times for them. */
export function secondsToAnswer({ milestones }: Attempt): number | undefined {
  const asked = milestones.vpnWait?.at ?? milestones.tokenWait?.at ?? milestones.secondFactorAsked?.at;
  const answered = milestones.callbackCompleted?.at;
  return asked === undefined || answered === undefined ? undefined : answered - asked;
}

/** `marlow answered after 94 s. The token ended at 60 s, the VPN gave up at 80 s.` Counted from the token request. */
export function answeredTooLate(login: Attempt): string {
  const answered = secondsToAnswer(login) ?? 0;
  const { tokenWait, vpnWait } = login.milestones;
  const limits = [
    ...(tokenWait ? [{ at: tokenWait.seconds, what: 'the token ended' }] : []),
    ...(vpnWait ? [{ at: vpnWait.seconds, what: 'the VPN gave up' }] : []),
  ]
    .filter(({ at }) => at <= answered)
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, what }) => `${what} at ${at} s`)
    .join(', ');
  const ends = limits === '' ? '' : ` ${limits.charAt(0).toUpperCase()}${limits.slice(1)}.`;
  return `${login.user} answered after ${answered} s.${ends}`;
}

/** The time limit of an IPsec user: the tunnel must be up, including the approval, when its negotiation ends. */
export function ikeTimeBudget(tunnels: readonly Phase1[]): string {
  const [shortest] = tunnels.toSorted((a, b) => a.negotiateTimeout.value - b.negotiateTimeout.value);
  if (!shortest) return '';
  const { value, explicit } = shortest.negotiateTimeout;
  return `The negotiation of ${shortest.name} may take ${value} s${explicit ? '' : ', the default of FortiOS'} (\`negotiate-timeout\`), which probably also limits the time for the approval.`;
}

/** A time limit between password and approval. */
interface Timer {
  readonly name: string;
  readonly seconds: number;
}

interface TimerSettings {
  readonly global: GlobalSettings | undefined;
  readonly version: FortiosVersion | undefined;
  readonly radiusServers: readonly Pick<RadiusSettings, 'name' | 'timeout'>[];
  readonly phase1s: readonly Phase1[];
  /** The login used IKE, where SSL VPN's wait does not apply. */
  readonly ike: boolean;
}

/** The limits that apply to a login, the earliest first. Without a log there are no milestones. */
export function timeLimits(milestones: AttemptMilestones, settings: TimerSettings): readonly Timer[] {
  return [
    ...(settings.ike ? ikeTimers(settings) : vpnTimers(milestones, settings)),
    ...tokenTimers(milestones, settings),
    ...(milestones.tokenType && FAC_TYPES.has(milestones.tokenType.type) ? radiusTimers(settings) : []),
  ].toSorted((a, b) => a.seconds - b.seconds);
}

/**
 * Which of the limits of this login ends first: `The user had 60 s: the token ends first (then SSL VPN, 80 s).` Empty
 * if fewer than two are known.
 */
export function timeBudget({ milestones }: Attempt, settings: TimerSettings): string {
  const [first, ...others] = timeLimits(milestones, settings);
  if (!first || others.length === 0) return '';
  const rest = others.map(({ name, seconds }) => `${name}, ${seconds} s`).join('; ');
  return ` The user had ${first.seconds} s: ${first.name} ends first (then ${rest}).`;
}

function vpnTimers(milestones: AttemptMilestones, { global, version }: TimerSettings): readonly Timer[] {
  const seconds = milestones.vpnWait?.seconds ?? (global && getVpnWait(global, version));
  return seconds === undefined ? [] : [{ name: 'SSL VPN', seconds }];
}

/** The login does not show which of several tunnels or servers it used. */
function ikeTimers({ phase1s }: TimerSettings): readonly Timer[] {
  const [tunnel, another] = phase1s;
  if (!tunnel || another) return [];
  return [{ name: `the negotiation of ${tunnel.name}`, seconds: tunnel.negotiateTimeout.value }];
}

function tokenTimers(milestones: AttemptMilestones, { global }: TimerSettings): readonly Timer[] {
  const ofFac = milestones.tokenType !== undefined && FAC_TYPES.has(milestones.tokenType.type);
  const seconds =
    milestones.tokenWait?.seconds ?? (ofFac ? global?.facExpiry.value : global?.ftkExpiry.value);
  return seconds === undefined ? [] : [{ name: 'the token', seconds }];
}

/** The wait for a RADIUS server ends with its own timeout or with the one for all remote servers. */
function radiusTimers({ global, radiusServers }: TimerSettings): readonly Timer[] {
  const [server, another] = radiusServers;
  return [
    ...(server && !another ? [{ name: `RADIUS server ${server.name}`, seconds: server.timeout.value }] : []),
    ...(global ? [{ name: '`remoteauthtimeout`', seconds: global.remoteAuthTimeout.value }] : []),
  ];
}

/** Hours; default of `two-factor-ftm-expiry`. */
const DEFAULT_ACTIVATION_HOURS = 72;

/**
 * Explains the activation window: older articles took the value for seconds to approve; the later revision and the CLI
 * say hours. A note, never a finding.
 */
export function activationWindowNote(settings: GlobalSettings | undefined): string {
  const window = settings?.ftmExpiry;
  if (!window || window.value === DEFAULT_ACTIVATION_HOURS) return '';
  return ` \`two-factor-ftm-expiry\` is ${window.value} here; it counts hours and concerns activation only, so it does not give more time to approve.`;
}
