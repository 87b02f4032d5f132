import {
  activate,
  type ClosedLoop,
  entry,
  MOBILE,
  OTHER_TOKENS,
  sendMessage,
  wait,
} from '../../../closed-loop/toolkit.ts';

/** A token whose activation message was not scanned in time. */
const EXPIRED = [
  ...entry(MOBILE, 'activation-code "AAAABBBBCCCCDDDD"', 'activation-expire 1767225600'),
  ...OTHER_TOKENS,
];
/** Hours; more than FortiOS's default of 72, less than the maximum of 168. */
const LONGER_WINDOW_H = 100;

export const closedLoop: ClosedLoop = {
  scenarios: [
    {
      name: 'the user takes 100 hours of 72',
      broken: () => ({ 'user fortitoken': EXPIRED }),
      person: {
        until: 'token-not-activated',
        does: (device) => {
          wait(LONGER_WINDOW_H, device);
          activate(MOBILE, device);
        },
      },
      again: (device) => {
        sendMessage(MOBILE, device);
        wait(LONGER_WINDOW_H, device);
        activate(MOBILE, device);
      },
      leaves: 'the new activation code, of which FortiOS keeps none of the old ones',
    },
    {
      name: 'the window is as long as it can be',
      broken: () => ({
        'system global': ['set hostname "FGT-EDGE"', 'set two-factor-ftm-expiry 168'],
        'user fortitoken': EXPIRED,
      }),
      person: { until: 'token-not-activated', does: (device) => activate(MOBILE, device) },
      noWayBack: 'an activation message that ran out cannot be brought back',
    },
  ],
};
