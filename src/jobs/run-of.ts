import type { Run, RunJob } from '../runs/run.ts';

/** What is remembered of an accepted job: all but the evidence. */
export function runOf(job: RunJob): Run {
  const { runId: id, request, asker, replyTo, acceptedAt, comparesTo, replaces } = job;
  const { kind, ...focus } = request.kind === 'check' ? request : { kind: request.kind };
  return {
    id,
    asker,
    replyTo,
    acceptedAt,
    kind,
    ...focus,
    ...(comparesTo === undefined ? {} : { comparesTo }),
    ...(replaces === undefined ? {} : { replaces }),
  };
}
