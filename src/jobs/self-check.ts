import type { Inventory } from '../config/inventory-types.ts';
import type { Collect } from '../device/collector.ts';
import { FtmError } from '../ftm-error.ts';
import type { Logger } from '../observe/logger.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { RuleId } from '../rules/rule-ids.ts';
import { checkDevice } from './check-device.ts';

/** A device with one known fault, that is there for the length of one check. */
export interface SelfCheckTarget extends AsyncDisposable {
  readonly inventory: Inventory;
  readonly alias: string;
  readonly collect: Collect;
  /** The cause that a working program finds there. */
  readonly expects: RuleId;
}

export interface SelfCheckOptions {
  readonly everyMs: number;
  readonly openTarget: () => Promise<SelfCheckTarget>;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}

export interface SelfCheck {
  /** Rejects while the last check went wrong, and says what. */
  state(): Promise<string>;
  run(): Promise<void>;
  stop(): void;
}

const LIMIT_MS = 60_000;

/**
 * Checks a built-in look-alike over real SSH from time to time, so that we hear of a broken program before a person
 * does. It goes the way of a check from the connection to the diagnosis; queue and Slack have checks of their own.
 */
export function startSelfCheck(options: SelfCheckOptions): SelfCheck {
  const { logger, metrics, now } = options;
  let wrong: string | undefined;
  let checkedAt: number | undefined;
  const timer = setInterval(() => void run(), options.everyMs);
  timer.unref();
  void run();

  async function run(): Promise<void> {
    try {
      await checkOnce(options);
      if (wrong !== undefined) logger.info({}, 'self-check is well again');
      wrong = undefined;
    } catch (error) {
      wrong = error instanceof FtmError ? error.message : 'it broke';
      logger.error({ err: error }, 'self-check failed');
    }
    checkedAt = now();
    metrics.selfChecked(wrong === undefined, checkedAt);
  }

  return {
    run,
    async state() {
      if (wrong !== undefined) throw new Error(wrong);
      return checkedAt === undefined
        ? 'not checked yet'
        : `well ${Math.round((now() - checkedAt) / 1000)} s ago`;
    },
    stop: () => clearInterval(timer),
  };
}

async function checkOnce({ openTarget }: SelfCheckOptions): Promise<void> {
  await using target = await openTarget();
  const device = target.inventory.devices.get(target.alias);
  if (!device) throw new FtmError('ftm_internal', 'The look-alike is not in its own inventory.');
  const { findings } = await checkDevice({ device, signal: AbortSignal.timeout(LIMIT_MS) }, target.collect);
  if (findings.some(({ rule }) => rule === target.expects)) return;
  throw new FtmError(
    'ftm_internal',
    `The look-alike was read, but its fault (${target.expects}) was not found.`,
  );
}
