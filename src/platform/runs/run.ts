import type { z } from 'zod';
import type * as schema from './run-schema.ts';

/** Stored state of a run: sufficient to answer exactly once after any crash. */
export type Run = Readonly<z.infer<typeof schema.baseSchema>> & RunPatch;
/** What is added to a run later. */
export type RunPatch = Readonly<z.infer<typeof schema.patchSchema>>;

export type Asker = Readonly<z.infer<typeof schema.asker>>;
export type ReplyTo = Readonly<z.infer<typeof schema.replyTo>>;
export type CheckDetails = Readonly<z.infer<typeof schema.details>>;
export type CheckTarget = Required<Pick<Run, 'alias'>> & Pick<Run, 'user' | 'vdom' | 'live' | 'details'>;

type StoredOutcome = Readonly<z.infer<typeof schema.outcomeSchema>>;
export type RunOutcome = Exclude<StoredOutcome, { kind: 'group' }>;
export type PictureState = NonNullable<Run['picture']>;
export type Feedback = Readonly<z.infer<typeof schema.feedbackSchema>>;

/** False for an alert or a sweep, which cannot be written to. */
export function isSlackUser(id: string): boolean {
  return /^[UW][A-Z0-9]+$/.test(id);
}

/** A conversation of one person with the bot: a link into it opens for that person only. */
export function isDirectMessage(channel: string): boolean {
  return channel.startsWith('D');
}

/** A person in plain text. An id does not tell who it is. */
export function askerName({ id, name }: Pick<Asker, 'id' | 'name'>): string {
  return name ?? (isSlackUser(id) ? 'a person in Slack' : id);
}

/** An alert started it, or that an alert is over. Its id is made from the provider's id of the alert. */
export function isAlertRun({ asker }: Pick<Run, 'asker'>): boolean {
  return asker.id.startsWith(ALERT_ASKER);
}

/** The source of the alert follows. */
export const ALERT_ASKER = 'alert:';

/** For logs and traces. */
export function verdictOrCode(outcome: RunOutcome): string {
  return outcome.kind === 'diagnosed' ? outcome.diagnosis.verdict : outcome.code;
}
