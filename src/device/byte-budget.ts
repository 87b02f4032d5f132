import { FtmError } from '../engine/ftm-error.ts';

/**
 * The largest `show` reported from the field is 6 MB. Bytes, including what each line takes besides its characters.
 */
export const COMMAND_BYTES = 16 * 1024 * 1024;
/** Of everything that a session reads, encrypted: sign-in, banners and debug output included. */
export const SESSION_BYTES = 64 * 1024 * 1024;
/** Millions of empty lines use memory too. Bytes. */
export const LINE_BYTES = 24;

export function createByteBudget(alias: string, limit = SESSION_BYTES) {
  const exceeded = new AbortController();
  let total = 0;
  return {
    count(bytes: number) {
      total += bytes;
      if (total > limit) exceeded.abort(flood(`${alias} sent more than ${megabytes(limit)} in one session.`));
    },
    /** One command exceeded its limit. */
    exceed: (reason: FtmError) => exceeded.abort(reason),
    /** Its reason is the first `FtmError`. */
    exceeded: exceeded.signal,
  };
}

/** What one connection may read. If it is exceeded, the connection ends, and every waiting caller gets the reason. */
export type ByteBudget = ReturnType<typeof createByteBudget>;

export function tooMuchForOneCommand(alias: string): FtmError {
  return flood(`${alias} printed more than ${megabytes(COMMAND_BYTES)} for one command.`);
}

function megabytes(bytes: number): string {
  return `${bytes / (1024 * 1024)} MB`;
}

function flood(message: string): FtmError {
  return new FtmError('ftm_device_flood', message, {
    advice:
      'The session was ended. No check needs that much. Look at the output by hand, and check that it is the right device.',
  });
}
