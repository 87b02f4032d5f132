import { recordOrLog } from '../../platform/audit/record-or-log.ts';
import type { Dependencies } from '../../platform/dependencies.ts';
import type { ActVerb } from '../requests/act.ts';
import type { OnCall } from '../requests/on-call-port.ts';
import { onRecord, type RecordedActs } from './record-acts.ts';

/** Adds audit records of what people do with escalations and shifts. */
export function instrumentOnCall(onCall: OnCall, options: Pick<Dependencies, 'audit' | 'logger'>): OnCall {
  return onRecord(onCall, ACTS, options);
}

const ACTS: RecordedActs<OnCall> = {
  confirm: {
    about: ({ run }) => run.id,
    outcome: (confirmed, { person }) => withPerson(confirmed, person),
  },
  press: {
    about: ({ escalation }) => escalation.id,
    outcome: (isTaken) => (isTaken ? 'taken' : 'resolved before'),
  },
  callPerson: {
    about: ({ escalation }) => escalation.id,
    outcome: (isTaken, { person, role }) => (isTaken ? withPerson(role, person) : 'resolved before'),
  },
  takeShift: { outcome: ({ kind }, { user }) => withPerson(kind, user) },
  releaseShift: { outcome: ({ kind }) => kind },
  silence: { outcome: ({ until }) => `until ${new Date(until).toISOString()}` },
  endSilence: { outcome: (count) => `ended: ${count}` },
  bundle: { about: (_, run) => run.id, outcome: ({ kind }) => kind },
  bundleEscalation: {
    about: (_, escalation) => escalation.id,
    outcome: (isThere) => (isThere ? 'attached' : 'gone'),
  },
};

/** Records what a person did at a provider, as its webhook says. `about`: the key of device and cause. */
export function recordProviderEvents({
  audit,
  logger,
}: Pick<Dependencies, 'audit' | 'logger'>): (event: ProviderEvent, about: string) => void {
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
