import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { FtmError } from '../../src/ftm-error.ts';
import { checkedJob } from '../../src/runs/job-schema.ts';

const JOB = {
  runId: 'run-1',
  asker: { id: 'U0ANA', name: 'Ana' },
  replyTo: { channel: 'C1' },
  acceptedAt: 1000,
  request: { kind: 'check', alias: 'fgt-hq', user: 'wren' },
};
const EVIDENCE = { items: [{ name: 'paste 1', text: 'x' }], receipt: { total: 0, byKind: {} } };

it.each<[string, unknown]>([
  ['a check', JOB],
  ['an analysis', { ...JOB, request: { kind: 'analyze', evidence: EVIDENCE } }],
  ['one with a field of a newer version', { ...JOB, later: true }],
])('takes %s as it is', (_, job) => {
  expect(checkedJob(job)).toBe(job);
});

it.each<[string, unknown, string]>([
  ['nothing', undefined, 'the job'],
  ['null', null, 'the job'],
  ['a time that is a text', { ...JOB, acceptedAt: 'yesterday' }, 'acceptedAt'],
  ['a time that is no number', { ...JOB, acceptedAt: Number.NaN }, 'acceptedAt'],
  ['a time that no calendar has', { ...JOB, acceptedAt: 1e17 }, 'acceptedAt'],
  ['a time before all times', { ...JOB, acceptedAt: -1 }, 'acceptedAt'],
  ['no time', { ...JOB, acceptedAt: undefined }, 'acceptedAt'],
  ['nobody who asks', { ...JOB, asker: null }, 'asker'],
  ['nowhere to answer', { ...JOB, replyTo: {} }, 'replyTo.channel'],
  ['another kind', { ...JOB, request: { kind: 'reboot', alias: 'fgt-hq' } }, 'request.kind'],
  ['a device that is a list', { ...JOB, request: { kind: 'check', alias: ['fgt-hq'] } }, 'request.alias'],
  ['a user that is an object', { ...JOB, request: { ...JOB.request, user: {} } }, 'request.user'],
  ['a live check of no length', { ...JOB, request: { ...JOB.request, live: 0 } }, 'request.live'],
  [
    'evidence without texts',
    { ...JOB, request: { kind: 'analyze', evidence: {} } },
    'request.evidence.items',
  ],
  ['an errand of somebody else', { ...JOB, errand: 'reboot' }, 'errand'],
])('refuses %s, and says where', (_, job, field) => {
  expect(() => checkedJob(job)).toThrow(
    expect.objectContaining({ code: 'ftm_job_invalid', message: expect.stringContaining(field) as string }),
  );
});

it('answers anything with a job or a typed error', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (data) => {
      try {
        checkedJob(data);
      } catch (error) {
        expect(error).toBeInstanceOf(FtmError);
      }
    }),
  );
});
