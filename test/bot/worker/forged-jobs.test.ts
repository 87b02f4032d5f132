import { expect, it } from 'vitest';
import { textOutcome } from '../../../src/bot/worker/produce-outcome.ts';
import { FtmError } from '../../../src/engine/ftm-error.ts';
import { readStoredJob, toRun } from '../../../src/platform/runs/queue-job.ts';
import { createMemoryRecords } from '../../../src/platform/store/memory-records.ts';
import { renderSlack } from '../../../src/report/formats/slack/render-slack.ts';
import { renderText } from '../../../src/report/formats/text/render-text.ts';

const asked = {
  runId: 'r',
  acceptedAt: 1,
  trace: { traceparent: '00-x' },
  asker: { id: 'U', name: 'A', home: 'T2' },
  replyTo: { team: 'T', channel: 'C', thread: '1.2' },
  comparesTo: 'q',
  replaces: ['p'],
};
const item = {
  name: 'paste 1',
  text: 'config system global\nset hostname "fgt"\nend',
  command: 'get system status',
  vdom: 'root',
  failure: { kind: 'timeout', reason: 'x' },
};
const about = { alias: 'fgt', user: 'u', vdom: 'v' };

/** A job of every kind with all of its fields. */
const JOBS: Readonly<Record<string, object>> = {
  check: { ...asked, ...about, kind: 'check', live: 60 },
  analyze: {
    ...asked,
    kind: 'analyze',
    evidence: { items: [item], receipt: { total: 1, byKind: { password: 1 } } },
  },
  group: { ...asked, ...about, kind: 'group', group: 'g', aliases: ['a'], sweep: 's' },
  member: {
    ...asked,
    ...about,
    kind: 'group-member',
    member: { of: 'r', number: 0, size: 1, sweep: 's' },
  },
  'late answer': { ...asked, kind: 'late', alias: 'fgt' },
};

const records = createMemoryRecords();
const HUGE = 'x'.repeat(100_000);
const OF_OBJECTS = ['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty'];
const VALUES: readonly unknown[] = [
  undefined,
  null,
  true,
  -1,
  1.5,
  1e300,
  Number.NaN,
  '',
  HUGE,
  '<!channel>',
  '\u001b[2J',
  [],
  {},
  [null],
  ...OF_OBJECTS,
  ...OF_OBJECTS.map((name): unknown => JSON.parse(`{"${name}":1}`)),
];

type Path = readonly string[];

function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key]))];
}

function forged(value: unknown, [key, ...rest]: Path, put: unknown): unknown {
  if (key === undefined) return put;
  const copy: Record<string, unknown> = structuredClone(value) as Record<string, unknown>;
  copy[key] = forged(copy[key], rest, put);
  return copy;
}

/** Everything that happens to a job without a device. */
async function answered(data: unknown): Promise<string> {
  const job = readStoredJob(data);
  if (job.kind === 'check' || job.kind === 'group' || job.kind === 'late') return JSON.stringify(toRun(job));
  if (job.kind !== 'analyze') return job.kind;
  const signal = new AbortController().signal;
  const outcome = await textOutcome(job, { signal, onProgress: () => undefined }, { records, now: () => 2 });
  if (outcome.kind !== 'diagnosed') return outcome.kind;
  const { text } = renderSlack(outcome.diagnosis, { askerName: job.asker.name });
  expect(text).not.toContain('<!channel>');
  return text + renderText(outcome.diagnosis);
}

it.each(Object.entries(JOBS))(
  'a job (%s) of which any field is forged is processed or refused',
  async (_, job) => {
    expect(await answered(job)).not.toBe('');
    for (const path of pathsIn(job)) {
      for (const value of VALUES) {
        await answered(forged(job, path, value)).catch((error: unknown) => {
          expect([path, error]).toEqual([path, expect.any(FtmError)]);
        });
      }
    }
  },
);
