import { FtmError } from '../../ftm-error.ts';
import type { PictureState, Run } from '../../platform/runs/run.ts';
import { isSuperseded } from './collapse-superseded.ts';
import type { Picture } from './delivery-options.ts';
import { type LeaseOptions, withLease } from './run-lease.ts';
import { uploadOnce } from './upload-once.ts';

/** Longer waiting for a picture would delay the device's next check. */
const MAX_WAIT_MS = 5_000;

/**
 * Uploads the picture of the logins below an answer, if times matter. The result is stored: the picture is uploaded
 * once, and not tried again if Slack refuses it or is unavailable. Rejects if the store is unavailable, or another
 * process has the run for minutes.
 */
export async function attachPicture({ id }: Run, options: LeaseOptions): Promise<void> {
  const { runs, drawPicture, logger } = options;
  const known = await runs.get(id);
  if (drawPicture === undefined || !known || !takesPicture(known)) return;
  if (known.outcome?.kind !== 'diagnosed' || (await isSuperseded(known, options))) return;
  let picture: Picture | undefined;
  try {
    picture = await drawPicture(known.outcome.diagnosis, known.alias);
  } catch (error) {
    logger.error({ run: id, err: error }, 'the picture of the logins could not be drawn');
    await runs.update(id, { picture: { kind: 'refused', error: 'not_drawn' } });
    return;
  }
  if (picture === undefined) return;
  const drawn = picture;
  await withLease(known, options, async (run, renew) => {
    if (takesPicture(run)) await uploadAndRecord(run, drawn, renew, options);
  });
}

/** Below an answer only: a private answer has no thread for a picture. */
function takesPicture({ answeredAt, answerTs, picture }: Run): boolean {
  return answeredAt !== undefined && answerTs !== undefined && picture === undefined;
}

async function uploadAndRecord(
  run: Run,
  picture: Picture,
  renew: () => Promise<void>,
  options: LeaseOptions,
): Promise<void> {
  const state = await upload(run, picture, renew, options);
  if (state.kind === 'refused') {
    options.logger.warn(
      { run: run.id, error: state.error },
      'the picture of the logins could not be attached',
    );
  }
  await options.runs.update(run.id, { picture: state });
}

async function upload(
  run: Run,
  picture: Picture,
  renew: () => Promise<void>,
  options: LeaseOptions,
): Promise<PictureState> {
  try {
    const result = await uploadOnce(run, picture, { renew, mayExist: true, maxWaitMs: MAX_WAIT_MS }, options);
    if (result === undefined) return { kind: 'refused', error: 'no_thread' };
    return result.kind === 'done'
      ? { kind: 'attached', file: result.value.id }
      : { kind: 'refused', error: result.error };
  } catch (error) {
    if (error instanceof FtmError && error.code === 'ftm_slack_failed') {
      return { kind: 'refused', error: 'no_answer' };
    }
    throw error;
  }
}
