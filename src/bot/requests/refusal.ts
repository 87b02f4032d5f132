import { FtmError } from '../../engine/ftm-error.ts';
import type { Decision } from '../../platform/access/decide.ts';
import { ALL_DEVICES } from '../../platform/runs/group.ts';

/** Why a request is refused, for the person who asked. `alias` and `group`: as typed. */
export function toRefusal(
  decision: Extract<Decision, { kind: 'refused' }>,
  { alias = '', group = ALL_DEVICES }: { readonly alias?: string; readonly group?: string },
): FtmError {
  switch (decision.reason) {
    case 'not-this-device':
      return new FtmError('ftm_not_allowed', `There is no device named ${alias} that you may check here.`);
    case 'not-this-group': {
      const named = group === ALL_DEVICES ? 'device' : `group named ${group} with devices`;
      return new FtmError('ftm_not_allowed', `There is no ${named} that you may check here.`);
    }
    case 'live-not-here':
      return new FtmError('ftm_not_allowed', `Live debug is not allowed on ${alias}.`, {
        advice:
          'The operator of ftm-check can allow it with `live: true` for the device or its group in the inventory. ' +
          'The device can still be read without a live check.',
      });
    case 'live-out-of-bounds': {
      const { min, max } = decision;
      return new FtmError('ftm_usage', `A login on ${alias} can be watched for ${min} to ${max} seconds.`, {
        advice: 'Use a number in this range; `live: { max: … }` in the inventory sets the maximum.',
      });
    }
    case 'no-grants':
    case 'not-this-person-or-channel':
    case 'too-many-look-ups':
      break;
  }
  return new FtmError('ftm_not_allowed', 'You have no access to this here.', {
    advice: 'The operator of ftm-check can add you, or this channel, under `access` in the inventory.',
  });
}
