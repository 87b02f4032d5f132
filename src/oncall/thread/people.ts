import type { EscalationLevel, Schedule } from '../../platform/config/escalation-types.ts';
import { askerName, isSlackUser } from '../../platform/runs/run.ts';
import { escapeMrkdwn } from '../../report/block-kit/escape.ts';
import type { Actor } from '../core/escalation.ts';
import { listOnCall } from '../schedule/on-call.ts';

/** Returns whom a level calls at `at`, as Slack mrkdwn that notifies them. */
export function mentionLevel(
  level: EscalationLevel,
  schedules: ReadonlyMap<string, Schedule>,
  at: number,
): { readonly mention: string } | { readonly nobody: string } {
  if ('user' in level) return { mention: `<@${level.user}>` };
  if ('userGroup' in level) return { mention: `<!subteam^${level.userGroup}>` };
  const schedule = schedules.get(level.schedule);
  const users = schedule === undefined ? [] : listOnCall(schedule, at, level);
  return users.length === 0
    ? { nobody: `nobody is on call by the schedule ${level.schedule}` }
    : { mention: users.map((user) => `<@${user}>`).join(' ') };
}

/** Same for previews. Slack has no mention that does not notify, so it is shown only to the person who asks. */
export function describeLevel(
  level: EscalationLevel,
  schedules: ReadonlyMap<string, Schedule>,
  at: number,
): string {
  const found = mentionLevel(level, schedules, at);
  if ('nobody' in found) return found.nobody;
  return 'schedule' in level
    ? `${found.mention} (on call by ${escapeMrkdwn(level.schedule)})`
    : found.mention;
}

/** The actor as Slack mrkdwn. */
export function actorText({ user, name, via }: Actor): string {
  if (user !== undefined && isSlackUser(user)) return `<@${user}>`;
  return name === undefined
    ? `somebody in ${escapeMrkdwn(via)}`
    : `${escapeMrkdwn(name)} (in ${escapeMrkdwn(via)})`;
}

/** The actor as plain text for a provider. */
export function actorName({ user, name }: Actor): string {
  return user === undefined ? (name ?? 'somebody') : askerName({ id: user, name });
}
