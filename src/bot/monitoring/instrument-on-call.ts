import { recordOrLog } from '../../platform/audit/record-or-log.ts';
import type { Dependencies } from '../../platform/dependencies.ts';
import type { Act, ActVerb } from '../requests/act.ts';
import type { OnCall } from '../requests/on-call-port.ts';
import { recordActs } from './instrument-requests.ts';

/** Adds audit records of what people do with escalations and shifts. */
export function instrumentOnCall(
  onCall: OnCall,
  { audit, logger }: Pick<Dependencies, 'audit' | 'logger'>,
): OnCall {
  const { recordOutcome } = recordActs(audit, logger);
  const onRecord =
    <Request extends { readonly act: Act }, Result>(
      call: (request: Request) => Promise<Result>,
      describe: (result: Result, request: Request) => string,
      about: (request: Request) => string | undefined = () => undefined,
    ) =>
    (request: Request): Promise<Result> =>
      recordOutcome(
        { act: request.act, about: about(request) },
        () => call(request),
        (result) => describe(result, request),
      );

  return {
    ...onCall,
    confirm: onRecord(
      (request) => onCall.confirm(request),
      (confirmed, { person }) => withPerson(confirmed, person),
      ({ run }) => run.id,
    ),
    press: onRecord(
      (request) => onCall.press(request),
      (isTaken) => (isTaken ? 'taken' : 'resolved before'),
      ({ escalation }) => escalation.id,
    ),
    callPerson: onRecord(
      (request) => onCall.callPerson(request),
      (isTaken, { person, role }) => (isTaken ? withPerson(role, person) : 'resolved before'),
      ({ escalation }) => escalation.id,
    ),
    takeShift: onRecord(
      (request) => onCall.takeShift(request),
      ({ kind }, { user }) => withPerson(kind, user),
    ),
    releaseShift: onRecord(
      (request) => onCall.releaseShift(request),
      ({ kind }) => kind,
    ),
    silence: onRecord(
      (request) => onCall.silence(request),
      ({ until }) => `until ${new Date(until).toISOString()}`,
    ),
    endSilence: onRecord(
      (request) => onCall.endSilence(request),
      (count) => `ended: ${count}`,
    ),
    bundle: (act, run) =>
      recordOutcome(
        { act, about: run.id },
        () => onCall.bundle(act, run),
        ({ kind }) => kind,
      ),
    bundleEscalation: (act, escalation, ts) =>
      recordOutcome(
        { act, about: escalation.id },
        () => onCall.bundleEscalation(act, escalation, ts),
        (isThere) => (isThere ? 'attached' : 'gone'),
      ),
  };
}

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
