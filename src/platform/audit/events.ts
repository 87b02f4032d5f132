/** Who asked, where: Slack ids, or `cli`. */
export interface AuditActor {
  readonly user: string;
  readonly channel?: string;
  readonly team?: string;
  /** The person's own workspace, where it is another one than `team`. */
  readonly home?: string;
}

/** Events of the audit trail. They contain no secret and no evidence. */
export type AuditEvent =
  | {
      readonly event: 'request.refused';
      readonly actor: AuditActor;
      readonly reason: string;
      readonly device?: string;
    }
  | {
      readonly event: 'request.accepted';
      readonly actor: AuditActor;
      readonly run: string;
      readonly kind: string;
      readonly device?: string;
    }
  | { readonly event: 'autodetect.switched'; readonly actor: AuditActor; readonly on: boolean }
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
