import { FtmError } from '../../engine/ftm-error.ts';
import type { AuditActor } from '../../platform/audit/events.ts';
import { recordOrLog } from '../../platform/audit/record-or-log.ts';
import type { Dependencies } from '../../platform/dependencies.ts';
import type { Act, ActVerb } from '../requests/act.ts';
import type { OnCall } from '../requests/on-call-port.ts';

type Trail = Pick<Dependencies, 'audit' | 'logger'>;

type Methods = Readonly<Record<string, (...given: unknown[]) => Promise<unknown>>>;

/** How an act is recorded whose method has these arguments: the first one is or has the act. */
interface RecordedAct<Given extends unknown[], Result> {
  /** Id of a run or of an escalation. */
  readonly about?: (...given: Given) => string;
  readonly outcome: (result: Result, ...given: Given) => string;
}

/** The methods of a service that change state. */
export type RecordedActs<Service> = {
  readonly [Method in keyof Service]?: Service[Method] extends (
    ...given: infer Given extends [Act | { readonly act: Act }, ...unknown[]]
  ) => Promise<infer Result>
    ? RecordedAct<Given, Result>
    : never;
};

export function onRecord<Service extends object>(
  service: Service,
  acts: RecordedActs<Service>,
  options: Trail,
): Service {
  const methods = service as Methods;
  const recorded = Object.entries(acts as Readonly<Record<string, RecordedAct<unknown[], unknown>>>).map(
    ([name, { about, outcome }]) => {
      const method = async (...given: [Act | { readonly act: Act }, ...unknown[]]): Promise<unknown> => {
        const [first] = given;
        const act = 'act' in first ? first.act : first;
        // An act that fails may have been done in part: its outcome is the code of the error.
        let result = 'ftm_internal';
        try {
          const value = await methods[name]?.(...given);
          result = outcome(value, ...given);
          return value;
        } catch (error) {
          if (error instanceof FtmError) result = error.code;
          throw error;
        } finally {
          recordOutcome(act, about?.(...given), result, options);
        }
      };
      return [name, method];
    },
  );
  return { ...service, ...Object.fromEntries(recorded) };
}

export function recordOutcome(
  { verb, way, caller, device }: Act,
  about: string | undefined,
  outcome: string,
  { audit, logger }: Trail,
): void {
  const name = device === undefined ? undefined : nameOnly(device);
  const actor = toActor(caller);
  recordOrLog(audit, { event: 'person.acted', actor, verb, way, device: name, about, outcome }, logger);
}

export function toActor({ user, channel, team, home }: AuditActor): AuditActor {
  return { user, channel, team, home };
}

/** People may type anything after a command, passwords included: a text that cannot be an alias is not recorded. */
export function nameOnly(text: string): string {
  return /^(?:group:)?[A-Za-z0-9._-]{1,64}$/.test(text) ? text : '(not a name)';
}

export function instrumentOnCall(onCall: OnCall, options: Trail): OnCall {
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
export function recordProviderEvents({ audit, logger }: Trail) {
  return ({ kind, by: { via, user, name = 'somebody' } }: ProviderEvent, about: string): void => {
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
