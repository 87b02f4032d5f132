import type { AccessRequest } from '../access/decide.ts';
/** Who asked, where: Slack ids, or `terminal:` and the name of the user of the operating system. */
export type AuditActor = Pick<AccessRequest, 'user' | 'team' | 'home'> &
  Partial<Pick<AccessRequest, 'channel'>>;

/** Events of the audit trail. They contain no secret and no evidence. */
export type AuditEvent =
  | {
      readonly event: 'request.refused';
      readonly actor: AuditActor;
      readonly verb?: string;
      readonly way?: string | undefined;
      readonly reason: string;
      readonly device?: string | undefined;
    }
  | {
      readonly event: 'request.accepted';
      readonly actor: AuditActor;
      readonly way?: string | undefined;
      readonly run: string;
      readonly kind: string;
      readonly device?: string | undefined;
    }
  /** Everything else by which a person changes state, after it was done, or found to have no effect. */
  | {
      readonly event: 'person.acted';
      readonly actor: AuditActor;
      readonly verb: string;
      /** How they asked: `command`, `button`, `form` …; `terminal` or the name of a provider. */
      readonly way: string;
      readonly device?: string | undefined;
      /** Id of the run or the escalation. */
      readonly about?: string | undefined;
      readonly outcome: string;
    }
  | {
      readonly event: 'device.connecting';
      readonly device: string;
      readonly address: string;
      readonly account: string;
    }
  | {
      readonly event: 'device.left';
      readonly device: string;
      /** Every byte sequence that was sent into the session, in order, login dialogue included; no password is among them. */
      readonly sent: readonly string[];
      /** `read`, or the error code. */
      readonly outcome: string;
    }
  /**
   * Recorded before our request enables debug on the device, and after it was disabled, with the state that the
   * device reports.
   */
  | {
      readonly event: 'debug.opening';
      readonly device: string;
      readonly seconds: number;
      readonly applications: readonly string[];
    }
  | { readonly event: 'debug.ended'; readonly device: string; readonly outcome: 'off' | 'left-on' }
  | { readonly event: 'run.answered'; readonly run: string; readonly outcome: string }
  | { readonly event: 'inventory.changed'; readonly sha256: string; readonly devices: number };
