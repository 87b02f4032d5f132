import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { textOutcome } from '../../../src/bot/worker/produce-outcome.ts';
import { redact } from '../../../src/engine/evidence/redact.ts';
import { createMemoryRecords } from '../../../src/platform/store/memory-records.ts';

const FIXTURE = new URL(
  '../../../src/engine/rules/push-cert-untrusted/fixtures/unknown.no-time.conf',
  import.meta.url,
);

/** The fixture's certificate ends on 30 November 2026, and no device tells its time. */
it.each([
  ['while it was valid', Date.UTC(2026, 0, 7), 'healthy'],
  ['when it had expired', Date.UTC(2027, 0, 7), 'broken'],
])(
  'a certificate is judged by when the run was accepted, however late it runs: %s',
  async (_, acceptedAt, verdict) => {
    const evidence = redact([{ name: 'fgt.conf', text: readFileSync(FIXTURE, 'utf8') }]);
    const job = {
      runId: 'run-1',
      asker: { id: 'UANA' },
      replyTo: { channel: 'C1' },
      acceptedAt,
      kind: 'analyze',
      evidence,
    } as const;
    const outcome = await textOutcome(
      job,
      { signal: new AbortController().signal, onProgress: () => undefined },
      { records: createMemoryRecords(), now: () => Date.UTC(2031, 0, 1) },
    );
    const checks = outcome.kind === 'diagnosed' ? outcome.diagnosis.checks : [];
    expect(checks.find(({ rule }) => rule === 'push-cert-untrusted')?.verdict).toBe(verdict);
  },
);
