import type { App, BlockAction, webApi } from '@slack/bolt';
import type { Caller, Requests } from '../../src/bot/requests/ports.ts';
import { homeIn } from '../../src/bot/slack/foreign-workspace.ts';
import type { Log } from '../../src/bot/slack/logger.ts';
import type { Run } from '../../src/platform/runs/run.ts';
import { replyRefused } from '../shared/allowed-device.ts';
import { type PrivateReply, replyBesideMessage } from '../shared/private-reply.ts';
import { withErrorReply } from '../shared/with-error-reply.ts';
import { elsewhereText, goneText, refusedText } from '../text/replies.ts';

/** A click by an authorised person on an element that belongs to a run. */
export interface RunAction {
  readonly run: Run;
  /** The chosen option of a menu. Empty for a button. */
  readonly choice: string;
  readonly caller: Caller;
  /** The name that Slack reports. */
  readonly callerName?: string;
  /** The thread that holds the run's answer. */
  readonly thread: string;
  /** Can open one modal within three seconds. */
  readonly triggerId: string;
  readonly client: webApi.WebClient;
  /** Replies in the thread, visible to the person who clicked. */
  readonly reply: PrivateReply;
}

/**
 * Registers an action whose value names a run. All data comes from the run store, so a click on an old message or
 * after a restart works the same; only people who may check the run's device are accepted.
 */
export function onRunAction(
  app: App,
  requests: Requests,
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
      const run = await requests.past.find(runId);
      if (!run) return await reply(goneText);
      if (run.replyTo.channel !== channel) return await reply(elsewhereText);
      if (!(await authoriseRun(run, caller, reply, requests))) return;
      const named = name === undefined ? {} : { callerName: name };
      await work({ run, choice, caller, ...named, thread, triggerId: body.trigger_id, client, reply });
    });
  });
}

/** Tells the person if they are not authorised. */
export async function authoriseRun(
  { alias, group }: Run,
  caller: Caller,
  reply: PrivateReply,
  requests: Requests,
): Promise<boolean> {
  const permission = await requests.authorise({ ...caller, alias, group: group?.name });
  if (permission.kind === 'allowed') return true;
  if (group !== undefined) {
    await reply(refusedText(permission, { group: group.name }));
    return false;
  }
  if (alias === undefined) await reply(refusedText(permission));
  else await replyRefused(permission, alias, { caller, reply }, requests);
  return false;
}

/** Buttons carry a run id, menu options `<choice>:<id>`. */
function readValue(value: string): { readonly choice: string; readonly runId: string } {
  const colon = value.indexOf(':');
  return { choice: value.slice(0, Math.max(0, colon)), runId: value.slice(colon + 1) };
}

function valueIn(action: BlockAction['actions'][number]): string {
  if ('value' in action && typeof action.value === 'string') return action.value;
  if ('selected_option' in action) return action.selected_option?.value ?? '';
  return '';
}
