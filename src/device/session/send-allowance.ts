const MAX_RUNS = 2;

export function createSendAllowance() {
  let runs = 0;
  let lost = 0;
  return {
    isSpent: () => runs - lost >= MAX_RUNS,
    /** Before the command is typed. */
    take() {
      runs += 1;
    },
    /** The device has run nothing of it, or its answer was lost with the connection. */
    giveBack() {
      lost += 1;
    },
    wasRepeated: () => runs - lost > 1,
  };
}

/**
 * How often the device may still run one command: once, and once more if the answer could not be read for any reason.
 * A repetition is not free: it takes time, and a device that prints messages of daemons often has problems.
 */
export type SendAllowance = ReturnType<typeof createSendAllowance>;
