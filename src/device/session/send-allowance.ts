/**
 * How often the device may still run one command: once, and once more if the answer could not be read for any reason.
 * A repetition is not free: it takes time, and a device that prints messages of daemons often has problems.
 */
export interface SendAllowance {
  readonly isSpent: () => boolean;
  /** Before the command is typed. */
  readonly take: () => void;
  /** The device has run nothing of it, or its answer was lost with the connection. */
  readonly giveBack: () => void;
  readonly wasRepeated: () => boolean;
}

const MAX_RUNS = 2;

export function createSendAllowance(): SendAllowance {
  let runs = 0;
  let lost = 0;
  return {
    isSpent: () => runs - lost >= MAX_RUNS,
    take() {
      runs += 1;
    },
    giveBack() {
      lost += 1;
    },
    wasRepeated: () => runs - lost > 1,
  };
}
