import type { QueueJob } from '../../../src/platform/runs/queue-job.ts';

/**
 * Jobs as the version before `QueueJob` wrote them into Redis, and what they mean. `channel` is where the requests
 * are answered, `at` when they were accepted.
 */
export function jobsOfVersionBefore(
  channel: string,
  at = 1000,
): readonly {
  readonly name: string;
  readonly id: string;
  readonly lane?: string;
  readonly json: string;
  readonly job: QueueJob;
}[] {
  return [
    {
      name: 'a check',
      id: 'run-check',
      lane: 'fgt-hq',
      json: `{"runId":"run-check","asker":{"id":"UANA","name":"Ana"},"replyTo":{"team":"T1","channel":"${channel}","thread":"1.1"},"acceptedAt":${at},"request":{"kind":"check","alias":"fgt-hq","user":"wren","vdom":"root","live":60},"trace":{"traceparent":"00-1-2-01"},"comparesTo":"run-earlier"}`,
      job: {
        kind: 'check',
        runId: 'run-check',
        acceptedAt: at,
        asker: { id: 'UANA', name: 'Ana' },
        replyTo: { team: 'T1', channel, thread: '1.1' },
        alias: 'fgt-hq',
        user: 'wren',
        vdom: 'root',
        live: 60,
        trace: { traceparent: '00-1-2-01' },
        comparesTo: 'run-earlier',
      },
    },
    {
      name: 'an analysis',
      id: 'run-analysis',
      json: `{"runId":"run-analysis","asker":{"id":"UANA","home":"T2"},"replyTo":{"channel":"${channel}"},"acceptedAt":${at},"request":{"kind":"analyze","evidence":{"items":[{"name":"paste 1","text":"config system ftm-push\\nend"}],"receipt":{"total":1,"byKind":{"password":1}}}},"replaces":["run-part"]}`,
      job: {
        kind: 'analyze',
        runId: 'run-analysis',
        acceptedAt: at,
        asker: { id: 'UANA', home: 'T2' },
        replyTo: { channel },
        evidence: {
          items: [{ name: 'paste 1', text: 'config system ftm-push\nend' }],
          receipt: { total: 1, byKind: { password: 1 } },
        } as never,
        replaces: ['run-part'],
      },
    },
    {
      name: 'a late answer about a device',
      id: 'run-late.late-1',
      lane: 'late.run-late',
      json: `{"runId":"run-late","asker":{"id":"UANA"},"replyTo":{"channel":"${channel}"},"acceptedAt":${at},"request":{"kind":"check","alias":"fgt-hq"},"errand":"late"}`,
      job: {
        kind: 'late',
        runId: 'run-late',
        acceptedAt: at,
        asker: { id: 'UANA' },
        replyTo: { channel },
        alias: 'fgt-hq',
      },
    },
    {
      name: 'a late answer about a run of which only the id is known',
      id: 'run-lost.late-1',
      lane: 'late.run-lost',
      json: `{"runId":"run-lost","asker":{"id":"UANA"},"replyTo":{"channel":"${channel}"},"acceptedAt":${at},"request":{"kind":"check","alias":""},"errand":"late"}`,
      job: {
        kind: 'late',
        runId: 'run-lost',
        acceptedAt: at,
        asker: { id: 'UANA' },
        replyTo: { channel },
      },
    },
    {
      name: 'the release of an id',
      id: 'run-withdrawn',
      json: `{"runId":"run-withdrawn","asker":{"id":"UANA"},"replyTo":{"channel":"${channel}"},"acceptedAt":${at},"request":{"kind":"check","alias":""},"errand":"withdraw"}`,
      job: { kind: 'withdraw', runId: 'run-withdrawn', acceptedAt: at },
    },
    {
      name: 'the closing of a debug session',
      id: 'debug.fgt-hq.1',
      lane: 'fgt-hq',
      json: `{"runId":"debug.fgt-hq.1","acceptedAt":${at},"asker":{"id":"ftm-check"},"replyTo":{"channel":""},"request":{"kind":"check","alias":"fgt-hq"},"errand":"close-debug"}`,
      job: { kind: 'close-debug', runId: 'debug.fgt-hq.1', acceptedAt: at, alias: 'fgt-hq' },
    },
    {
      name: 'a self-check',
      id: 'self-check.1',
      lane: '(self-check)',
      json: `{"runId":"self-check.1","asker":{"id":"ftm-check"},"replyTo":{"channel":"none"},"acceptedAt":${at},"request":{"kind":"check","alias":"look-alike"},"errand":"self-check"}`,
      job: { kind: 'self-check', runId: 'self-check.1', acceptedAt: at },
    },
  ];
}
