import { sha256 } from '../../platform/store/sha256.ts';

/**
 * Idempotency key of a request. For a message it is made from the position of the message, not from the event's id: a
 * mention in a channel comes as two events, and a redelivered event is about the same message too.
 */
export function messageRunId(team: string | undefined, channel: string, ts: string): string {
  return runId('message', team ?? '', channel, ts);
}

/** The same for each text that a message is edited to. */
export function editRunId(ofMessage: string, text: string): string {
  return runId('edit', ofMessage, text);
}

/** `trigger_id` is unique for each slash command and each shortcut. */
export function triggerRunId(triggerId: string): string {
  return runId('trigger', triggerId);
}

/** A form can be submitted once. */
export function formRunId(viewId: string): string {
  return runId('form', viewId);
}

/** A question is answered once with each device. `question`: timestamp of its message. */
export function choiceRunId(channel: string, question: string, alias: string): string {
  return runId('choice', channel, question, alias);
}

/** The same until that re-check is over, so that two clicks are one. `round` counts the finished ones. */
export function recheckRunId(of: string, round: number, { live }: { readonly live: boolean }): string {
  return runId(live ? 'watch' : 'recheck', of, String(round));
}

function runId(...parts: readonly string[]): string {
  return `run-${sha256(JSON.stringify(parts), 24)}`;
}
