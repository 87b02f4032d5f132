import { openBudget } from '../../device/budget.ts';
import type { Collect, CollectionRequest } from '../../device/collector.ts';
import { timedOut } from '../../device/device-errors.ts';
import { LIVE_ITEM, type LiveRequest, type LoginProgress } from '../../device/live/live-types.ts';
import type { CaseFocus } from '../../engine/diagnosis/case-focus.ts';
import type { Diagnosis, LiveSummary } from '../../engine/diagnosis/diagnosis.ts';
import { createVdomPlanner } from '../../engine/diagnosis/vdom-planner.ts';
import type { RedactedCase } from '../../engine/evidence/redacted-case.ts';
import { countLogins } from '../../engine/facts/attempts/count-logins.ts';
import { DEBUG_OFF } from '../../engine/fortios/debug-commands.ts';
import { RULES } from '../../engine/rules/all-rules.ts';
import { collectionPlan } from '../../engine/rules/collection-plan.ts';
import type { CheckDetails } from '../../platform/runs/run.ts';
import { redactEvidence } from '../intake/intake-thread.ts';
import { diagnoseDevice } from './diagnose-evidence.ts';
import type { DiagnosedDevice } from './diagnosed-device.ts';

export interface DeviceCheck
  extends Pick<CollectionRequest, 'device' | 'vdom' | 'isSweep' | 'background' | 'onProgress'> {
  /** The user who cannot log in. */
  readonly user?: string;
  /** Time of the request in milliseconds since the Unix epoch; used if the device does not report its time. */
  readonly readAt: number;
  readonly details?: CheckDetails | undefined;
  /** A release of FortiOS: the question is which logins an upgrade to it stops. */
  readonly upgradeTo?: string | undefined;
  /** Length of the live debug session in seconds; already authorised. */
  readonly live?: number;
  readonly signal: AbortSignal;
  /** Ends the live debug session early; the device is diagnosed with what was seen. */
  readonly stopWatching?: AbortSignal;
}

/** Characters of outputs: a quarter of a second. */
const MAX_AT_ONCE = 1_000_000;
/** Minimum time for the diagnosis after a device used nearly all of its limit. */
const MIN_DIAGNOSIS_MS = 10_000;

/** Redacted device output, and the result of the live debug session if there was one. */
export interface DeviceReading {
  readonly evidence: RedactedCase;
  readonly live?: LiveSummary;
  /** Milliseconds of the device's job limit that the reading left for the diagnosis. */
  readonly timeLeftMs: number;
}

/**
 * `readDevice`, then `diagnoseReading`; callers that store the evidence in between call both. Rejects with the errors of
 * `Collect`.
 */
export async function checkDevice(check: DeviceCheck, collect: Collect): Promise<Diagnosis> {
  return (await diagnoseReading(check, await readDevice(check, collect))).diagnosis;
}

/** First half of a check: reads the commands that the rules declare, and redacts the outputs. */
export async function readDevice(check: DeviceCheck, collect: Collect): Promise<DeviceReading> {
  const { device, signal, onProgress } = check;
  const startedAt = performance.now();
  const limitMs = device.timeouts.job + (check.live ?? 0) * 1000;
  let report: LiveSummary | undefined;
  let leftover: LiveSummary | undefined;
  const items = await collect({
    device,
    commands: collectionPlan(RULES, { ping: device.ping, user: check.user }),
    planVdoms: createVdomPlanner(RULES),
    vdom: check.vdom,
    sinceHours: check.details?.sinceHours,
    isSweep: check.isSweep,
    background: check.background,
    signal,
    onProgress,
    live:
      check.live === undefined
        ? undefined
        : {
            ...liveRequest(check.live, check.user, (value) => {
              report = value;
            }),
            stop: check.stopWatching,
            client: check.details?.client,
          },
    async onLeftover(isOff) {
      if (!isOff) leftover = { state: 'left-on', applications: [], commands: [...DEBUG_OFF] };
    },
  });
  const evidence = await redactEvidence(items, MAX_AT_ONCE);
  const live = report && withReason(report, evidence);
  const summary = live?.state === 'watched' ? live : (leftover ?? live);
  const timeLeftMs = Math.max(MIN_DIAGNOSIS_MS, limitMs - (performance.now() - startedAt));
  return { evidence, live: summary, timeLeftMs };
}

/** Second half of a check. */
export async function diagnoseReading(check: DeviceCheck, reading: DeviceReading): Promise<DiagnosedDevice> {
  using budget = openBudget(reading.timeLeftMs, () => timedOut(check.device, 'job'), check.signal);
  return await diagnoseDevice(reading.evidence, toFocus(check, reading), budget.signal);
}

/** The question of a check, and the result of its live debug session. */
export function toFocus(check: DeviceCheck, { live }: Pick<DeviceReading, 'live'>): CaseFocus {
  const { device, user, readAt } = check;
  return {
    alias: device.alias,
    customer: device.customer,
    site: device.site,
    readAt,
    algorithms: device.algorithms === 'legacy' ? 'legacy' : undefined,
    user,
    vdom: check.vdom ?? device.vdom,
    symptom: check.details?.symptom,
    ...(check.upgradeTo === undefined ? {} : { upgradeTo: check.upgradeTo }),
    live,
  };
}

/** Above this size only the time limit ends the session: repeated parsing would cost too much CPU. */
const MAX_LINES_PARSED = 20_000;

function liveRequest(
  seconds: number,
  user: string | undefined,
  onReport: LiveRequest['onReport'],
): LiveRequest {
  let last: LoginProgress = { logins: 0, complete: false };
  return {
    seconds,
    onReport,
    evaluate(lines) {
      if (lines.length > MAX_LINES_PARSED) return last;
      const { logins, ended } = countLogins(lines, user);
      // Without a user name, another person's login on a busy gateway would end the session.
      last = { logins, complete: user !== undefined && ended > 0 };
      return last;
    },
  };
}

/** The reason is taken from the redacted text. */
function withReason(summary: LiveSummary, { items }: RedactedCase): LiveSummary {
  if (summary.state !== 'not-opened') return summary;
  return { ...summary, reason: items.find(({ name }) => name === LIVE_ITEM.name)?.failure?.reason };
}
