import { changesSinceHealthy, type SinceHealthy } from '../../engine/diagnosis/changes/since-healthy.ts';
import type { Logger } from '../../platform/observe/logger.ts';
import type { PastCheck } from '../../platform/runs/past-check.ts';
import type { CheckJob } from '../../platform/runs/queue-job.ts';
import type { DeviceHistory } from '../../platform/store/device-history.ts';
import type { HealthySettingsStore } from '../../platform/store/healthy-settings.ts';
import type { DiagnosedDevice } from './diagnosed-device.ts';

export interface HealthyComparisonOptions {
  readonly settings: HealthySettingsStore;
  readonly history: DeviceHistory;
  readonly logger: Logger;
}

/**
 * Stores the settings of a healthy device; compares those of another one with the last healthy ones. Undefined if there
 * are none. Never rejects: a check is answered without it.
 */
export type CompareWithHealthy = (
  job: ComparedCheck,
  found: DiagnosedDevice,
) => Promise<SinceHealthy | undefined>;

type ComparedCheck = Pick<CheckJob, 'runId' | 'alias' | 'vdom' | 'acceptedAt'>;

export function createHealthyComparison(options: HealthyComparisonOptions): CompareWithHealthy {
  const { logger } = options;
  return async (job, found) => {
    try {
      if (found.diagnosis.verdict === 'healthy') await save(job, found, options);
      else return await compare(job, found, options);
    } catch (error) {
      logger.warn({ err: error, run: job.runId }, 'not compared with the last healthy check');
    }
    return undefined;
  };
}

async function save(
  { alias, vdom, acceptedAt: at, runId: run }: ComparedCheck,
  { settings: groups }: DiagnosedDevice,
  { settings, logger }: HealthyComparisonOptions,
): Promise<void> {
  if (await settings.save(alias, vdom, { at, groups })) return;
  logger.warn({ run }, 'the settings of a healthy device are too large to be stored');
}

async function compare(
  { alias, vdom, acceptedAt: at }: ComparedCheck,
  { diagnosis, settings: now }: DiagnosedDevice,
  { settings, history }: HealthyComparisonOptions,
): Promise<SinceHealthy | undefined> {
  const healthy = await settings.last(alias, vdom);
  if (healthy === undefined || healthy.at >= at) return undefined;
  const brokenSince = firstBroken(await history.read(alias), healthy.at);
  return changesSinceHealthy(healthy, { at, settings: now, findings: diagnosis.findings, brokenSince });
}

/** When each rule was first found broken after that time. */
function firstBroken(checks: readonly PastCheck[], after: number): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  for (const { at, rules } of checks.filter((check) => check.at > after)) {
    for (const rule of rules) if (!first.has(rule)) first.set(rule, at);
  }
  return first;
}
