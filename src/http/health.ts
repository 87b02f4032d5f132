export interface HealthCheck {
  readonly name: string;
  /** Resolves with a word on how it is; rejects with an error whose message says what is wrong, free of secrets. */
  readonly check: () => Promise<string>;
  /** Is told, and is no reason to take this process out of service. */
  readonly isAdvice?: boolean;
}

export interface Health {
  readonly ready: boolean;
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
}

const TIMEOUT_MS = 3_000;

/** All checks at once; one that does not settle in time is not well. Never rejects. */
export async function examine(checks: readonly HealthCheck[]): Promise<Health> {
  const results = await Promise.all(
    checks.map(async ({ name, check }) => {
      try {
        return { name, ok: true, detail: await inTime(check()) };
      } catch (error) {
        return { name, ok: false, detail: error instanceof Error ? error.message : 'it failed' };
      }
    }),
  );
  const needed = results.filter((_, index) => checks[index]?.isAdvice !== true);
  return { ready: needed.every(({ ok }) => ok), checks: results };
}

async function inTime(work: Promise<string>): Promise<string> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('no answer in time')), TIMEOUT_MS);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
