import { triggerRunId } from '../../src/bot/requests/run-ids.ts';
import { getHome } from '../../src/bot/slack/foreign-workspace.ts';
import { SLASH_COMMAND } from '../../src/bot/slack/manifest.ts';
import { clientForTrigger } from '../../src/bot/slack/web-client.ts';
import { type ParsedMention, parseMention, wordsNotUnderstood } from '../events/parse-mention.ts';
import { type Listening, openView } from '../shared/listeners.ts';
import {
  replyByResponseUrl,
  replyThatStays,
  replyWithAcknowledgement,
  withErrorReply,
} from '../shared/private-reply.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { putOffText } from '../text/follow-ups.ts';
import { unknownCommandText } from '../text/replies.ts';
import { checkForm } from '../views/check-form.ts';
import { askAboutDevices } from '../views/device-question.ts';
import { answerRequest } from './answer-request.ts';
import { type ParsedRequest, parseRequest } from './parse-request.ts';

/**
 * `/ftm-check <host> [--user U] [--vdom V] [--live SECONDS]`; without arguments it opens a form. Slack allows slash
 * commands outside threads only, so the answer starts a thread.
 */
export function handleSlashCommand({ app, requests, logger }: Listening): void {
  app.command(SLASH_COMMAND, async ({ ack, command, respond, client, context }) => {
    await ack();
    const { channel_id: channel, user_id: user, user_name: callerName } = command;
    const team = context.teamId ?? command.team_id;
    const caller = { user, channel, team, ...getHome(context) };
    const inPrivate = replyWithAcknowledgement(ack, replyByResponseUrl(respond, logger));
    const reply = replyThatStays(client, channel, inPrivate);
    const request: RequestContext = {
      runId: triggerRunId(command.trigger_id),
      caller,
      way: 'command',
      callerName,
      replyTo: { team, channel },
      reply,
      requests,
      openForm: (view) => openView({ client, triggerId: command.trigger_id, reply }, view),
    };
    await withErrorReply(reply, logger, async () => {
      const devices = await requests.visibleDevices(caller);
      const parsed = parseTyped(command.text, devices);
      if (parsed.kind === 'put-off')
        return await askAboutDevices(putOffText(parsed.words), parsed.targets, request);
      if (parsed.kind !== 'nothing') return await answerRequest(parsed, request);
      if (devices.length > 0 && (await openForm(devices))) return;
      await answerRequest({ kind: 'help' }, request);
    });

    /** False if Slack refused it, for example because the trigger expired. */
    async function openForm(devices: readonly string[]): Promise<boolean> {
      try {
        const view = checkForm(devices, { channel, team });
        await clientForTrigger(client).views.open({ trigger_id: command.trigger_id, view });
        return true;
      } catch (error) {
        logger.warn({ err: error }, 'the form could not be opened');
        return false;
      }
    }
  });
}

/** What is no command is a sentence, if all of its words are understood. */
export function parseTyped(
  text: string,
  devices: readonly string[],
): ParsedRequest | Extract<ParsedMention, { kind: 'put-off' }> {
  const exact = parseRequest(text);
  if (exact.kind !== 'unclear') return exact;
  const meant = parseMention(text, devices);
  if (meant.kind === 'no-device' || meant.kind === 'several-devices') return exact;
  return meant.kind === 'check' && wordsNotUnderstood(text, meant).length > 0 ? exact : meant;
}

/** Answers commands that only the manifest has; otherwise they would fail after 3 s without explanation. */
export function handleUnknownCommands({ app }: Pick<Listening, 'app'>): void {
  app.command(new RegExp(`^(?!${SLASH_COMMAND}$)`), async ({ ack, command }) => {
    await ack({ response_type: 'ephemeral', text: unknownCommandText(command.command) });
  });
}
