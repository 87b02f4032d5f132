import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { FtmError } from '../../../src/engine/ftm-error.ts';
import type { QueueJob } from '../../../src/platform/runs/queue-job.ts';
import { readStoredJob } from '../../../src/platform/runs/queue-job.ts';

const MADE = { runId: 'run-1', acceptedAt: 1000 };
const ASKED = { ...MADE, asker: { id: 'U0ANA', name: 'Ana' }, replyTo: { channel: 'C1' } };
const JOB = { ...ASKED, kind: 'check', alias: 'fgt-hq', user: 'wren' };

it('ignores a field that it does not know', () => {
  expect(readStoredJob({ ...JOB, later: true })).toEqual(JOB);
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
  ['another kind', { ...JOB, kind: 'reboot' }, 'kind'],
  ['a device that is a list', { ...JOB, alias: ['fgt-hq'] }, 'alias'],
  ['a user that is an object', { ...JOB, user: {} }, 'user'],
  ['a live check of no length', { ...JOB, live: 0 }, 'live'],
  ['evidence without texts', { ...ASKED, kind: 'analyze', evidence: {} }, 'evidence.items'],
])('refuses %s, and says where', (_, job, field) => {
  expect(() => readStoredJob(job)).toThrow(
    expect.objectContaining({ code: 'ftm_job_invalid', message: expect.stringContaining(field) as string }),
  );
});

it('answers anything with a job or a typed error', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (data) => {
      try {
        readStoredJob(data);
      } catch (error) {
        expect(error).toBeInstanceOf(FtmError);
      }
    }),
  );
});

const MEMBER = { of: 'run-1', number: 3, size: 9 };

it.each<[string, QueueJob]>([
  [
    'a check',
    { ...ASKED, kind: 'check', alias: 'fgt-1', live: 60, comparesTo: 'run-0', replaces: ['run-2'] },
  ],
  ['a text beside its job', { ...ASKED, kind: 'analyze' }],
  ['a group', { ...ASKED, kind: 'group', group: 'branches', aliases: ['fgt-1', 'fgt-2'], user: 'wren' }],
  ['a group of a sweep', { ...ASKED, kind: 'group', group: '*', aliases: [], sweep: 'nightly' }],
  ['a device of a group', { ...ASKED, kind: 'group-member', alias: 'fgt-1', vdom: 'root', member: MEMBER }],
  ['the result of a group', { ...MADE, kind: 'group-answer' }],
  ['a sweep', { ...MADE, kind: 'sweep', sweep: 'nightly' }],
  ['a late answer', { ...ASKED, kind: 'late' }],
  ['a withdrawal', { ...MADE, kind: 'withdraw' }],
  ['a debug session', { ...MADE, kind: 'close-debug', alias: 'fgt-1' }],
  ['a self-check', { ...MADE, kind: 'self-check' }],
])('reads what it wrote: %s', (_, job) => {
  expect(readStoredJob(JSON.parse(JSON.stringify(job)))).toEqual(job);
});
