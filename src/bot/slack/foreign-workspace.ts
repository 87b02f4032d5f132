import type { App, Context } from '@slack/bolt';
import { z } from 'zod';

const id = z.string().nullish();
const person = z.object({
  team_id: id,
  user_is_stranger: z.boolean().nullish(),
  is_stranger: z.boolean().nullish(),
});

/** The fields that name a person's workspace, over all kinds of requests. */
const claims = z.object({
  team_id: id,
  is_ext_shared_channel: z.boolean().nullish(),
  user_is_stranger: z.boolean().nullish(),
  team: z.object({ id }).nullish(),
  user: person.nullish(),
  event: z
    .object({
      team: z.union([z.string(), z.object({ id })]).nullish(),
      user_team: id,
      source_team: id,
      user_is_stranger: z.boolean().nullish(),
      user: z.union([z.string(), person]).nullish(),
      user_profile: z.object({ team: id }).nullish(),
    })
    .nullish(),
});

/** Stands for a workspace that Slack does not name: no grant lists it. */
const UNKNOWN = 'unknown';

/**
 * Returns the person's workspace if it is not `own`, the one the bot was asked in (Slack Connect). All fields that
 * name a workspace must agree; otherwise the workspace is unknown.
 */
export function foreignWorkspace(body: unknown, own: string | undefined): string | undefined {
  const read = claims.safeParse(body);
  if (!read.success) return UNKNOWN;
  const { event, user, team, team_id, is_ext_shared_channel } = read.data;
  const memberOf = typeof event?.user === 'object' ? event.user : undefined;
  const ofPerson = [
    event?.user_team,
    event?.source_team,
    typeof event?.team === 'string' ? event.team : event?.team?.id,
    event?.user_profile?.team,
    memberOf?.team_id,
    user?.team_id,
  ].filter(isNamed);
  const all = [...ofPerson, team?.id, team_id].filter(isNamed);
  const other = all.find((each) => each !== own);
  if (other !== undefined) return other;
  const isForeign = [read.data, event, user, memberOf].some(
    (each) => each?.user_is_stranger === true || (each && 'is_stranger' in each && each.is_stranger === true),
  );
  if (isForeign || all.length === 0) return UNKNOWN;
  return is_ext_shared_channel === true && ofPerson.length === 0 ? UNKNOWN : undefined;
}

function isNamed(value: string | null | undefined): value is string {
  return value !== undefined && value !== null && value !== '';
}

/** Stores the foreign workspace in `context.home` for listeners. */
export function detectForeignWorkspaces(app: App): void {
  app.use(async ({ body, context, next }) => {
    const home = foreignWorkspace(body, context.teamId);
    if (home !== undefined) context.home = home;
    await next();
  });
}

export function getHome(context: Context): { readonly home?: string } {
  const home: unknown = context.home;
  return typeof home === 'string' ? { home } : {};
}
