import { FtmError } from '../../engine/ftm-error.ts';
import type { Decision } from '../../platform/access/decide.ts';

/** Text for the asker of a live check that is not allowed; `undefined` for every other refusal. */
export function liveRefusal(
  decision: Extract<Decision, { kind: 'refused' }>,
  alias: string,
): FtmError | undefined {
  if (decision.reason === 'live-not-here') {
    return new FtmError('ftm_not_allowed', `Live debug is not allowed on ${alias}.`, {
      advice:
        'The operator of ftm-check can allow it with `live: true` for the device or its group in the inventory. ' +
        'The device can still be read without a live check.',
    });
  }
  if (decision.reason !== 'live-out-of-bounds') return undefined;
  const { min, max } = decision;
  return new FtmError('ftm_usage', `A login on ${alias} can be watched for ${min} to ${max} seconds.`, {
    advice: 'Use a number in this range; `live: { max: … }` in the inventory sets the maximum.',
  });
}
