import type { Context, webApi } from '@slack/bolt';
import { type FileAccess, isReadableFile } from '../../src/bot/intake/fetch-file.ts';
import { gatherFrom, gatherThread } from '../../src/bot/intake/gather-evidence.ts';
import {
  type IncomingMessage,
  isFromPerson,
  readMessage,
  withoutMention,
} from '../../src/bot/intake/incoming-message.ts';
import { type IntakeBudget, openIntakeBudget } from '../../src/bot/intake/intake-budget.ts';
import type { WayIn } from '../../src/bot/requests/act.ts';
import type { Requests } from '../../src/bot/requests/ports.ts';
import { messageRunId } from '../../src/bot/requests/run-ids.ts';
import { homeIn } from '../../src/bot/slack/foreign-workspace.ts';
import type { Log } from '../../src/bot/slack/logger.ts';
import { answerRequest } from '../commands/answer-request.ts';
import type { Listening } from '../shared/listeners.ts';
import { replyBesideMessage } from '../shared/private-reply.ts';
import { authoriseAnalysis, requestAnalysis } from '../shared/request-analysis.ts';
import type { RequestContext } from '../shared/request-context.ts';
import { withErrorReply } from '../shared/with-error-reply.ts';
import { deviceQuestion, whichDeviceText } from '../views/device-question.ts';
import { answerWithoutDevice, isCourtesy, readsThread } from './answer-without-device.ts';
import { parseMention } from './parse-mention.ts';

/**
 * A mention in a channel or thread: a command, or a sentence that names a device. With a log in the same message that log
 * is read, and without a device the logs of the thread.
 */
export function handleMention({ app, requests, logger }: Listening): void {
  app.event('app_mention', async ({ event, context, client }) => {
    const message = readMessage(event);
    if (!message || !isFromPerson(message)) return;
    await answerAddressed(message, context, client, requests, logger);
  });
}

/** Handles a message to the bot: a mention, or a direct message. */
export async function answerAddressed(
  message: IncomingMessage,
  context: Context,
  client: webApi.WebClient,
  requests: Requests,
  logger: Log,
): Promise<void> {
  const way = message.channel_type === 'im' ? 'message' : 'mention';
  const request = mentionRequest(message, way, context, client, logger);
  const { text } = withoutMention(message.text, context.botUserId);
  const looksLikeEvidence = (pasted: string): boolean => requests.looksLikeEvidence(pasted);
  await withErrorReply(request.reply, logger, async () => {
    using budget = openIntakeBudget();
    const access = fileAccess(context, client, budget);
    if (bringsEvidence(text, message, looksLikeEvidence)) {
      const act = await authoriseAnalysis(request, requests, { asked: true });
      if (act === undefined) return;
      const { items, problems, denied } = await gatherFrom(
        { text, files: message.files },
        access,
        looksLikeEvidence,
      );
      if (denied.length > 0) requests.filesDenied(request.caller, denied.length);
      if (problems.length > 0) await request.reply(problems.join('\n'));
      if (items.length > 0 || problems.length === 0) await requestAnalysis(act, items, request, requests);
      return;
    }
    const parsed = parseMention(text, await requests.visibleDevices(request.caller));
    if (parsed.kind === 'several-devices') {
      return await request.reply(whichDeviceText(parsed.targets), deviceQuestion(parsed.targets, request));
    }
    if (parsed.kind !== 'no-device') return await answerRequest(parsed, request, requests);
    if (isCourtesy(text)) return;
    const thread = message.thread_ts;
    const reads = thread !== undefined && readsThread(text, parsed);
    if (reads) {
      const act = await authoriseAnalysis(request, requests, { asked: true });
      if (act === undefined) return;
      const place = { channel: message.channel, thread };
      const items = await gatherThread(client, place, access, looksLikeEvidence);
      if (items.length > 0) return await requestAnalysis(act, items, request, requests);
    }
    await answerWithoutDevice(text, parsed, request, requests);
  });
}

/** A picture beside a device's name is not a log; a picture alone still gets an answer. */
function bringsEvidence(
  text: string,
  { files }: IncomingMessage,
  looksLikeEvidence: Requests['looksLikeEvidence'],
): boolean {
  return looksLikeEvidence(text) || files.some(isReadableFile) || (files.length > 0 && text === '');
}

export function mentionRequest(
  { channel, user, ts, thread_ts }: IncomingMessage,
  way: WayIn,
  context: Context,
  client: webApi.WebClient,
  logger: Log,
): RequestContext {
  const team = context.teamId;
  const inTeam = team === undefined ? {} : { team };
  return {
    runId: messageRunId(team, channel, ts),
    caller: { user, channel, ...inTeam, ...homeIn(context) },
    way,
    replyTo: { channel, thread: thread_ts ?? ts, ...inTeam },
    reply: replyBesideMessage(client, { channel, user, thread: thread_ts }, logger),
  };
}

export function fileAccess(context: Context, client: webApi.WebClient, budget: IntakeBudget): FileAccess {
  return { token: context.botToken ?? '', slackApiUrl: client.slackApiUrl, budget };
}
