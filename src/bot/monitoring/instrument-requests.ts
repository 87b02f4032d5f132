import { FtmError } from '../../ftm-error.ts';
import type { AuditTrail } from '../../platform/audit/audit-trail.ts';
import type { AuditActor } from '../../platform/audit/events.ts';
import { recordOrLog } from '../../platform/audit/record-or-log.ts';
import type { Dependencies } from '../../platform/dependencies.ts';
import type { Logger } from '../../platform/observe/logger.ts';
import { currentTrace, inSpan } from '../../platform/observe/tracing.ts';
import { groupLabel } from '../../platform/runs/group.ts';
import type { Act, ActVerb } from '../requests/act.ts';
import type { NewRun, Requests } from '../requests/ports.ts';

/** Adds audit records of requests and refusals to the services. */
export function instrumentRequests(
  services: Requests,
  { audit, logger, metrics }: Pick<Dependencies, 'audit' | 'logger' | 'metrics'>,
): Requests {
  function refused(
    actor: AuditActor,
    reason: string,
    device: string | undefined,
    how: { readonly verb?: string; readonly way?: string | undefined } = {},
  ): void {
    metrics.count('refusals_total', { reason });
    const about = device === undefined ? undefined : nameOnly(device);
    recordOrLog(audit, { event: 'request.refused', actor, ...how, reason, device: about }, logger);
  }
  const { record, recordOutcome } = recordActs(audit, logger);

  return {
    ...services,
    async authorise(request) {
      const permission = await services.authorise(request);
      const { verb, way } = request;
      if (permission.kind === 'refused')
        refused(actorOf(request), permission.reason, aboutOf(request), { verb, way });
      return permission;
    },
    record: (act, outcome) => record({ act }, outcome),
    past: {
      ...services.past,
      cancel: (act, id, reason) =>
        recordOutcome(
          { act, about: id },
          () => services.past.cancel(act, id, reason),
          (isCancelled) => (isCancelled ? 'cancelled' : 'ended before'),
        ),
      attachReport: (act, run) =>
        recordOutcome(
          { act, about: run.id },
          () => services.past.attachReport(act, run),
          ({ kind }) => kind,
        ),
      showDevice: (act, group, number, asker) =>
        recordOutcome(
          { act, about: group.id },
          () => services.past.showDevice(act, group, number, asker),
          ({ kind }) => kind,
        ),
      giveFeedback: (act, run, feedback) =>
        recordOutcome(
          { act, about: run.id },
          () => services.past.giveFeedback(act, run, feedback),
          () => feedback.reason,
        ),
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
      set: (act, on) =>
        recordOutcome(
          { act },
          () => services.autodetect.set(act, on),
          (outcome) => (outcome === 'done' ? (on ? 'on' : 'off') : outcome),
        ),
    },
    async accept(request, onPostRefused, way) {
      const acceptance = await inSpan(
        'request',
        { kind: 'server', attributes: { 'ftm.run': request.runId, 'ftm.kind': request.kind } },
        () => services.accept({ ...request, trace: currentTrace() }, onPostRefused, way),
      );
      const { asker, replyTo, runId: run, kind } = request;
      const { channel, team } = replyTo;
      const actor = actorOf({ user: asker.id, channel, team, home: asker.home });
      const device = request.kind === 'analyze' ? undefined : aboutOf(request);
      if (acceptance.state === 'refused')
        refused(actor, acceptance.error.code, device, { verb: verbOf(request), way });
      else if (acceptance.state !== 'duplicate') {
        recordOrLog(audit, { event: 'request.accepted', actor, way, run, kind, device }, logger);
      }
      return acceptance;
    },
  };
}

interface RecordedAct {
  readonly act: Act;
  /** Id of a run or of an escalation. */
  readonly about?: string | undefined;
}

/** One record for each act that changes state. */
export function recordActs(audit: AuditTrail, logger: Logger) {
  function record({ act, about }: RecordedAct, outcome: string): void {
    const { verb, way, caller, device } = act;
    const name = device === undefined ? undefined : nameOnly(device);
    const event = {
      event: 'person.acted',
      actor: actorOf(caller),
      verb,
      way,
      device: name,
      about,
      outcome,
    } as const;
    recordOrLog(audit, event, logger);
  }

  /** An act that fails may have been done in part: its outcome is the code of the error. */
  async function recordOutcome<Result>(
    acted: RecordedAct,
    work: () => Promise<Result>,
    describe: (result: Result) => string,
  ): Promise<Result> {
    let outcome = 'ftm_internal';
    try {
      const result = await work();
      outcome = describe(result);
      return result;
    } catch (error) {
      if (error instanceof FtmError) outcome = error.code;
      throw error;
    } finally {
      record(acted, outcome);
    }
  }

  return { record, recordOutcome };
}

function verbOf({ kind }: NewRun): ActVerb {
  return kind === 'analyze' ? 'analyse' : 'check';
}

function actorOf({
  user,
  channel,
  team,
  home,
}: { readonly [Key in keyof AuditActor]: AuditActor[Key] | undefined } & { user: string }): AuditActor {
  return { user, channel, team, home };
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
