import { expect, it } from 'vitest';
import { diagnoseEvidence } from '../../../src/bot/worker/diagnose-evidence.ts';
import { textOutcome } from '../../../src/bot/worker/produce-outcome.ts';
import { unpackJob } from '../../../src/bot/worker/unpack-job.ts';
import { diagnose } from '../../../src/engine/diagnosis/diagnose.ts';
import { redact } from '../../../src/engine/evidence/redact.ts';
import { packPayload } from '../../../src/platform/queue/packed-payload.ts';
import type { AnalyzeJob } from '../../../src/platform/runs/queue-job.ts';
import { fromStoredJob, toStoredJob } from '../../../src/platform/runs/stored-job.ts';

const DISABLED = 'config system ftm-push\n    set status disable\nend\nconfig firewall address\n';

function configuration(entries: number): string {
  const comment = 'a comment of many words '.repeat(10);
  const address = (at: number) =>
    `    edit "host-${at}"\n        set subnet 192.0.2.1 255.255.255.255\n        set comment "${comment}"\n    next\n`;
  return [DISABLED, ...Array.from({ length: entries }, (_, at) => address(at)), 'end\n'].join('');
}

async function packedJob(text: string): Promise<string> {
  const evidence = redact([{ name: 'paste 1', text }]);
  const asked = { asker: { id: 'U1' }, replyTo: { channel: 'C1' }, acceptedAt: 0, runId: 'R1' };
  const stored = await packPayload(toStoredJob({ kind: 'analyze', ...asked, evidence }));
  return 'packed' in stored ? stored.packed : '';
}

async function unpacked(packed: string): Promise<AnalyzeJob> {
  const job = fromStoredJob(await unpackJob(packed));
  if (job.kind !== 'analyze') throw new Error(`unexpected ${job.kind}`);
  return job;
}

it('leaves the texts of a job packed that are too long to be kept, and diagnoses them all the same', async () => {
  const text = `${configuration(13_000)}# \u4e2d\n`;
  const packed = await packedJob(text);
  const job = await unpacked(packed);
  expect(job.evidence.items).toEqual([{ name: 'paste 1', text: '' }]);
  expect(job.packed).toBe(packed);
  const kept: string[] = [];
  const outcome = await textOutcome(
    job,
    { signal: new AbortController().signal, onProgress: () => undefined },
    { now: () => 0, keepEvidence: async (runId) => void kept.push(runId) },
  );
  const whole = diagnose([{ name: 'paste 1', text }], { readAt: 0 });
  expect(outcome).toMatchObject({ kind: 'diagnosed', diagnosis: JSON.parse(JSON.stringify(whole)) });
  expect(kept).toEqual([]);
});

it('unpacks a shorter job as a whole', async () => {
  const text = configuration(3_200);
  const job = await unpacked(await packedJob(text));
  expect(job.evidence.items).toEqual([{ name: 'paste 1', text }]);
  expect(job.packed).toBeUndefined();
});

it('refuses what is no job', async () => {
  const stored = await packPayload({ some: 'x'.repeat(2_000_000) });
  const packed = 'packed' in stored ? stored.packed : '';
  await expect(unpackJob(packed)).rejects.toMatchObject({ code: 'ftm_job_invalid' });
});

it('refuses what was never packed', async () => {
  await expect(unpackJob('AAAA')).rejects.toMatchObject({ code: 'ftm_internal' });
});

it('gives the same diagnosis of a long text as of a short one, and other work is done meanwhile', async () => {
  const text = configuration(3_200);
  expect(text.length).toBeGreaterThan(1_000_000);
  const evidence = redact([{ name: 'paste 1', text }]);
  let turns = 0;
  const tick = setInterval(() => (turns += 1), 1);
  const diagnosis = await diagnoseEvidence(evidence, { readAt: 0 });
  clearInterval(tick);
  expect(diagnosis).toEqual(diagnose(evidence, { readAt: 0 }));
  expect(turns).toBeGreaterThan(5);
});
