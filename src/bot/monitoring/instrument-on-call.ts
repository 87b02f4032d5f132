import { recordOrLog } from '../../platform/audit/record-or-log.ts';
import type { ActVerb } from '../requests/act.ts';
import type { OnCall } from '../requests/on-call-port.ts';
import type { InstrumentOptions } from './instrument-options.ts';
import { recordActs } from './instrument-requests.ts';

/** Adds audit records of what people do with escalations and shifts. */
export function instrumentOnCall(
  onCall: OnCall,
  { audit, logger }: Pick<InstrumentOptions, 'audit' | 'logger'>,
): OnCall {
  const record = recordActs(audit, logger);

  return {
    ...onCall,
    async confirm(request) {
      const confirmed = await onCall.confirm(request);
      record(request.act, request.run.id, withPerson(confirmed, request.person));
      return confirmed;
    },
    async press(request) {
      const isTaken = await onCall.press(request);
      record(request.act, request.escalation.id, isTaken ? 'taken' : 'resolved before');
      return isTaken;
    },
    async callPerson(request) {
      const { act, escalation, person, role } = request;
      const isTaken = await onCall.callPerson(request);
      record(act, escalation.id, isTaken ? withPerson(role, person) : 'resolved before');
      return isTaken;
    },
    async takeShift(request) {
      const changed = await onCall.takeShift(request);
      record(request.act, undefined, withPerson(changed.kind, request.user));
      return changed;
    },
    async releaseShift(request) {
      const changed = await onCall.releaseShift(request);
      record(request.act, undefined, changed.kind);
      return changed;
    },
    async silence(request) {
      const silenced = await onCall.silence(request);
      record(request.act, undefined, `until ${new Date(silenced.until).toISOString()}`);
      return silenced;
    },
    async endSilence(request) {
      const count = await onCall.endSilence(request);
      record(request.act, undefined, `ended: ${count}`);
      return count;
    },
    async bundle(act, run) {
      const result = await onCall.bundle(act, run);
      record(act, run.id, result.kind);
      return result;
    },
    async bundleEscalation(act, escalation, ts) {
      const isThere = await onCall.bundleEscalation(act, escalation, ts);
      record(act, escalation.id, isThere ? 'attached' : 'gone');
      return isThere;
    },
  };
}

/** Records what a person did at a provider, as its webhook says. `about`: the key of device and cause. */
export function recordProviderEvents({
  audit,
  logger,
}: Pick<InstrumentOptions, 'audit' | 'logger'>): (event: ProviderEvent, about: string) => void {
  return ({ kind, by: { via, user, name = 'somebody' } }, about) => {
    const verb: ActVerb = kind === 'acknowledged' ? 'acknowledge' : 'resolve';
    const actor = { user: `${via}:${user ?? name}` };
    recordOrLog(audit, { event: 'person.acted', actor, verb, way: via, about, outcome: 'taken' }, logger);
  };
}

interface ProviderEvent {
  readonly kind: 'acknowledged' | 'resolved';
  readonly by: {
    readonly via: string;
    readonly user?: string | undefined;
    readonly name?: string | undefined;
  };
}

/** `person`: a Slack user id. */
function withPerson(outcome: string, person: string | undefined): string {
  return person === undefined ? outcome : `${outcome}: ${person}`;
}
