import type { AuditActor } from '../../platform/audit/events.ts';
import { recordOrLog } from '../../platform/audit/record-or-log.ts';
import { currentTrace, inSpan } from '../../platform/observe/tracing.ts';
import { groupLabel } from '../../platform/runs/group.ts';
import type { Requests } from '../requests/ports.ts';
import type { InstrumentOptions } from './instrument-options.ts';

/** Adds audit records of requests and refusals to the services. */
export function instrumentRequests(
  services: Requests,
  { audit, logger, metrics }: Omit<InstrumentOptions, 'now'>,
): Requests {
  function refused(actor: AuditActor, reason: string, device: string | undefined): void {
    metrics.refused(reason);
    const about = device === undefined ? undefined : nameOnly(device);
    recordOrLog(audit, { event: 'request.refused', actor, reason, device: about }, logger);
  }

  return {
    ...services,
    async authorise(request) {
      const permission = await services.authorise(request);
      if (permission.kind === 'refused') refused(actorOf(request), permission.reason, aboutOf(request));
      return permission;
    },
    filesDenied(by, count) {
      services.filesDenied(by, count);
      refused(actorOf(by), 'file-denied', undefined);
    },
    unknownDevices: {
      ...services.unknownDevices,
      count(by, name) {
        const isWithin = services.unknownDevices.count(by, name);
        refused(actorOf(by), isWithin ? 'not-this-device' : 'too-many-look-ups', name);
        return isWithin;
      },
    },
    autodetect: {
      ...services.autodetect,
      async set(by, on) {
        const outcome = await services.autodetect.set(by, on);
        if (outcome === 'done')
          recordOrLog(audit, { event: 'autodetect.switched', actor: actorOf(by), on }, logger);
        return outcome;
      },
    },
    async accept(request, onPostRefused) {
      const acceptance = await inSpan(
        'request',
        { kind: 'server', attributes: { 'ftm.run': request.runId, 'ftm.kind': request.kind } },
        () => services.accept({ ...request, trace: currentTrace() }, onPostRefused),
      );
      const { asker, replyTo, runId: run, kind } = request;
      const { channel, team } = replyTo;
      const actor = actorOf({ user: asker.id, channel, team, home: asker.home });
      const device = request.kind === 'analyze' ? undefined : aboutOf(request);
      if (acceptance.state === 'refused') refused(actor, acceptance.error.code, device);
      else if (acceptance.state !== 'duplicate') {
        recordOrLog(audit, { event: 'request.accepted', actor, run, kind, device }, logger);
      }
      return acceptance;
    },
  };
}

function actorOf({
  user,
  channel,
  team,
  home,
}: { readonly [Key in keyof AuditActor]: AuditActor[Key] | undefined } & { user: string }): AuditActor {
  return {
    user,
    channel,
    team,
    home,
  };
}

/** A group as it is typed. */
function aboutOf({
  alias,
  group,
}: {
  readonly alias?: string | undefined;
  readonly group?: string | undefined;
}): string | undefined {
  return group === undefined ? alias : groupLabel(group);
}

/** People may type anything after a command, passwords included: a text that cannot be an alias is not recorded. */
function nameOnly(text: string): string {
  return /^(?:group:)?[A-Za-z0-9._-]{1,64}$/.test(text) ? text : '(not a name)';
}
