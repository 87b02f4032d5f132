import { randomUUID } from 'node:crypto';
import { FtmError } from '../ftm-error.ts';
import type { Run } from '../runs/run.ts';
import type { DeliveryOptions } from './delivery-options.ts';
import type { Opened } from './types.ts';

export interface OpeningOptions extends DeliveryOptions {
  /** Who we are among all that open answers. */
  readonly holder: string;
}

export interface Turn {
  readonly state: 'ours';
  readonly run: Run;
  /** Nobody ever had the turn: nothing can have been posted. */
  readonly isFirst: boolean;
}

/** Thrown where another process has the turn now: it posts, and we wait for that. */
export const LOST_TURN = new Error('another process opens this answer');

/** Longer than a call to Slack may take (10 s), so that what a crashed process had sent is there or never will be. */
export const TURN_MS = 20_000;
const LOOK_EVERY_MS = 250;
/** Longer than any other process can be at it without an end of its own. */
const PATIENCE_MS = 5 * 60_000;

/** Waits until nobody else is at it. `settled`: it was posted before. */
export async function takeTurn(
  known: Run,
  options: OpeningOptions,
): Promise<Turn | { readonly state: 'settled'; readonly opened: Opened }> {
  const { run, isFirst } = await waitForTurn(known, options);
  const opened = settledState(run);
  if (opened === undefined) return { state: 'ours', run, isFirst };
  await options.runs.leaveOpening(known.id, options.holder);
  return { state: 'settled', opened };
}

/**
 * What several callers, in whatever processes, may want to do for one run is done by one after the other: each sees what
 * the one before it left in the store. `work` calls `keep` before anything that Slack may have made it wait for.
 */
export async function inTurn<T>(
  known: Run,
  options: OpeningOptions,
  work: (run: Run, keep: () => Promise<void>) => Promise<T>,
): Promise<T> {
  // Another caller in this process is as much another as one elsewhere.
  const mine = { ...options, holder: `${options.holder}.${randomUUID()}` };
  for (;;) {
    const { run } = await waitForTurn(known, mine);
    try {
      return await work(run, () => keepTurn(run, mine));
    } catch (error) {
      if (error !== LOST_TURN) throw error;
    } finally {
      await leaveTurn(known, mine);
    }
  }
}

async function waitForTurn(
  known: Run,
  { runs, clock, holder }: OpeningOptions,
): Promise<{ readonly run: Run; readonly isFirst: boolean }> {
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_EVERY_MS) {
    const turn = await runs.takeOpening(known.id, holder, TURN_MS);
    if (turn !== 'held') return { run: (await runs.get(known.id)) ?? known, isFirst: turn === 'first' };
    // Who has posted may still be editing (`whileUnanswered`).
    await clock.sleep(LOOK_EVERY_MS);
  }
  throw new FtmError('ftm_slack_failed', 'Another process did not get the answer opened.', {
    retryable: true,
  });
}

/** Throws `LOST_TURN`. */
export async function keepTurn({ id }: Run, { runs, holder }: OpeningOptions): Promise<void> {
  if ((await runs.takeOpening(id, holder, TURN_MS)) === 'held') throw LOST_TURN;
}

/** Where it cannot be left now it ends by itself. */
export async function leaveTurn({ id }: Run, { runs, logger, holder }: OpeningOptions): Promise<void> {
  await runs.leaveOpening(id, holder).catch((error: unknown) => {
    logger.warn({ run: id, err: error }, 'the turn to open ends by itself');
  });
}

function settledState(run: Run): Opened | undefined {
  if (run.answeredAt !== undefined) return { state: 'already-answered', run };
  return run.answerTs === undefined ? undefined : { state: 'ready', run: { ...run, answerTs: run.answerTs } };
}
