import type { Decision } from '../access/decide.ts';
import { FtmError } from '../ftm-error.ts';

/** For who asked for a live check that may not be; `undefined` for every other refusal. */
export function liveRefusal(
  decision: Extract<Decision, { kind: 'refused' }>,
  alias: string,
): FtmError | undefined {
  if (decision.reason === 'live-not-here') {
    return new FtmError('ftm_not_allowed', `Debug may not be switched on at ${alias}.`, {
      advice:
        'Whoever runs ftm-check can allow it with `live: true` for the device or its group in the inventory. ' +
        'Without a live check the device can be read all the same.',
    });
  }
  if (decision.reason !== 'live-out-of-bounds') return undefined;
  const { least, most } = decision;
  return new FtmError('ftm_usage', `A login at ${alias} can be watched for ${least} to ${most} seconds.`, {
    advice: 'Ask again with a number in between; `live: { max: … }` in the inventory sets the upper one.',
  });
}
