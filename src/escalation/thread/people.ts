import { escapeMrkdwn } from '../../block-kit/escape.ts';
import type { EscalationLevel, Schedule } from '../../config/escalation-types.ts';
import type { Actor } from '../core/escalation.ts';
import { onCallAt } from '../schedule/on-call.ts';

/** Whom a step of a ladder calls at `at`, as Slack mrkdwn that notifies them. */
export function mentionOf(
  rung: EscalationLevel,
  schedules: ReadonlyMap<string, Schedule>,
  at: number,
): { readonly mention: string } | { readonly nobody: string } {
  if ('user' in rung) return { mention: `<@${rung.user}>` };
  if ('userGroup' in rung) return { mention: `<!subteam^${rung.userGroup}>` };
  const schedule = schedules.get(rung.schedule);
  const user = schedule && onCallAt(schedule, at);
  return user === undefined
    ? { nobody: `nobody is on call by the schedule ${rung.schedule}` }
    : { mention: `<@${user}>` };
}

/** The same for reading: names without waking anybody is not possible in a mention, so these stay in previews only. */
export function describeLevel(
  rung: EscalationLevel,
  schedules: ReadonlyMap<string, Schedule>,
  at: number,
): string {
  const found = mentionOf(rung, schedules, at);
  if ('nobody' in found) return found.nobody;
  return 'schedule' in rung ? `${found.mention} (on call by ${escapeMrkdwn(rung.schedule)})` : found.mention;
}

/** Who did it, as Slack mrkdwn. */
export function actorText({ user, name, via }: Actor): string {
  if (user !== undefined && /^[UW][A-Z0-9]+$/.test(user)) return `<@${user}>`;
  return name === undefined
    ? `somebody in ${escapeMrkdwn(via)}`
    : `${escapeMrkdwn(name)} (in ${escapeMrkdwn(via)})`;
}

/** The same for a provider, which knows no Slack mentions. */
export function actorName({ user, name }: Actor): string {
  return name ?? user ?? 'somebody';
}
