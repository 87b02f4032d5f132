export interface HealthCheck {
  readonly name: string;
  /** Resolves with a short status; rejects with an error whose message says what is wrong and holds no secrets. */
  readonly check: () => Promise<string>;
  /** The result is reported, but does not take this process out of service. */
  readonly isAdvice?: boolean;
}

export interface Health {
  readonly ready: boolean;
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
}

const TIMEOUT_MS = 3_000;

/** Runs all checks at once; one that exceeds the time limit counts as failed. Never rejects. */
export async function runChecks(checks: readonly HealthCheck[]): Promise<Health> {
  const results = await Promise.all(
    checks.map(async ({ name, check }) => {
      try {
        return { name, ok: true, detail: await withTimeout(check()) };
      } catch (error) {
        return { name, ok: false, detail: error instanceof Error ? error.message : 'it failed' };
      }
    }),
  );
  const needed = results.filter((_, index) => checks[index]?.isAdvice !== true);
  return { ready: needed.every(({ ok }) => ok), checks: results };
}

async function withTimeout(work: Promise<string>): Promise<string> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('no answer in time')), TIMEOUT_MS);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
