import { expect, it } from 'vitest';
import { instrumentRequests } from '../../../src/bot/monitoring/instrument-requests.ts';
import { instrumentOnCall } from '../../../src/bot/monitoring/record-acts.ts';
import { type Act, createAct } from '../../../src/bot/requests/act.ts';
import type { OnCall } from '../../../src/bot/requests/on-call-port.ts';
import type { Requests } from '../../../src/bot/requests/ports.ts';
import { FtmError } from '../../../src/engine/ftm-error.ts';
import { NO_AUDIT, openAuditTrail } from '../../../src/platform/audit/audit-trail.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { Metrics } from '../../../src/platform/observe/metrics.ts';
import type { Run } from '../../../src/platform/runs/run.ts';

it('puts uploads on record that Slack does not give us: no run tells of them', async () => {
  const lines: Record<string, unknown>[] = [];
  const told: unknown[] = [];
  const metrics = new Metrics();
  const audit = openAuditTrail(
    {
      write(bytes) {
        lines.push(JSON.parse(bytes.toString('utf8')) as Record<string, unknown>);
        return bytes.length;
      },
      close() {},
    },
    () => 0,
  );
  const inner: Pick<Requests, 'filesDenied'> = { filesDenied: (...all) => void told.push(all) };
  const services = instrumentRequests(inner as Requests, { audit, metrics, logger: silentLogger });
  const by = { user: 'U1', channel: 'C1', team: 'T1' };
  services.filesDenied(by, 2);
  expect(told).toEqual([[by, 2]]);
  expect(lines.at(-1)).toMatchObject({ event: 'request.refused', actor: by, reason: 'file-denied' });
  expect(await metrics.text()).toContain('ftm_check_refusals_total{reason="file-denied"} 1');
});

/** Every function rejects: what it did before that is done. */
const FAILING = new Proxy(
  {},
  { get: () => () => Promise.reject(new FtmError('ftm_queue_unavailable', 'Redis is away.')) },
);

const act = <V extends Act['verb']>(verb: V): Act<V> =>
  createAct({ verb, way: 'button', caller: { user: 'U1', channel: 'C1' }, device: 'fgt-hq' });
const run = { id: 'run-1' } as Run;
const escalation = { id: 'page-1', channel: 'C1', isCalled: true };

it.each<[string, (past: Requests['past'], onCall: OnCall, autodetect: Requests['autodetect']) => unknown]>([
  ['cancel', (past) => past.cancel(act('cancel'), run.id, 'cancelled')],
  ['report', (past) => past.attachReport(act('report'), run)],
  ['read', (past) => past.showDevice(act('read'), run, 1, { id: 'U1' })],
  ['feedback', (past) => past.giveFeedback(act('feedback'), run, { by: 'U1', reason: 'wrong' } as never)],
  ['autodetect', (_, __, autodetect) => autodetect.set(act('autodetect'), true)],
  ['page', (_, onCall) => onCall.confirm({ act: act('page'), run, requestId: 'V1' })],
  ['resolve', (_, onCall) => onCall.press({ act: act('resolve'), escalation, requestId: 'V1' })],
  [
    'reassign',
    (_, onCall) =>
      onCall.callPerson({
        act: act('reassign'),
        escalation,
        person: 'U2',
        role: 'responder',
        requestId: 'V1',
      }),
  ],
  ['shift', (_, onCall) => onCall.takeShift({ act: act('shift'), user: 'U1' })],
  ['shift', (_, onCall) => onCall.releaseShift({ act: act('shift') })],
  ['silence', (_, onCall) => onCall.silence({ act: act('silence'), target: {}, visible: [], minutes: 1 })],
  ['silence', (_, onCall) => onCall.endSilence({ act: act('silence'), target: {}, visible: [] })],
  ['bundle', (_, onCall) => onCall.bundle(act('bundle'), run)],
  ['bundle', (_, onCall) => onCall.bundleEscalation(act('bundle'), escalation, '1.0')],
])('%s that fails is on record: a part of it may be done', async (verb, work) => {
  const lines: object[] = [];
  const options = {
    audit: { ...NO_AUDIT, record: (event: object) => void lines.push(event) },
    metrics: new Metrics(),
    logger: silentLogger,
  };
  const services = { past: FAILING, autodetect: FAILING } as Requests;
  const { past, autodetect } = instrumentRequests(services, options);
  await expect(work(past, instrumentOnCall(FAILING as OnCall, options), autodetect)).rejects.toThrow();
  expect(lines).toMatchObject([
    {
      event: 'person.acted',
      actor: { user: 'U1' },
      verb,
      device: 'fgt-hq',
      outcome: 'ftm_queue_unavailable',
    },
  ]);
});
