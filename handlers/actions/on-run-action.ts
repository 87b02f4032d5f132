import type { App, BlockAction, webApi } from '@slack/bolt';
import type { Caller, RequestService } from '../../src/requests/ports.ts';
import type { Run } from '../../src/runs/run.ts';
import { homeIn } from '../../src/slack/foreign-workspace.ts';
import type { Log } from '../../src/slack/logger.ts';
import { tellRefused } from '../shared/allowed-device.ts';
import { type PrivateReply, replyBesideMessage } from '../shared/private-reply.ts';
import { withErrorReply } from '../shared/with-error-reply.ts';
import { elsewhereText, goneText, refusedText } from '../text/replies.ts';

/** A press on something that belongs to a run, by somebody who may. */
export interface RunAction {
  readonly run: Run;
  /** Of a menu: what was chosen. Empty for a button. */
  readonly choice: string;
  readonly caller: Caller;
  /** As Slack spells it. */
  readonly callerName?: string;
  /** The thread the run's answer stands in. */
  readonly thread: string;
  /** Good for opening one modal within three seconds. */
  readonly triggerId: string;
  readonly client: webApi.WebClient;
  /** In the thread, to who pressed alone. */
  readonly reply: PrivateReply;
}

/**
 * Listens for an action whose value names a run. All that is known comes from the run store, so a press on an old message
 * or after a restart does the same; who may not ask for the run's device may not press either.
 */
export function onRunAction(
  app: App,
  services: RequestService,
  logger: Log,
  actionId: string,
  work: (press: RunAction) => Promise<void>,
): void {
  app.action<BlockAction>(actionId, async ({ ack, body, action, client, respond, context }) => {
    await ack();
    const channel = body.channel?.id;
    const message = body.message;
    if (channel === undefined || message === undefined) return;
    const thread = String(message.thread_ts ?? message.ts);
    const { id: user, name } = body.user;
    const team = body.team?.id ?? body.user.team_id;
    const caller: Caller = { user, channel, team, ...homeIn(context) };
    const reply = replyBesideMessage(client, { channel, user, thread }, logger, respond);

    await withErrorReply(reply, logger, async () => {
      const { choice, runId } = readValue(valueIn(action));
      const run = await services.past.find(runId);
      if (!run) return await reply(goneText);
      if (run.replyTo.channel !== channel) return await reply(elsewhereText);
      if (!(await authoriseRun(run, caller, reply, services))) return;
      const named = name === undefined ? {} : { callerName: name };
      await work({ run, choice, caller, ...named, thread, triggerId: body.trigger_id, client, reply });
    });
  });
}

/** Tells them when not. */
export async function authoriseRun(
  { alias }: Run,
  caller: Caller,
  reply: PrivateReply,
  services: RequestService,
): Promise<boolean> {
  const permission = await services.authorise({ ...caller, alias });
  if (permission.kind === 'allowed') return true;
  if (alias === undefined) await reply(refusedText(permission));
  else await tellRefused(permission, alias, { caller, reply }, services);
  return false;
}

/** Buttons carry a run's id, options of a menu `<what>:<id>`. */
function readValue(value: string): { readonly choice: string; readonly runId: string } {
  const colon = value.indexOf(':');
  return { choice: value.slice(0, Math.max(0, colon)), runId: value.slice(colon + 1) };
}

function valueIn(action: BlockAction['actions'][number]): string {
  if ('value' in action && typeof action.value === 'string') return action.value;
  if ('selected_option' in action) return action.selected_option?.value ?? '';
  return '';
}
