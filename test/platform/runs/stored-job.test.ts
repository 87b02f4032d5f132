import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { FtmError } from '../../../src/ftm-error.ts';
import type { QueueJob } from '../../../src/platform/runs/queue-job.ts';
import { fromStoredJob, toStoredJob } from '../../../src/platform/runs/stored-job.ts';
import { jobsOfVersionBefore } from './jobs-of-version-before.ts';

const JOB = {
  runId: 'run-1',
  asker: { id: 'U0ANA', name: 'Ana' },
  replyTo: { channel: 'C1' },
  acceptedAt: 1000,
  request: { kind: 'check', alias: 'fgt-hq', user: 'wren' },
};

const ASKED = {
  runId: 'run-1',
  acceptedAt: 1000,
  asker: { id: 'U0ANA', name: 'Ana' },
  replyTo: { channel: 'C1' },
};

const BEFORE = jobsOfVersionBefore('C1').map(({ name, json, job }) => [name, json, job] as const);
/** Nobody is answered: the version before stored who and where all the same, and reads neither. */
const UNREAD = {
  asker: { id: expect.any(String) as string },
  replyTo: { channel: expect.any(String) as string },
};

it.each(BEFORE)('reads %s of the version before', (_, json, job) => {
  expect(fromStoredJob(JSON.parse(json))).toEqual(job);
});

it.each(BEFORE)('writes %s as the version before reads it', (_, json, job) => {
  const stored: unknown = JSON.parse(JSON.stringify(toStoredJob(job)));
  const unread = 'asker' in job ? {} : UNREAD;
  expect(stored).toEqual({ ...(JSON.parse(json) as object), ...unread });
});

it('ignores a field of a newer version', () => {
  expect(fromStoredJob({ ...JOB, later: true })).toEqual(fromStoredJob(JOB));
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
  expect(() => fromStoredJob(job)).toThrow(
    expect.objectContaining({ code: 'ftm_job_invalid', message: expect.stringContaining(field) as string }),
  );
});

it('answers anything with a job or a typed error', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (data) => {
      try {
        fromStoredJob(data);
      } catch (error) {
        expect(error).toBeInstanceOf(FtmError);
      }
    }),
  );
});

const MEMBER = { of: 'run-1', number: 3, size: 9 };

it.each<[string, QueueJob]>([
  ['a group', { ...ASKED, kind: 'group', group: 'branches', aliases: ['fgt-1', 'fgt-2'], user: 'wren' }],
  ['a group of a sweep', { ...ASKED, kind: 'group', group: '*', aliases: [], sweep: 'nightly' }],
  ['a device of a group', { ...ASKED, kind: 'group-member', alias: 'fgt-1', vdom: 'root', member: MEMBER }],
  ['the result of a group', { runId: 'run-1', acceptedAt: 1000, kind: 'group-answer' }],
  ['a sweep', { runId: 'run-1', acceptedAt: 1000, kind: 'sweep', sweep: 'nightly' }],
])('reads what it wrote: %s', (_, job) => {
  expect(fromStoredJob(JSON.parse(JSON.stringify(toStoredJob(job))))).toEqual(job);
});
