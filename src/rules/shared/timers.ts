import type { Attempt, AttemptMilestones } from '../../facts/attempt.ts';
import type { GlobalSettings, Phase1, RadiusServer } from '../../facts/values.ts';
import { atLeast, type FortiosVersion } from '../../fortios/version.ts';
import { FAC_CODE, FAC_PUSH } from './fortiauthenticator.ts';

/** SSL VPN waits ten times `remoteauthtimeout` plus this (KB 191661). Seconds. */
const BASE_WAIT = 30;
const FAC_TYPES: ReadonlySet<number> = new Set([FAC_CODE, FAC_PUSH]);
/** What a person needs beyond what was measured, so that the next slow approval still counts. Seconds. */
const MARGIN = 60;

/** `time_out = 80` → 5. */
export function remoteAuthTimeoutOf(vpnWait: number): number {
  return Math.max(1, Math.round((vpnWait - BASE_WAIT) / 10));
}

/** How long SSL VPN waits for the second factor, in seconds. From 7.4.1 a longer token validity counts (KB 193607). */
export function vpnWaitOf(settings: GlobalSettings, version: FortiosVersion | undefined): number {
  const wait = 10 * settings.remoteAuthTimeout.value + BASE_WAIT;
  return version && atLeast(version, '7.4.1') ? Math.max(wait, settings.ftkExpiry.value) : wait;
}

/** What a longer validity costs. */
export function staysValid(seconds: number): string {
  return `Every token code then also stays valid for ${seconds} s, which gives an attacker who saw a code more time.`;
}

/** `remoteauthtimeout` that would have been enough, with a margin; FortiOS takes 1–300. */
export function enoughRemoteAuthTimeout(waited: number): number {
  return Math.min(300, Math.max(10, Math.ceil((waited + MARGIN - BASE_WAIT) / 10)));
}

/** `two-factor-ftk-expiry` that would have been enough, in full half minutes; FortiOS takes 60–600 s. */
export function enoughTokenExpiry(waited: number): number {
  return Math.min(600, Math.max(120, Math.ceil((waited + MARGIN) / 30) * 30));
}

/** Seconds from the token question to the phone's completed answer; `undefined` where the log has no times for them. */
export function secondsToAnswer({ milestones: marks }: Attempt): number | undefined {
  const asked = marks.vpnWait?.at ?? marks.tokenWait?.at ?? marks.secondFactorAsked?.at;
  const answered = marks.callbackCompleted?.at;
  return asked === undefined || answered === undefined ? undefined : answered - asked;
}

/** The whole course on one line: `push sent +1 s ▸ token valid until +60 s ▸ VPN gave up +80 s ▸ phone answered +94 s`. */
export function pushTimeline(attempt: Attempt): string {
  const { milestones: marks } = attempt;
  const asked = marks.vpnWait?.at ?? marks.tokenWait?.at ?? marks.secondFactorAsked?.at;
  const sent = marks.pushSent?.at;
  const steps: { at: number; what: string }[] = [];
  if (asked !== undefined && sent !== undefined && sent >= asked)
    steps.push({ at: sent - asked, what: 'push sent' });
  const answered = secondsToAnswer(attempt);
  if (answered !== undefined) steps.push({ at: answered, what: 'phone answered' });
  if (marks.tokenWait) steps.push({ at: marks.tokenWait.seconds, what: 'token valid until' });
  if (marks.vpnWait) steps.push({ at: marks.vpnWait.seconds, what: 'VPN gave up' });
  return steps
    .sort((a, b) => a.at - b.at)
    .map(({ at, what }) => `${what} +${at} s`)
    .join(' ▸ ');
}

/** What an IPsec user has: the tunnel has to be up, the approval included, when its negotiation ends. */
export function ikeTimeBudget(tunnels: readonly Phase1[]): string {
  const [shortest] = tunnels.toSorted((a, b) => a.negotiateTimeout.value - b.negotiateTimeout.value);
  if (!shortest) return '';
  const { value, explicit } = shortest.negotiateTimeout;
  return `The negotiation of ${shortest.name} may take ${value} s${explicit ? '' : ', the default of FortiOS'} (\`negotiate-timeout\`), which probably also limits the time for the approval.`;
}

/** A limit on the way from password to approval. */
interface Timer {
  readonly name: string;
  readonly seconds: number;
}

interface TimerSettings {
  readonly global: GlobalSettings | undefined;
  readonly version: FortiosVersion | undefined;
  readonly radiusServers: readonly RadiusServer[];
  readonly phase1s: readonly Phase1[];
  /** The login went through IKE, where SSL VPN's wait does not apply. */
  readonly ike: boolean;
}

/** The limits that apply to a login, the first to end first. Without a log there are no `marks` of it. */
export function timeLimits(marks: AttemptMilestones, settings: TimerSettings): readonly Timer[] {
  return [
    ...(settings.ike ? ikeTimers(settings) : vpnTimers(marks, settings)),
    ...tokenTimers(marks, settings),
    ...(marks.tokenType && FAC_TYPES.has(marks.tokenType.type) ? radiusTimers(settings) : []),
  ].toSorted((a, b) => a.seconds - b.seconds);
}

/**
 * Which of the limits that apply to this login ends first: `The user had 60 s: the token ends first (then SSL VPN,
 * 80 s).` Empty where fewer than two are known.
 */
export function timeBudget({ milestones: marks }: Attempt, settings: TimerSettings): string {
  const [first, ...others] = timeLimits(marks, settings);
  if (!first || others.length === 0) return '';
  const rest = others.map(({ name, seconds }) => `${name}, ${seconds} s`).join('; ');
  return ` The user had ${first.seconds} s: ${first.name} ends first (then ${rest}).`;
}

function vpnTimers(marks: AttemptMilestones, { global, version }: TimerSettings): readonly Timer[] {
  const seconds = marks.vpnWait?.seconds ?? (global && vpnWaitOf(global, version));
  return seconds === undefined ? [] : [{ name: 'SSL VPN', seconds }];
}

/** Of several tunnels or servers the login does not say which it used. */
function ikeTimers({ phase1s }: TimerSettings): readonly Timer[] {
  const [tunnel, another] = phase1s;
  if (!tunnel || another) return [];
  return [{ name: `the negotiation of ${tunnel.name}`, seconds: tunnel.negotiateTimeout.value }];
}

function tokenTimers(marks: AttemptMilestones, { global }: TimerSettings): readonly Timer[] {
  const ofFac = marks.tokenType !== undefined && FAC_TYPES.has(marks.tokenType.type);
  const seconds = marks.tokenWait?.seconds ?? (ofFac ? global?.facExpiry.value : global?.ftkExpiry.value);
  return seconds === undefined ? [] : [{ name: 'the token', seconds }];
}

/** What the FortiGate gives a RADIUS server ends with its own timeout or with the one for all remote servers. */
function radiusTimers({ global, radiusServers }: TimerSettings): readonly Timer[] {
  const [server, another] = radiusServers;
  return [
    ...(server && !another ? [{ name: `RADIUS server ${server.name}`, seconds: server.timeout.value }] : []),
    ...(global ? [{ name: '`remoteauthtimeout`', seconds: global.remoteAuthTimeout.value }] : []),
  ];
}

/** `two-factor-ftm-expiry` as FortiOS ships it. Hours. */
const ACTIVATION_WINDOW = 72;

/**
 * Whoever changed the activation window may have hoped for more seconds to approve: older articles spoke of seconds,
 * the later revision and the CLI say hours (field notes, section 6.6). A note, never a finding.
 */
export function activationWindowNote(settings: GlobalSettings | undefined): string {
  const window = settings?.ftmExpiry;
  if (!window || window.value === ACTIVATION_WINDOW) return '';
  return ` \`two-factor-ftm-expiry\` is ${window.value} here; it counts hours and concerns activation only, so it gives nobody more time to approve.`;
}
