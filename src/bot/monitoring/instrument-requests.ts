import type { AuditActor } from '../../platform/audit/events.ts';
import { recordOrLog } from '../../platform/audit/record-or-log.ts';
import type { Dependencies } from '../../platform/dependencies.ts';
import { currentTrace, inSpan } from '../../platform/observe/tracing.ts';
import { groupLabel } from '../../platform/runs/group.ts';
import type { Intention, Requests } from '../requests/ports.ts';
import { nameOnly, onRecord, type RecordedActs, recordOutcome, toActor } from './record-acts.ts';

export function instrumentRequests(
  services: Requests,
  { audit, logger, metrics }: Pick<Dependencies, 'audit' | 'logger' | 'metrics'>,
): Requests {
  function recordRefusal(
    actor: AuditActor,
    reason: string,
    device: string | undefined,
    how: { readonly verb?: string; readonly way?: string | undefined } = {},
  ): void {
    metrics.count('refusals_total', { reason });
    const about = device === undefined ? undefined : nameOnly(device);
    recordOrLog(audit, { event: 'request.refused', actor, ...how, reason, device: about }, logger);
  }
  const trail = { audit, logger };

  return {
    ...services,
    async authorise(request) {
      const permission = await services.authorise(request);
      const { verb, way } = request;
      if (permission.kind === 'refused')
        recordRefusal(toActor(request), permission.reason, toAuditFields(request), { verb, way });
      return permission;
    },
    record: (act, outcome) => recordOutcome(act, undefined, outcome, trail),
    past: onRecord(services.past, PAST_ACTS, trail),
    filesDenied(by, count) {
      services.filesDenied(by, count);
      recordRefusal(toActor(by), 'file-denied', undefined);
    },
    unknownDevices: {
      ...services.unknownDevices,
      count(by, name) {
        const isWithin = services.unknownDevices.count(by, name);
        recordRefusal(toActor(by), isWithin ? 'not-this-device' : 'too-many-look-ups', name);
        return isWithin;
      },
    },
    autodetect: onRecord(services.autodetect, AUTODETECT_ACTS, trail),
    async accept(request, onPostRefused, way) {
      const acceptance = await inSpan(
        'request',
        { kind: 'server', attributes: { 'ftm.run': request.runId, 'ftm.kind': request.kind } },
        () => services.accept({ ...request, trace: currentTrace() }, onPostRefused, way),
      );
      const { asker, replyTo, runId: run, kind } = request;
      const { channel, team } = replyTo;
      const actor = toActor({ user: asker.id, channel, team, home: asker.home });
      const device = request.kind === 'analyze' ? undefined : toAuditFields(request);
      const verb = kind === 'analyze' ? 'analyse' : 'check';
      if (acceptance.state === 'refused') recordRefusal(actor, acceptance.error.code, device, { verb, way });
      else if (acceptance.state !== 'duplicate')
        recordOrLog(audit, { event: 'request.accepted', actor, way, run, kind, device }, logger);
      return acceptance;
    },
  };
}

const PAST_ACTS: RecordedActs<Requests['past']> = {
  cancel: { about: (_, run) => run, outcome: (isCancelled) => (isCancelled ? 'cancelled' : 'ended before') },
  attachReport: { about: (_, run) => run.id, outcome: ({ kind }) => kind },
  showDevice: { about: (_, group) => group.id, outcome: ({ kind }) => kind },
  giveFeedback: { about: (_, run) => run.id, outcome: (_result, _act, _run, { reason }) => reason },
};

const AUTODETECT_ACTS: RecordedActs<Requests['autodetect']> = {
  set: { outcome: (result, _act, on) => (result === 'done' ? (on ? 'on' : 'off') : result) },
};

/** A group as it is typed. */
function toAuditFields({ alias, group }: Partial<Pick<Intention, 'alias' | 'group'>>): string | undefined {
  return group === undefined ? alias : groupLabel(group);
}
