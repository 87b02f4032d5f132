import type { Run, RunJob } from './run.ts';

/** What is remembered of an accepted job: all but the evidence. */
export function toRun(job: RunJob): Run {
  const { runId: id, request, asker, replyTo, acceptedAt, comparesTo, replaces } = job;
  const { kind, ...focus } = request.kind === 'check' ? request : { kind: request.kind };
  return {
    id,
    asker,
    replyTo,
    acceptedAt,
    kind,
    ...focus,
    comparesTo,
    replaces,
  };
}
